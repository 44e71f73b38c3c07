// A thousand extraction calls to a server that misbehaves in ten ways, 2 % of the requests each; then the same work
// by a process that is killed ten times, and by one that is interrupted.
//
//   node benchmarks/models/faults.ts [CALLS] [SEEDS]
//
// Prints how many calls ended right, wrong or reported as failed with their cause; for each kill how many calls were in
// flight and were made again; and how many answers that had gone out whole were asked for again after an interruption.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createModelClient } from '../../src/models/index.ts';
import { answerExtraction, extractFacts } from '../../src/models/testing/extraction-work.ts';
import { accountsOfKills, isUsable } from '../../src/models/testing/kill-account.ts';
import {
  startMisbehavingServer,
  type MisbehavingServer,
} from '../../src/models/testing/misbehaving-server.ts';
import { quickRetries, quickTimeLimits, serverModel } from '../../src/models/testing/server-model.ts';

const [calls = 1000, seeds = 4] = process.argv.slice(2).map(Number);
const concurrency = 16;
const receipts = new URL('../../src/models/testing/log-receipts.ts', import.meta.url).href;
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

await withServer(async (scene) => {
  const { server, receiptsFile } = scene;
  const ends: number[] = [];
  for (let kill = 1; kill <= 10; kill += 1) {
    await runUntil({ ...scene, requests: Math.floor(calls / 11), signal: 'SIGKILL' });
    while (server.inFlight() > 0) await delay(10);
    ends.push(server.requests.length);
  }
  console.log(`killed 10 times: ${await finish(scene)}`);
  for (const [kill, account] of accountsOfKills({ server, ends, receiptsFile }).entries()) {
    const { inFlight, repeated, leftServer, readAndRepeated } = account;
    console.log(
      `  kill ${kill + 1}: ${inFlight} in flight, ${repeated} of them sent again (${leftServer} answers had left the ` +
        `server); ${readAndRepeated} answers read to their end and sent again`,
    );
  }
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  await withServer(async (scene) => {
    await runUntil({ ...scene, requests: Math.floor(calls / 2), signal });
    const outcome = await finish(scene);
    console.log(`${signal} midway: ${outcome}, ${repeats(scene.server)} answers asked for again`);
  });
}

interface Scene {
  readonly server: MisbehavingServer;
  readonly ledgerFile: string;
  readonly receiptsFile: string;
}

async function withServer(run: (scene: Scene) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'corpuscope-faults-'));
  const server = await startMisbehavingServer({
    seed: 9,
    rates: 0.02,
    answer: answerExtraction,
    latencyMilliseconds: 20,
  });
  await run({
    server,
    ledgerFile: join(folder, 'ledger.sqlite'),
    receiptsFile: join(folder, 'receipts.txt'),
  });
  await server.close();
  await rm(folder, { recursive: true });
}

function start({ server, ledgerFile, receiptsFile }: Scene): {
  kill: (signal: NodeJS.Signals) => void;
  ended: Promise<string>;
} {
  const worker = ['--import', receipts, workerFile, ledgerFile, String(calls), String(concurrency)];
  const child = spawn(process.execPath, worker, {
    env: { ...process.env, COMPATIBLE_BASE_URL: server.baseUrl, RECEIPTS: receiptsFile },
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

/** How many answers that had gone out whole, and could be used, were asked for again. */
function repeats({ requests }: MisbehavingServer): number {
  const answered = requests.filter(isUsable).map(({ content }) => content);
  return answered.length - new Set(answered).size;
}
