import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { companyBenchmark } from '../../benchmark/testing/company-benchmark.ts';
import { runCommand, type Finished } from '../testing/run-command.ts';

let folder = '';

beforeAll(async () => {
  folder = await companyBenchmark();
});

const bench = (...rest: string[]): Promise<Finished> => runCommand(['bench', 'run', folder, ...rest]);
const parse = (text: string): unknown => JSON.parse(text);

describe('bench run', () => {
  it('runs strategies on the chosen questions, and goes on with a file that has some of them', async () => {
    const out = join(folder, 'run.jsonl');
    const chosen = ['--set', '1K', '--language', 'en', '--out', out];
    const first = await bench('--strategy', 'table', ...chosen);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toBe(`3 questions answered, 1 refused: ${out}\n`);
    const before = readFileSync(out, 'utf8');
    const both = ['--strategy', 'full', '--model', 'embedded', '--window', '8000', ...chosen];
    const second = await bench(...both, '--json');
    expect(parse(second.stdout)).toMatchObject({ lines: 4, answered: 3, refused: 1, spent: { calls: 4 } });
    const after = readFileSync(out, 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(after.trim().split('\n')).toHaveLength(8);
  });

  it('plans without a call', async () => {
    const options = ['--strategy', 'full,memory', '--model', 'embedded', '--window', '8000', '--dry-run'];
    const { status, stdout } = await bench(...options);
    expect(status).toBe(0);
    expect(stdout).toMatch(/1K +full +embedded +5 +5 +5/);
    expect(stdout).toMatch(/1K +memory +embedded +5 +\d+/);
    expect(stdout).toMatch(/embedded +expected +\d+/);
    expect(stdout).toMatch(/Nothing was sent/);
  });

  it('ends at a budget, and keeps what it had until then', async () => {
    const out = join(folder, 'budget.jsonl');
    const options = ['--strategy', 'full,memory', '--model', 'embedded', '--window', '8000', '--out', out];
    const { status, stderr } = await bench(...options, '--max-tokens', '16000');
    expect(status).toBe(1);
    expect(stderr).toContain('--max-tokens');
    const lines = readFileSync(out, 'utf8').trim().split('\n').length;
    expect(lines).toBeGreaterThanOrEqual(5);
    expect(lines).toBeLessThan(20);
  });

  it('runs a published data set from its file', async () => {
    const prompt = [
      {
        role: 'user',
        content: '# Document 1:\nAcme\n\nRevenue: $5 million\n\n# Question:\nWhat is the revenue of Acme?',
      },
    ];
    const file = join(folder, 'set1.jsonl');
    const [id, question, answer] = ['financial_en_1', 'What is the revenue of Acme?', '5000000'];
    writeFileSync(file, JSON.stringify({ id, prompt, question, answer }));
    const out = join(folder, 'dataset.jsonl');
    const options = ['--strategy', 'full', '--model', 'embedded', '--out', out];
    const { status, stderr } = await runCommand([
      'bench',
      'run',
      '--dataset',
      `corpusqa=${file}`,
      ...options,
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(parse(readFileSync(out, 'utf8'))).toMatchObject({
      id,
      question,
      answer,
      model: 'embedded',
      domain: 'financial_en',
    });
    const both = await bench('--dataset', `corpusqa=${file}`, ...options);
    expect(both).toMatchObject({ status: 2, stderr: expect.stringContaining('both given') });
  });

  it.each([
    [['--strategy', 'table'], /There is no file for the results/, 2],
    [['--strategy', 'sorcery', '--out', 'x.jsonl'], /There is no strategy sorcery/, 2],
    [['--strategy', 'table', '--set', '4M', '--out', 'x.jsonl'], /has no set 4M[^]*It has 1K, 2K/, 1],
    [['--strategy', 'table', '--out', '/nowhere/x.jsonl'], /cannot be written/, 1],
  ])('says what is wrong with %j', async (options, message, expected) => {
    const { status, stderr } = await bench(...options);
    expect(stderr).toMatch(message);
    expect(status).toBe(expected);
  });
});
