import { outcomes } from '../../load-results.ts';
import type { RunSummary } from '../../summarise.ts';
import { escapeHtml } from '../escape-html.ts';
import { round } from './marks.ts';

const width = 420;
const nameWidth = 130;
const barHeight = 18;
const rowHeight = 27;

/** What became of the questions of one set: a bar a run. */
export function outcomeBars(summaries: readonly RunSummary[]): string {
  const height = summaries.length * rowHeight + 4;
  const rows = summaries.map(({ label, tally }, index) => {
    const top = index * rowHeight + 4;
    let start = nameWidth;
    const parts = outcomes.map((outcome) => {
      const count = tally.counts[outcome];
      const length = tally.questions === 0 ? 0 : (count / tally.questions) * (width - nameWidth);
      const x = start;
      start += length;
      if (count === 0) return '';
      const number =
        length < 18
          ? ''
          : `<text class="count on-${outcome}" x="${round(x + length / 2)}" y="${top + barHeight / 2 + 4}" text-anchor="middle">${count}</text>`;
      const title = `<title>${escapeHtml(`${label}: ${count} of ${tally.questions} ${outcome}`)}</title>`;
      return `<g>${title}<rect class="outcome ${outcome}" x="${round(x)}" y="${top}" width="${round(Math.max(0, length - 1))}" height="${barHeight}"/>${number}</g>`;
    });
    const name = label.length <= 19 ? label : `${label.slice(0, 18)}…`;
    return `<text class="row-name" x="${nameWidth - 8}" y="${top + barHeight / 2 + 4}" text-anchor="end">${escapeHtml(name)}</text>${parts.join('')}`;
  });
  return `<svg class="chart bars" viewBox="0 0 ${width} ${height}" role="img" aria-label="Right, wrong, refused, ungraded and missing answers">${rows.join('')}</svg>`;
}

export function outcomeLegend(): string {
  return `<ul class="legend">${outcomes.map((outcome) => `<li><span class="swatch ${outcome}"></span>${outcome}</li>`).join('')}</ul>`;
}
