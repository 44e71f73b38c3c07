import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../table/store/open-database.ts';
import { companies, makeCompanyFolder } from './testing/company-folder.ts';
import { commandFile, runCommand, startCommand } from './testing/run-command.ts';

const evidenceShape = z.looseObject({
  document: z.string(),
  entity: z.string(),
  field: z.string(),
  quote: z.string(),
  start: z.number(),
  end: z.number(),
  location: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]),
  period: z.string().nullable(),
});

const answerShape = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  question: z.string(),
  status: z.enum(['answered', 'refused', 'failed']),
  reason: z.string().optional(),
  type: z.enum(['number', 'percentage', 'string', 'date', 'list', 'rows']).nullable(),
  value: z.unknown(),
  unit: z.string().optional(),
  sql: z.string().nullable(),
  rows: z.array(z.record(z.string(), z.unknown())).max(1000),
  evidence: z.array(evidenceShape).max(200),
  evidenceTotal: z.number(),
  coverage: z.strictObject({
    documents: z.number(),
    read: z.number(),
    withValue: z.number(),
    missing: z.number(),
  }),
  warnings: z.array(z.string()),
  cost: z.strictObject({
    calls: z.number(),
    inputTokens: z.number(),
    outputTokens: z.number(),
    usd: z.number(),
  }),
  seconds: z.number(),
});

const parseAnswer = (line: string): z.infer<typeof answerShape> => answerShape.parse(JSON.parse(line));

let folder = '';
let reports = '';

beforeAll(async () => {
  folder = await makeCompanyFolder();
  reports = join(folder, 'reports');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('help and wrong arguments', () => {
  it('teaches the way through', async () => {
    const { status, stdout } = await runCommand(['--help']);
    expect(status).toBe(0);
    for (const command of ['ask', 'read', 'fields', 'facts', 'sql', 'table'])
      expect(stdout).toContain(command);
    expect(stdout).toContain('Exit status');
  });

  it.each(['ask', 'read', 'fields', 'facts', 'sql', 'table'])('gives examples of %s', async (command) => {
    const { status, stdout } = await runCommand([command, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}corpuscope /);
    expect(stdout).toContain('--json');
  });

  it('prints its version', async () => {
    const { status, stdout } = await runCommand(['--version']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('suggests the command that was meant', async () => {
    const { status, stderr } = await runCommand(['aks', reports, 'Which?']);
    expect(status).toBe(2);
    expect(stderr).toContain('Did you mean ask?');
  });

  it('shows how to ask when the command was left out', async () => {
    const { status, stderr } = await runCommand([reports, 'Which?']);
    expect(status).toBe(2);
    expect(stderr).toContain(`corpuscope ask ${reports}`);
  });

  it.each([
    [['ask'], /Usage: corpuscope ask/],
    [['ask', '.'], /no question/],
    [['ask', '.', ' \t '], /empty/],
    [['ask', '.', 'Which?', 'companies?'], /quotation marks: corpuscope ask \. "Which\? companies\?"/],
    [['ask', '.', 'Which?', '--strategy', 'magic'], /Allowed choices are full, retrieval/],
    [['ask', '.', 'Which?', '--strategy', 'memory'], /needs a model[^]*--model ID/],
    [['ask', '.', 'Which?', '--evidence', 'some'], /whole number or "all"/],
    [['ask', '.', 'Which?', '--evidnce', 'all'], /Did you mean --evidence/],
    [['sql', '.'], /no SQL statement/],
    [['sql', '.', 'SELECT 1', '--timeout', '-3'], /number of seconds/],
    [['table', '.'], /--out/],
  ])('refuses %j with status 2', async (commandArguments, message) => {
    const { status, stderr, stdout } = await runCommand(commandArguments);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('ask', () => {
  it('answers as one JSON object', async () => {
    const { status, stdout } = await runCommand([
      'ask',
      reports,
      'Which 2 companies have the highest revenue?',
      '--json',
    ]);
    const answer = parseAnswer(stdout);
    expect(answer).toMatchObject({ status: 'answered', type: 'list', value: ['Gale Motors', 'Dune Power'] });
    expect(answer.sql).toMatch(/SELECT/);
    expect(answer.evidenceTotal).toBeGreaterThanOrEqual(2);
    const cited = answer.evidence.find(({ document }) => document === 'gale-motors.md');
    expect(cited).toMatchObject({ location: 'line 6', quote: 'Revenue: $150 million', value: 150_000_000 });
    expect(status).toBe(0);
  });

  it('prints the answer first, then SQL, cells with file and line, coverage and cost', async () => {
    const { status, stdout } = await runCommand(['ask', reports, 'What is the average number of employees?']);
    const mean = companies.reduce((sum, company) => sum + company[3], 0) / companies.length;
    expect(stdout.split('\n')[0]).toContain(String(mean));
    expect(stdout).toMatch(/SQL\n {2}SELECT/);
    expect(stdout).toContain('amber-mills.md:7');
    expect(stdout).toContain('… and 3 more; --evidence all');
    expect(stdout).toContain('no cost');
    expect(stdout).not.toContain('\u001b');
    expect(status).toBe(0);
  });

  it('cites as many cells as asked for', async () => {
    const question = 'What is the average number of employees?';
    const all = parseAnswer(
      (await runCommand(['ask', reports, question, '--json', '--evidence', 'all'])).stdout,
    );
    expect(all.evidence).toHaveLength(all.evidenceTotal);
    const one = parseAnswer(
      (await runCommand(['ask', reports, question, '--json', '--evidence', '1'])).stdout,
    );
    expect(one.evidence).toHaveLength(1);
    expect(one.evidenceTotal).toBe(all.evidenceTotal);
  });

  it('refuses what it does not understand, and says what is nearest', async () => {
    const question = 'Why do birds sing so gaily at the revenue?';
    const refused = await runCommand(['ask', reports, question, '--json']);
    expect(parseAnswer(refused.stdout)).toMatchObject({ status: 'refused', value: null, sql: null });
    expect(refused.status).toBe(3);
    const { status, stdout } = await runCommand(['ask', reports, question]);
    expect(stdout).toMatch(/^Not answered/);
    expect(stdout).toContain('corpuscope sql');
    expect(status).toBe(3);
  });

  it('answers a file of questions in order, each with its id', async () => {
    const file = join(folder, 'questions.jsonl');
    const lines = [
      '{"id": "q1", "question": "How many companies have more than 500 employees?"}',
      '',
      '{"id": 2, "question": "Sing a song."}',
      '{"question": "Which company has the lowest revenue?", "note": "no id"}',
    ];
    await writeFile(file, lines.join('\r\n'));
    const { status, stdout } = await runCommand(['ask', reports, '--questions', file]);
    const answers = stdout.trimEnd().split('\n').map(parseAnswer);
    expect(answers.map(({ id, status, value }) => ({ id, status, value }))).toEqual([
      { id: 'q1', status: 'answered', value: 3 },
      { id: 2, status: 'refused', value: null },
      { id: undefined, status: 'answered', value: 'Cedar Lines' },
    ]);
    expect(status).toBe(3);
  });

  it.each([
    ['{"question": "Which?"}\nnot json', /Line 2 of .*: this is not JSON/],
    ['{"question": "  "}', /Line 1 of .*"question": it is empty/],
    ['{"id": 1}', /Line 1 of .*"question"/],
    ['\n \n', /holds no question/],
  ])('names the line that is wrong in %j', async (content, message) => {
    const file = join(folder, `wrong-${content.length}.jsonl`);
    await writeFile(file, content);
    const { status, stdout, stderr } = await runCommand(['ask', reports, '--questions', file]);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  it('reads standard input into a store that is named', async () => {
    const input = '# Ash Tools\n\nRevenue: $3 million\nEmployees: 12\n';
    const without = await runCommand(['ask', '-', 'What is the revenue of Ash Tools?'], { input });
    expect(without.status).toBe(1);
    expect(without.stderr).toContain('--store');
    const store = join(folder, 'stdin-store');
    const { status, stdout } = await runCommand(['read', '-', '--store', store, '--json'], { input });
    expect(JSON.parse(stdout)).toMatchObject({ documents: 1 });
    expect(status).toBe(0);
  });
});

describe('read', () => {
  const reportShape = z.object({
    files: z.strictObject({
      total: z.number(),
      read: z.number(),
      unchanged: z.number(),
      removed: z.number(),
    }),
    documents: z.number(),
    tokens: z.number(),
    readings: z.number(),
    skipped: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
    warnings: z.array(z.string()),
    tables: z.array(z.strictObject({ name: z.string(), rows: z.number(), columns: z.number() })),
    notes: z.array(z.string()),
    seconds: z.number(),
    changed: z.boolean(),
    storeFolder: z.string(),
  });

  it('tells what was read, and reads nothing twice', async () => {
    const { status, stdout, stderr } = await runCommand(['read', reports, '--json']);
    const report = reportShape.parse(JSON.parse(stdout));
    expect(report.files).toEqual({ total: 8, read: 0, unchanged: 8, removed: 0 });
    expect(report.changed).toBe(false);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('shows fields with their coverage', async () => {
    const { stdout } = await runCommand(['read', reports]);
    expect(stdout).toContain('8 documents');
    expect(stdout).toMatch(/Revenue\s+number\s+USD\s+100 %/);
  });

  it('lists what was skipped, with status 3', async () => {
    const store = join(folder, 'skipping-store');
    const corpus = join(folder, 'skipping');
    await mkdir(corpus);
    await writeFile(join(corpus, 'broken.pdf'), '%PDF-1.7\nthis is no PDF');
    await writeFile(join(corpus, 'good.md'), '# Oak Banks\n\nRevenue: $3 million\n');
    const { status, stdout } = await runCommand(['read', corpus, '--store', store]);
    expect(stdout).toMatch(/broken\.pdf\s+\S+/);
    expect(status).toBe(3);
  });

  it('forgets a key that is no field, and a tokenizer that is none', async () => {
    const store = join(folder, 'key-store');
    const wrongKey = await runCommand(['read', reports, '--store', store, '--key', 'Colour']);
    expect(wrongKey.stderr).toMatch(/no field "Colour"/);
    expect(wrongKey.status).toBe(1);
    const wrongTokenizer = await runCommand([
      'read',
      reports,
      '--store',
      store,
      '--tokenizer',
      'nowhere.json',
    ]);
    expect(wrongTokenizer.stderr).toContain('nowhere.json');
    expect(wrongTokenizer.status).toBe(1);
    const { status, stdout } = await runCommand(['read', reports, '--store', store, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ documents: companies.length });
    expect(status).toBe(0);
  });

  it.each(['nowhere', 'nowhere/*.md'])('names the cause when there is nothing at %s', async (path) => {
    const { status, stdout, stderr } = await runCommand(['read', join(folder, path)]);
    expect(stderr).toMatch(/^Error: .*nowhere/);
    expect(stderr).not.toContain('    at ');
    expect(stderr).not.toContain('not foreseen');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  it('says so when a folder is empty', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    const { status, stderr } = await runCommand(['ask', empty, 'Which company has the highest revenue?']);
    expect(stderr).toContain('no files');
    expect(status).toBe(1);
  });
});

describe('manners', () => {
  it('ends quietly when its reader leaves', async () => {
    const sql = 'SELECT * FROM range(100000)';
    const script = `"$0" "$1" sql "$2" "${sql}" --limit 100000 | head -n 2; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await promisify(execFile)('bash', [
      '-c',
      script,
      process.execPath,
      commandFile,
      reports,
    ]);
    expect({ stdout, stderr }).toEqual({ stdout: ' range\n     0\n0\n', stderr: '' });
  });

  it('waits for another process, says so, and stops when interrupted', async () => {
    const store = join(folder, 'held-store');
    await mkdir(store);
    const held = await openDatabase({ file: join(store, 'corpus.duckdb'), mode: 'write' });
    const { child, finished } = startCommand(['read', reports, '--store', store]);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Waiting')) child.kill('SIGINT');
    });
    const { status, stderr } = await finished;
    held.close();
    expect(stderr).toContain(`Waiting for process ${process.pid}`);
    expect(stderr).toContain('what is done so far is kept');
    expect(status).toBe(130);
  });
});

describe('fields, facts, sql and table', () => {
  it('lists tables, fields, views and where to edit them', async () => {
    const { stdout, status } = await runCommand(['fields', reports, '--json']);
    const listing = z
      .strictObject({
        tables: z.array(
          z.looseObject({
            name: z.string(),
            rows: z.number(),
            key: z.string(),
            columns: z.array(z.looseObject({ name: z.string(), coverage: z.number() })),
          }),
        ),
        views: z.array(z.strictObject({ name: z.string(), columns: z.array(z.string()).min(1) })),
        fieldsFile: z.string(),
      })
      .parse(JSON.parse(stdout));
    expect(listing.tables[0]?.rows).toBe(companies.length);
    expect(listing.views.map(({ name }) => name)).toEqual(['cells', 'documents', 'facts']);
    expect(status).toBe(0);
  });

  it('shows the facts of a document, a field and an entity', async () => {
    for (const filter of [
      ['--document', 'birch-foods.md'],
      ['--entity', 'Birch Foods'],
      ['--field', 'revenue'],
    ]) {
      const { status, stdout } = await runCommand(['facts', reports, ...filter]);
      expect(stdout).toContain('birch-foods.md:6');
      expect(status).toBe(0);
    }
  });

  it.each([
    ['--document', 'nope.md', /no document nope\.md/],
    ['--field', 'nope', /no field nope/],
    ['--entity', 'Nope', /no row Nope/],
  ])('refuses facts of what is not there: %s %s', async (option, name, message) => {
    const { status, stderr } = await runCommand(['facts', reports, option, name]);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  it('runs SQL as a table and as JSON', async () => {
    const table = await listTable();
    const sql = `SELECT count(*) AS n, 'x' AS letter FROM ${table}`;
    const { stdout } = await runCommand(['sql', reports, sql, '--json']);
    expect(JSON.parse(stdout)).toEqual({
      columns: ['n', 'letter'],
      rows: [{ n: 8, letter: 'x' }],
      truncated: false,
    });
    expect((await runCommand(['sql', reports, sql])).stdout).toBe('n  letter\n8  x\n1 row\n');
  });

  it('limits the rows, and says so', async () => {
    const { stdout } = await runCommand(['sql', reports, 'SELECT * FROM range(10)', '--limit', '3']);
    expect(stdout).toContain('3 rows; there are more');
  });

  it.each([
    ["COPY documents TO 'x.csv'", /refused/],
    ['DROP TABLE documents', /not allowed|refused/],
    ["SELECT * FROM read_csv('/etc/passwd')", /refused/],
    ['SELECT nothing FROM nowhere', /nowhere/],
  ])('refuses %s', async (sql, message) => {
    const { status, stdout, stderr } = await runCommand(['sql', reports, sql]);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  it('exports the table', async () => {
    const file = join(folder, 'out.csv');
    const { status } = await runCommand(['table', reports, '--out', file]);
    expect(status).toBe(0);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(companies.length + 1);
    const wrong = await runCommand(['table', reports, '--out', join(folder, 'out.pdf')]);
    expect(wrong.stderr).toMatch(/\.csv, \.parquet or \.xlsx/);
    expect(wrong.status).toBe(2);
    const unknown = await runCommand(['table', reports, '--table', 'nope', '--out', file]);
    expect(unknown.stderr).toMatch(/no table nope\.\nThe tables are: /);
    expect(unknown.status).toBe(2);
  });

  async function listTable(): Promise<string> {
    const { stdout } = await runCommand(['fields', reports, '--json']);
    const { tables } = z
      .object({ tables: z.array(z.object({ name: z.string() })) })
      .parse(JSON.parse(stdout));
    return tables[0]?.name ?? '';
  }
});
