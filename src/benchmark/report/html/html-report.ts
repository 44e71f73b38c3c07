import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { RunComparison } from '../compare-runs.ts';
import { countFigures, effortFigures } from '../figure-tables.ts';
import { outcomes } from '../load-results.ts';
import { noHeadlineNote, selfGradedNote } from '../markdown-report.ts';
import type { Figures, ReportData } from '../summarise.ts';
import { breakdownPlot } from './charts/breakdown-plot.ts';
import { effortChart } from './charts/effort-chart.ts';
import { lengthChart } from './charts/length-chart.ts';
import { legend } from './charts/marks.ts';
import { outcomeBars, outcomeLegend } from './charts/outcome-bars.ts';
import { escapeHtml, escapeJson } from './escape-html.ts';
import { pageScript } from './page-script.ts';
import { pageData, type PageData } from './report-data.ts';
import { styles } from './styles.ts';
import { accuracyTable, figureTable } from './tables.ts';

/**
 * The report as one page that needs nothing else: no network, no library. Its charts are drawn here; its script only
 * searches, filters and compares. A policy in the page lets no other script run, whatever documents and models wrote.
 */
export function htmlReport({
  data,
  comparisons,
  title = 'Benchmark report',
}: {
  data: ReportData;
  comparisons: readonly RunComparison[];
  title?: string | undefined;
}): string {
  const page = pageData({ runs: data.runs, comparisons });
  const script = `(${pageScript.toString()})(globalThis, JSON.parse(document.getElementById('data').textContent));`;
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const { headline, selfGraded } = data;
  const links = [
    ...(headline === null ? [] : figureLinks(headline)),
    ...(selfGraded === null ? [] : [['self-graded', 'Self-graded']]),
    ...(page.runs.length > 1 ? [['compare', 'Compare']] : []),
    ['questions', 'Questions'],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${styles}</style>
</head>
<body>
<header class="masthead">
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(leadOf(data, page))}</p>
</header>
<nav aria-label="Parts of the report"><div class="bar">
${links.map(([id, name]) => `<a href="#${id}">${name}</a>`).join('\n')}
<button id="theme" type="button">Light or dark</button>
</div></nav>
<main>
${headline === null ? '' : figuresHtml(headline)}
${selfGraded === null ? '' : selfGradedHtml(selfGraded, headline === null)}
${compareHtml(page)}
${questionsHtml(page)}
</main>
<script type="application/json" id="data">${escapeJson(page)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function leadOf({ runs }: ReportData, { questions }: PageData): string {
  const files = [...new Set(runs.map(({ file }) => basename(file)))];
  const named = files.length <= 4 ? files.join(', ') : `${files.length} files`;
  const count = (number: number, noun: string): string =>
    `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
  return `${count(runs.length, 'run')} on ${count(questions.length, 'question')}, from ${named}.`;
}

function figureLinks({ sets, breakdowns }: Figures): string[][] {
  return [
    ['results', 'Results'],
    ...(sets.length > 1 ? [['length', 'Length']] : []),
    ...(breakdowns.length > 0 ? [['parts', 'Parts']] : []),
    ['effort', 'Cost and time'],
  ];
}

function figuresHtml(figures: Figures): string {
  const { sets, runs, breakdowns, summaries } = figures;
  const shownSets = sets.length === 0 ? [null] : sets;
  const bars = shownSets.map((set) => {
    const ofSet = summaries.filter((summary) => summary.set === set);
    return `<div><h3>${escapeHtml(set ?? 'All questions')}</h3>${outcomeBars(ofSet)}</div>`;
  });
  const parts = [
    `<section id="results"><h2>Accuracy</h2>
<p class="note">Per cent of the questions answered right, with the standard error. A refusal and a missing answer count as not right; what could not be graded with certainty is left out. ★ is the best of its column.</p>
<div class="scroll">${accuracyTable(figures)}</div>
<details class="more"><summary>Counts, and the mean over domains</summary><div class="scroll">${figureTable(countFigures(figures))}</div></details>
</section>`,
  ];
  if (sets.length > 1) {
    parts.push(`<section id="length"><h2>Accuracy against length</h2>
<p class="note">Bars are one standard error up and down; runs are drawn a little apart.</p>
${lengthChart(figures)}</section>`);
  }
  parts.push(`<section id="outcomes"><h2>What became of the questions</h2>
${outcomeLegend()}<div class="panels">${bars.join('')}</div></section>`);
  if (breakdowns.length > 0) {
    parts.push(`<section id="parts"><h2>Accuracy by parts of the questions</h2>
<p class="note">The number on the right is that of the questions.</p>
${breakdownPanels(breakdowns, runs)}</section>`);
  }
  parts.push(`<section id="effort"><h2>Cost and time</h2>
<p class="note">What answers took when they were first computed, whether calls were made in this run or kept from an earlier one.</p>
${legend(runs)}${effortChart(figures)}
<div class="scroll">${figureTable(effortFigures(figures))}</div></section>`);
  return parts.join('\n');
}

function breakdownPanels(breakdowns: Figures['breakdowns'], runs: Figures['runs']): string {
  const panels = breakdowns.map(
    (breakdown) => `<div><h3>${escapeHtml(breakdown.title)}</h3>${breakdownPlot(breakdown, runs)}</div>`,
  );
  return `${legend(runs)}<div class="panels">${panels.join('')}</div>`;
}

/** @param isAll there are no other rows. */
function selfGradedHtml(figures: Figures, isAll: boolean): string {
  const { breakdowns, runs } = figures;
  return `<section id="self-graded"><h2>Self-graded <span class="badge warning">not in the headline</span></h2>
<p class="note">${escapeHtml(selfGradedNote)}</p>
${isAll ? `<p class="note">${escapeHtml(noHeadlineNote)}</p>` : ''}
<div class="scroll">${accuracyTable(figures)}</div>
${breakdowns.length === 0 ? '' : `<details class="more"><summary>Parts of the questions</summary>${breakdownPanels(breakdowns, runs)}</details>`}
<details class="more"><summary>Counts, cost and time</summary><div class="scroll">${figureTable(countFigures(figures))}</div><div class="scroll">${figureTable(effortFigures(figures))}</div></details>
</section>`;
}

/** Hidden where there is one run only, since the script reads its controls. */
function compareHtml({ runs }: PageData): string {
  const options = (chosen: number): string =>
    runs
      .map(
        (label, run) =>
          `<option value="${run}"${run === chosen ? ' selected' : ''}>${escapeHtml(label)}</option>`,
      )
      .join('');
  return `<section id="compare"${runs.length > 1 ? '' : ' hidden'}><h2>Two runs side by side</h2>
<p class="note">On the questions that both have answered and that are graded in both.</p>
<div class="controls">
<label>First <select id="first-run">${options(0)}</select></label>
<label>Second <select id="second-run">${options(1)}</select></label>
<button id="show-differing" type="button">Show the questions on which they differ</button>
</div>
<div id="comparison" aria-live="polite"></div></section>`;
}

function questionsHtml({ filters, runs }: PageData): string {
  const selects = filters.map(
    ({ name, values }) =>
      `<label>${escapeHtml(name)} <select id="filter-${name}"><option value="">all</option>${values
        .map((value) => `<option value="${escapeHtml(value)}">${escapeHtml(value)}</option>`)
        .join('')}</select></label>`,
  );
  const ofRuns = runs.map((label, run) => `<option value="${run}">${escapeHtml(label)}</option>`).join('');
  return `<section id="questions"><h2>Questions</h2>
<p class="note">Open one to see answer, responses, evidence and trace. Press / to search.</p>
<div class="controls" id="controls">
<label class="wide">search <input id="search" type="search" placeholder="words of question, answer or response"></label>
${selects.join('\n')}
<label>outcome <select id="outcome"><option value="">any</option>${outcomes.map((outcome) => `<option>${outcome}</option>`).join('')}</select></label>
<label>in <select id="outcome-run"><option value="">any run</option>${ofRuns}</select></label>
<label class="check"${runs.length > 1 ? '' : ' hidden'}><input id="differing" type="checkbox"> the two runs differ</label>
</div>
<p class="note" id="found" aria-live="polite"></p>
<div id="list"></div>
<p><button id="more" type="button" hidden>Show more</button></p>
<noscript><p>The single questions need scripts; the tables and charts above do not.</p></noscript>
</section>`;
}
