import { escapeHtml } from '../escape-html.ts';

/** Colours and shapes that tell runs apart; both, so that none depends on seeing colours. */
const shapes = ['circle', 'square', 'diamond', 'triangle', 'cross'] as const;
const colours = 8;

/** The class that gives a run its colour, by its place among the runs. */
export function colourClass(run: number): string {
  return `run-${run % colours}`;
}

/** The mark of a run at a point, with what is told of it when it is pointed at. */
export function mark({
  run,
  x,
  y,
  title = '',
}: {
  run: number;
  x: number;
  y: number;
  title?: string;
}): string {
  const told = title === '' ? '' : `<title>${escapeHtml(title)}</title>`;
  return `<path class="mark ${colourClass(run)}" transform="translate(${round(x)} ${round(y)})" d="${outline(shapes[run % shapes.length] ?? 'circle')}">${told}</path>`;
}

function outline(shape: (typeof shapes)[number]): string {
  switch (shape) {
    case 'circle':
      return 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z';
    case 'square':
      return 'M-4 -4h8v8h-8z';
    case 'diamond':
      return 'M0 -5.6L5.6 0L0 5.6L-5.6 0z';
    case 'triangle':
      return 'M0 -5.2L5.2 4.2H-5.2z';
    case 'cross':
      return 'M-4.6 -2.2L-2.2 -4.6L0 -2.4L2.2 -4.6L4.6 -2.2L2.4 0L4.6 2.2L2.2 4.6L0 2.4L-2.2 4.6L-4.6 2.2L-2.4 0z';
  }
}

/** Coordinates as short as they need to be. */
export function round(number: number): number {
  return Math.round(number * 10) / 10;
}

/** The names of runs with their marks. */
export function legend(runs: readonly string[]): string {
  const entries = runs.map(
    (label, run) =>
      `<li><svg viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">${mark({ run, x: 0, y: 0 })}</svg><bdi>${escapeHtml(label)}</bdi></li>`,
  );
  return `<ul class="legend">${entries.join('')}</ul>`;
}

/** Names at one height each, moved apart where they would overlap, and no lower than `bottom`. */
export function spread({
  heights,
  gap,
  bottom,
}: {
  heights: readonly number[];
  gap: number;
  bottom: number;
}): number[] {
  const order = heights
    .map((_, index) => index)
    .sort((left, right) => (heights[left] ?? 0) - (heights[right] ?? 0));
  const placed: number[] = [...heights];
  let last = -Infinity;
  for (const index of order) {
    last = Math.max(heights[index] ?? 0, last + gap);
    placed[index] = last;
  }
  let limit = bottom;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, limit);
    limit = (placed[index] ?? 0) - gap;
  }
  return placed;
}
