import type { FigureTable } from '../figure-tables.ts';
import type { Figures, RunSummary } from '../summarise.ts';
import { mark } from './charts/marks.ts';
import { escapeHtml } from './escape-html.ts';

/** A row a run, a column a length: what the report says at a glance. */
export function accuracyTable({ runs, summaries }: Figures): string {
  const columns = [...new Set(summaries.map(({ set }) => set))];
  const find = (label: string, set: string | null): RunSummary | undefined =>
    summaries.find((summary) => summary.label === label && summary.set === set);
  const best = new Map(
    columns.map((set) => [
      set,
      Math.max(0, ...runs.map((label) => find(label, set)?.tally.accuracy.mean ?? 0)),
    ]),
  );
  const head = columns.map((set) => `<th scope="col">${escapeHtml(set ?? 'all')}</th>`).join('');
  const rows = runs.map((label, run) => {
    const cells = columns.map((set) => {
      const summary = find(label, set);
      if (summary === undefined) return '<td class="cell" style="--share: 0">–</td>';
      return accuracyCell(summary, runs.length > 1 && summary.tally.accuracy.mean === best.get(set));
    });
    const dot = `<svg class="dot" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">${mark({ run, x: 0, y: 0 })}</svg>`;
    return `<tr><th scope="row">${dot}<bdi>${escapeHtml(label)}</bdi></th>${cells.join('')}</tr>`;
  });
  return `<table class="results"><thead><tr><th scope="col">run</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function accuracyCell({ tally }: RunSummary, isBest: boolean): string {
  const { mean, standardError, count } = tally.accuracy;
  if (count === 0) return '<td class="cell" style="--share: 0">–<small>none graded</small></td>';
  const error = standardError === null ? '' : `± ${(standardError * 100).toFixed(1)} · `;
  return `<td class="cell${isBest && mean > 0 ? ' best' : ''}" style="--share: ${mean.toFixed(3)}"><b>${(mean * 100).toFixed(1)}</b><small>${error}n ${count}</small></td>`;
}

export function figureTable({ names, figures, rows }: FigureTable): string {
  const head = [
    ...names.map((name) => `<th scope="col">${name}</th>`),
    ...figures.map((name) => `<th scope="col" class="number">${name}</th>`),
  ];
  const body = rows.map((row) => {
    const cells = row.map((cell, index) =>
      index < names.length
        ? `<td><bdi>${escapeHtml(cell)}</bdi></td>`
        : `<td class="number">${escapeHtml(cell)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}
