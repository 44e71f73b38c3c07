import { formatAccuracy } from '../../format-figures.ts';
import type { Breakdown } from '../../summarise.ts';
import { escapeHtml } from '../escape-html.ts';
import { mark, round } from './marks.ts';

const width = 520;
const margin = { left: 132, right: 44, top: 6, bottom: 26 };
const runGap = 6;
const plotWidth = width - margin.left - margin.right;

/** Accuracy on parts of the questions: a row a category, a mark a run. */
export function breakdownPlot({ categories }: Breakdown, runs: readonly string[]): string {
  const rowHeight = Math.max(24, runs.length * runGap + 14);
  const bottom = margin.top + categories.length * rowHeight;
  const placeOf = (share: number): number => margin.left + share * plotWidth;
  const grid = [0, 25, 50, 75, 100].map(
    (percent) =>
      `<path class="grid" d="M${round(placeOf(percent / 100))} ${margin.top}V${bottom}"/>` +
      `<text class="tick" x="${round(placeOf(percent / 100))}" y="${bottom + 17}" text-anchor="middle">${percent}${percent === 100 ? ' %' : ''}</text>`,
  );
  const rows = categories.map(({ name, tallies }, index) => {
    const middle = margin.top + (index + 0.5) * rowHeight;
    const shown = name.length <= 19 ? name : `${name.slice(0, 18)}…`;
    const most = Math.max(0, ...tallies.map((tally) => tally?.questions ?? 0));
    const band =
      index % 2 === 0
        ? `<rect class="band" x="0" y="${margin.top + index * rowHeight}" width="${width}" height="${rowHeight}"/>`
        : '';
    const marks = tallies.map((tally, run) => {
      if (tally === null) return '';
      const title = `${runs[run] ?? ''}, ${name}: ${formatAccuracy(tally.accuracy)} % of ${tally.questions}`;
      const y = middle + (run - (runs.length - 1) / 2) * runGap;
      return mark({ run, x: placeOf(tally.accuracy.mean), y, title });
    });
    return {
      band,
      text:
        `<text class="row-name" x="${margin.left - 12}" y="${round(middle + 4)}" text-anchor="end">${escapeHtml(shown)}</text>` +
        `<text class="tick" x="${width - 4}" y="${round(middle + 4)}" text-anchor="end">${most}</text>`,
      marks: marks.join(''),
    };
  });
  const parts = [
    ...rows.map(({ band }) => band),
    ...grid,
    ...rows.map(({ text }) => text),
    ...rows.map(({ marks }) => marks),
  ];
  return `<svg class="chart" viewBox="0 0 ${width} ${bottom + margin.bottom}" role="img" aria-label="Accuracy by parts of the questions; the number of questions stands on the right">${parts.join('')}</svg>`;
}
