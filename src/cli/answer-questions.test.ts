import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  startMisbehavingServer,
  type MisbehavingServer,
  type ServedRequest,
} from '../models/testing/misbehaving-server.ts';
import { companies, makeCompanyFolder } from './testing/company-folder.ts';
import { runCommand, startCommand, type Finished } from './testing/run-command.ts';

const names = companies.map(([name]) => name);

/** The model answers with the company that is asked about. */
function answer({ messages }: ServedRequest): string {
  const asked = /# Question:\s*What makes (.*?) special\?/.exec(String(messages?.[0]?.content))?.[1];
  return `It is plain.\nThe answer is: "${asked}"`;
}

let folder: string;
let server: MisbehavingServer;
let mostInFlight: number;

beforeEach(async () => {
  folder = await makeCompanyFolder();
  mostInFlight = 0;
  // Half of the calls come back later than those after them.
  server = await startMisbehavingServer({
    answer: (request) => {
      mostInFlight = Math.max(mostInFlight, server.inFlight());
      return answer(request);
    },
    rates: { 'rate-limit': 0.5 },
    retryAfterSeconds: 0.2,
    latencyMilliseconds: 60,
  });
  await writeFile(join(folder, '.env'), `COMPATIBLE_BASE_URL=${server.baseUrl}\n`);
  const lines = names.map((name, index) =>
    JSON.stringify({ id: index, question: `What makes ${name} special?` }),
  );
  await writeFile(join(folder, 'questions.jsonl'), lines.join('\n'));
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const model = ['--strategy', 'full', '--model', 'compatible:test', '--window', '16000'];
const asking = ['ask', 'reports', '--questions', 'questions.jsonl', ...model];

const lines = ({ stdout }: Finished): { id: number; value: unknown; cost: { calls: number } }[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a file of questions', { timeout: 120_000 }, () => {
  it('is answered several questions at once, the answers in the order of the questions', async () => {
    const finished = await runCommand([...asking, '--concurrency', '4'], { folder });
    expect(finished.status).toBe(0);
    expect(lines(finished).map(({ id }) => id)).toEqual(names.map((_, index) => index));
    expect(lines(finished).map(({ value }) => value)).toEqual(names);
    expect(mostInFlight).toBeGreaterThan(1);
    expect(mostInFlight).toBeLessThanOrEqual(4);
  });

  it('goes on where it was interrupted, and repeats no call', async () => {
    const { child, finished } = startCommand([...asking, '--concurrency', '2'], { folder });
    if (child.stdout === null) throw new Error('The command has no output.');
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect((await finished).status).toBe(143);
    const resumed = await runCommand([...asking, '--concurrency', '2'], { folder });
    expect(lines(resumed).map(({ value }) => value)).toEqual(names);
    const whole = server.requests.filter(({ answered }) => answered);
    expect(new Set(whole.map(({ content }) => content)).size).toBe(names.length);
    expect(whole).toHaveLength(names.length);
    expect(lines(resumed)[0]?.cost.calls).toBe(0);
  });
});
