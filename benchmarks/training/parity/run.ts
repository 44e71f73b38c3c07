// Compares what this project computes with the reference implementations: Transformers (logits, loss and gradients
// of a decoder, hidden states of an encoder), TRL (losses of reinforcement learning), tokenizers, and NumPy (merging).
// They run in a Python environment of their own, which the first run makes in .cache/parity (some 6 GB, minutes).
//
//   npm run parity
//   npm run parity -- --only decoder,objectives --python ./venv/bin/python
//   npm run parity -- --encoder ./all-MiniLM-L6-v2    a real encoder checkpoint beside one of random weights
//   npm run parity -- --llama ./folder                exports in llama.cpp, too, where node-llama-cpp is installed
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Check, Comparison } from './comparison.ts';
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
const lines: string[] = [];
let failed = 0;
try {
  for (const [place, name] of names.entries()) {
    const folder = join(root, name);
    await mkdir(folder);
    process.stdout.write(`${place + 1} of ${names.length}, ${name} … `);
    const started = performance.now();
    const comparisons = (await checks.get(name)?.({ python, folder })) ?? [];
    const different = comparisons.filter(({ difference, limit }) => difference > limit);
    failed += different.length;
    const outcome = different.length === 0 ? 'equal' : `${different.length} DIFFER`;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${comparisons.length} comparisons, ${outcome} (${seconds} s)`);
    for (const comparison of comparisons) lines.push(describe(name, comparison));
  }
} finally {
  await rm(root, { recursive: true, force: true });
}
console.log(
  `\n${'check'.padEnd(11)}${'outcome'.padEnd(9)}${'difference'.padEnd(12)}${'limit'.padEnd(8)}compared`,
);
console.log(lines.join('\n'));
console.log(failed === 0 ? `\nAll ${lines.length} equal.` : `\n${failed} of ${lines.length} differ.`);
process.exitCode = failed === 0 ? 0 : 1;

function describe(check: string, { what, difference, limit }: Comparison): string {
  const outcome = difference <= limit ? 'equal' : 'DIFFERS';
  const figures = `${difference.toExponential(1).padEnd(12)}${limit.toExponential(0).padEnd(8)}`;
  return `${check.padEnd(11)}${outcome.padEnd(9)}${figures}${what}`;
}
