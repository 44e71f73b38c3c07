import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assert, asyncProperty, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { lineKey, type RunLine } from '../run-line.ts';
import { readRunLines, RunFile } from './run-file.ts';

const lineOf = (id: string): RunLine => ({
  id,
  question: `Which is number ${id}, "quoted" and 中文?`,
  answer: '["A"]',
  response: 'The answer is: ["A"]\nIndeed.',
  model: 'embedded',
  strategy: 'table',
});
const ids = ['q1', 'q2', 'q3'];
const order = ids.map((id) => lineKey(lineOf(id)));
const newFile = (): string => join(new TemporaryFolder().path, 'run.jsonl');

describe('RunFile', () => {
  it('ends as the same file, at whatever byte it was torn and in whatever order lines come', async () => {
    const whole = ids.map((id) => `${JSON.stringify(lineOf(id))}\n`).join('');
    const bytes = Buffer.from(whole);
    const file = newFile();
    await assert(
      asyncProperty(nat(bytes.length), async (torn) => {
        writeFileSync(file, bytes.subarray(0, torn));
        const results = await RunFile.open(file);
        for (const id of ids.toReversed()) {
          if (!results.has(lineKey(lineOf(id)), lineOf(id))) await results.append(lineOf(id));
        }
        await results.arrange(order);
        await results.close();
        expect(readFileSync(file, 'utf8')).toBe(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps lines of other runs, and a last line without its line break', async () => {
    const file = newFile();
    const foreign = { id: 7, question: 'q', answer: ['B'], response: 'B', custom: true };
    writeFileSync(file, JSON.stringify(foreign));
    const results = await RunFile.open(file);
    await results.append(lineOf('q1'));
    await results.arrange(order);
    const lines = (await Array.fromAsync(readRunLines(file))).map(({ line }) => line);
    expect(lines).toEqual([{ ...foreign, id: '7' }, lineOf('q1')]);
  });

  it('does not take lines of another benchmark for its own', async () => {
    const file = newFile();
    const results = await RunFile.open(file);
    await results.append(lineOf('q1'));
    await results.close();
    const again = await RunFile.open(file);
    const key = lineKey(lineOf('q1'));
    expect(again.has(key, lineOf('q1'))).toBe(true);
    expect(() => again.has(key, { ...lineOf('q1'), answer: '["B"]' })).toThrow(
      /about another question or answer/,
    );
  });

  it('is open to one run at a time, and to the next when that has closed it or was killed', async () => {
    const file = newFile();
    const url = JSON.stringify(new URL('run-file.ts', import.meta.url).href);
    const script = `const { RunFile } = await import(${url}); await RunFile.open(process.argv[1]);
      console.log('open'); setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script, file]);
    await once(other.stdout, 'data');
    await expect(RunFile.open(file)).rejects.toMatchObject({
      message: `Another run (process ${other.pid}) is writing to ${file}.`,
      remedy: expect.stringContaining('--out'),
    });
    other.kill('SIGKILL');
    await once(other, 'exit');
    const results = await RunFile.open(file);
    await expect(RunFile.open(file)).rejects.toThrow('Another run');
    await results.close();
    await (await RunFile.open(file)).close();
    expect(readdirSync(dirname(file))).toEqual(['run.jsonl']);
  });

  it('says which line is wrong and what a line needs', async () => {
    const file = newFile();
    writeFileSync(file, `${JSON.stringify(lineOf('q1'))}\n`);
    appendFileSync(file, '{"id": "q2"}\n');
    await expect(RunFile.open(file)).rejects.toMatchObject({
      message: expect.stringContaining('Line 2'),
      remedy: expect.stringContaining('response'),
    });
    await expect(RunFile.open(join(file, 'missing', 'run.jsonl'))).rejects.toThrow('cannot be written');
  });
});
