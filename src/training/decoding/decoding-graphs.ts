import { Graph } from '../graph/graph.ts';
import type { GraphProgram } from '../graph/graph.ts';
import { gatherRows } from '../graph/operators/gather.ts';
import type { Tensor } from '../graph/tensor.ts';
import { nextTokenLogits } from '../engine/loss-head.ts';
import { cachedAttention, causalAttention, headsFirst } from '../model/attention-patterns.ts';
import { decoderLayer } from '../model/decoder-layer.ts';
import { embedTokens } from '../model/embedding.ts';
import { weightsOf } from '../model/layer-weights.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import type { ParameterLayout } from '../model/parameter-layout.ts';

export interface PrefillShape {
  readonly prompts: number;
  readonly promptLength: number;
}

export interface StepShape extends PrefillShape {
  /** Samples of each prompt. */
  readonly samples: number;
  /** How many tokens of each sample the cache has room for. */
  readonly capacity: number;
}

export interface DecodedModel {
  readonly configuration: DecoderConfiguration;
  readonly layout: ParameterLayout;
}

/** The keys and values of all layers, by name. */
export const cacheNames = {
  promptKeys: (layer: number) => `prompt keys ${layer}`,
  promptValues: (layer: number) => `prompt values ${layer}`,
  ownKeys: (layer: number) => `own keys ${layer}`,
  ownValues: (layer: number) => `own values ${layer}`,
  newKeys: (layer: number) => `new keys ${layer}`,
  newValues: (layer: number) => `new values ${layer}`,
};

/** From prompts to the logits of their first tokens, and the keys and values of the prompts. */
export function prefillGraph({ configuration, layout }: DecodedModel, shape: PrefillShape): GraphProgram {
  const { prompts, promptLength } = shape;
  const graph = new Graph();
  const weights = weightsOf(graph, layout, { differentiable: false });
  const angles = { type: 'float32', shape: [1, promptLength, 1, configuration.headSize] } as const;
  const rotary = { cosine: graph.input('cosine', angles), sine: graph.input('sine', angles) };
  let hidden = embedTokens(graph, weights, { configuration, tokens: prompts * promptLength });
  for (let layer = 0; layer < configuration.layers; layer++) {
    const result = decoderLayer(hidden, {
      configuration,
      weights,
      layer,
      rotary,
      attention: causalAttention,
    });
    graph.output(cacheNames.promptKeys(layer), headsFirst(result.keys));
    graph.output(cacheNames.promptValues(layer), headsFirst(result.values));
    hidden = result.output;
  }
  const ends = graph.input('promptEnds', { type: 'int64', shape: [prompts] });
  graph.output('logits', nextTokenLogits(gatherRows(hidden, ends), { configuration, weights }));
  return graph.build();
}

/** From one more token of each sample to the logits of the next, and the token's keys and values. */
export function stepGraph({ configuration, layout }: DecodedModel, shape: StepShape): GraphProgram {
  const { prompts, samples, promptLength, capacity } = shape;
  const { headSize, keyValueHeads } = configuration;
  const graph = new Graph();
  const weights = weightsOf(graph, layout, { differentiable: false });
  const floats = (name: string, shape: readonly number[]): Tensor =>
    graph.input(name, { type: 'float32', shape });
  const rotary = {
    cosine: floats('cosine', [prompts, samples, 1, headSize]),
    sine: floats('sine', [prompts, samples, 1, headSize]),
  };
  const promptMask = floats('promptMask', [prompts, 1, 1, 1, promptLength]);
  const ownMask = floats('ownMask', [1, 1, 1, 1, capacity]);
  const promptShape = [prompts, keyValueHeads, 1, promptLength, headSize];
  const ownShape = [prompts, keyValueHeads, samples, capacity, headSize];
  let hidden = embedTokens(graph, weights, { configuration, tokens: prompts * samples });
  for (let layer = 0; layer < configuration.layers; layer++) {
    const attention = cachedAttention({
      promptKeys: floats(cacheNames.promptKeys(layer), promptShape),
      promptValues: floats(cacheNames.promptValues(layer), promptShape),
      promptMask,
      ownKeys: floats(cacheNames.ownKeys(layer), ownShape),
      ownValues: floats(cacheNames.ownValues(layer), ownShape),
      ownMask,
    });
    const result = decoderLayer(hidden, { configuration, weights, layer, rotary, attention });
    graph.output(cacheNames.newKeys(layer), result.keys);
    graph.output(cacheNames.newValues(layer), result.values);
    hidden = result.output;
  }
  graph.output('logits', nextTokenLogits(hidden, { configuration, weights }));
  return graph.build();
}
