import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SeededRandom, readMetrics, train } from '../../src/training/index.ts';
import { lookUp, symbols } from './look-up.ts';
import recipe from './recipe.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-training-example-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('exactly one fact of a report is the one that is asked for', () => {
  const random = new SeededRandom(7);
  for (let draw = 0; draw < 50; draw++) {
    const { prompt, response } = lookUp(12).example(random);
    const [report = '', question = ''] = prompt.split(' ? ');
    const facts = report.split(' ;').map((fact) => fact.trim().split(' '));
    const matching = facts.filter(([company, field]) => `${company} ${field}` === question);
    expect(matching).toEqual([[...question.split(' '), response]]);
    expect(prompt.split(' ').filter((symbol) => !symbols.includes(symbol))).toEqual([]);
  }
});

test('the recipe runs, in a tiny variant', async () => {
  const stages = recipe.stages.map((stage) => ({
    ...stage,
    steps: 2,
    data: lookUp(3),
    evaluation: { everySteps: 2, examples: 4, data: lookUp(4) },
    ...(stage.kind === 'sft' ? { examplesPerBatch: 8 } : { promptsPerBatch: 2, rolloutsPerPrompt: 4 }),
  }));
  expect(await train({ recipe: { ...recipe, stages }, folder, recipeFolder: folder, threads: 2 })).toEqual({
    finished: true,
  });
  const records = await readMetrics(join(folder, 'metrics.jsonl'));
  expect(records.map(({ stage, step }) => `${stage} ${step}`)).toEqual(
    ['3-facts', '6-facts', '32-facts'].flatMap((stage) => [0, 1, 2].map((step) => `${stage} ${step}`)),
  );
  expect(await readFile(join(folder, 'curve.svg'), 'utf8')).toContain('reward on held-out examples');
});
