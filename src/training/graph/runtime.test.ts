import { afterAll, expect, test } from 'vitest';
import { Graph } from './graph.ts';
import { add, multiply } from './operators/arithmetic.ts';
import { matrixProduct } from './operators/matrix.ts';
import { allocate, Runtime } from './runtime.ts';

const runtime = new Runtime({ threads: 1 });
afterAll(() => runtime.close());

function square(shape: readonly number[]) {
  const graph = new Graph();
  const input = graph.input('input', { type: 'float32', shape });
  graph.input('unused', { type: 'float32', shape });
  graph.output('square', multiply(input, input));
  return graph;
}

test('a program reads and writes the memory it was bound to', async () => {
  const program = await runtime.load(square([3]).build());
  const input = allocate({ type: 'float32', shape: [3] }) as Float32Array;
  const bound = await program.bind({ inputs: { input } });
  input.set([1, 2, 3]);
  await bound.run();
  expect(bound.outputs['square']).toEqual(Float32Array.of(1, 4, 9));
  input.set([4, 5, 6]);
  await bound.run();
  expect(bound.outputs['square']).toEqual(Float32Array.of(16, 25, 36));
});

test('inputs that nothing needs are not in the program', () => {
  expect([...square([3]).build().inputs.keys()]).toEqual(['input']);
});

test('an output may be an input, a constant or another output', async () => {
  const graph = new Graph();
  const input = graph.input('input', { type: 'float32', shape: [2] });
  const doubled = add(input, input);
  graph.output('same', input);
  graph.output('constant', graph.constant(Float32Array.of(7), [1]));
  graph.output('doubled', doubled);
  graph.output('again', doubled);
  const bound = await (await runtime.load(graph.build())).bind();
  (bound.inputs['input'] as Float32Array).set([1, 2]);
  await bound.run();
  expect(bound.outputs['same']).toEqual(Float32Array.of(1, 2));
  expect(bound.outputs['constant']).toEqual(Float32Array.of(7));
  expect(bound.outputs['doubled']).toEqual(Float32Array.of(2, 4));
  expect(bound.outputs['again']).toEqual(Float32Array.of(2, 4));
});

test('the event loop turns while a program runs', async () => {
  const graph = new Graph();
  const size = 1024;
  const matrix = graph.input('matrix', { type: 'float32', shape: [size, size] });
  let power = matrix;
  for (let factor = 0; factor < 8; factor++) power = matrixProduct(power, matrix);
  graph.output('power', power);
  const bound = await (await runtime.load(graph.build())).bind();
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await bound.run();
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
});

test('buffers of another length, or outside shared memory, are refused by name', async () => {
  const program = await runtime.load(square([3]).build());
  const short = allocate({ type: 'float32', shape: [2] });
  await expect(program.bind({ inputs: { input: short } })).rejects.toThrow(
    'The buffer of "input" holds 2 numbers; its shape [3] needs 3.',
  );
  await expect(program.bind({ inputs: { input: new Float32Array(3) } })).rejects.toThrow('shared memory');
});

test('what ONNX Runtime refuses is an error with its reason, and the runtime goes on', async () => {
  const program = square([3]).build();
  await expect(runtime.load({ ...program, bytes: program.bytes.subarray(0, 40) })).rejects.toMatchObject({
    name: 'RuntimeError',
    remedy: expect.any(String),
  });
  await expect(runtime.load(program)).resolves.toBeDefined();
});

test('a closed runtime says so', async () => {
  const closed = new Runtime();
  const program = await closed.load(square([3]).build());
  await closed.close();
  await expect(program.bind()).rejects.toThrow('has ended');
});
