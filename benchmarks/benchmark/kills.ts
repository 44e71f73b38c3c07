// Kills `corpuscope bench run` (SIGKILL) ten times during a run of 500 questions to a server on loopback, lets it finish,
// and compares its file of results with that of an undisturbed run.
//
//   node benchmarks/benchmark/kills.ts [--kills 10] [--questions 500] [--seed 1]
//
// Prints whether the files are equal (but for the seconds that answers took), and how many answers that had been received
// were asked for again: none but those that were on their way at the moment of a kill.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BenchmarkQuestion } from '../../src/benchmark/index.ts';
import { writeBenchmark } from '../../src/benchmark/testing/write-benchmark.ts';
import { LedgerReader } from '../../src/models/index.ts';
import {
  startMisbehavingServer,
  type MisbehavingServer,
} from '../../src/models/testing/misbehaving-server.ts';
import { companyFiles } from '../../src/strategies/testing/company-corpus.ts';
import { createRandom } from '../../src/benchmark/random.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '10' },
    questions: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
  },
});
const [kills, count] = [Number(values.kills), Number(values.questions)];
const random = createRandom(values.seed);
const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'corpuscope-bench-kills-'));
const folder = join(work, 'benchmark');

await makeBenchmark();
try {
  const calm = await withServer(async (server) => {
    const run = start({ server, name: 'calm' });
    await run.ended;
    return { results: resultsOf('calm'), requests: server.requests.length };
  });
  console.log(`undisturbed: ${lineCount(calm.results)} lines, ${calm.requests} requests`);

  await withServer(async (server) => {
    let inFlightAtKills = 0;
    for (let kill = 1; kill <= kills; kill += 1) {
      const goal = Math.min(
        calm.requests - 1,
        server.requests.length + Math.ceil((calm.requests / (kills + 1)) * (0.5 + random())),
      );
      const run = start({ server, name: 'killed' });
      while (server.requests.length < goal && run.isRunning()) await delay(1);
      run.kill();
      await run.ended;
      while (server.inFlight() > 0) await delay(5);
      inFlightAtKills += new Set(answered(server)).size - recordedCalls('killed');
      console.log(
        `${kill}: killed after ${server.requests.length} requests, ${lineCount(resultsOf('killed'))} whole lines`,
      );
    }
    const last = start({ server, name: 'killed' });
    await last.ended;
    const again = answered(server).length - new Set(answered(server)).size;
    const isEqual = resultsOf('killed') === calm.results;
    console.log(
      `${isEqual ? 'the same file' : 'ANOTHER FILE'} after ${kills} kills; ${again} answers asked for again, ` +
        `${inFlightAtKills} were on their way at the kills`,
    );
    process.exitCode = isEqual && again <= inFlightAtKills ? 0 : 1;
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function makeBenchmark(): Promise<void> {
  const documents = Object.entries(companyFiles(8)).map(([name, text], position) => ({
    position,
    id: name,
    title: '',
    source: name,
    text,
    format: null,
    tokens: 140,
    counterfactual: false,
  }));
  const questions = Array.from({ length: count }, (_, index): BenchmarkQuestion => ({
    id: `companies_${index + 1}`,
    set: '1K',
    question: `How many companies have more than ${index} employees?`,
    language: 'en',
    answer: documents.filter((__, place) => (place + 1) * 10 > index).length,
    answer_type: 'number',
    family: 'other',
    difficulty: 'easy',
    look_up: false,
    domain: 'companies',
    plan: null,
    sql: 'SELECT 1',
    dispersion: { read: 1, decisive: 1 },
    evidence: [],
  }));
  const sets = [{ name: '1K', length: 2_000, tokens: 1_200, documents: documents.length }];
  const truth = { kind: 'file' as const, rule: 'by construction' };
  await writeBenchmark({ folder, manifest: { name: 'companies', truth, sets }, documents, questions });
}

async function withServer<Result>(use: (server: MisbehavingServer) => Promise<Result>): Promise<Result> {
  const server = await startMisbehavingServer({
    answer: ({ messages }) => `The answer is: ${JSON.stringify(messages).length % 97}`,
    latencyMilliseconds: 20,
  });
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

interface Running {
  readonly ended: Promise<void>;
  kill(): void;
  isRunning(): boolean;
}

function start({ server, name }: { server: MisbehavingServer; name: string }): Running {
  const options = [
    '--strategy',
    'full',
    '--model',
    'compatible:test',
    '--window',
    '8000',
    '--output-limit',
    '500',
  ];
  const places = ['--out', fileOf(name), '--store', join(work, name)];
  const child = spawn(process.execPath, [command, 'bench', 'run', folder, ...options, ...places, '--json'], {
    env: { ...process.env, COMPATIBLE_BASE_URL: server.baseUrl, COMPATIBLE_API_KEY: 'sk-test' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    ended: new Promise((resolve) => child.once('close', () => resolve())),
    kill: () => void child.kill('SIGKILL'),
    isRunning: () => child.exitCode === null && child.signalCode === null,
  };
}

function fileOf(name: string): string {
  return join(work, `${name}.jsonl`);
}

/** The lines but for the seconds, which differ from run to run. */
function resultsOf(name: string): string {
  try {
    return readFileSync(fileOf(name), 'utf8').replaceAll(/"seconds":[\d.]+/g, '"seconds":0');
  } catch {
    return '';
  }
}

function lineCount(results: string): number {
  return results.split('\n').length - 1;
}

/** What was asked, each time that its answer went out whole. */
function answered(server: MisbehavingServer): string[] {
  return server.requests.filter((request) => request.answered).map(({ content }) => content);
}

function recordedCalls(name: string): number {
  try {
    const reader = new LedgerReader(join(work, name, 'ledger.sqlite'));
    const total = reader.totals({}).reduce((sum, { calls }) => sum + calls, 0);
    reader.close();
    return total;
  } catch {
    return 0;
  }
}
