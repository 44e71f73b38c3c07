// Speed of a whole step of GRPO: a prompt is read, responses are drawn, rewarded at random, and the policy is updated;
// with the responses sharing the prompt's computation, and in the plain layout, where generation and update repeat it
// for each.
// With --python, a Python that has trl, the same step by TRL's GRPOTrainer, in the same run and by turns.
//
//   node benchmarks/training/grpo-step.ts
//   node benchmarks/training/grpo-step.ts --prompt 1024 --rollouts 8 --response 32 --python ./venv/bin/python
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Decoder } from '../../src/training/decoding/decoder.ts';
import { decoderOfSize, type ModelSize } from '../../src/training/model/model-sizes.ts';
import { SeededRandom } from '../../src/training/sampling/random.ts';
import { ModelTokenizer } from '../../src/training/tokenizer/model-tokenizer.ts';
import { writeSymbolTokenizer } from '../../src/training/tokenizer/symbol-tokenizer.ts';
import { ExampleEncoder } from '../../src/training/trainer/example-encoder.ts';
import { policyStep } from '../../src/training/trainer/policy-stage.ts';
import { defineRecipe } from '../../src/training/trainer/recipe.ts';
import { measureProcess } from '../measured-process.ts';
import { least, median, openRandomTraining } from './random-training.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '3.3M' },
    prompt: { type: 'string', default: '1024' },
    rollouts: { type: 'string', default: '8' },
    response: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '3' },
    /** Steps that each takes in a round, after one that does not count. */
    steps: { type: 'string', default: '4' },
    threads: { type: 'string', default: '2' },
    python: { type: 'string' },
  },
});
const numbers = Object.fromEntries(
  (['prompt', 'rollouts', 'response', 'rounds', 'steps', 'threads'] as const).map((name) => [
    name,
    Number(values[name]),
  ]),
);
const { prompt = 0, rollouts = 0, response = 0, rounds = 0, steps = 0, threads = 0 } = numbers;

const vocabularySize = 512;
// Two tokens of a symbol tokenizer are special.
const symbols = Array.from({ length: vocabularySize - 2 }, (_, symbol) => `w${symbol}`);
const configuration = decoderOfSize(values.size as ModelSize, { vocabularySize });
const folder = await mkdtemp(join(tmpdir(), 'corpuscope-grpo-step-'));
const seconds = new Map<string, number[]>();
try {
  await writeSymbolTokenizer(folder, symbols);
  const encoder = new ExampleEncoder(await ModelTokenizer.load(folder));
  for (let round = 0; round < rounds; round++) {
    for (const layout of ['shared-prompt', 'plain'] as const)
      note(`ours, ${layout}`, await ourSteps(encoder, layout));
    if (values.python !== undefined) note('TRL', await theirSteps(values.python));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(
  `${values.size}: a prompt of ${prompt} tokens, ${rollouts} responses of ${response}, ${threads} threads, load ${loadavg()[0]?.toFixed(1)}`,
);
const first = seconds.get('ours, shared-prompt') ?? [];
for (const [name, taken] of seconds) {
  const times = `median ${median(taken).toFixed(3)} s, best ${least(taken).toFixed(3)} s a step`;
  const factors = [median, least].map((of) => (of(taken) / of(first)).toFixed(1)).join(' and ');
  console.log(`  ${name.padEnd(20)} ${times}; ${factors} times the first (${taken.length} steps)`);
}

function note(name: string, taken: readonly number[]): void {
  seconds.set(name, [...(seconds.get(name) ?? []), ...taken]);
}

async function ourSteps(encoder: ExampleEncoder, layout: 'shared-prompt' | 'plain'): Promise<number[]> {
  const { engine, optimizer, compute } = openRandomTraining(configuration, { threads });
  const decoder = new Decoder({ ...engine, ...compute });
  const random = new SeededRandom(1);
  const symbol = () => symbols[Math.floor(random.next() * symbols.length)] ?? '';
  const data = {
    name: 'random prompts',
    example: () => ({ prompt: Array.from({ length: prompt }, symbol).join(' '), gold: [''] }),
  };
  const { stages } = defineRecipe({
    model: { size: values.size as ModelSize },
    tokenizer: { symbols },
    stages: [
      {
        kind: 'rl',
        objective: 'grpo',
        data,
        layout,
        reward: () => random.next(),
        steps: steps + 1,
        promptsPerBatch: 1,
        rolloutsPerPrompt: rollouts,
        maximumPromptTokens: prompt,
        maximumResponseTokens: response,
        optimizer: { learningRate: 1e-5 },
      },
    ],
  });
  const [stage] = stages;
  if (stage?.kind !== 'rl') throw new Error('The stage is one of reinforcement learning.');
  const context = { engine, optimizer, decoder, encoder, seed: 1 };
  const taken: number[] = [];
  for (let step = 0; step <= steps; step++) {
    const started = performance.now();
    await policyStep(context, stage, {
      place: { stage: 0, name: 'step', step },
      state: { negativesMasked: false },
      nextExamples: (count) => Array.from({ length: count }, () => data.example()),
      reference: null,
    });
    taken.push((performance.now() - started) / 1000);
  }
  await compute.close();
  return taken.slice(1);
}

async function theirSteps(python: string): Promise<number[]> {
  const script = fileURLToPath(new URL('peers/grpo_step.py', import.meta.url));
  const shape = {
    ...configuration,
    threads,
    steps,
    rollouts,
    promptTokens: prompt,
    responseTokens: response,
  };
  const run = await measureProcess(() =>
    spawn(python, [script, JSON.stringify(shape)], { stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  if (run.status !== 0) throw new Error(run.stderr.slice(-2000));
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '[]') as number[];
}
