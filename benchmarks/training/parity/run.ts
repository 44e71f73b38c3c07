// Compares what this project computes with the reference implementations: Transformers (logits, loss and gradients
// of a decoder, hidden states of an encoder), TRL (losses of reinforcement learning), tokenizers, and NumPy (merging).
// They run in a Python environment of their own, which the first run makes in .cache/parity (some 6 GB, minutes).
//
//   npm run parity
//   npm run parity -- --only decoder,objectives --python ./venv/bin/python
//   npm run parity -- --only encoder --encoder ./all-MiniLM-L6-v2       a real checkpoint beside a random one
//   npm run parity -- --only exports --llama ./folder                   where node-llama-cpp is installed
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Check } from './comparison.ts';
import { decoderParity } from './decoder.ts';
import { encoderParity } from './encoder.ts';
import { exportsParity } from './exports.ts';
import { mergingParity } from './merging.ts';
import { objectivesParity } from './objectives.ts';
import { makePython } from './python.ts';
import { tokenizerParity } from './tokenizer.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    python: { type: 'string' },
    encoder: { type: 'string' },
    llama: { type: 'string' },
  },
});

const checks = new Map<string, Check>([
  ['decoder', decoderParity],
  ['objectives', objectivesParity],
  ['encoder', encoderParity(values.encoder)],
  ['tokenizer', tokenizerParity],
  ['merging', mergingParity],
  ['exports', exportsParity(values.llama)],
]);
const names = values.only?.split(',') ?? [...checks.keys()];
const unknown = names.filter((name) => !checks.has(name));
if (unknown.length > 0)
  throw new Error(`No check ${unknown.join(', ')}; there are ${[...checks.keys()].join(', ')}.`);

const python = await makePython(values.python);
const root = await mkdtemp(join(tmpdir(), 'corpuscope-parity-'));
let failed = 0;
try {
  for (const name of names) {
    const folder = join(root, name);
    await mkdir(folder);
    console.log(`\n${name}`);
    for (const { what, difference, limit } of (await checks.get(name)?.({ python, folder })) ?? []) {
      const holds = difference <= limit;
      if (!holds) failed++;
      const figures = `${difference.toExponential(1).padStart(8)}  of ${limit.toExponential(0).padEnd(5)}`;
      console.log(`  ${holds ? 'equal ' : 'DIFFER'} ${figures} ${what}`);
    }
  }
} finally {
  await rm(root, { recursive: true, force: true });
}
console.log(failed === 0 ? '\nAll equal.' : `\n${failed} differ.`);
process.exitCode = failed === 0 ? 0 : 1;
