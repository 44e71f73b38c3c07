import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TemporaryFolder } from '../corpus/testing/temporary-folder.ts';
import {
  startReadingServer,
  type ReadField,
  type ReadingServer,
} from '../table/model-reader/testing/reading-server.ts';
import { describeModelProgress } from './read-with-models.ts';
import { runCommand, startCommand, type Finished } from './testing/run-command.ts';

let running: ReadingServer | undefined;

afterEach(async () => {
  await running?.server.close();
  running = undefined;
});

const readCountry: ReadField = (_, text) => {
  const quote = /happened in (\w+)/.exec(text)?.[0] ?? null;
  return { value: quote?.split(' ').at(-1) ?? null, quote };
};

/** A folder of short reports, and a server whose model reads their country, or answers what it is told to. */
async function start(
  { documents, latencyMilliseconds = 0 }: { documents: number; latencyMilliseconds?: number },
  answer?: () => string,
): Promise<{ folder: string; server: ReadingServer['server'] }> {
  const folder = new TemporaryFolder();
  for (let number = 0; number < documents; number += 1) {
    const country = ['Peru', 'Chile', 'Colombia'][number % 3];
    folder.write(`reports/r${number}.txt`, `Report ${number}. Something happened in ${country} last night.`);
  }
  running = await startReadingServer(readCountry, { latencyMilliseconds, ...(answer && { answer }) });
  const { server } = running;
  await writeFile(join(folder.path, '.env'), `COMPATIBLE_BASE_URL=${server.baseUrl}\n`);
  return { folder: folder.path, server };
}

const reading = ['read', 'reports', '--reader', 'compatible:test', '--fields', 'country'];
const limits = ['--window', '8000', '--output-limit', '500'];

const reportShape = z.object({
  models: z.object({
    fields: z.record(z.string(), z.record(z.string(), z.number())),
  }),
});

const reportOf = ({ stdout }: Finished): z.infer<typeof reportShape>['models'] =>
  reportShape.parse(JSON.parse(stdout)).models;

// Each runs the whole command, some of them several times.
describe('read --reader', { timeout: 120_000 }, () => {
  it('shows what was read of each field, what it took, and the table', async () => {
    const { folder } = await start({ documents: 6 });
    const { status, stdout, stderr } = await runCommand([...reading, ...limits], { folder });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^compatible:test {2}6 calls in /m);
    expect(stdout).toMatch(/^ {2}country +6 +0 +0 +0 +0 +0$/m);
    // Where the sentences of all reports are alike, their pattern has named the field before the model reads it.
    expect(stdout).toMatch(/country +country +category +100 % +/);
    const answer = await runCommand(['ask', 'reports', 'How many reports have country Peru?', '--json'], {
      folder,
    });
    expect(JSON.parse(answer.stdout)).toMatchObject({
      status: 'answered',
      value: 2,
      evidence: expect.arrayContaining([expect.objectContaining({ quote: 'happened in Peru' })]),
    });
  });

  it('plans without a call', async () => {
    const { folder, server } = await start({ documents: 3 });
    const { status, stdout } = await runCommand([...reading, ...limits, '--plan'], { folder });
    expect(status).toBe(0);
    expect(stdout).toMatch(/compatible:test +expected +3 +\d+ +150 +no price known/);
    expect(stdout).toMatch(/counted with o200k, which is not its own/);
    expect(server.requests).toEqual([]);
  });

  it('goes on where it was killed, and asks nothing twice that was answered', async () => {
    const { folder, server } = await start({ documents: 24, latencyMilliseconds: 60 });
    const kills = [4, 10, 16];
    for (const answered of kills) {
      const { child, finished } = startCommand([...reading, ...limits, '--concurrency', '2', '--json'], {
        folder,
      });
      while (server.requests.filter((request) => request.answered).length < answered) await delay(5);
      child.kill('SIGKILL');
      await finished;
    }
    const last = await runCommand([...reading, ...limits, '--json'], { folder });
    expect(last.status).toBe(0);
    expect(reportOf(last).fields['country']).toMatchObject({ stated: 24 });
    const sent = server.requests.map(({ content }) => content);
    expect(new Set(sent).size).toBe(24);
    // What was in flight when it was killed, two calls at the most.
    expect(sent.length - 24).toBeLessThanOrEqual(2 * kills.length);
  });

  it('keeps what was read when it is stopped, and repeats no call', async () => {
    const { folder, server } = await start({ documents: 16, latencyMilliseconds: 60 });
    const { child, finished } = startCommand([...reading, ...limits, '--concurrency', '2'], { folder });
    while (server.requests.length < 6) await delay(5);
    child.kill('SIGTERM');
    const [stopped] = await Promise.all([finished, once(child, 'exit')]);
    expect(stopped.status).toBe(143);
    expect(stopped.stderr).toMatch(/^Stopping: what is done so far is kept/);
    const calls = server.requests.length;
    expect(calls).toBeLessThan(16);
    const table = await runCommand(
      ['sql', 'reports', "SELECT count(*) FROM facts WHERE reader <> 'patterns'", '--json', '--no-read'],
      { folder },
    );
    expect(Number(/\d+/.exec(table.stdout.split('rows')[1] ?? '')?.[0])).toBeGreaterThan(0);
    const last = await runCommand([...reading, ...limits, '--json'], { folder });
    expect(new Set(server.requests.map(({ content }) => content)).size).toBe(16);
    expect(server.requests).toHaveLength(16);
    expect(reportOf(last).fields['country']).toMatchObject({ failed: 0 });
  });

  it('stops at the budget and says so', async () => {
    const { folder, server } = await start({ documents: 6 });
    const { status, stderr } = await runCommand(
      [...reading, ...limits, '--max-tokens', '1800', '--concurrency', '1'],
      { folder },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/--max-tokens/);
    expect(server.requests.length).toBeGreaterThan(0);
    expect(server.requests.length).toBeLessThan(6);
    const replayed = await runCommand([...reading, ...limits, '--limit', '1', '--json'], { folder });
    expect(reportOf(replayed).fields['country']).toMatchObject({ before: 1 });
  });

  it('proposes fields for a fields file', async () => {
    const field = { name: 'Country', description: 'Where.', type: 'category', values: ['Peru'] };
    const { folder } = await start({ documents: 3 }, () => JSON.stringify({ fields: [field] }));
    const { stdout } = await runCommand(
      ['read', 'reports', '--reader', 'compatible:test', '--propose', ...limits],
      { folder },
    );
    expect(JSON.parse(stdout)).toEqual([{ ...field, name: 'country' }]);
  });

  it.each([
    [['--fields', 'country'], /No model is named/],
    [['--reader', 'compatible:test'], /No fields are named/],
    [['--reader', 'a:b,', '--fields', 'x'], /"a:b," names no models/],
    [['--reader', 'nonsense', '--fields', 'x'], /nonsense/],
    [['--reader', 'compatible:a,compatible:b', '--fields', 'x', '--window', '5'], /--reader names several/],
    [['--reader', 'compatible:test', '--fields', 'fields.json'], /fields\.json cannot be read/],
    [['--reader', 'compatible:test', '--fields', 'x', '--attempts', '0'], /must be above 0/],
  ])('says what is wrong with %j', async (wrong, message) => {
    const { folder } = await start({ documents: 1 });
    const { status, stderr } = await runCommand(['read', 'reports', ...wrong], { folder });
    expect(status).toBeGreaterThan(0);
    expect(stderr).toMatch(message);
  });

  it('leaves no text of a document or prompt in what it prints', async () => {
    const { folder } = await start({ documents: 2 }, () => 'Something happened in a very secret place.');
    const { status, stdout, stderr } = await runCommand([...reading, ...limits], { folder });
    expect(status).toBe(3);
    expect(stdout).toMatch(/2 documents could not be read: compatible:test gave no value/);
    expect(`${stdout}${stderr}`).not.toMatch(/happened|secret/);
  });
});

describe('the progress of models', () => {
  it('says what is read, how far it is, and how long it will take', () => {
    const progress = { activity: 'reading', fields: ['Country', 'Type'], done: 50, total: 200 } as const;
    expect(describeModelProgress(progress, 1)).toBe(
      'Reading Country, Type █████░░░░░░░░░░░░░░░ 50/200 documents',
    );
    expect(describeModelProgress(progress, 10)).toMatch(/50\/200 documents {2}30 s left$/);
    expect(describeModelProgress({ ...progress, activity: 'preparing' }, 0)).toBe(
      'Preparing to read Country, Type …',
    );
  });
});
