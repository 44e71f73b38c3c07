import { add, multiply } from '../graph/operators/arithmetic.ts';
import { gatherRows } from '../graph/operators/gather.ts';
import { reshape, split } from '../graph/operators/shape.ts';
import { extentOf } from '../graph/tensor.ts';
import type { Graph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Weights } from './layer-weights.ts';
import type { DecoderConfiguration } from './model-configuration.ts';

/**
 * The embedding of tokens. With the causal convolution, a token's vector is its own plus those of the tokens
 * before it, each times a vector of its distance. What stands before is an input of its own, so that a response
 * sees the end of its prompt wherever that lies.
 */
export function embedTokens(
  graph: Graph,
  weights: Weights,
  { configuration, tokens }: { readonly configuration: DecoderConfiguration; readonly tokens: number },
): Tensor {
  const table = weights('model.embed_tokens.weight');
  const own = gatherRows(table, graph.input('tokens', { type: 'int64', shape: [tokens] }));
  const taps = configuration.convolutionTaps;
  if (taps === 0) return own;
  const before = graph.input('tokensBefore', { type: 'int64', shape: [taps * tokens] });
  // 0 where a row has no token so far back.
  const exists = graph.input('tokensBeforeExist', { type: 'float32', shape: [taps, tokens, 1] });
  const width = extentOf(table, 1);
  const vectors = multiply(reshape(gatherRows(table, before), [taps, tokens, width]), exists);
  const convolution = reshape(weights('model.embed_convolution.weight'), [taps, 1, width]);
  const byDistance = split(
    multiply(vectors, convolution),
    0,
    Array.from({ length: taps }, () => 1),
  );
  return byDistance.reduce((sum, part) => add(sum, reshape(part, [tokens, width])), own);
}
