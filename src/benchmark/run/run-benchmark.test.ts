import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { Ledger, type ModelClient } from '../../models/index.ts';
import { createStrategy } from '../../strategies/index.ts';
import { embeddedClient, scriptedClient } from '../../strategies/testing/models.ts';
import { openBenchmark } from '../open-benchmark.ts';
import { companyBenchmark } from '../testing/company-benchmark.ts';
import { benchmarkGroups, type BenchmarkChoice } from './benchmark-groups.ts';
import { CallMeter } from './metered-client.ts';
import { planRun } from './plan-run.ts';
import { runBenchmark, runTasks, type Contestant, type RunReport, type RunTask } from './run-benchmark.ts';
import { readRunLines, RunFile } from './run-file.ts';

const folder = await companyBenchmark();

interface Scene {
  readonly tasks: readonly RunTask[];
  readonly meter: CallMeter;
}

async function sceneOf(client: ModelClient, choice: BenchmarkChoice = {}): Promise<Scene> {
  const meter = new CallMeter();
  const base = { windowTokens: 8_000, concurrency: client.concurrency, usesOwnReading: true, writer: null };
  const contestants: Contestant[] = [
    { ...base, strategy: createStrategy({ name: 'table' }), model: 'none', concurrency: 1 },
    { ...base, strategy: createStrategy({ name: 'memory', model: meter.meter(client) }), model: client.id },
  ];
  const benchmark = await openBenchmark({ folder });
  const groups = await benchmarkGroups({ benchmark, choice, cacheFolder: join(folder, '.corpuscope') });
  return { tasks: runTasks(groups, contestants), meter };
}

const newFile = (): string => join(new TemporaryFolder().path, 'run.jsonl');

async function run(scene: Scene, file: string, signal?: AbortSignal): Promise<RunReport> {
  const results = await RunFile.open(file);
  try {
    return await runBenchmark({ ...scene, results, signal });
  } finally {
    await results.close();
  }
}

/** All of the file but the time that answers took. */
const contentOf = (file: string): string => readFileSync(file, 'utf8').replaceAll(/"seconds":[\d.]+/g, '');

const window = { windowTokens: 8_000, maximumOutputTokens: 2_000 };

describe('runBenchmark', () => {
  it('writes a line an answer with the published fields and what is known beside them', async () => {
    const file = newFile();
    const report = await run(await sceneOf(await embeddedClient(window)), file);
    const lines = (await Array.fromAsync(readRunLines(file))).map(({ line }) => line);
    expect(report.failed).toEqual([]);
    expect(lines).toHaveLength(20);
    expect(lines.slice(0, 4)).toMatchObject([
      {
        id: 'companies_1K_1',
        question: 'How many companies have more than 30 employees?',
        answer: '2',
        response: 'The answer is: 2',
        model: 'none',
        strategy: 'table',
        set: '1K',
        status: 'answered',
        self_graded: false,
        tokens: { input: 0, output: 0 },
        calls: 0,
        evidence: [{ document: 'reports/company-001.md', quote: 'Company 001' }],
      },
      {
        response: 'The answer is: ["Company 005","Company 004"]',
        answer: '["Company 005","Company 004"]',
        self_graded: true,
        cited: expect.arrayContaining([
          expect.objectContaining({
            document: 'reports/company-005.md',
            quote: expect.stringContaining('5'),
          }),
        ]),
      },
      { answer: '3000000' },
      { status: 'refused' },
    ]);
    const byMemory = lines.find(({ strategy, id }) => strategy === 'memory' && id === 'companies_2K_1');
    expect(byMemory).toMatchObject({
      status: 'answered',
      model: 'embedded',
      response: expect.stringMatching(/is: 9$/),
    });
    expect(byMemory?.calls).toBeGreaterThan(1);
    expect(byMemory?.tokens?.input).toBeGreaterThan(1_000);
    expect(byMemory?.trace?.at(-1)?.step).toBe('answer');
  });

  it('stopped at any moment and run again, ends with the same file and makes no call twice', async () => {
    const calm = newFile();
    const undisturbed = await run(await sceneOf(await embeddedClient(window)), calm);
    const file = newFile();
    const ledgerFile = join(new TemporaryFolder().path, 'ledger.sqlite');
    let calls = 0;
    for (let stop = 1; ; stop += 1) {
      const ledger = new Ledger({ file: ledgerFile });
      const stopping = new AbortController();
      const client = await embeddedClient(window, { ledger });
      let made = 0;
      const stopped: ModelClient = Object.create(client, {
        generate: {
          value: async (request: Parameters<ModelClient['generate']>[0]) => {
            const reply = await client.generate(request);
            calls += reply.cost.calls;
            made += reply.cost.calls;
            if (made >= 4) stopping.abort(new Error('stopped'));
            return reply;
          },
        },
      });
      const ended = await run(await sceneOf(stopped), file, stopping.signal).catch(() => null);
      ledger.close();
      if (ended !== null && !stopping.signal.aborted) break;
      expect(stop).toBeLessThan(50);
    }
    expect(contentOf(file)).toBe(contentOf(calm));
    expect(calls).toBe(undisturbed.spent.calls);
  });

  it('leaves out what failed, and asks it again', async () => {
    let broken = true;
    const client = await scriptedClient((prompt) => {
      if (broken && prompt.includes('average')) throw new Error('the server is gone');
      return 'The answer is: 1';
    }, window);
    const scene = await sceneOf(client, { sets: ['1K'], languages: ['en'] });
    const file = newFile();
    const { failed } = await run(scene, file);
    expect(failed).toMatchObject([{ task: { question: { id: 'companies_1K_3' } } }]);
    expect(await Array.fromAsync(readRunLines(file))).toHaveLength(7);
    broken = false;
    expect(await run(scene, file)).toMatchObject({ failed: [], answered: 1, refused: 0 });
    const ids = (await Array.fromAsync(readRunLines(file))).map(({ line }) => line.id);
    expect(ids).toEqual([1, 2, 3, 4, 1, 2, 3, 4].map((number) => `companies_1K_${number}`));
  });

  it('chooses sets, languages and a number of questions, and plans them without a call', async () => {
    const scene = await sceneOf(await embeddedClient(window), { sets: ['2K'], languages: ['zh'], limit: 1 });
    expect(scene.tasks.map(({ question }) => question.id)).toEqual(['companies_2K_5', 'companies_2K_5']);
    const planned = await planRun({ tasks: scene.tasks, results: { has: () => false }, modelOf: () => null });
    expect(planned).toMatchObject([
      { group: '2K', strategy: 'table', model: 'none', questions: 1, plan: null },
      { group: '2K', strategy: 'memory', model: 'embedded', questions: 1 },
    ]);
  });
});
