import { gatedSilu } from '../graph/operators/activation.ts';
import { add, multiply } from '../graph/operators/arithmetic.ts';
import { project } from '../graph/operators/matrix.ts';
import { rmsNorm } from '../graph/operators/normalisation.ts';
import { rotate } from '../graph/operators/rotary.ts';
import type { RotaryTable } from '../graph/operators/rotary.ts';
import { concatenate, reshape, split } from '../graph/operators/shape.ts';
import { elementCount, extentOf } from '../graph/tensor.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { AttentionInput, AttentionPattern } from './attention-patterns.ts';
import type { Weights } from './layer-weights.ts';
import type { DecoderConfiguration } from './model-configuration.ts';

export interface DecoderLayerOptions {
  readonly configuration: DecoderConfiguration;
  readonly weights: Weights;
  readonly layer: number;
  /** For the positions of the tokens: `[batch or 1, length, 1, headSize]`. */
  readonly rotary: RotaryTable;
  readonly attention: AttentionPattern;
}

/**
 * A layer of Qwen3's decoder.
 *
 * @param input `[batch · length, hiddenSize]`
 * @returns The output, of the input's shape, and the keys and values of the layer for a cache.
 */
export function decoderLayer(
  input: Tensor,
  options: DecoderLayerOptions,
): { readonly output: Tensor; readonly keys: Tensor; readonly values: Tensor } {
  const { configuration, weights, layer, attention } = options;
  const weight = (part: string) => weights(`model.layers.${layer}.${part}.weight`);
  const { normEpsilon } = configuration;

  const attentionInput = projectHeads(
    rmsNorm(input, weight('input_layernorm'), normEpsilon),
    options,
    weight,
  );
  const attended = attention(attentionInput);
  const rows = extentOf(input, 0);
  const attentionOutput = project(
    reshape(attended, [rows, elementCount(attended.shape) / rows]),
    weight('self_attn.o_proj'),
  );
  const middle = add(input, attentionOutput);

  const normalised = rmsNorm(middle, weight('post_attention_layernorm'), normEpsilon);
  const activated = gatedSilu(
    project(normalised, weight('mlp.gate_proj')),
    project(normalised, weight('mlp.up_proj')),
  );
  const output = add(middle, project(activated, weight('mlp.down_proj')));
  return { output, keys: attentionInput.keys, values: attentionInput.values };
}

/** Queries and keys are normalised and turned together; the scale of the scores is in the queries' norm. */
function projectHeads(
  normalised: Tensor,
  { configuration, rotary }: DecoderLayerOptions,
  weight: (part: string) => Tensor,
): AttentionInput {
  const { graph } = normalised;
  const { attentionHeads, keyValueHeads, headSize, normEpsilon } = configuration;
  const heads = attentionHeads + keyValueHeads;
  const length = extentOf(rotary.cosine, 1);
  const batch = extentOf(normalised, 0) / length;
  const projected = reshape(project(normalised, weight('self_attn.qkv_proj')), [
    batch,
    length,
    heads + keyValueHeads,
    headSize,
  ]);
  const [turning, values] = split(projected, 2, [heads, keyValueHeads]);
  const spread = (part: string, count: number, factor: number) =>
    multiply(weight(part), graph.constant(new Float32Array(count).fill(factor), [count, 1]));
  const normWeights = concatenate(
    [
      spread('self_attn.q_norm', attentionHeads, headSize ** -0.5),
      spread('self_attn.k_norm', keyValueHeads, 1),
    ],
    0,
  );
  if (turning === undefined || values === undefined) throw new Error('A layer has queries, keys and values.');
  const turned = rotate(rmsNorm(turning, normWeights, normEpsilon), rotary);
  const [queries, keys] = split(turned, 2, [attentionHeads, keyValueHeads]);
  if (queries === undefined || keys === undefined) throw new Error('A layer has queries and keys.');
  return { queries, keys, values };
}
