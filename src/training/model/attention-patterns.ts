import { attend, attendRecomputing } from '../graph/operators/attention.ts';
import type { AttentionSource } from '../graph/operators/attention.ts';
import { concatenate, prefixes, reshape, split, transpose } from '../graph/operators/shape.ts';
import { extentOf } from '../graph/tensor.ts';
import type { Graph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';

/** Queries, scaled already, `[batch, length, heads, headSize]`; keys and values with their own number of heads. */
export interface AttentionInput {
  readonly queries: Tensor;
  readonly keys: Tensor;
  readonly values: Tensor;
}

/** Who attends to whom: from queries, keys and values to an output of the queries' shape. */
export type AttentionPattern = (input: AttentionInput) => Tensor;

/** Added to scores of keys that must not be seen: e to its power is 0. */
export const hidden = -1e9;

/**
 * Rows of queries computed at once by `causalAttention`. Keys after a block are never multiplied, so that smaller
 * blocks come nearer to half the work, and larger ones make better products.
 */
const causalBlock = 128;

/** Longer rows take blocks of this length, and do not keep the weights of attention. */
const longBlock = 512;
const longestKept = 2048;

/** Every token sees itself and the tokens before it in its row. */
export const causalAttention: AttentionPattern = (input) =>
  extentOf(input.queries, 1) > longestKept ? longCausalAttention(input) : shortCausalAttention(input);

const shortCausalAttention: AttentionPattern = ({ queries, keys, values }) => {
  const { graph } = queries;
  const extents = blocksOf(extentOf(queries, 1), causalBlock);
  const queryBlocks = split(headsFirst(queries, extentOf(keys, 2)), 3, extents);
  const keyPrefixes = prefixes(headsFirst(keys), 3, extents);
  const valuePrefixes = prefixes(headsFirst(values), 3, extents);
  const outputs = queryBlocks.flatMap((block, index) => {
    const [keys, values] = [keyPrefixes[index], valuePrefixes[index]];
    if (keys === undefined || values === undefined) return [];
    return [
      attend(block, [{ keys, values, mask: causalMask(graph, extentOf(block, 3), extentOf(keys, 3)) }]),
    ];
  });
  return headsLast(concatenate(outputs, 3));
};

/** As `shortCausalAttention`, with memory for the weights of one block. Only a block's own keys need a mask. */
const longCausalAttention: AttentionPattern = ({ queries, keys, values }) => {
  const extents = blocksOf(extentOf(queries, 1), longBlock);
  const masks = new Map<number, Tensor>();
  const maskOf = (extent: number) => {
    const mask = masks.get(extent) ?? causalMask(queries.graph, extent, extent);
    masks.set(extent, mask);
    return mask;
  };
  const [allKeys, allValues] = [headsFirst(keys), headsFirst(values)];
  const [ownKeys, ownValues] = [split(allKeys, 3, extents), split(allValues, 3, extents)];
  const [keysUpTo, valuesUpTo] = [prefixes(allKeys, 3, extents), prefixes(allValues, 3, extents)];
  const queryBlocks = split(headsFirst(queries, extentOf(keys, 2)), 3, extents);
  const outputs = queryBlocks.map((block, index) => {
    const before = sourceOf(keysUpTo[index - 1], valuesUpTo[index - 1]);
    const own = sourceOf(ownKeys[index], ownValues[index], maskOf(extentOf(block, 3)));
    return attendRecomputing(block, [...before, ...own]);
  });
  return headsLast(concatenate(outputs, 3));
};

function sourceOf(keys: Tensor | undefined, values: Tensor | undefined, mask?: Tensor): AttentionSource[] {
  return keys === undefined || values === undefined ? [] : [{ keys, values, mask }];
}

/**
 * Every token sees all tokens of its row but padding.
 *
 * @param mask `[batch, 1, 1, 1, length]`: 0, or `hidden` at padding.
 */
export function fullAttention(mask: Tensor): AttentionPattern {
  return ({ queries, keys, values }) => {
    const output = attend(headsFirst(queries, extentOf(keys, 2)), [
      { keys: headsFirst(keys), values: headsFirst(values), mask },
    ]);
    return headsLast(output);
  };
}

/**
 * A row is a prompt and then several responses to it. Tokens of the prompt see the prompt up to themselves; tokens
 * of a response see the whole prompt and their own response up to themselves.
 *
 * @param promptMask `[batch, 1, 1, 1, promptLength]`: 0, or `hidden` at padding.
 */
export function sharedPromptAttention(row: {
  readonly promptLength: number;
  readonly responses: number;
  readonly responseLength: number;
  readonly promptMask: Tensor;
}): AttentionPattern {
  const { promptLength, responses, responseLength, promptMask } = row;
  return ({ queries, keys, values }) => {
    const cut = (tensor: Tensor) => {
      const [prompt, rest] = split(tensor, 1, [promptLength, responses * responseLength]);
      if (prompt === undefined || rest === undefined) throw new Error('A row has a prompt and responses.');
      return { prompt, rest };
    };
    const [query, key, value] = [cut(queries), cut(keys), cut(values)];
    const promptOutput = causalAttention({ queries: query.prompt, keys: key.prompt, values: value.prompt });

    const heads = extentOf(keys, 2);
    const repeats = extentOf(queries, 2) / heads;
    const ownRows = tiledCausalMask(queries.graph, responseLength, repeats);
    const responseOutput = attend(byResponse(query.rest, { responses, heads }), [
      { keys: headsFirst(key.prompt), values: headsFirst(value.prompt), mask: promptMask },
      {
        keys: byResponse(key.rest, { responses, heads }),
        values: byResponse(value.rest, { responses, heads }),
        mask: ownRows,
      },
    ]);
    return concatenate([promptOutput, fromResponses(responseOutput, repeats)], 1);
  };
}

/** Keys and values computed before, of a prompt that several samples share and of each sample's own tokens. */
export interface AttentionCache {
  /** `[prompts, keyValueHeads, 1, promptLength, headSize]` */
  readonly promptKeys: Tensor;
  readonly promptValues: Tensor;
  /** `[prompts, 1, 1, 1, promptLength]`: 0, or `hidden` at padding. */
  readonly promptMask: Tensor;
  /** `[prompts, keyValueHeads, samples, capacity, headSize]` */
  readonly ownKeys: Tensor;
  readonly ownValues: Tensor;
  /** `[1, 1, 1, 1, capacity]`: 0 where the cache is filled, else `hidden`. */
  readonly ownMask: Tensor;
}

/**
 * One new token for each sample: it sees its prompt, its sample's tokens before, and itself. Queries are
 * `[prompts, samples, heads, headSize]`.
 */
export function cachedAttention(cache: AttentionCache): AttentionPattern {
  return ({ queries, keys, values }) => {
    const [responses, heads] = [extentOf(queries, 1), extentOf(keys, 2)];
    const output = attend(byResponse(queries, { responses, heads }), [
      { keys: cache.promptKeys, values: cache.promptValues, mask: cache.promptMask },
      { keys: cache.ownKeys, values: cache.ownValues, mask: cache.ownMask },
      { keys: byResponse(keys, { responses, heads }), values: byResponse(values, { responses, heads }) },
    ]);
    return fromResponses(output, extentOf(queries, 2) / heads);
  };
}

/** `[batch, length, heads, size]` → `[batch, keyValueHeads, heads of each, length, size]`. */
export function headsFirst(tensor: Tensor, keyValueHeads?: number): Tensor {
  const [batch = 1, length = 1, heads = 1, size = 1] = tensor.shape;
  const outer = keyValueHeads ?? heads;
  return transpose(reshape(tensor, [batch, length, outer, heads / outer, size]), [0, 2, 3, 1, 4]);
}

function headsLast(tensor: Tensor): Tensor {
  const [batch = 1, outer = 1, inner = 1, length = 1, size = 1] = tensor.shape;
  return reshape(transpose(tensor, [0, 3, 1, 2, 4]), [batch, length, outer * inner, size]);
}

/** `[batch, responses · length, heads, size]` → `[batch, keyValueHeads, responses, repeats · length, size]`. */
function byResponse(
  tensor: Tensor,
  { responses, heads }: { readonly responses: number; readonly heads: number },
): Tensor {
  const [batch = 1, tokens = 1, allHeads = 1, size = 1] = tensor.shape;
  const [length, repeats] = [tokens / responses, allHeads / heads];
  const parted = reshape(tensor, [batch, responses, length, heads, repeats, size]);
  return reshape(transpose(parted, [0, 3, 1, 4, 2, 5]), [batch, heads, responses, repeats * length, size]);
}

function fromResponses(tensor: Tensor, repeats: number): Tensor {
  const [batch = 1, heads = 1, responses = 1, rows = 1, size = 1] = tensor.shape;
  const length = rows / repeats;
  const parted = reshape(tensor, [batch, heads, responses, repeats, length, size]);
  return reshape(transpose(parted, [0, 2, 4, 1, 3, 5]), [batch, responses * length, heads * repeats, size]);
}

/** The last `rows` rows of a causal mask over `columns` keys. */
function causalMask(graph: Graph, rows: number, columns: number): Tensor {
  const data = new Float32Array(rows * columns);
  const seen = columns - rows + 1;
  for (let row = 0; row < rows; row++) {
    data.fill(hidden, row * columns + seen + row, (row + 1) * columns);
  }
  return graph.constant(data, [rows, columns]);
}

function tiledCausalMask(graph: Graph, length: number, repeats: number): Tensor {
  const mask = causalMask(graph, length, length);
  return repeats === 1
    ? mask
    : concatenate(
        Array.from({ length: repeats }, () => mask),
        0,
      );
}

function blocksOf(length: number, block: number): number[] {
  const count = Math.ceil(length / block);
  return Array.from({ length: count }, (_, index) => Math.min(block, length - index * block));
}
