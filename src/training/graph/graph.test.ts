import { expect, test } from 'vitest';
import { Graph } from './graph.ts';
import { add } from './operators/arithmetic.ts';
import { attend } from './operators/attention.ts';
import { matrixProduct } from './operators/matrix.ts';
import { concatenate, reshape, split } from './operators/shape.ts';

const floats = (shape: readonly number[]) => ({ type: 'float32' as const, shape });

test('shapes that do not fit are refused where the graph is built', () => {
  const graph = new Graph();
  const [matrix, other] = [graph.input('matrix', floats([2, 3])), graph.input('other', floats([2, 4]))];
  expect(() => add(matrix, other)).toThrow('Shapes [2, 3] and [2, 4] do not fit each other.');
  expect(() => matrixProduct(matrix, other)).toThrow('3 columns, 2 rows');
  expect(() => reshape(matrix, [4])).toThrow('[2, 3] cannot become [4].');
  expect(() => split(matrix, 1, [1, 1])).toThrow('Parts of 1 + 1 do not fill an axis of 3.');
  expect(() => concatenate([], 0)).toThrow('There is nothing to join.');
  expect(() => attend(graph.input('queries', floats([1, 1, 1, 2, 4])), [])).toThrow('nothing to join');
});

test('names are used once', () => {
  const graph = new Graph();
  const input = graph.input('input', floats([1]));
  graph.output('output', input);
  expect(() => graph.input('input', floats([1]))).toThrow('already has an input "input"');
  expect(() => graph.output('output', input)).toThrow('already has an output "output"');
});

test('a constant must be as long as its shape says', () => {
  expect(() => new Graph().constant(new Float32Array(3), [2, 2])).toThrow('3 numbers do not fill');
});

test('small constants of the same content are kept once', () => {
  const graph = new Graph();
  expect(graph.scalar(2)).toBe(graph.scalar(2));
  expect(graph.scalar(2)).not.toBe(graph.scalar(3));
});
