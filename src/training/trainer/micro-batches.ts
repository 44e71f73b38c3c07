import type { TokenInputs } from '../engine/batch-inputs.ts';
import type { MicroBatch } from '../engine/engine-lane.ts';
import { bucketOf } from '../engine/length-buckets.ts';
import { layOutBatch } from '../engine/token-batch.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import type { PromptGroup, RowLayout } from '../engine/token-batch.ts';

export interface SplitBatch {
  readonly parts: readonly MicroBatch[];
  /** The rollouts of the parts, one after the other, by their places in the batch. */
  readonly order: readonly number[];
}

export interface SplitOptions {
  readonly layout: RowLayout;
  /** Parts hold no more tokens, padding included, unless a single row does; absent: see `cacheSizedTokens`. */
  readonly tokensAtOnce?: number | undefined;
  readonly configuration: Pick<DecoderConfiguration, 'convolutionTaps' | 'hiddenSize'>;
}

/**
 * Splits a batch into parts of like size, an even number where there is more than one row, so that two or four
 * threads have equal work. It does not depend on the number of threads. Rows of like length come together.
 *
 * @param inputs Numbers of the rollouts in the order of the groups.
 */
export function splitBatch(
  groups: readonly PromptGroup[],
  inputs: TokenInputs,
  { layout, configuration, tokensAtOnce = cacheSizedTokens(configuration) }: SplitOptions,
): SplitBatch {
  const rows = rowsOf(groups, layout);
  const byLength = rows.toSorted((one, other) => other.length - one.length || one.first - other.first);
  const tokens = byLength.reduce((sum, { length }) => sum + bucketOf(length), 0);
  const shareTokens = tokens / (2 * Math.ceil(tokens / tokensAtOnce / 2));
  const parts: (typeof rows)[] = [];
  let before = 0;
  for (const row of byLength) {
    const part = parts.at(-1);
    // The first row of a part is its longest.
    const together = bucketOf(part?.[0]?.length ?? row.length) * bucketOf((part?.length ?? 0) + 1);
    const isNextShare = Math.floor(before / shareTokens) >= parts.length;
    if (part === undefined || together > tokensAtOnce || isNextShare) parts.push([row]);
    else part.push(row);
    before += bucketOf(row.length);
  }
  const order: number[] = [];
  const microBatches = parts.map((part) => {
    const places = part.flatMap(({ group, first }) => group.responses.map((_, index) => first + index));
    order.push(...places);
    return {
      batch: layOutBatch(
        part.map(({ group }) => group),
        { layout, convolutionTaps: configuration.convolutionTaps },
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

interface Row {
  readonly group: PromptGroup;
  /** The place of the first of its rollouts in the batch. */
  readonly first: number;
  readonly length: number;
}

function rowsOf(groups: readonly PromptGroup[], layout: RowLayout): Row[] {
  let rollouts = 0;
  return groups.flatMap(({ prompt, responses }) => {
    const inRows = layout === 'plain' ? responses.map((response) => [response]) : [responses];
    return inRows.map((responses) => {
      const first = rollouts;
      rollouts += responses.length;
      // The last token of a response is predicted, and is no input.
      const longest = responses.reduce((most, response) => Math.max(most, response.length - 1), 0);
      return { group: { prompt, responses }, first, length: prompt.length + responses.length * longest };
    });
  });
}

/**
 * So many tokens that an activation of the hidden size takes 1 MiB, about the second-level cache of a core: what one
 * operator writes is still there when the next reads it.
 */
function cacheSizedTokens({ hiddenSize }: Pick<DecoderConfiguration, 'hiddenSize'>): number {
  return Math.ceil(2 ** 18 / hiddenSize);
}
