import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddingServer } from '../../models/embeddings/testing/embedding-server.ts';
import { makeCompanyFolder } from '../testing/company-folder.ts';
import { runCommand, type Finished } from '../testing/run-command.ts';

const question = 'Which two companies have the highest revenue?';
const notUnderstood = 'Which company has the nicest founder?';

let folder = '';
let reports = '';

beforeAll(async () => {
  folder = await makeCompanyFolder();
  reports = join(folder, 'reports');
  await runCommand(['read', reports]);
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = (...rest: string[]): Promise<Finished> => runCommand(['ask', reports, ...rest]);
const onEmbedded = (...rest: string[]): Promise<Finished> => ask(...rest, '--model', 'embedded');
const parse = (text: string): unknown => JSON.parse(text);

describe('ask with a model', () => {
  it('answers by the strategy that is named, and shows each step on standard error', async () => {
    const memory = ['--strategy', 'memory', '--window', '2000', '--trace'];
    const { status, stdout, stderr } = await onEmbedded(question, ...memory);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Gale Motors\nDune Power\n/);
    expect(stdout).toMatch(/the model saw 8 of 8 documents/);
    expect(stdout).toMatch(/model calls?, [\d,]+ tokens in/);
    expect(stderr).toMatch(
      /● memory-update {2}chunk 1 · .*\n {2}memory\n {4}Amber Mills \| Revenue \| \$12 million/,
    );
    expect(stderr).toMatch(/● answer/);
    expect(stdout).not.toContain('●');
  });

  it('gives the steps with the answer in JSON, and calls nothing twice', async () => {
    const { status, stdout } = await onEmbedded(question, '--strategy', 'full', '--trace', '--json');
    expect(status).toBe(0);
    expect(parse(stdout)).toMatchObject({
      status: 'answered',
      value: ['Gale Motors', 'Dune Power'],
      cost: { calls: 1 },
      coverage: { read: 8, withValue: null },
      trace: [{ step: 'full-prompt' }, { step: 'answer', detail: { fromLedger: false } }],
    });
    const again = await onEmbedded(question, '--strategy', 'full', '--replay', '--json');
    expect(parse(again.stdout)).toMatchObject({ status: 'answered', cost: { calls: 0, inputTokens: 0 } });
  });

  it('plans without spending', async () => {
    const { status, stdout } = await onEmbedded(question, '--strategy', 'memory', '--plan');
    expect(status).toBe(0);
    expect(stdout).toMatch(/memory +2 /);
    expect(stdout).toMatch(/embedded +at most +2|embedded +expected +2/);
    expect(stdout).toMatch(/counted with o200k\.\nNothing was sent/);
    const json = await onEmbedded(notUnderstood, '--plan', '--json');
    expect(parse(json.stdout)).toMatchObject({
      strategy: 'full',
      because: expect.stringContaining('fits the window'),
      plan: { model: 'embedded', expected: { calls: 1, usd: 0 }, upperBound: { calls: 1 } },
    });
    const free = await ask(question, '--plan');
    expect(free.stdout).toContain('No model is asked; nothing is spent.');
  });

  it('chooses a strategy where none is named, and says why', async () => {
    const understood = await onEmbedded(question);
    expect(understood.stdout).toMatch(/^name +revenue\nGale Motors/);
    expect(understood.stdout).toMatch(/strategy table was chosen/);
    const refused = await onEmbedded(notUnderstood);
    expect(refused.status).toBe(3);
    expect(refused.stdout).toMatch(/Not answered .*"nicest"/);
    expect(refused.stdout).toMatch(/strategy full was chosen: the corpus of [\d,]+ tokens fits/);
  });

  it('answers a file of questions by any strategy', async () => {
    const file = join(folder, 'questions.jsonl');
    const lines = [question, notUnderstood].map((text, index) =>
      JSON.stringify({ id: `q${index}`, question: text }),
    );
    await writeFile(file, lines.join('\n'));
    const { status, stdout } = await onEmbedded('--questions', file, '--strategy', 'retrieval');
    expect(status).toBe(3);
    expect(stdout.trim().split('\n').map(parse)).toMatchObject([
      { id: 'q0', status: 'answered', value: ['Gale Motors', 'Dune Power'] },
      { id: 'q1', status: 'refused' },
    ]);
  });

  it('stops before it would exceed what it may spend, keeping the answers it has', async () => {
    const file = join(folder, 'two.jsonl');
    const lines = [question, 'Who founded Elm Textiles?'].map((text) => JSON.stringify({ question: text }));
    await writeFile(file, lines.join('\n'));
    const limits = ['--strategy', 'full', '--max-tokens', '100'];
    const { status, stdout, stderr } = await onEmbedded('--questions', file, ...limits);
    expect(status).toBe(1);
    expect(stdout.trim().split('\n').map(parse)).toMatchObject([{ status: 'answered', cost: { calls: 0 } }]);
    expect(stderr).toMatch(/The next call could take [\d,]+ tokens/);
    expect(stderr).toMatch(/higher --max-tokens goes on from here/);
  });

  it('refuses what does not fit with the numbers, or cuts the middle out when told to', async () => {
    const small = ['--strategy', 'full', '--window', '600'];
    const refused = await onEmbedded(question, ...small);
    expect(refused.status).toBe(3);
    expect(refused.stdout).toMatch(
      /8 documents make a prompt of about \d+ tokens, .* window of embedded has 600/,
    );
    const cut = await onEmbedded(question, ...small, '--truncate', 'middle');
    expect(cut.stdout).toMatch(/Warning The middle of the prompt was cut out/);
  });
});

describe('ask with embeddings', () => {
  it('plans them, keeps them, and replays without a call', async () => {
    const server = await startEmbeddingServer();
    try {
      const own = join(folder, 'embedding');
      await mkdir(own);
      await writeFile(join(own, '.env'), `COMPATIBLE_BASE_URL=${server.baseUrl}\n`);
      const retrieval = ['--strategy', 'retrieval', '--model', 'embedded', '--embeddings', 'compatible:test'];
      const askThere = (...rest: string[]): Promise<Finished> =>
        runCommand(['ask', reports, question, ...retrieval, ...rest], { folder: own });
      const plan = await askThere('--plan');
      expect(plan.stdout).toMatch(/Besides 2 calls of compatible:test with \d+ tokens/);
      const early = await askThere('--replay');
      expect(early.status).toBe(1);
      expect(early.stderr).toMatch(/keeps no vectors of compatible:test .*\n.*without --replay once/);
      expect(server.requests).toHaveLength(0);
      expect((await askThere()).status).toBe(0);
      const requests = server.requests.length;
      expect(requests).toBe(2);
      expect((await askThere('--replay')).status).toBe(0);
      expect(server.requests).toHaveLength(requests);
    } finally {
      await server.close();
    }
  });
});

describe('wrong arguments of ask', () => {
  it.each([
    [['--strategy', 'memory'], /The strategy memory needs a model\.\n.*--model embedded/],
    [['--window', '32000'], /none is named/],
    [['--model', 'embedded:oldest'], /There is no model embedded:oldest/],
    [
      ['--strategy', 'magic', '--model', 'embedded'],
      /Allowed choices are full, retrieval, memory, table, auto/,
    ],
  ])('%j are reported with their remedy', async (options, message) => {
    const { status, stdout, stderr } = await ask(question, ...options);
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });
});
