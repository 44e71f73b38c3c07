import { formatAccuracy, formatWhole } from '../../format-figures.ts';
import type { Figures } from '../../summarise.ts';
import { escapeHtml } from '../escape-html.ts';
import { colourClass, mark, round } from './marks.ts';

const size = { width: 860, height: 340 };
const margin = { left: 46, right: 24, top: 14, bottom: 44 };
const [bottom, rightEdge] = [size.height - margin.bottom, size.width - margin.right];

/** Accuracy against what a question takes in tokens, by the logarithm; those that ask no model stand on the left. */
export function effortChart({ runs, sets, summaries }: Figures): string {
  const single = summaries.filter(({ set }) => (sets.length === 0 ? set === null : set !== null));
  const points = single.map((summary) => {
    const { effort, tally } = summary;
    const answered = tally.questions - tally.counts.missing;
    const tokens = answered === 0 ? 0 : (effort.inputTokens + effort.outputTokens) / answered;
    return { summary, tokens };
  });
  const most = Math.max(10_000, ...points.map(({ tokens }) => tokens));
  const lowest = 2;
  const highest = Math.ceil(Math.log10(most) * 2) / 2;
  const from = margin.left + 70;
  const placeOf = (tokens: number): number =>
    tokens < 1
      ? margin.left + 22
      : from +
        ((Math.max(lowest, Math.log10(tokens)) - lowest) / (highest - lowest)) * (rightEdge - from - 30);
  const heightOf = (share: number): number => bottom - share * (bottom - margin.top);
  const grid = [0, 20, 40, 60, 80, 100].map(
    (percent) =>
      `<path class="grid" d="M${margin.left} ${round(heightOf(percent / 100))}H${rightEdge}"/>` +
      `<text class="tick" x="${margin.left - 8}" y="${round(heightOf(percent / 100) + 4)}" text-anchor="end">${percent}${percent === 100 ? ' %' : ''}</text>`,
  );
  const ticks = Array.from(
    { length: Math.floor(highest) - lowest + 1 },
    (_, index) => 10 ** (lowest + index),
  );
  const axis = [
    `<text class="tick" x="${round(placeOf(0))}" y="${bottom + 20}" text-anchor="middle">none</text>`,
    ...ticks.map(
      (tokens) =>
        `<path class="grid" d="M${round(placeOf(tokens))} ${margin.top}V${bottom}"/>` +
        `<text class="tick" x="${round(placeOf(tokens))}" y="${bottom + 20}" text-anchor="middle">${tokenText(tokens)}</text>`,
    ),
    `<text class="axis" x="${(margin.left + rightEdge) / 2}" y="${size.height - 6}" text-anchor="middle">tokens of prompts and answers a question</text>`,
  ];
  const drawn = runs.map((label, run) => {
    const own = points.filter(({ summary }) => summary.label === label);
    const path = own
      .map(({ summary, tokens }, index) => {
        const y = heightOf(summary.tally.accuracy.mean);
        return `${index === 0 ? 'M' : 'L'}${round(placeOf(tokens))} ${round(y)}`;
      })
      .join('');
    const xs = own.map(({ tokens }) => placeOf(tokens));
    // Points above each other would write their names over one another; pointing at them tells.
    const areApart = Math.max(...xs) - Math.min(...xs) > 20 * own.length;
    const marks = own.map(({ summary, tokens }) => {
      const [x, y] = [placeOf(tokens), heightOf(summary.tally.accuracy.mean)];
      const title = `${label} at ${summary.set ?? 'all lengths'}: ${formatAccuracy(summary.tally.accuracy)} %, ${formatWhole(tokens)} tokens a question`;
      const name =
        summary.set === null || !areApart
          ? ''
          : `<text class="point-name" x="${round(x + 8)}" y="${round(y - 6)}">${escapeHtml(summary.set)}</text>`;
      return mark({ run, x, y, title }) + name;
    });
    return `<path class="line faint ${colourClass(run)}" d="${path}"/>${marks.join('')}`;
  });
  return `<svg class="chart" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Accuracy against tokens a question; the table below has the numbers">${[...grid, ...axis, ...drawn].join('')}</svg>`;
}

function tokenText(tokens: number): string {
  if (tokens >= 1_000_000) return `${tokens / 1_000_000}M`;
  return tokens >= 1_000 ? `${tokens / 1_000}K` : String(tokens);
}
