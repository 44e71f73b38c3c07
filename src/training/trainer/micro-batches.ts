import type { TokenInputs } from '../engine/batch-inputs.ts';
import type { MicroBatch } from '../engine/decoder-engine.ts';
import { bucketOf } from '../engine/length-buckets.ts';
import { layOutBatch } from '../engine/token-batch.ts';
import type { PromptGroup, RowLayout } from '../engine/token-batch.ts';

export interface SplitBatch {
  readonly parts: readonly MicroBatch[];
  /** The rollouts of the parts, one after the other, by their places in the batch. */
  readonly order: readonly number[];
}

/**
 * Splits a batch into parts that hold no more than `tokensAtOnce` tokens, padding included (unless a single row
 * does). Rows of like length come together.
 *
 * @param inputs Numbers of the rollouts in the order of the groups.
 */
export function splitBatch(
  groups: readonly PromptGroup[],
  inputs: TokenInputs,
  options: { readonly layout: RowLayout; readonly tokensAtOnce: number; readonly convolutionTaps: number },
): SplitBatch {
  let rollouts = 0;
  const rows = groups.map((group) => {
    const first = rollouts;
    rollouts += group.responses.length;
    return { group, first, ...lengthsOf(group, options.layout) };
  });
  const byLength = rows.toSorted((one, other) => other.length - one.length || one.first - other.first);
  const parts: (typeof rows)[] = [];
  for (const row of byLength) {
    const part = parts.at(-1);
    // The first row of a part is its longest.
    const rowsOfPart = (part ?? []).reduce((sum, { rows }) => sum + rows, 0) + row.rows;
    const tokens = bucketOf(part?.[0]?.length ?? row.length) * bucketOf(rowsOfPart);
    if (part !== undefined && tokens <= options.tokensAtOnce) part.push(row);
    else parts.push([row]);
  }
  const order: number[] = [];
  const microBatches = parts.map((part) => {
    const places = part.flatMap(({ group, first }) => group.responses.map((_, index) => first + index));
    order.push(...places);
    return {
      batch: layOutBatch(
        part.map(({ group }) => group),
        options,
      ),
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([name, values]) => [name, places.map((place) => values[place] ?? [])]),
      ),
    };
  });
  return { parts: microBatches, order };
}

/** Numbers of rollouts in the order of the parts, brought back to the order of the batch. */
export function inBatchOrder<T>(values: readonly T[], { order }: SplitBatch): T[] {
  const sorted: T[] = [];
  for (const [index, place] of order.entries()) {
    const value = values[index];
    if (value !== undefined) sorted[place] = value;
  }
  return sorted;
}

function lengthsOf(
  { prompt, responses }: PromptGroup,
  layout: RowLayout,
): { readonly length: number; readonly rows: number } {
  const longest = responses.reduce((most, response) => Math.max(most, response.length), 0);
  return layout === 'plain'
    ? { length: prompt.length + longest, rows: responses.length }
    : { length: prompt.length + responses.length * longest, rows: 1 };
}
