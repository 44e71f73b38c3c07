// Peak memory and time of a training step on one row against its length, with activations kept and recomputed; each
// measurement is a process of its own.
//
//   node benchmarks/training/memory.ts
//   node benchmarks/training/memory.ts --size 3.3M --lengths 512,2048,8192 --activations recompute
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { supervisedLossOf } from '../../src/training/engine/losses.ts';
import { layOutBatch } from '../../src/training/engine/token-batch.ts';
import { decoderOfSize, type ModelSize } from '../../src/training/model/model-sizes.ts';
import { defaultAdamW } from '../../src/training/trainer/adamw.ts';
import { measureProcess } from '../measured-process.ts';
import { openRandomTraining, randomTokens } from './random-training.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '3.3M' },
    lengths: { type: 'string', default: '512,1024,2048,4096,8192' },
    activations: { type: 'string', default: 'keep,recompute' },
    threads: { type: 'string', default: '2' },
    /** Takes two steps in this process, of `LENGTH,keep` or `LENGTH,recompute`, and prints the seconds of the second. */
    only: { type: 'string' },
  },
});
const vocabularySize = 1024;

if (values.only === undefined) {
  for (const length of values.lengths.split(',')) {
    for (const activations of values.activations.split(',')) {
      const args = ['--size', values.size, '--threads', values.threads, '--only', `${length},${activations}`];
      const run = await measureProcess(() =>
        spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], {
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      );
      const outcome = run.status === 0 ? `${Number(run.stdout).toFixed(1)} s a step` : run.stderr.slice(-300);
      const memory = `${Math.round(run.peakMebibytes)} MiB`.padStart(10);
      console.log(
        `${values.size} ${length.padStart(6)} tokens ${activations.padEnd(9)} ${memory}  ${outcome}`,
      );
    }
  }
} else {
  const [length = '', activations] = values.only.split(',');
  await takeSteps(Number(length), activations === 'recompute' ? 'recompute' : 'keep');
}

async function takeSteps(length: number, activations: 'keep' | 'recompute'): Promise<void> {
  const configuration = decoderOfSize(values.size as ModelSize, { vocabularySize });
  const { engine, optimizer, compute } = openRandomTraining(configuration, {
    threads: Number(values.threads),
    activations,
  });
  const [first = 0, ...response] = randomTokens(length + 1, { vocabularySize, seed: 1 });
  const batch = layOutBatch([{ prompt: [first], responses: [response] }], {
    layout: 'plain',
    convolutionTaps: 0,
  });
  const mask = [new Uint8Array(length).fill(1)];
  const { kind, inputs } = supervisedLossOf({ mask, aggregation: 'token-mean' });
  let seconds = 0;
  for (let step = 0; step < 2; step++) {
    const started = performance.now();
    await engine.computeGradients([{ batch, inputs }], kind);
    await optimizer.update(engine.weights, engine.gradients, { ...defaultAdamW, learningRate: 1e-3 });
    seconds = (performance.now() - started) / 1000;
  }
  process.stdout.write(String(seconds));
  await compute.close();
}
