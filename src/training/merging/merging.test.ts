import { array, assert, constantFrom, double, integer, oneof, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '../testing/largest-difference.ts';
import vectors from '../testing/vectors.json' with { type: 'json' };
import { findLargest } from './largest-values.ts';
import { mergeLinearly } from './linear.ts';
import { mergeBySce, sceVariants } from './sce.ts';
import { mergeByTaskArithmetic } from './task-arithmetic.ts';
import { cutToCommonPart, MergeError } from './tensor.ts';
import type { Tensor } from './tensor.ts';
import { mergeByTies } from './ties.ts';

function vector(...values: readonly number[]): Tensor {
  return { name: 'weight', shape: [values.length], data: Float64Array.from(values) };
}

function matrix(rows: readonly (readonly number[])[]): Tensor {
  const shape = [rows.length, rows[0]?.length ?? 0];
  return { name: 'weight', shape, data: Float64Array.from(rows.flat()) };
}

// Expected numbers of linear, task-arithmetic and TIES merging come from a Python script of the papers' formulas.
const base = vector(1, -2, 0.5, 0, 3, -1);
const models = [
  vector(1.4, -2.5, 0.5, 0.3, 2.9, -1.6),
  vector(0.8, -1, 0.7, 0.2, 3.05, -1.5),
  vector(1.1, -2.2, 0.1, -0.9, 3, -1.2),
];

const numbers = double({ min: -10, max: 10, noNaN: true });
const anyValues = array(numbers, { minLength: 1, maxLength: 12 });

describe('mergeBySce', () => {
  for (const sce of vectors.sce_merge.cases) {
    const expectations = {
      paper: sce.expected_paper,
      'mergekit-2024': sce.expected_mergekit2024,
      mergekit: sce.expected_mergekit_current,
      fuseai: sce.expected_fuseai,
    };
    it.each(sceVariants)(`meets the vector ${sce.name} as %s`, (variant) => {
      const expected = expectations[variant];
      const { tensor, weights, selected } = mergeBySce(
        { base: matrix(sce.base), models: sce.targets.map(matrix) },
        { selectedShare: sce.select_topk, variant },
      );
      expect(largestDifference(tensor.data, expected.merged.flat())).toBeLessThan(1e-9);
      expect(largestDifference(weights, expected.weights)).toBeLessThan(1e-9);
      expect([...selected]).toEqual(expected.select_mask.flat());
    });
  }

  it('gives weights that sum to 1, and models of any order the same merge', () => {
    // Quarters add up without rounding, so that the order cannot turn the sign of a sum.
    const quarters = integer({ min: -40, max: 40 }).map((value) => value / 4);
    const anyModels = integer({ min: 1, max: 8 }).chain((length) => {
      const values = array(quarters, { minLength: length, maxLength: length });
      return array(values, { minLength: 2, maxLength: 5 });
    });
    assert(
      property(anyModels, constantFrom(...sceVariants), ([first = [], ...others], variant) => {
        const merge = (targets: readonly number[][]) =>
          mergeBySce({ base: vector(...first), models: targets.map((row) => vector(...row)) }, { variant });
        const { tensor, weights } = merge(others);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(largestDifference(merge(others.toReversed()).tensor.data, tensor.data)).toBeLessThan(1e-9);
      }),
    );
  });

  it('finds no variance in equal changes, whatever the rounding of their mean', () => {
    const target = vector(0.1, 0.1);
    const { selected } = mergeBySce(
      { base: vector(0, 0), models: [target, target, target] },
      { selectedShare: 0.5 },
    );
    expect([...selected]).toEqual([0, 0]);
  });

  it('refuses an impossible share, and a merge of nothing', () => {
    expect(() => mergeBySce({ base, models }, { selectedShare: 10 })).toThrow('The selected share is 10');
    expect(() => mergeBySce({ base, models: [] })).toThrow(MergeError);
  });
});

describe('mergeLinearly', () => {
  it('equals numbers computed apart from it', () => {
    const { data } = mergeLinearly(models);
    const expected = [
      1.1, -1.9, 0.43333333333333335, -0.13333333333333333, 2.9833333333333334, -1.4333333333333333,
    ];
    expect(largestDifference(data, expected)).toBeLessThan(1e-12);
  });

  it('weighs the models, with the weights normalised or not', () => {
    const weights = [0.5, 0.3, 0.4];
    const normalised = mergeLinearly(models, { weights }).data;
    const expected = [1.15, -2.025, 0.4166666666666667, -0.125, 2.970833333333333, -1.4416666666666667];
    expect(largestDifference(normalised, expected)).toBeLessThan(1e-12);
    const plain = mergeLinearly(models, { weights, normalise: false }).data;
    expect(largestDifference(plain, [1.38, -2.43, 0.5, -0.15, 3.565, -1.73])).toBeLessThan(1e-12);
  });

  it('refuses weights that do not fit or sum to 0', () => {
    expect(() => mergeLinearly(models, { weights: [1] })).toThrow('do not fit 3 models');
    expect(() => mergeLinearly(models, { weights: [1, -1, 0] })).toThrow('sum to 0');
    expect(() => mergeLinearly([])).toThrow(MergeError);
  });
});

describe('mergeByTaskArithmetic', () => {
  it('equals numbers computed apart from it', () => {
    const { data } = mergeByTaskArithmetic({ base, models }, { scale: 0.4 });
    expect(largestDifference(data, [1.12, -1.88, 0.42, -0.16, 2.98, -1.52])).toBeLessThan(1e-12);
    const weighted = mergeByTaskArithmetic({ base, models }, { weights: [1, -0.5, 2], scale: 0.7 }).data;
    expect(largestDifference(weighted, [1.49, -2.98, -0.13, -1.12, 2.9125, -1.525])).toBeLessThan(1e-12);
  });

  it('is the model with one model and scale 1, and unlearns with a negative weight', () => {
    const [model = base] = models;
    expect(largestDifference(mergeByTaskArithmetic({ base, models: [model] }).data, model.data)).toBeLessThan(
      1e-12,
    );
    const unlearnt = mergeByTaskArithmetic({ base, models: [model, model] }, { weights: [1, -1] });
    expect(largestDifference(unlearnt.data, base.data)).toBeLessThan(1e-12);
  });
});

describe('mergeByTies', () => {
  it('equals numbers computed apart from it', () => {
    const half = mergeByTies({ base, models }, { density: 0.5 }).data;
    expect(largestDifference(half, [1.4, -1, 0.1, -0.9, 3, -1.55])).toBeLessThan(1e-12);
    const scaled = mergeByTies({ base, models }, { density: 0.5, scale: 0.4 }).data;
    expect(largestDifference(scaled, [1.16, -1.6, 0.34, -0.36, 3, -1.22])).toBeLessThan(1e-12);
    const weighted = mergeByTies({ base, models }, { density: 0.34, weights: [2, 1, 0.5] }).data;
    expect(largestDifference(weighted, [1, -1, 0.1, -0.9, 3, -1.5666666666666667])).toBeLessThan(1e-12);
    const untrimmed = mergeByTies({ base, models }, { density: 1 }).data;
    expect(largestDifference(untrimmed, [1.25, -1, 0.1, -0.9, 2.9, -1.4333333333333333])).toBeLessThan(1e-12);
  });

  it('refuses impossible settings', () => {
    expect(() => mergeByTies({ base, models }, { density: 0 })).toThrow('The density is 0');
    expect(() => mergeByTies({ base, models }, { weights: [1, -1, 1] })).toThrow('must be above 0');
  });
});

describe('any merge', () => {
  const merges: Record<string, (input: { base: Tensor; models: readonly Tensor[] }) => Tensor> = {
    linear: ({ models }) => mergeLinearly(models, { weights: models.map((_, index) => index + 1) }),
    'task arithmetic': ({ base, models }) =>
      mergeByTaskArithmetic({ base, models }, { scale: 1 / models.length }),
    TIES: (input) => mergeByTies(input, { density: 1 }),
    'SCE, paper': (input) => mergeBySce(input).tensor,
    'SCE, mergekit-2024': (input) => mergeBySce(input, { variant: 'mergekit-2024' }).tensor,
    'SCE, mergekit': (input) => mergeBySce(input, { variant: 'mergekit' }).tensor,
    'SCE, fuseai': (input) => mergeBySce(input, { variant: 'fuseai', selectedShare: 0.3 }).tensor,
  };

  it.each(Object.keys(merges))('of identical models gives that model (%s)', (name) => {
    assert(
      property(anyValues, integer({ min: 1, max: 4 }), (values, count) => {
        const model = vector(...values);
        const merged = merges[name]?.({
          base: vector(...values.map((value) => value / 3 + 1)),
          models: Array.from({ length: count }, () => model),
        });
        expect(largestDifference(merged?.data ?? [], values)).toBeLessThan(1e-9);
      }),
    );
  });

  it.each(Object.keys(merges))(
    'of unchanged models gives the base, its type, shape and name (%s)',
    (name) => {
      const tensor = { name: 'norm', shape: [3, 1], data: Float32Array.of(1, -2, 0.1) };
      expect(merges[name]?.({ base: tensor, models: [tensor, tensor] })).toEqual(tensor);
    },
  );

  it('refuses tensors that differ in name, shape or length, and says which', () => {
    const longer = vector(1, 2, 3, 4, 5, 6, 7);
    expect(() => mergeLinearly([base, longer])).toThrow('"weight" is 6 in one model and 7 in another');
    expect(() => mergeLinearly([base, { ...base, name: 'bias' }])).toThrow('"weight" and "bias"');
    expect(() => mergeByTies({ base, models: [{ ...base, data: new Float64Array(2) }] })).toThrow(
      'cut short',
    );
  });
});

describe('cutToCommonPart', () => {
  it('cuts matrices to the rows and columns that all have', () => {
    const cut = cutToCommonPart([
      matrix([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      matrix([
        [7, 8],
        [9, 10],
        [11, 12],
      ]),
    ]);
    expect(cut.map(({ shape }) => shape)).toEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(cut.map(({ data }) => [...data])).toEqual([
      [1, 2, 4, 5],
      [7, 8, 9, 10],
    ]);
  });

  it('refuses what is no matrix', () => {
    expect(() => cutToCommonPart([base])).toThrow('only matrices can be cut');
  });
});

describe('findLargest', () => {
  it('finds what sorting would take, the first of equal values first', () => {
    const nearby = integer({ min: 0, max: 3 }).map((steps) => 1 + steps * Number.EPSILON);
    const anyMagnitudes = array(oneof(nearby, constantFrom(0, 0.5), double({ min: 0, noNaN: true })), {
      maxLength: 40,
    });
    assert(
      property(anyMagnitudes, integer({ min: 0, max: 45 }), (values, count) => {
        const order = [...values.keys()].sort((one, other) => (values[other] ?? 0) - (values[one] ?? 0));
        const read = (start: number, into: Float64Array) =>
          into.set(values.slice(start, start + into.length));
        const { border, equals } = findLargest({ size: values.length, read }, count);
        const above = [...values.keys()].filter((position) => (values[position] ?? 0) > border);
        const equal = [...values.keys()].filter((position) => values[position] === border);
        const found = [...above, ...equal.slice(0, equals)].sort((one, other) => one - other);
        expect(found).toEqual(order.slice(0, count).sort((one, other) => one - other));
      }),
    );
  });

  it('finds them among more values than one chunk holds', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 5000);
    const read = (start: number, into: Float64Array) => into.set(values.subarray(start, start + into.length));
    expect(findLargest({ size: values.length, read }, 15)).toEqual({ border: 4992, equals: 1 });
    expect(findLargest({ size: values.length, read: (_, into) => into.fill(0) }, 6000)).toEqual({
      border: 0,
      equals: 6000,
    });
  });
});
