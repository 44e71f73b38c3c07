import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TemporaryFolder } from '../corpus/testing/temporary-folder.ts';
import { LedgerReader } from './ledger/ledger-reader.ts';
import { answerExtraction } from './testing/extraction-work.ts';
import { accountsOfKills, isUsable } from './testing/kill-account.ts';
import { startMisbehavingServer, type MisbehavingServer } from './testing/misbehaving-server.ts';

const receipts = new URL('./testing/log-receipts.ts', import.meta.url).href;
const workerFile = fileURLToPath(new URL('./testing/extraction-worker.ts', import.meta.url));
// Each run starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const reports = 150;
const concurrency = 8;

let ledgerFile: string;
let receiptsFile: string;
let server: MisbehavingServer;
beforeEach(async () => {
  const { path: folder } = new TemporaryFolder();
  ledgerFile = join(folder, 'ledger.sqlite');
  receiptsFile = join(folder, 'receipts.txt');
  server = await startMisbehavingServer({
    seed: 5,
    rates: 0.02,
    answer: answerExtraction,
    latencyMilliseconds: 20,
  });
});
afterEach(() => server.close());

interface Worker {
  readonly child: ChildProcess;
  readonly finished: Promise<{ status: number | null; stdout: string; stderr: string }>;
}

function startWorker(): Worker {
  const worker = ['--import', receipts, workerFile, ledgerFile, String(reports), String(concurrency)];
  const child = spawn(process.execPath, worker, {
    env: { ...process.env, COMPATIBLE_BASE_URL: server.baseUrl, RECEIPTS: receiptsFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const finished = Promise.all([exited, text(child.stdout), text(child.stderr)]).then(
    ([status, stdout, stderr]) => ({ status, stdout, stderr }),
  );
  return { child, finished };
}

/** Answers that went out whole and could be used as they were, so that their calls need not be sent again. */
const finalAnswers = (): string[] => server.requests.filter(isUsable).map(({ content }) => content);

const repeats = (): number => finalAnswers().length - new Set(finalAnswers()).size;

async function runAndStop(signal: NodeJS.Signals, afterRequests: number): Promise<number | null> {
  const { child, finished } = startWorker();
  const goal = server.requests.length + afterRequests;
  await expect
    .poll(() => server.requests.length, { interval: 5, timeout: 20_000 })
    .toBeGreaterThanOrEqual(goal);
  child.kill(signal);
  const { status, stderr } = await finished;
  expect(stderr).toBe('');
  return status;
}

async function finish(): Promise<void> {
  const { status, stdout, stderr } = await startWorker().finished;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({ right: reports, wrong: 0, failed: [] });
}

function recordedCalls(): number {
  const reader = new LedgerReader(ledgerFile);
  const calls = reader.totals({}).reduce((sum, total) => sum + total.calls, 0);
  reader.close();
  return calls;
}

describe('a process that is killed', () => {
  it('repeats only what was in flight, in ten kills', async () => {
    const ends: number[] = [];
    for (let kill = 0; kill < 10; kill += 1) {
      await runAndStop('SIGKILL', 12);
      await expect.poll(() => server.inFlight()).toBe(0);
      ends.push(server.requests.length);
    }
    await finish();
    expect(new Set(finalAnswers()).size).toBe(recordedCalls());
    for (const account of accountsOfKills({ server, ends, receiptsFile })) {
      expect(account.inFlight).toBeLessThanOrEqual(concurrency);
      expect(account.repeated).toBeLessThanOrEqual(account.inFlight);
      // An answer is written down before the next is read: only the one that is being written can be lost.
      expect(account.readAndRepeated).toBeLessThanOrEqual(1);
    }
  });
});

describe('a process that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('lets calls finish at %s, and repeats none', async (signal) => {
    expect(await runAndStop(signal, 50)).toBe(130);
    expect(recordedCalls()).toBe(finalAnswers().length);
    await finish();
    expect(repeats()).toBe(0);
  });
});

describe('two processes on one ledger', () => {
  it('share the work and repeat nothing', async () => {
    const workers = [startWorker(), startWorker(), startWorker()];
    const results = await Promise.all(workers.map(({ finished }) => finished));
    for (const { status, stdout, stderr } of results) {
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(JSON.parse(stdout)).toEqual({ right: reports, wrong: 0, failed: [] });
    }
    expect(repeats()).toBe(0);
  });
});
