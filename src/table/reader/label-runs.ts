import type { Block } from './block.ts';
import { cleanInline } from './inline-markup.ts';
import { labelLikeness } from './label-likeness.ts';
import { splitLabel } from './label-split.ts';
import type { Line } from './lines.ts';
import { statesTypedValue } from './statement.ts';

const longestLine = 60;
const fewestLines = 4;
const punctuated = /[.!?;,。]$/u;

interface ShortLine {
  readonly isTyped: boolean;
  readonly isLabel: boolean;
}

/** The line of a paragraph of one short line, or null. */
function onlyLine(block: Block | undefined): Line | null {
  if (block?.kind !== 'paragraph' || block.lines.length > 1) return null;
  const line = block.lines[0];
  return line === undefined || line.end - line.contentStart > longestLine ? null : line;
}

function shortLine(text: string, block: Block | undefined): ShortLine | null {
  const line = onlyLine(block);
  if (line === null) return null;
  const clean = cleanInline(text, line.contentStart, line.end).text;
  if (splitLabel(clean)?.separator === 'colon') return null;
  const isTyped = statesTypedValue(clean);
  return { isTyped, isLabel: !isTyped && !punctuated.test(clean) && labelLikeness(clean) === 'strong' };
}

/**
 * The blocks that are labels of the blocks below them, in runs of short paragraphs such as "Founded", "1999",
 * "City", "Lima": numbers and dates among the values show which of the lines are values.
 */
export function findLabelRuns(text: string, blocks: readonly Block[]): ReadonlySet<number> {
  const labels = new Set<number>();
  let from = 0;
  while (from < blocks.length) {
    let short = 0;
    while (onlyLine(blocks[from + short]) !== null) short += 1;
    if (short < fewestLines) {
      from += short + 1;
      continue;
    }
    const run: ShortLine[] = [];
    for (
      let line = shortLine(text, blocks[from]);
      line !== null;
      line = shortLine(text, blocks[from + run.length])
    ) {
      run.push(line);
    }
    const offset = run.length < fewestLines ? -1 : ([0, 1].find((start) => alternates(run, start)) ?? -1);
    if (offset >= 0) {
      for (let at = offset; at + 1 < run.length; at += 2) labels.add(from + at);
    }
    from += Math.max(1, run.length);
  }
  return labels;
}

/** Whether from `start` on every first line can be a label and enough of the second ones are typed values. */
function alternates(run: readonly ShortLine[], start: number): boolean {
  if ((run.length - start) % 2 === 1) return false;
  let typed = 0;
  for (let at = start; at < run.length; at += 2) {
    if (run[at]?.isLabel !== true) return false;
    if (run[at + 1]?.isTyped === true) typed += 1;
  }
  return typed > 0 && typed * 4 >= run.length - start;
}
