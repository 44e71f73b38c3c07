import { writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { writeCorpusQaPrompt } from '../../models/prompts/index.ts';
import { createStrategy } from '../../strategies/index.ts';
import { companyFiles } from '../../strategies/testing/company-corpus.ts';
import { embeddedClient } from '../../strategies/testing/models.ts';
import { readDataset } from '../adapters/index.ts';
import { answerMessages } from './answer-messages.ts';
import { datasetGroups } from './dataset-groups.ts';
import { CallMeter } from './metered-client.ts';
import { planRun } from './plan-run.ts';
import { runBenchmark, runTasks, type Contestant } from './run-benchmark.ts';
import { readRunLines, RunFile } from './run-file.ts';

const folder = new TemporaryFolder().path;
const file = join(folder, 'companies_en_set1.jsonl');

const itemOf = (number: number, question: string, answer: string): object => ({
  id: `companies_en_${number}`,
  prompt: [
    {
      role: 'user',
      content: writeCorpusQaPrompt({
        passages: Object.values(companyFiles(6)).map((text, index) => ({ title: `Report ${index}`, text })),
        question,
      }),
    },
  ],
  question,
  answer,
});

const items = [
  itemOf(1, 'Which two companies have the highest revenue?', '["Company 006", "Company 005"]'),
  itemOf(2, 'How many companies have more than 30 employees?', '3'),
  { id: 'companies_en_3', question: 'Without a prompt it is passed over.' },
];
writeFileSync(file, items.map((item) => `${JSON.stringify(item)}\n`).join(''));

describe('a run on a published data set', () => {
  it('sends whole prompts as they stand, and takes them apart for other strategies', async () => {
    const meter = new CallMeter();
    const prompts: string[] = [];
    const client = meter.meter(await embeddedClient({ windowTokens: 16_000 }));
    const contestants: Contestant[] = (['full', 'table'] as const).map((name) => ({
      strategy: createStrategy({ name, model: client }),
      model: name === 'full' ? 'embedded' : 'none',
      windowTokens: 16_000,
      concurrency: 1,
      usesOwnReading: true,
      writer: null,
      ...(name === 'full' && {
        sendMessages: (prompt) => {
          prompts.push(...prompt.messages.map(({ content }) => content));
          return answerMessages({ client, ...prompt });
        },
      }),
    }));
    const { groups, close } = await datasetGroups({
      items: readDataset({ name: 'corpusqa', path: file }),
      choice: {},
      folder: join(folder, 'store'),
    });
    const tasks = runTasks(groups, contestants);
    const planned = await planRun({ tasks, results: { has: () => false }, modelOf: () => null });
    expect(planned.map(({ strategy, questions }) => [strategy, questions])).toEqual([
      ['full', 2],
      ['table', 2],
    ]);
    const out = join(folder, 'run.jsonl');
    const { failed } = await runBenchmark({ tasks, results: await RunFile.open(out), meter });
    await close();
    expect(failed).toEqual([]);
    const lines = (await Array.fromAsync(readRunLines(out))).map(({ line }) => line);
    expect(lines).toMatchObject([
      {
        id: 'companies_en_1',
        strategy: 'full',
        response: expect.stringContaining('The answer is: ["'),
        calls: 1,
      },
      {
        id: 'companies_en_1',
        strategy: 'table',
        response: 'The answer is: ["Report 5","Report 4"]',
        metric: 'typed',
      },
      { id: 'companies_en_2', strategy: 'full', answer: '3', domain: 'companies_en' },
      { id: 'companies_en_2', strategy: 'table', response: 'The answer is: 3' },
    ]);
    expect(prompts).toHaveLength(2);
    expect(JSON.stringify(items[0])).toContain(JSON.stringify(prompts[0]));
    expect((await readdir(join(folder, 'store'))).filter((name) => name.startsWith('items-'))).toEqual([]);
  });

  it('takes only so many, and of chosen languages', async () => {
    const choose = async (choice: object): Promise<number> => {
      const made = await datasetGroups({
        items: readDataset({ name: 'corpusqa', path: file }),
        choice,
        folder: join(folder, 'store'),
      });
      await made.close();
      return made.groups.length;
    };
    expect([
      await choose({ limit: 1 }),
      await choose({ languages: ['zh'] }),
      await choose({ sets: ['1M'] }),
    ]).toEqual([1, 0, 0]);
  });
});
