// A thousand extraction calls to a server that misbehaves in ten ways, 2 % of the requests each; then the same work
// by a process that is killed ten times, and by one that is interrupted.
//
//   node benchmarks/models/faults.ts [CALLS] [SEEDS]
//
// Prints how many calls ended right, wrong or reported as failed with their cause, and how many answers that had
// gone out whole were asked for again.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createModelClient, LedgerReader } from '../../src/models/index.ts';
import { answerExtraction, extractFacts } from '../../src/models/testing/extraction-work.ts';
import {
  startMisbehavingServer,
  type MisbehavingServer,
} from '../../src/models/testing/misbehaving-server.ts';
import { quickRetries, quickTimeLimits, serverModel } from '../../src/models/testing/server-model.ts';

const [calls = 1000, seeds = 4] = process.argv.slice(2).map(Number);
const concurrency = 16;
const workerFile = fileURLToPath(new URL('../../src/models/testing/extraction-worker.ts', import.meta.url));

for (let seed = 1; seed <= seeds; seed += 1) {
  // Chunks of one to five characters, since what a doubled chunk does hangs on where it falls.
  const server = await startMisbehavingServer({
    seed,
    rates: 0.02,
    answer: answerExtraction,
    chunkCharacters: seed,
  });
  const limits = { retryPolicy: quickRetries, timeLimits: quickTimeLimits, concurrency: 32 };
  const client = createModelClient({ model: await serverModel(server), ...limits });
  const { right, wrong, failed } = await extractFacts({ client, reports: calls });
  const faulty = server.requests.filter(({ fault }) => fault !== null).length;
  console.log(
    `seed ${seed}: ${right} right, ${wrong} wrong, ${failed.length} failed, ${calls - right - wrong - failed.length} ` +
      `lost; ${server.requests.length} requests, ${faulty} answered badly`,
  );
  for (const cause of new Set(failed)) console.log(`  failed: ${cause}`);
  await server.close();
}

await withServer(async ({ server, ledgerFile }) => {
  let inFlightAtKills = 0;
  for (let kill = 1; kill <= 10; kill += 1) {
    await runUntil({ server, ledgerFile, requests: Math.floor(calls / 11), signal: 'SIGKILL' });
    while (server.inFlight() > 0) await delay(10);
    inFlightAtKills += wholeAnswers(server).size - recordedCalls(ledgerFile);
  }
  const outcome = await finish({ server, ledgerFile });
  console.log(`killed 10 times: ${outcome}`);
  console.log(`  ${repeats(server)} answers asked for again, ${inFlightAtKills} were in flight at the kills`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  await withServer(async ({ server, ledgerFile }) => {
    await runUntil({ server, ledgerFile, requests: Math.floor(calls / 2), signal });
    const outcome = await finish({ server, ledgerFile });
    console.log(`${signal} midway: ${outcome}, ${repeats(server)} answers asked for again`);
  });
}

interface Scene {
  readonly server: MisbehavingServer;
  readonly ledgerFile: string;
}

async function withServer(run: (scene: Scene) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'corpuscope-faults-'));
  const server = await startMisbehavingServer({
    seed: 9,
    rates: 0.02,
    answer: answerExtraction,
    latencyMilliseconds: 20,
  });
  await run({ server, ledgerFile: join(folder, 'ledger.sqlite') });
  await server.close();
  await rm(folder, { recursive: true });
}

function start({ server, ledgerFile }: Scene): {
  kill: (signal: NodeJS.Signals) => void;
  ended: Promise<string>;
} {
  const child = spawn(process.execPath, [workerFile, ledgerFile, String(calls), String(concurrency)], {
    env: { ...process.env, COMPATIBLE_BASE_URL: server.baseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return {
    kill: (signal) => child.kill(signal),
    ended: new Promise((resolve) => child.once('close', () => resolve(printed))),
  };
}

async function runUntil({
  requests,
  signal,
  ...scene
}: Scene & { requests: number; signal: NodeJS.Signals }): Promise<void> {
  const { kill, ended } = start(scene);
  const goal = scene.server.requests.length + requests;
  while (scene.server.requests.length < goal) await delay(2);
  kill(signal);
  await ended;
}

async function finish(scene: Scene): Promise<string> {
  const { right, wrong, failed } = JSON.parse(await start(scene).ended);
  return `${right} right, ${wrong} wrong, ${failed.length} failed`;
}

/** Each time that an answer went out whole which could be used as it was. */
function timesAnswered(server: MisbehavingServer): string[] {
  return server.requests
    .filter(({ answered, fault }) => answered && fault !== 'empty' && fault !== 'duplicated-chunk')
    .map(({ content }) => content);
}

function wholeAnswers(server: MisbehavingServer): Set<string> {
  return new Set(timesAnswered(server));
}

function repeats(server: MisbehavingServer): number {
  return timesAnswered(server).length - wholeAnswers(server).size;
}

function recordedCalls(ledgerFile: string): number {
  const reader = new LedgerReader(ledgerFile);
  const total = reader.totals({}).reduce((sum, { calls }) => sum + calls, 0);
  reader.close();
  return total;
}
