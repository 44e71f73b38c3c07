import { Graph } from '../graph/graph.ts';
import type { GraphProgram } from '../graph/graph.ts';
import { decoderLayer } from '../model/decoder-layer.ts';
import { embedTokens } from '../model/embedding.ts';
import { weightsOf } from '../model/layer-weights.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import type { ParameterLayout } from '../model/parameter-layout.ts';
import { batchAttention, batchRotary, nameGradients, placesOf } from './decoder-graph.ts';
import { lossHead } from './loss-head.ts';
import type { LossKind } from './loss-head.ts';
import type { BatchShape } from './token-batch.ts';

export interface ProgramOptions {
  readonly configuration: DecoderConfiguration;
  readonly layout: ParameterLayout;
  readonly shape: BatchShape;
  readonly loss: LossKind;
}

/** Forward and, unless only scores are wanted, backward through the whole model as one program. */
export function wholeProgram({ configuration, layout, shape, loss }: ProgramOptions): GraphProgram {
  const graph = new Graph();
  const differentiable = loss.kind !== 'scores';
  const weights = weightsOf(graph, layout, { differentiable });
  const rotary = batchRotary(graph, shape, configuration);
  const attention = batchAttention(graph, shape);
  let hidden = embedTokens(graph, weights, { configuration, tokens: placesOf(shape) });
  for (let layer = 0; layer < configuration.layers; layer++) {
    hidden = decoderLayer(hidden, { configuration, weights, layer, rotary, attention }).output;
  }
  const head = lossHead(hidden, { configuration, weights, targets: shape.targets, loss });
  graph.output('logProbabilities', head.logProbabilities);
  if (loss.kind !== 'supervised') graph.output('entropies', head.entropies);
  if (head.loss !== null) {
    graph.output('loss', head.loss);
    const parameters = layout.blocks.map(({ name }) => weights(name));
    const gradients = graph.pullBack(new Map([[head.loss, graph.scalar(1)]]), parameters);
    nameGradients(graph, gradients, parameters);
  }
  return graph.build();
}
