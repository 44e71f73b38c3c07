import { expect, test } from 'vitest';
import { prefillGraph, stepGraph } from '../decoding/decoding-graphs.ts';
import { Graph } from '../graph/graph.ts';
import type { GraphProgram } from '../graph/graph.ts';
import { encoder } from '../model/encoder.ts';
import { weightsOf } from '../model/layer-weights.ts';
import { encoderConfigurationSchema } from '../model/model-configuration.ts';
import { layOutParameters } from '../model/parameter-layout.ts';
import { SeededRandom } from '../sampling/random.ts';
import type { LossKind } from './loss-head.ts';
import { randomGroups, smallDecoder } from './testing/small-decoder.ts';
import { layOutBatch } from './token-batch.ts';
import { wholeProgram } from './whole-program.ts';

/** Of the ONNX standard (domain ai.onnx, operator set 18); no operator that only ONNX Runtime has. */
const portable = [
  'Add',
  'Cast',
  'Clip',
  'Concat',
  'ConstantOfShape',
  'Div',
  'Equal',
  'Erf',
  'Exp',
  'Expand',
  'Gather',
  'GatherElements',
  'Gemm',
  'Identity',
  'Log',
  'MatMul',
  'Max',
  'Min',
  'Mul',
  'Neg',
  'Reciprocal',
  'ReduceLogSumExp',
  'ReduceMax',
  'ReduceMean',
  'ReduceSum',
  'ReduceSumSquare',
  'Reshape',
  'ScatterElements',
  'ScatterND',
  'Sigmoid',
  'Slice',
  'Softmax',
  'Split',
  'Sqrt',
  'Sub',
  'Sum',
  'Transpose',
];

const policy: LossKind = {
  kind: 'policy',
  clipLow: 0.2,
  clipHigh: 0.3,
  dualClip: 3,
  temperature: 0.8,
  hasEntropyBonus: true,
  hasKlPenalty: true,
};

test('every program is made of operators of the ONNX standard', () => {
  const configuration = smallDecoder();
  const decoder = { configuration, layout: layOutParameters(configuration) };
  const groups = randomGroups(new SeededRandom(5), { prompts: 2, responses: 3, vocabularySize: 23 });
  const programs: GraphProgram[] = [
    prefillGraph(decoder, { prompts: 2, promptLength: 9 }),
    stepGraph(decoder, { prompts: 2, promptLength: 9, samples: 3, capacity: 4 }),
    encoderProgram(),
  ];
  const row = (length: number) => [{ prompt: [1], responses: [Array.from({ length }, () => 2)] }];
  for (const [layout, batch] of [
    ['plain', groups],
    ['plain', row(200)],
    ['plain', row(2200)],
    ['shared-prompt', groups],
  ] as const) {
    const { shape } = layOutBatch(batch, { layout, convolutionTaps: 3 });
    for (const loss of [policy, { kind: 'supervised' }, { kind: 'scores' }] as const) {
      programs.push(wholeProgram({ ...decoder, shape, loss }));
    }
  }
  const operators = new Set(programs.flatMap(({ operators }) => [...operators]));
  expect([...operators].sort()).toEqual(portable);
});

function encoderProgram(): GraphProgram {
  const configuration = encoderConfigurationSchema.parse({
    kind: 'encoder',
    vocabularySize: 23,
    hiddenSize: 16,
    intermediateSize: 24,
    layers: 1,
    attentionHeads: 2,
    maximumPositions: 16,
    tokenTypes: 2,
    normEpsilon: 1e-12,
  });
  const graph = new Graph();
  const weights = weightsOf(graph, layOutParameters(configuration), { differentiable: false });
  graph.output('hidden', encoder(graph, weights, { configuration, shape: { rows: 2, length: 8 } }));
  return graph.build();
}
