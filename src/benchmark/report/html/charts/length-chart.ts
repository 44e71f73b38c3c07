import { formatAccuracy } from '../../format-figures.ts';
import { lengthOf } from '../../set-order.ts';
import type { Figures, RunSummary } from '../../summarise.ts';
import { escapeHtml } from '../escape-html.ts';
import { colourClass, mark, round, spread } from './marks.ts';

const size = { width: 860, height: 360 };
const margin = { left: 46, right: 190, top: 14, bottom: 44 };
const bottom = size.height - margin.bottom;
/** Runs stand beside each other at one length, so that their errors can be told apart. */
const besides = 6;

/** Accuracy against length: a line a run, with the standard error of each point. */
export function lengthChart({ runs, sets, summaries }: Figures): string {
  const places = setPlaces(sets);
  const heightOf = (share: number): number => bottom - share * (bottom - margin.top);
  const lines = runs.map((label, run) => {
    const shift = (run - (runs.length - 1) / 2) * besides;
    const points = sets.flatMap((set, index) => {
      const summary = summaries.find((each) => each.label === label && each.set === set);
      if (summary === undefined) return [];
      return [{ summary, x: (places[index] ?? 0) + shift, y: heightOf(summary.tally.accuracy.mean) }];
    });
    return { label, run, points };
  });
  const drawn = lines.filter(({ points }) => points.length > 0);
  const labelHeights = spread({
    heights: drawn.map(({ points }) => points.at(-1)?.y ?? 0),
    gap: 17,
    bottom,
  });
  const body = [
    ...[0, 20, 40, 60, 80, 100].map((percent) => gridLine(percent, heightOf(percent / 100))),
    ...sets.map(
      (set, index) =>
        `<text class="tick" x="${round(places[index] ?? 0)}" y="${bottom + 20}" text-anchor="middle">${escapeHtml(set)}</text>`,
    ),
    `<text class="axis" x="${(margin.left + size.width - margin.right) / 2}" y="${size.height - 6}" text-anchor="middle">tokens of documents</text>`,
    ...drawn.map(({ run, points }) => {
      const path = points
        .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`)
        .join('');
      return `<path class="line ${colourClass(run)}" d="${path}"/>${points.map((point) => errorBar(point, run, heightOf)).join('')}`;
    }),
    ...drawn.flatMap(({ label, run, points }) =>
      points.map(({ summary, x, y }) => mark({ run, x, y, title: pointTitle(label, summary) })),
    ),
    ...drawn.map(({ label, run, points }, index) => {
      const [x, y] = [(points.at(-1)?.x ?? 0) + 10, points.at(-1)?.y ?? 0];
      const [textX, textY] = [size.width - margin.right + 34, labelHeights[index] ?? y];
      return (
        `<path class="leader" d="M${round(x)} ${round(y)}L${round(textX - 6)} ${round(textY)}"/>` +
        `<text class="name ${colourClass(run)}" x="${round(textX)}" y="${round(textY + 4)}">${escapeHtml(shortened(label))}</text>`
      );
    }),
  ];
  return `<svg class="chart" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Accuracy against length; the table of results has the numbers">${body.join('')}</svg>`;
}

/** By the logarithm of their lengths, or evenly where names say none. */
function setPlaces(sets: readonly string[]): number[] {
  const [from, to] = [margin.left + 40, size.width - margin.right - 10];
  const logarithms = sets.map((set) => Math.log(lengthOf(set) ?? Number.NaN));
  const known = logarithms.every(Number.isFinite) && new Set(logarithms).size === sets.length;
  const values = known ? logarithms : sets.map((_, index) => index);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  if (lowest === highest) return sets.map(() => (from + to) / 2);
  return values.map((value) => from + ((value - lowest) / (highest - lowest)) * (to - from));
}

function gridLine(percent: number, y: number): string {
  return (
    `<path class="grid" d="M${margin.left} ${round(y)}H${size.width - margin.right + 20}"/>` +
    `<text class="tick" x="${margin.left - 8}" y="${round(y + 4)}" text-anchor="end">${percent}${percent === 100 ? ' %' : ''}</text>`
  );
}

function errorBar(
  { summary, x }: { summary: RunSummary; x: number },
  run: number,
  heightOf: (share: number) => number,
): string {
  const { mean, standardError } = summary.tally.accuracy;
  if (standardError === null || standardError === 0) return '';
  const [high, low] = [
    heightOf(Math.min(1, mean + standardError)),
    heightOf(Math.max(0, mean - standardError)),
  ];
  return `<path class="error ${colourClass(run)}" d="M${round(x)} ${round(high)}V${round(low)}"/>`;
}

function pointTitle(label: string, { set, tally }: RunSummary): string {
  return `${label} at ${set ?? 'all lengths'}: ${formatAccuracy(tally.accuracy)} % of ${tally.questions} questions`;
}

function shortened(label: string): string {
  return label.length <= 24 ? label : `${label.slice(0, 23)}…`;
}
