import { afterAll, describe, expect, test } from 'vitest';
import { SeededRandom } from '../../sampling/random.ts';
import { Graph } from '../graph.ts';
import { Runtime } from '../runtime.ts';
import type { Shape, Tensor } from '../tensor.ts';
import { gatedSilu, gelu } from './activation.ts';
import {
  add,
  clamp,
  exponential,
  maximum,
  minimum,
  multiply,
  negate,
  scale,
  subtract,
  sum,
  sumAll,
} from './arithmetic.ts';
import { attend, attendRecomputing } from './attention.ts';
import { gatherRows } from './gather.ts';
import { matrixProduct, project } from './matrix.ts';
import { layerNorm, rmsNorm } from './normalisation.ts';
import { rotate } from './rotary.ts';
import { concatenate, prefixes, reshape, split, transpose } from './shape.ts';
import { tokenStatistics } from './token-statistics.ts';

const runtime = new Runtime({ threads: 1 });
afterAll(() => runtime.close());

interface OperatorCase {
  readonly name: string;
  readonly inputs: readonly Shape[];
  /** The results to be differentiated. */
  readonly build: (graph: Graph, inputs: readonly Tensor[]) => readonly Tensor[];
}

function operatorCase(
  name: string,
  inputs: readonly Shape[],
  build: (...inputs: Tensor[]) => Tensor | readonly Tensor[],
): OperatorCase {
  return {
    name,
    inputs,
    build: (_, tensors) => {
      const results = build(...tensors);
      return Array.isArray(results) ? results : [results as Tensor];
    },
  };
}

function integers(tensor: Tensor, values: readonly number[]): Tensor {
  return tensor.graph.integers(values);
}

function constant(tensor: Tensor, shape: Shape, valueAt: (index: number) => number): Tensor {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return tensor.graph.constant(
    Float32Array.from({ length: count }, (_, index) => valueAt(index)),
    shape,
  );
}

const causal = (tensor: Tensor, rows: number) =>
  constant(tensor, [rows, rows], (index) => (index % rows <= Math.floor(index / rows) ? 0 : -1e9));

const cases: readonly OperatorCase[] = [
  operatorCase(
    'add, broadcast',
    [
      [2, 3, 4],
      [3, 1],
    ],
    (a, b) => add(a, b),
  ),
  operatorCase(
    'subtract, broadcast',
    [
      [3, 4],
      [2, 3, 4],
    ],
    (a, b) => subtract(a, b),
  ),
  operatorCase('multiply, broadcast', [[2, 3, 4], [4]], (a, b) => multiply(a, b)),
  operatorCase('multiply by itself', [[3, 4]], (a) => multiply(a, a)),
  operatorCase('negate', [[5]], (a) => negate(a)),
  operatorCase('scale', [[5]], (a) => scale(a, 0.3)),
  operatorCase('exponential', [[2, 3]], (a) => exponential(a)),
  operatorCase(
    'maximum',
    [
      [4, 3],
      [4, 3],
    ],
    (a, b) => maximum(a, b),
  ),
  operatorCase('minimum, broadcast', [[4, 3], [3]], (a, b) => minimum(a, b)),
  operatorCase('clamp', [[4, 3]], (a) => clamp(a, { minimum: -0.44, maximum: 0.68 })),
  operatorCase('sum over axes', [[2, 3, 4]], (a) => sum(a, [0, -1])),
  operatorCase('reshape', [[2, 6]], (a) => reshape(a, [3, 4])),
  operatorCase('transpose', [[2, 3, 4]], (a) => transpose(a, [2, 0, 1])),
  operatorCase('split', [[2, 5]], (a) => split(a, 1, [2, 3])),
  operatorCase('split, a part unused', [[2, 5]], (a) => split(a, 1, [2, 3]).slice(1)),
  operatorCase(
    'concatenate',
    [
      [2, 2],
      [2, 3],
    ],
    (a, b) => concatenate([a, b], 1),
  ),
  operatorCase('prefixes', [[2, 5]], (a) => prefixes(a, 1, [2, 1, 2])),
  operatorCase('prefixes, the longest unused', [[2, 5]], (a) => prefixes(a, 1, [2, 1, 2]).slice(0, 2)),
  operatorCase(
    'matrixProduct of matrices',
    [
      [3, 4],
      [4, 5],
    ],
    (a, b) => matrixProduct(a, b),
  ),
  operatorCase(
    'matrixProduct, first transposed',
    [
      [4, 3],
      [4, 5],
    ],
    (a, b) => matrixProduct(a, b, { transposeFirst: true }),
  ),
  operatorCase(
    'matrixProduct, second transposed',
    [
      [3, 4],
      [5, 4],
    ],
    (a, b) => matrixProduct(a, b, { transposeSecond: true }),
  ),
  operatorCase(
    'matrixProduct, both transposed',
    [
      [4, 3],
      [5, 4],
    ],
    (a, b) => matrixProduct(a, b, { transposeFirst: true, transposeSecond: true }),
  ),
  operatorCase(
    'matrixProduct of stacks, one shared',
    [
      [2, 3, 3, 4],
      [2, 1, 5, 4],
    ],
    (a, b) => matrixProduct(a, b, { transposeSecond: true }),
  ),
  operatorCase('project', [[3, 4], [5, 4], [5]], (x, weight, bias) => project(x, weight, bias)),
  operatorCase('gatherRows, a row twice', [[4, 3]], (table) => gatherRows(table, integers(table, [1, 3, 1]))),
  operatorCase(
    'gatedSilu',
    [
      [3, 4],
      [3, 4],
    ],
    (gate, value) => gatedSilu(gate, value),
  ),
  operatorCase('gelu', [[3, 4]], (a) => gelu(a)),
  operatorCase('rmsNorm', [[2, 3, 4], [4]], (x, weight) => rmsNorm(x, weight, 1e-6)),
  operatorCase(
    'rmsNorm, a weight for each head',
    [
      [2, 3, 4],
      [3, 4],
    ],
    (x, weight) => rmsNorm(x, weight, 1e-6),
  ),
  operatorCase('layerNorm', [[3, 4], [4], [4]], (x, weight, bias) => layerNorm(x, { weight, bias }, 1e-5)),
  operatorCase('rotate', [[2, 3, 2, 4]], (x) => {
    const angle = (index: number) => Math.floor(index / 4) * (index % 2 === 0 ? 1 : 0.1);
    const cosine = constant(x, [1, 3, 1, 4], (index) => Math.cos(angle(index)));
    const sine = constant(x, [1, 3, 1, 4], (index) => Math.sin(angle(index)));
    return rotate(x, { cosine, sine });
  }),
  operatorCase(
    'attend to one masked source',
    [
      [1, 2, 1, 3, 4],
      [1, 2, 1, 3, 4],
      [1, 2, 1, 3, 4],
    ],
    (q, k, v) => attend(q, [{ keys: k, values: v, mask: causal(q, 3) }]),
  ),
  operatorCase(
    'attend to a shared source and to one of each group',
    [
      [2, 2, 2, 3, 4],
      [2, 2, 1, 5, 4],
      [2, 2, 1, 5, 4],
      [2, 2, 2, 3, 4],
      [2, 2, 2, 3, 4],
    ],
    (queries, ...others) => {
      const [sharedKeys, sharedValues, ownKeys, ownValues] = others as [Tensor, Tensor, Tensor, Tensor];
      return attend(queries, [
        { keys: sharedKeys, values: sharedValues },
        { keys: ownKeys, values: ownValues, mask: causal(queries, 3) },
      ]);
    },
  ),
  operatorCase(
    'attendRecomputing to keys before and to masked ones, shared by groups',
    [
      [2, 2, 2, 3, 4],
      [2, 2, 1, 5, 4],
      [2, 2, 1, 5, 4],
      [2, 2, 1, 3, 4],
      [2, 2, 1, 3, 4],
    ],
    (queries, ...others) => {
      const [keysBefore, valuesBefore, keys, values] = others as [Tensor, Tensor, Tensor, Tensor];
      return attendRecomputing(queries, [
        { keys: keysBefore, values: valuesBefore },
        { keys, values, mask: causal(queries, 3) },
      ]);
    },
  ),
  operatorCase('tokenStatistics, log-probabilities', [[3, 5]], (logits) => [
    tokenStatistics(logits, integers(logits, [0, 4, 2])).logProbabilities,
  ]),
  operatorCase('tokenStatistics, entropies', [[3, 5]], (logits) => [
    tokenStatistics(logits, integers(logits, [0, 4, 2])).entropies,
  ]),
  operatorCase('tokenStatistics, both', [[3, 5]], (logits) =>
    Object.values(tokenStatistics(logits, integers(logits, [0, 4, 2]))),
  ),
];

/** Far enough for single precision; the formula's own error falls with its fourth power. */
const step = 0.02;
/** Weights of the differences at −2, −1, +1, +2 steps. */
const stencil = [
  [-2, 1 / 12],
  [-1, -8 / 12],
  [1, 8 / 12],
  [2, -1 / 12],
] as const;

describe('gradients agree with central differences', () => {
  test.each(cases)('$name', async ({ inputs: shapes, build }) => {
    const random = new SeededRandom(7);
    const graph = new Graph();
    const inputs = shapes.map((shape, index) =>
      graph.input(`input.${index}`, { type: 'float32', shape, differentiable: true }),
    );
    // Every element of every result counts, each by another weight.
    const parts = build(graph, inputs).map((result) =>
      sumAll(
        multiply(
          result,
          constant(result, result.shape, () => random.next() * 2 - 1),
        ),
      ),
    );
    const loss = parts.reduce((total, part) => add(total, part));
    const gradients = graph.pullBack(new Map([[loss, graph.scalar(1)]]), inputs);
    graph.output('loss', loss);
    for (const [index, gradient] of gradients.entries()) graph.output(`gradient.${index}`, gradient);

    const program = await runtime.load(graph.build());
    const bound = await program.bind();
    const dataOf = (name: string) => (bound.inputs[name] ?? bound.outputs[name]) as Float32Array;
    for (const index of inputs.keys()) {
      const data = dataOf(`input.${index}`);
      // On a grid, each input on its own, so that no step crosses a kink of maximum, minimum or clamp.
      for (let element = 0; element < data.length; element++) {
        data[element] = Math.round(random.next() * 16) / 8 - 1 + index / 16;
      }
    }
    await bound.run();
    const computed = inputs.map((_, index) => Array.from(dataOf(`gradient.${index}`)));
    expect(computed.flat().some((value) => Math.abs(value) > 1e-3)).toBe(true);
    for (const [index, gradient] of computed.entries()) {
      const data = dataOf(`input.${index}`);
      for (const [element, value] of gradient.entries()) {
        const center = data[element] ?? 0;
        let difference = 0;
        for (const [steps, weight] of stencil) {
          data[element] = center + steps * step;
          await bound.run();
          difference += (weight * (dataOf('loss')[0] ?? NaN)) / step;
        }
        data[element] = center;
        expect(Math.abs(difference - value), `input ${index}, element ${element}`).toBeLessThan(
          2e-4 * Math.max(1, Math.abs(value)),
        );
      }
    }
    await program.release();
  });
});

test('where two elements are equal, each gets half of the gradient of their maximum', async () => {
  const graph = new Graph();
  const [one, other] = ['one', 'other'].map((name) =>
    graph.input(name, { type: 'float32', shape: [2], differentiable: true }),
  ) as [Tensor, Tensor];
  const greater = maximum(one, other);
  const gradients = graph.pullBack(new Map([[greater, constant(one, [2], () => 1)]]), [one, other]);
  for (const [index, gradient] of gradients.entries()) graph.output(`gradient.${index}`, gradient);
  const bound = await (await runtime.load(graph.build())).bind();
  (bound.inputs['one'] as Float32Array).set([2, 5]);
  (bound.inputs['other'] as Float32Array).set([2, 3]);
  await bound.run();
  expect([bound.outputs['gradient.0'], bound.outputs['gradient.1']]).toEqual([
    Float32Array.of(0.5, 1),
    Float32Array.of(0.5, 0),
  ]);
});
