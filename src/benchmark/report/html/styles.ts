/** The page's style sheet: readable in light and dark, on paper, and on narrow screens. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f7f7f5, #101216);
  --surface: light-dark(#ffffff, #181b21);
  --raised: light-dark(#f2f3f5, #20242c);
  --text: light-dark(#1b1f24, #e7e9ee);
  --muted: light-dark(#5c6570, #9aa3b2);
  --line: light-dark(#e2e5ea, #2c313b);
  --accent: light-dark(#2f5bd8, #8eabff);
  --right: light-dark(#1a8a55, #3fb97d);
  --wrong: light-dark(#cf4a3c, #ea7a6c);
  --refused: light-dark(#8d97a6, #6f7a8b);
  --ungraded: light-dark(#8b62c9, #b797ea);
  --missing: light-dark(#cfd4dc, #3b424f);
  --run-0: light-dark(#2f5bd8, #7fa2ff);
  --run-1: light-dark(#d1660a, #f79a4b);
  --run-2: light-dark(#0f8a6b, #3ec8a2);
  --run-3: light-dark(#9333c8, #c98bf2);
  --run-4: light-dark(#c4314b, #f47c90);
  --run-5: light-dark(#0b7fa3, #4fc3e6);
  --run-6: light-dark(#8a6d00, #dcbb3c);
  --run-7: light-dark(#b83280, #f088c0);
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 4rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', sans-serif;
}
main, .masthead { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
.masthead { padding-top: 36px; padding-bottom: 14px; }
h1, h2, h3, p { overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 6px; }
h2 { font-size: 1.15rem; letter-spacing: -0.01em; margin: 0 0 4px; }
h3 { font-size: 0.92rem; margin: 0 0 8px; }
p { margin: 0 0 12px; max-width: 78ch; }
.lead, .note { color: var(--muted); }
.note { font-size: 0.88rem; }
nav {
  position: sticky; top: 0; z-index: 2;
  background: color-mix(in srgb, var(--page) 88%, transparent);
  backdrop-filter: blur(8px);
  border-bottom: 1px solid var(--line);
}
nav .bar { max-width: 1180px; margin: 0 auto; padding: 8px 24px; display: flex; gap: 4px 18px; align-items: center; flex-wrap: wrap; }
nav a { color: var(--muted); text-decoration: none; font-size: 0.9rem; padding: 4px 0; }
nav a:hover { color: var(--text); }
nav button { margin-left: auto; }
section { margin: 22px 0; padding: 22px 24px 24px; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
section.bare { padding: 0; background: none; border: 0; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 12px; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); }
thead th { color: var(--muted); font-weight: 600; font-size: 0.82rem; white-space: nowrap; }
tbody th { font-weight: 600; white-space: nowrap; }
td bdi, th bdi, .legend bdi { display: inline-block; max-width: 260px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: bottom; }
.number { text-align: right; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
.results { width: 100%; border-collapse: separate; border-spacing: 3px; margin: 10px -3px 6px; }
.results th, .results td { border: 0; }
.results td.cell {
  text-align: center; border-radius: 7px; padding: 9px 10px; min-width: 96px;
  background: color-mix(in srgb, var(--right) calc(var(--share) * 46%), var(--raised));
}
.results td.cell b { font-size: 1.12rem; font-weight: 650; }
.results td.cell small { display: block; color: color-mix(in srgb, var(--text) 68%, transparent); font-size: 0.76rem; }
.results td.cell.best b::after { content: ' ★'; font-size: 0.72em; vertical-align: 0.18em; color: var(--accent); }
.results thead th { text-align: center; }
.results thead th:first-child { text-align: left; }
.results tbody th .dot { margin-right: 9px; }
.dot { display: inline-block; vertical-align: -2px; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0 10px; padding: 0; font-size: 0.88rem; color: var(--muted); }
.legend li { display: flex; align-items: center; gap: 7px; }
.swatch { width: 12px; height: 12px; border-radius: 3px; display: inline-block; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 26px 36px; margin-top: 12px; }
.chart { width: 100%; height: auto; display: block; max-width: 960px; }
.panels .chart { max-width: 560px; }
.chart text { fill: var(--text); font: 12px system-ui, sans-serif; }
.chart .tick, .chart .axis { fill: var(--muted); font-size: 11.5px; }
.chart .row-name { font-size: 12.5px; }
.chart .point-name { fill: var(--muted); font-size: 10.5px; }
.chart .name { font-weight: 600; font-size: 12.5px; }
.chart .count { font-size: 11px; fill: light-dark(#fff, #0d1014); font-weight: 600; }
.chart .count.on-missing, .chart .count.on-refused { fill: light-dark(#fff, #fff); }
.chart .count.on-missing { fill: var(--text); }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .leader { stroke: var(--line); stroke-width: 1; fill: none; }
.chart .band { fill: var(--raised); opacity: 0.6; }
.chart .line { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
.chart .line.faint { stroke-width: 1.4; opacity: 0.4; }
.chart .error { stroke-width: 1.6; opacity: 0.7; }
.mark { stroke: var(--surface); stroke-width: 1; }
${Array.from({ length: 8 }, (_, run) => `.mark.run-${run}, text.run-${run} { fill: var(--run-${run}) !important; } path.line.run-${run}, path.error.run-${run} { stroke: var(--run-${run}); }`).join('\n')}
.right { --tone: var(--right); } .wrong { --tone: var(--wrong); } .refused { --tone: var(--refused); }
.ungraded { --tone: var(--ungraded); } .missing { --tone: var(--missing); }
.outcome { fill: var(--tone); } .swatch { background: var(--tone); }
.badge { display: inline-block; max-width: 240px; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; font-size: 0.72rem; font-weight: 600; padding: 1px 7px; border-radius: 999px; border: 1px solid var(--line); color: var(--muted); white-space: nowrap; }
.badge.warning { color: light-dark(#8a5a00, #e2b65a); border-color: currentColor; }
summary { cursor: pointer; }
details.more { margin-top: 12px; }
details.more > summary { color: var(--muted); font-size: 0.9rem; }
button, select, input {
  font: inherit; font-size: 0.9rem; color: var(--text); background: var(--surface);
  border: 1px solid var(--line); border-radius: 7px; padding: 6px 10px;
}
button { cursor: pointer; } button:hover { border-color: var(--muted); }
.controls { display: flex; flex-wrap: wrap; gap: 10px 12px; align-items: end; margin: 12px 0 14px; }
.controls label { display: grid; gap: 3px; font-size: 0.78rem; color: var(--muted); }
.controls label.wide { flex: 1 1 240px; }
[hidden] { display: none !important; }
.controls label.check { display: flex; align-items: center; gap: 7px; padding-bottom: 8px; font-size: 0.88rem; }
.controls input[type='search'] { width: 100%; }
.controls select { max-width: 210px; }
.question { border-top: 1px solid var(--line); }
.question > summary { list-style: none; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 6px 20px; padding: 11px 6px; align-items: start; }
.question > summary::-webkit-details-marker { display: none; }
.question > summary:hover { background: var(--raised); }
.question[open] > summary { background: var(--raised); border-radius: 7px 7px 0 0; }
.question .text { overflow-wrap: anywhere; }
.question .tags { display: flex; gap: 5px; flex-wrap: wrap; margin-top: 4px; }
.chips { display: flex; gap: 4px; flex-wrap: wrap; justify-content: flex-end; max-width: 380px; }
.chip { font-size: 0.74rem; padding: 2px 8px; border-radius: 999px; color: var(--text); background: color-mix(in srgb, var(--tone) 26%, var(--surface)); white-space: nowrap; max-width: 240px; overflow: hidden; text-overflow: ellipsis; }
.chip::before { content: attr(data-sign); margin-right: 5px; font-weight: 700; color: var(--tone); }
.body { padding: 12px 10px 18px; background: color-mix(in srgb, var(--raised) 45%, transparent); border-radius: 0 0 7px 7px; }
.facts { display: grid; grid-template-columns: 110px minmax(0, 1fr); gap: 6px 14px; font-size: 0.9rem; margin-bottom: 14px; }
.facts dt { color: var(--muted); } .facts dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.answers { display: grid; gap: 10px; }
.answer { border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 8px; padding: 10px 14px; background: var(--surface); }
.answer header { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; font-size: 0.86rem; color: var(--muted); }
.answer header b { color: var(--text); font-size: 0.94rem; overflow-wrap: anywhere; min-width: 0; }
#comparison table th { white-space: normal; overflow-wrap: anywhere; max-width: 240px; }
.answer pre, .step pre { margin: 8px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; max-height: 22em; overflow: auto; }
.answer .note { margin-top: 6px; }
.answer details { margin-top: 8px; font-size: 0.86rem; } .answer details > summary { color: var(--muted); }
.quotes { margin: 6px 0 0; padding-left: 18px; } .quotes li { margin-bottom: 4px; overflow-wrap: anywhere; }
.quotes q { font-style: italic; }
.step { margin-top: 8px; border-left: 2px solid var(--line); padding-left: 10px; }
.step b { font-weight: 600; }
.square { display: flex; flex-wrap: wrap; gap: 20px 36px; align-items: center; margin-top: 8px; }
.square td, .square th { text-align: center; }
.verdict { font-size: 1.02rem; }
@media (max-width: 700px) {
  main, .masthead, nav .bar { padding-left: 14px; padding-right: 14px; }
  section { padding: 16px 14px; }
  .question > summary { grid-template-columns: minmax(0, 1fr); }
  .chips { justify-content: flex-start; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 2px; }
}
@media print { nav, .controls, button { display: none; } section { break-inside: avoid; } }
`;
