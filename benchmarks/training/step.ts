// Speed of a whole step of supervised fine-tuning (loss, gradients, clipping, AdamW), in float32. With --python, a
// Python that has torch, transformers and numpy, in the same run and by turns: PyTorch eager, torch.compile, and what
// OpenBLAS reaches in multiplying matrices of 1024 × 1024.
//
//   node benchmarks/training/step.ts
//   node benchmarks/training/step.ts --sizes 3.3M --rounds 5 --python ./venv/bin/python
import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { supervisedLossOf } from '../../src/training/engine/losses.ts';
import type { DecoderConfiguration } from '../../src/training/model/model-configuration.ts';
import { decoderOfSize, type ModelSize } from '../../src/training/model/model-sizes.ts';
import { defaultAdamW } from '../../src/training/trainer/adamw.ts';
import { splitBatch } from '../../src/training/trainer/micro-batches.ts';
import { least, median, openRandomTraining, randomTokens } from './random-training.ts';

interface Shape {
  readonly size: ModelSize;
  readonly vocabularySize: number;
  readonly rows: number;
  readonly length: number;
}

const shapes: Record<string, Shape> = {
  '0.9M': { size: '0.9M', vocabularySize: 1024, rows: 8, length: 512 },
  '3.3M': { size: '3.3M', vocabularySize: 512, rows: 8, length: 256 },
  '5.1M': { size: '5M', vocabularySize: 1024, rows: 4, length: 512 },
  '20M': { size: '20M', vocabularySize: 1024, rows: 4, length: 512 },
};

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: Object.keys(shapes).join(',') },
    rounds: { type: 'string', default: '5' },
    /** Steps that each takes in a round. */
    steps: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    python: { type: 'string' },
  },
});
const [rounds, steps, threads] = [values.rounds, values.steps, values.threads].map(Number) as [
  number,
  number,
  number,
];

/** Takes steps and gives the seconds of each. */
type Stepper = (steps: number) => Promise<number[]>;

for (const name of values.sizes.split(',')) {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`No size ${name}; there are ${Object.keys(shapes).join(', ')}.`);
  await measure(name, shape);
}

async function measure(name: string, shape: Shape): Promise<void> {
  const configuration = decoderOfSize(shape.size, shape);
  const tokens = shape.rows * shape.length;
  const operations = operationsOf(configuration, shape);
  const ours = await openOurs(configuration, shape);
  const peer = values.python === undefined ? null : openPeer(values.python, configuration, shape);
  const ways: [string, Stepper][] = [['ours', ours.step]];
  if (peer !== null)
    ways.push(
      ['PyTorch eager', (count) => peer.ask('eager', count)],
      ['torch.compile', (count) => peer.ask('compiled', count)],
      ['OpenBLAS', (count) => peer.ask('sgemm', count * 20)],
    );
  for (const [, step] of ways) await step(1);
  const seconds = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [way, [, step]] of ways.entries()) seconds[way]?.push(...(await step(steps)));
  }
  console.log(
    `${name}: ${shape.rows} × ${shape.length} tokens, ${(operations / 1e9).toFixed(0)} GFLOP a step, ${threads} threads, ` +
      `load ${loadavg()[0]?.toFixed(1)}`,
  );
  for (const [way, [label]] of ways.entries()) {
    const taken = seconds[way] ?? [];
    const isProduct = label === 'OpenBLAS';
    const [work, unit] = isProduct ? [2 * 1024 ** 3, 'products/s'] : [operations, 'tokens/s'];
    const speed = (time: number) => ((isProduct ? 1 : tokens) / time).toFixed(0).padStart(7);
    const flops = (time: number) => (work / time / 1e9).toFixed(0).padStart(4);
    console.log(
      `  ${label.padEnd(14)} median ${speed(median(taken))}, best ${speed(least(taken))} ${unit}; ` +
        `median ${flops(median(taken))}, best ${flops(least(taken))} GFLOP/s  (${taken.length} steps)`,
    );
  }
  await peer?.close();
  await ours.close();
}

async function openOurs(configuration: DecoderConfiguration, { rows, length, vocabularySize }: Shape) {
  const { engine, optimizer, compute } = openRandomTraining(configuration, { threads });
  // As in the peer: rows of `length` tokens, of which every next one is predicted.
  const groups = Array.from({ length: rows }, (_, row) => {
    const [first = 0, ...others] = randomTokens(length + 1, { vocabularySize, seed: row });
    return { prompt: [first], responses: [others] };
  });
  const mask = groups.map(() => new Uint8Array(length).fill(1));
  const { kind, inputs } = supervisedLossOf({ mask, aggregation: 'token-mean' });
  const step: Stepper = async (count) => {
    const seconds: number[] = [];
    for (let index = 0; index < count; index++) {
      const started = performance.now();
      const { parts } = splitBatch(groups, inputs, { layout: 'plain', configuration });
      await engine.computeGradients(parts, kind);
      await optimizer.update(engine.weights, engine.gradients, { ...defaultAdamW, learningRate: 1e-3 });
      seconds.push((performance.now() - started) / 1000);
    }
    return seconds;
  };
  return { step, close: () => compute.close() };
}

function openPeer(python: string, configuration: DecoderConfiguration, shape: Shape) {
  const script = fileURLToPath(new URL('peers/sft_step.py', import.meta.url));
  const child = spawn(python, [script, JSON.stringify({ ...configuration, ...shape, threads })], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OPENBLAS_NUM_THREADS: String(threads) },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (kind: string, count: number): Promise<number[]> => {
      child.stdin.write(`${kind} ${count}\n`);
      const answer = await answers.next();
      if (answer.done === true) throw new Error(`${script} ended.`);
      return JSON.parse(answer.value) as number[];
    },
    close: () =>
      new Promise<void>((resolve) => {
        child.on('close', () => resolve());
        child.stdin.end();
      }),
  };
}

/**
 * Floating-point operations of matrix products in a step: 2 a weight and token forward, twice that backward; and the
 * products of attention, half of which are behind the causal mask.
 */
function operationsOf(configuration: DecoderConfiguration, { rows, length, vocabularySize }: Shape): number {
  const { layers, hiddenSize, intermediateSize, attentionHeads, keyValueHeads, headSize } = configuration;
  const projections = hiddenSize * headSize * (2 * attentionHeads + 2 * keyValueHeads);
  const weights = layers * (projections + 3 * hiddenSize * intermediateSize) + vocabularySize * hiddenSize;
  const attention = layers * length * attentionHeads * headSize;
  return 6 * rows * length * (weights + attention);
}
