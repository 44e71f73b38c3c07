import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { startMisbehavingServer, type MisbehavingServer } from '../../models/testing/misbehaving-server.ts';
import { runCommand } from '../testing/run-command.ts';

let server: MisbehavingServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const results = [
  { id: 'fin_en_1', question: 'How many?', answer: '42', response: 'The answer is: 42', model: 'm' },
  {
    id: 'fin_en_2',
    question: 'Which?',
    answer: '["A", "B"]',
    response: 'The answer is: B, A',
    model: 'm',
    extra: 1,
  },
  { id: 'edu_en_1', question: 'How much?', answer: '12.34%', response: 'The answer is: 12.35%', model: 'm' },
  { id: 'edu_en_2', question: 'When?', answer: '2021-03', response: null, model: 'm' },
  {
    id: 'edu_en_3',
    question: 'Who leads?',
    answer: 'South',
    response: 'South is second, North leads there',
    model: 'm',
  },
];
const text = results.map((line) => JSON.stringify(line)).join('\n');

const scored = z.looseObject({ id: z.string(), verdict: z.string(), reason: z.string() });
const linesOf = (output: string): z.infer<typeof scored>[] =>
  output
    .trim()
    .split('\n')
    .map((line) => scored.parse(JSON.parse(line)));

// Each runs the whole command.
describe('bench score', { timeout: 60_000 }, () => {
  it('adds verdict and reason to each line, and averages over all and over domains', async () => {
    const { status, stdout, stderr } = await runCommand(['bench', 'score', '-', '--json'], { input: text });
    expect(status).toBe(0);
    const lines = linesOf(stdout);
    expect(lines.map(({ verdict }) => verdict)).toEqual(['right', 'right', 'wrong', 'wrong', 'ungraded']);
    expect(lines[1]).toMatchObject({ ...results[1], verdict: 'right' });
    expect(JSON.parse(stderr)).toMatchObject({
      malformed: 0,
      scores: [
        {
          model: 'm',
          count: 5,
          missing: 1,
          micro: { mean: 0.5, count: 4 },
          macro: { mean: 0.5, count: 2 },
          answered: { mean: 2 / 3, count: 3 },
        },
      ],
    });
  });

  it('names lines that cannot be read, goes on, and writes the others to a file', async () => {
    const folder = new TemporaryFolder();
    const file = join(folder.path, 'run.jsonl');
    const out = join(folder.path, 'scored.jsonl');
    writeFileSync(file, `${text}\n\nnot json\n{"id": 3}\n`);
    const { status, stdout, stderr } = await runCommand(['bench', 'score', file, '--out', out]);
    expect(status).toBe(3);
    expect(stderr).toContain('Line 7 is no result: it is not JSON.');
    expect(stderr).toContain('Line 8 is no result: "question"');
    expect(linesOf(readFileSync(out, 'utf8'))).toHaveLength(5);
    expect(stdout).toMatch(/m +5 +2 +2 +1 +1 +50\.0 ± 28\.9 +66\.7/);
    expect(stdout).toMatch(/edu_en +2 +0\.0/);
  });

  it('asks a judge for what is left, and after a failure only for that', async () => {
    const folder = new TemporaryFolder();
    const file = join(folder.path, 'run.jsonl');
    writeFileSync(file, text);
    let isDown = true;
    server = await startMisbehavingServer({ answer: () => (isDown ? 'Who knows?' : '[[NO]]') });
    writeFileSync(join(folder.path, '.env'), `COMPATIBLE_BASE_URL=${server.baseUrl}\n`);
    const command = ['bench', 'score', file, '--judge', 'compatible:test', '--window', '8000'];
    const run = () => runCommand(command, { folder: folder.path });
    const first = await run();
    expect(first.status).toBe(3);
    expect(linesOf(first.stdout).at(-1)).toMatchObject({ verdict: 'ungraded' });
    expect(server.requests).toHaveLength(3);
    isDown = false;
    const second = await run();
    expect(second.status).toBe(0);
    expect(linesOf(second.stdout).at(-1)).toMatchObject({ verdict: 'wrong' });
    expect(server.requests).toHaveLength(4);
    expect(linesOf((await run()).stdout).at(-1)).toMatchObject({ verdict: 'wrong' });
    expect(server.requests).toHaveLength(4);
  });

  it.each([
    [['missing.jsonl'], /cannot be read/],
    [['-'], /holds no line/],
    [['-', '--metric', 'magic'], /Allowed choices/],
  ])('says what is wrong with %j', async (rest, message) => {
    const { status, stderr } = await runCommand(['bench', 'score', ...rest], { input: '' });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(message);
  });
});
