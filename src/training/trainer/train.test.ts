import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readParameters } from '../checkpoint/checkpoint-tensors.ts';
import { readMetrics } from './metrics-log.ts';
import type { MetricsRecord } from './metrics-log.ts';
import { defineRecipe } from './recipe.ts';
import type { RecipeInput } from './recipe.ts';
import { copySymbols, copyTask } from './testing/copy-task.ts';
import { train } from './train.ts';
import type { TrainingRun } from './train.ts';
import type { TrainingExample } from './training-example.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-train-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const optimizer = { learningRate: 3e-3, warmUpUpdates: 5 };
const sft = {
  kind: 'sft',
  data: copyTask,
  steps: 30,
  examplesPerBatch: 16,
  maximumResponseTokens: 4,
  optimizer,
} as const;
const rl = {
  kind: 'rl',
  data: copyTask,
  objective: 'grpo',
  steps: 6,
  promptsPerBatch: 6,
  rolloutsPerPrompt: 4,
  maximumResponseTokens: 3,
  optimizer: { learningRate: 1e-3 },
} as const;

/** Easier than `exact`, so that an early policy gets some of it. */
function holds({ response = '' }: TrainingExample, given: string): number {
  return given.split(' ').includes(response) ? 1 : 0;
}

function recipeOf(changes: Partial<RecipeInput> = {}): RecipeInput {
  return {
    model: { size: '0.3M', convolutionTaps: 3, initialDeviation: 0.08 },
    tokenizer: { symbols: copySymbols },
    stages: [sft],
    checkpointEverySteps: 4,
    ...changes,
  };
}

function run(recipe: RecipeInput, changes: Partial<TrainingRun> = {}) {
  return train({ recipe: defineRecipe(recipe), folder, recipeFolder: folder, threads: 1, ...changes });
}

/** The metrics of a run but for what a clock says. */
async function curve(folder: string): Promise<MetricsRecord[]> {
  const records = await readMetrics(join(folder, 'metrics.jsonl'));
  return records.map((record) => ({ ...record, seconds: 0 }));
}

async function weights(folder: string) {
  return [...(await readParameters(folder))].map(([name, { data }]) => [
    name,
    Buffer.from(data.buffer).toString('hex'),
  ]);
}

describe('train', () => {
  test('learns a task by fine-tuning, and improves it by rewards', async () => {
    const evaluation = { everySteps: 10, examples: 32 };
    const stages = [
      { ...sft, evaluation },
      { ...rl, evaluation },
    ];
    expect(await run(recipeOf({ stages }))).toEqual({ finished: true });
    const records = await curve(folder);
    expect(records).toHaveLength(38);
    // Each stage is evaluated before its first step, too.
    const [before, first, lastSupervised, between, last] = [0, 1, 30, 31, 37].map((place) => records[place]);
    expect(before).toMatchObject({ stage: '1-sft', step: 0, evaluationExamples: 32 });
    expect(before).not.toHaveProperty('loss');
    expect(between).toMatchObject({ step: 0, evaluationReward: lastSupervised?.['evaluationReward'] });
    expect(first?.['loss']).toBeGreaterThan(1.5);
    expect(lastSupervised?.['loss']).toBeLessThan(0.7);
    expect(lastSupervised).toMatchObject({ stage: '1-sft', step: 30, evaluationExamples: 32 });
    expect(last).toMatchObject({ stage: '2-rl', step: 6, steps: 6, rollouts: 24, generationBatches: 1 });
    expect(Number(last?.['evaluationReward'])).toBeGreaterThan(0.6);
    expect((await readdir(folder)).sort()).toEqual([
      'checkpoints',
      'config.json',
      'curve.svg',
      'metrics.jsonl',
      'model.safetensors',
      'recipe.json',
      'tokenizer',
      'tokenizer.json',
      'tokenizer_config.json',
      'training.lock',
    ]);
    expect(await readdir(join(folder, 'checkpoints'))).toHaveLength(2);
  });

  test('goes on after a stop to the same curve and weights, bit for bit', async () => {
    const stages = [
      { ...sft, steps: 7 },
      { ...rl, klCoefficient: 0.1, updatesPerBatch: 2 },
    ];
    const recipe = recipeOf({ stages });
    const undisturbed = join(folder, 'undisturbed');
    await run(recipe, { folder: undisturbed });
    const disturbed = join(folder, 'disturbed');
    for (const stopAfter of [2, 3, 5]) {
      const stop = new AbortController();
      let steps = 0;
      const onStep = () => {
        steps++;
        if (steps === stopAfter) stop.abort();
      };
      expect(await run(recipe, { folder: disturbed, signal: stop.signal, onStep })).toEqual({
        finished: false,
      });
    }
    // What a killed process leaves behind: steps after the last checkpoint, and one half written.
    await writeFile(join(disturbed, 'metrics.jsonl'), '{"stage":"2-rl","st', { flag: 'a' });
    expect(await run(recipe, { folder: disturbed })).toEqual({ finished: true });
    expect(await curve(disturbed)).toEqual(await curve(undisturbed));
    expect(await weights(disturbed)).toEqual(await weights(undisturbed));
  });

  test('learns from a JSONL file, each row once before any again, and stops there', async () => {
    const rows = copySymbols
      .slice(0, 6)
      .map((letter) => JSON.stringify({ prompt: `copy ${letter} =`, response: letter }));
    await writeFile(join(folder, 'data.jsonl'), `${rows.join('\n')}\n\n`);
    const stages = [{ ...sft, data: 'data.jsonl', examplesPerBatch: 4, steps: 6 }];
    const recipe = recipeOf({ stages, tokenizer: { vocabularySize: 270 } });
    const undisturbed = join(folder, 'undisturbed');
    await run(recipe, { folder: undisturbed });
    const stop = new AbortController();
    await run(recipe, { folder: join(folder, 'other'), signal: stop.signal, onStep: () => stop.abort() });
    await run(recipe, { folder: join(folder, 'other') });
    expect(await curve(join(folder, 'other'))).toEqual(await curve(undisturbed));
  });

  test.each([
    ['DAPO', { objective: 'dapo', dynamicSampling: true, overlongBufferTokens: 2 }],
    ['AEPO', { objective: 'aepo', entropyControl: { low: 0.001, high: 0.002 } }],
    [
      'task-specific advantages and clipped negatives',
      {
        objective: 'grpo',
        advantage: 'task',
        negativeGradientClipping: { level: 'token', threshold: 0.5 },
        layout: 'plain',
        topP: 0.9,
      },
    ],
  ] as const)('runs %s', async (_, changes) => {
    const stages = [
      { ...sft, steps: 5 },
      { ...rl, reward: holds, steps: 2, rolloutsPerPrompt: 8, ...changes },
    ];
    await run(recipeOf({ stages }));
    const last = (await curve(folder)).at(-1);
    expect(Number.isFinite(last?.['loss'])).toBe(true);
    expect(last?.['entropy']).toBeGreaterThan(0);
    // AEPO masks what went wrong, since the policy is uncertain still.
    expect(last?.['negativesMasked']).toBe(Number(changes.objective === 'aepo'));
  });

  test('a loss that is no number is an error, and the last checkpoint is whole', async () => {
    let reward = 1e308;
    const stage = { ...rl, steps: 2, reward: () => reward };
    const recipe = recipeOf({ stages: [{ ...sft, steps: 4 }, stage] });
    await expect(run(recipe)).rejects.toMatchObject({
      name: 'TrainingError',
      message: expect.stringContaining('no finite number at step 1 of stage 2-rl'),
      remedy: expect.stringContaining('learningRate'),
    });
    const records = await curve(folder);
    expect(records).toHaveLength(4);
    reward = 1;
    expect(await run(recipe)).toEqual({ finished: true });
    expect((await curve(folder)).slice(0, 4)).toEqual(records);
  });

  test('another recipe in the same folder is refused, unless asked to begin anew', async () => {
    await run(recipeOf({ stages: [{ ...sft, steps: 1 }] }));
    const other = recipeOf({ stages: [{ ...sft, steps: 2 }] });
    await expect(run(other)).rejects.toThrow('another recipe');
    expect(await run(other, { restart: true })).toEqual({ finished: true });
    expect(await curve(folder)).toHaveLength(2);
  });

  test('a second run in the same folder is refused while the first lasts', async () => {
    const recipe = recipeOf({ stages: [{ ...sft, steps: 2 }] });
    const outcomes = await Promise.allSettled([run(recipe), run(recipe)]);
    // Either may be the first.
    expect(outcomes.toSorted((one, other) => one.status.localeCompare(other.status))).toMatchObject([
      { status: 'fulfilled', value: { finished: true } },
      {
        status: 'rejected',
        reason: {
          name: 'TrainingError',
          message: `Another process (${process.pid}) is training in ${folder}.`,
        },
      },
    ]);
    expect(await run(recipe)).toEqual({ finished: true });
  });

  test('a provider that is not there is an error that says so', async () => {
    // Where there is a GPU, it trains.
    const outcome = await run(recipeOf({ stages: [{ ...sft, steps: 1 }] }), { provider: 'webgpu' }).catch(
      (error: unknown) => error,
    );
    const message = expect.stringMatching(/^ONNX Runtime cannot compute by webgpu here: \w/);
    expect([
      { finished: true },
      { name: 'RuntimeError', message, remedy: expect.any(String) },
    ]).toContainEqual(outcome instanceof Error ? { ...outcome, message: outcome.message } : outcome);
  });

  test('a damaged checkpoint is named', async () => {
    const recipe = recipeOf({ stages: [{ ...sft, steps: 2 }] });
    await run(recipe);
    const [checkpoint = ''] = await readdir(join(folder, 'checkpoints'));
    await truncate(join(folder, 'checkpoints', checkpoint, 'optimizer.safetensors'), 5000);
    await expect(run(recipe)).rejects.toMatchObject({ name: 'CheckpointError' });
  });

  test('data that cannot be learnt from are named with their line', async () => {
    const withData = (data: string) => recipeOf({ stages: [{ ...sft, data }] });
    await expect(run(withData('none.jsonl'))).rejects.toThrow('none.jsonl cannot be read');
    await writeFile(join(folder, 'empty.jsonl'), '\n');
    await expect(run(withData('empty.jsonl'))).rejects.toThrow('holds no example');
    await writeFile(join(folder, 'bad.jsonl'), '{"prompt":"a","response":"b"}\n{"prompt":"a"}\n');
    await expect(run(withData('bad.jsonl'))).rejects.toThrow('Line 2 of');
    await writeFile(join(folder, 'unknown.jsonl'), '{"prompt":"copy zebra =","response":"b"}\n');
    await expect(run(withData('unknown.jsonl'))).rejects.toThrow('does not know all of "copy zebra ="');
  });
});

describe('defineRecipe', () => {
  test.each([
    [{ stages: [] }, 'must hold at least one stage'],
    [
      { stages: [{ ...sft, optimizer: { learningRate: -1 } }] },
      'stages[0].optimizer.learningRate: Too small: expected number to be >0',
    ],
    [{ stages: [{ ...rl, topP: 1.5 }] }, 'stages[0].topP'],
    [{ stages: [{ ...rl, objective: 'aepo' as const }] }, 'stages[0].entropyControl'],
    [{ stages: [{ ...rl, updatesPerBatch: 7 }] }, 'must not be above promptsPerBatch'],
    [{ stages: [{ ...sft, stepz: 3 }] as unknown as RecipeInput['stages'] }, 'stepz'],
    [{ tokenizer: { symbols: ['two words'] } }, 'must hold no space'],
    [{ model: { size: '7B' as '20M' } }, 'model.size: Invalid option: expected one of "0.3M"'],
    [{ stages: [{ ...sft, data: 3 as unknown as string }] }, 'must be the path of a JSONL file'],
  ])('refuses an impossible value, %#', (changes, message) => {
    expect(() => defineRecipe(recipeOf(changes))).toThrow(message);
  });

  test('fills in what is left open', () => {
    const recipe = defineRecipe(recipeOf({ stages: [rl] }));
    expect(recipe.stages[0]).toMatchObject({ layout: 'shared-prompt', reward: 'exact', temperature: 1 });
    expect(() => defineRecipe({ ...recipeOf(), tokenizer: undefined })).toThrow('tokenizer');
  });
});
