import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Budget, createModelClient, type StoppableModelClient } from '../../models/index.ts';
import { quoteOf, readExtractionPrompt, readQuestionToSqlPrompt } from '../../models/prompts/index.ts';
import {
  startMisbehavingServer,
  type MisbehavingServer,
  type MisbehavingServerOptions,
} from '../../models/testing/misbehaving-server.ts';
import { quickRetries, quickTimeLimits, serverModel } from '../../models/testing/server-model.ts';
import { openCorpus } from '../../table/index.ts';
import { createStrategy, type Answer, type TraceStep } from '../index.ts';
import { companyFiles, corpusOf, type TestCorpus } from '../testing/company-corpus.ts';
import { embeddedClient } from '../testing/models.ts';

const auditors = ['Grant', 'Mazars', 'Baker'] as const;

/** Companies of which prose, and no label, says who audits them. */
function auditedFiles(count: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(companyFiles(count)).map(([name, text], index) => [
      name,
      `${text}\nThe books were looked into by the people of ${auditors[index % 3]}.\n`,
    ]),
  );
}

let server: MisbehavingServer | undefined;
const corpora: TestCorpus[] = [];

afterEach(async () => {
  await server?.close();
  server = undefined;
});

afterAll(() => Promise.all(corpora.map((corpus) => corpus.close())));

interface Asked {
  readonly client: StoppableModelClient;
  /** Prompts for SQL, and titles of documents that were read. */
  readonly prompts: readonly string[];
  readonly read: readonly string[];
}

/** What the model reads of a field in a text; null where it is not stated. */
type ReadField = (name: string, text: string) => { value: string | null; quote: string | null } | null;

const readAuditor: ReadField = (name, text) => {
  const stated = /looked into by the people of (\w+)/.exec(text);
  return name === 'auditor' && stated !== null ? { value: stated[1] ?? null, quote: stated[0] } : null;
};

/** A server whose model writes SQL as told and reads auditors. */
async function start(
  sql: (prompt: string, time: number) => { sql: string | null; missing: string | null },
  options: Partial<MisbehavingServerOptions> & { budget?: Budget } = {},
  readField: ReadField = readAuditor,
): Promise<Asked> {
  const prompts: string[] = [];
  const read: string[] = [];
  server = await startMisbehavingServer({
    answer: ({ messages }) => {
      const prompt = String(messages?.[0]?.content);
      if (readQuestionToSqlPrompt(prompt) !== null) {
        prompts.push(prompt);
        return JSON.stringify(sql(prompt, prompts.length));
      }
      const extraction = readExtractionPrompt(prompt);
      if (extraction === null) return 'What?';
      read.push(extraction.passage.title);
      const entries = extraction.fields.flatMap(({ name }) => {
        const stated = readField(name, extraction.passage.text);
        return [
          [name, stated?.value ?? null],
          [quoteOf(name), stated?.quote ?? null],
        ];
      });
      return JSON.stringify(Object.fromEntries(entries));
    },
    ...options,
  });
  const client = createModelClient({
    model: await serverModel(server),
    retryPolicy: quickRetries,
    timeLimits: quickTimeLimits,
    ...(options.budget !== undefined && { budget: options.budget }),
  });
  return { client, prompts, read };
}

async function corpusFor(files: Record<string, string>): Promise<TestCorpus> {
  const corpus = await corpusOf(files);
  corpora.push(corpus);
  return corpus;
}

const hardQuestion = 'Per person on the payroll, what do firms of the Energy kind take in on average?';
const perHead = `SELECT avg(revenue / employees) AS average FROM "company" WHERE sector = 'Energy'`;

describe('the table strategy with a model, where the grammar does not understand', () => {
  let corpus: TestCorpus;
  beforeAll(async () => {
    corpus = await corpusFor(auditedFiles(12));
  }, 60_000);

  const ask = async (
    { client }: Asked,
    question: string,
  ): Promise<{ answer: Answer; trace: TraceStep[] }> => {
    const trace: TraceStep[] = [];
    const strategy = createStrategy({ name: 'table', model: client });
    const input = { corpus: corpus.corpus, question, onTrace: (step: TraceStep) => trace.push(step) };
    return { answer: await strategy.answer(input), trace };
  };
  const tableName = (): string => corpus.corpus.catalog.tables[0]?.name ?? '';
  const named = (sql: string): string => sql.replace('"company"', `"${tableName()}"`);

  it('asks no model what the grammar understands', async () => {
    const asked = await start(() => ({ sql: null, missing: null }));
    const { answer } = await ask(asked, 'Which two companies have the highest revenue?');
    expect(answer).toMatchObject({
      status: 'answered',
      value: ['Company 012', 'Company 011'],
      cost: { calls: 0 },
    });
    expect(server?.requests).toHaveLength(0);
  });

  it('answers by SQL on which two candidates agree, with the cells that it reads', async () => {
    const asked = await start(() => ({ sql: `${named(perHead)};`, missing: null }));
    const { answer, trace } = await ask(asked, hardQuestion);
    expect(answer).toMatchObject({
      status: 'answered',
      type: 'number',
      value: 100_000,
      sql: named(perHead),
      coverage: { withValue: 12, missing: 0 },
      cost: { calls: 2 },
    });
    expect(answer.warnings[0]).toMatch(/2 of 2 candidates have the same result/);
    expect(answer.evidence[0]).toMatchObject({
      document: 'company-001.md',
      quote: expect.stringContaining(':'),
    });
    expect(trace.map(({ step }) => step)).toEqual(['sql-candidate', 'sql-candidate']);
    expect(asked.prompts[0]).toContain('"values":["Energy","Retail"]');
  });

  it('tells the model what was wrong with its SQL, and runs nothing that would write', async () => {
    const asked = await start((prompt) => ({
      sql: prompt.includes('This was tried') ? named(perHead) : named('DROP TABLE "company"'),
      missing: null,
    }));
    expect((await ask(asked, hardQuestion)).answer).toMatchObject({ status: 'answered', value: 100_000 });
    expect(asked.prompts.at(-1)).toMatch(/This was tried:\nDROP TABLE .*\nand failed: .*not allowed/);
  });

  it('takes what two of three say, and refuses where all differ', async () => {
    const some = await start((_, time) => ({
      sql: time === 1 ? `SELECT 7 AS n FROM "${tableName()}" LIMIT 1` : named(perHead),
      missing: null,
    }));
    expect((await ask(some, hardQuestion)).answer).toMatchObject({ value: 100_000, cost: { calls: 3 } });
    await server?.close();
    const none = await start((_, time) => ({ sql: `SELECT ${time} AS n`, missing: null }));
    const { answer } = await ask(none, hardQuestion);
    expect(answer).toMatchObject({ status: 'refused', value: null, cost: { calls: 3 } });
    expect(answer.reason).toMatch(/3 statements that compatible:test wrote do not agree/);
  });

  it('says why where the model gives up, writes nonsense, or is not there', async () => {
    const nothing = await start(() => ({ sql: null, missing: null }));
    expect((await ask(nothing, hardQuestion)).answer.reason).toMatch(/finds that the tables cannot answer/);
    await server?.close();
    const wrong = await start(() => ({ sql: 'SELECT colour FROM nowhere', missing: null }));
    expect((await ask(wrong, hardQuestion)).answer.reason).toMatch(
      /No SQL of compatible:test runs: .*nowhere/,
    );
    await server?.close();
    const talking = await start(() => ({ sql: null, missing: null }), { answer: () => 'Gladly!' });
    const { answer } = await ask(talking, hardQuestion);
    expect(answer).toMatchObject({ status: 'refused', misunderstanding: expect.anything() });
    expect(answer.reason).toMatch(/compatible:test was asked for SQL, and wrote none/);
    await server?.close();
    const refusing = await start(() => ({ sql: null, missing: null }), { abilities: { chat: false } });
    expect((await ask(refusing, hardQuestion)).answer.status).toBe('failed');
  });

  it('comes through faults of every kind', async () => {
    const asked = await start(() => ({ sql: named(perHead), missing: null }), { rates: 0.04, seed: 3 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        ask(asked, `${hardQuestion} This is question ${index}, dear colleague.`),
      ),
    );
    expect(answers.map(({ answer }) => answer.value)).toEqual(answers.map(() => 100_000));
  });
});

describe('the table strategy with a model, where the tables lack a field', { timeout: 60_000 }, () => {
  const question = 'How many companies does the auditor Grant look after?';
  const another = 'Name the outfit whose auditor is Baker with the biggest revenue';

  it('has it read from all documents once, and asks the tables then', async () => {
    const { corpus } = await corpusFor(auditedFiles(12));
    const table = corpus.catalog.tables[0]?.name ?? '';
    const asked = await start((prompt) => {
      if (!prompt.includes('"auditor"')) return { sql: null, missing: 'auditor: category' };
      const isFirst = prompt.includes('look after');
      return {
        sql: isFirst
          ? `SELECT count(*) FROM "${table}" WHERE auditor = 'Grant'`
          : `SELECT name FROM "${table}" WHERE auditor = 'Baker' ORDER BY revenue DESC, name LIMIT 1`,
        missing: null,
      };
    });
    const strategy = createStrategy({ name: 'table', model: asked.client });
    const first = await strategy.answer({ corpus, question });
    expect(first).toMatchObject({ status: 'answered', value: 4 });
    expect(first.warnings.join('\n')).toMatch(
      /"Auditor" was read by compatible:test .* 12 documents state it/,
    );
    expect(first.evidence.map(({ quote }) => quote)).toContain('looked into by the people of Grant');
    expect(asked.read).toHaveLength(12);
    const second = await strategy.answer({ corpus, question: another });
    expect(second).toMatchObject({ status: 'answered', value: expect.anything() });
    expect([second.value].flat()).toEqual(['Company 012']);
    expect(asked.read).toHaveLength(12);
    // What was read is there for the grammar, for others and for later.
    const { location } = corpus;
    const later = await openCorpus({ location });
    const free = await createStrategy({ name: 'table' }).answer({
      corpus: later,
      question: 'How many companies have the auditor Mazars?',
    });
    later.close();
    expect(free).toMatchObject({ status: 'answered', value: 4, cost: { calls: 0 } });
  });

  it('reads a sample first, and no more where none of it states the field', async () => {
    const { corpus } = await corpusFor(companyFiles(60));
    const asked = await start(() => ({ sql: null, missing: 'auditor: category; mascot: text' }));
    const answer = await createStrategy({ name: 'table', model: asked.client }).answer({ corpus, question });
    expect(answer.status).toBe('refused');
    expect(answer.reason).toMatch(/do not hold "Auditor", "Mascot", and none of 24 documents/);
    expect(asked.read).toHaveLength(24);
  });

  it('does not read what the budget does not pay for, and keeps what was read before it ended', async () => {
    const { corpus } = await corpusFor(auditedFiles(12));
    const asked = await start(() => ({ sql: null, missing: 'auditor' }));
    const settings = { table: { affords: () => false } };
    const poor = await createStrategy({ name: 'table', model: asked.client, settings }).answer({
      corpus,
      question,
    });
    expect(poor).toMatchObject({ status: 'refused' });
    expect(poor.reason).toMatch(
      /do not hold "Auditor"\. .* about 12 calls and [\d,]+ tokens, which the budget/,
    );
    expect(asked.read).toHaveLength(0);
    await server?.close();
    const ending = await start(() => ({ sql: null, missing: 'auditor' }), {
      budget: new Budget({ maximumTokens: 4_500 }),
    });
    const strategy = createStrategy({ name: 'table', model: ending.client });
    await expect(strategy.answer({ corpus, question })).rejects.toMatchObject({ kind: 'over-budget' });
    expect(ending.read.length).toBeGreaterThan(0);
    const { rows } = await corpus.sql(
      "SELECT count(*) FROM facts WHERE field = 'Auditor' AND reader <> 'patterns'",
    );
    expect(Number(rows[0]?.[0])).toBe(ending.read.length);
  });

  it('answers several questions at once while tables are built anew', async () => {
    const { corpus } = await corpusFor(auditedFiles(12));
    const table = corpus.catalog.tables[0]?.name ?? '';
    const asked = await start((prompt) =>
      prompt.includes('"auditor"')
        ? { sql: `SELECT count(*) FROM "${table}" WHERE auditor = 'Grant'`, missing: null }
        : { sql: null, missing: 'auditor' },
    );
    const strategy = createStrategy({ name: 'table', model: asked.client });
    const understood = 'Which two companies have the highest revenue?';
    const answers = await Promise.all(
      [question, understood, question, understood].map((each) => strategy.answer({ corpus, question: each })),
    );
    expect(answers.map(({ value }) => value)).toEqual([
      4,
      ['Company 012', 'Company 011'],
      4,
      ['Company 012', 'Company 011'],
    ]);
    expect(asked.read).toHaveLength(12);
  });

  it('has a field read that documents state in words which were not understood', async () => {
    const towns = ['Alba', 'Brenn', 'Corvo', 'Dorn', 'Elster', 'Furt', 'Gera', 'Hain'];
    const form = (town: string, population: string): string =>
      `# ${town}\n\nMayor: Mayor of ${town}\nArea: 7 sq km\n${population}\n`;
    const { corpus } = await corpusFor({
      ...Object.fromEntries(
        towns.map((town, index) => [`${town}.md`, form(town, `Population: ${2 + index},300`)]),
      ),
      'Ilm.md': form('Ilm', '\nAlmost 9 thousand, so large has the population grown here.'),
      'Jena.md': form('Jena', '\nAlmost 9 thousand, so large has the population grown here.'),
    });
    const question = 'How many towns have a population of more than 5,000?';
    const without = await createStrategy({ name: 'table' }).answer({ corpus, question });
    expect(without).toMatchObject({ status: 'refused', coverage: { missing: 2 } });
    const asked = await start(
      () => ({ sql: null, missing: null }),
      {},
      (name, text) => {
        const quote = /Almost 9 thousand|Population: [\d,]+/.exec(text)?.[0] ?? null;
        return name === 'population' ? { value: quote?.replace('Population: ', '') ?? null, quote } : null;
      },
    );
    const answer = await createStrategy({ name: 'table', model: asked.client }).answer({ corpus, question });
    expect(answer).toMatchObject({ status: 'answered', value: 7, coverage: { withValue: 10, missing: 0 } });
    // The documents that have no value, and what the pattern reader is sure of in six others as tasks to try out.
    expect(server?.requests.length).toBeLessThanOrEqual(8);
    expect(asked.read).toEqual(expect.arrayContaining(['Ilm', 'Jena']));
    expect(asked.prompts).toHaveLength(0);
  });

  it('plans the SQL, and at most the reading of all documents', async () => {
    const { corpus } = await corpusFor(companyFiles(10));
    const asked = await start(() => ({ sql: null, missing: null }));
    const strategy = createStrategy({ name: 'table', model: asked.client });
    const plan = await strategy.plan({ corpus, question });
    expect(plan.expected.calls).toBe(2);
    expect(plan.upperBound.calls).toBeGreaterThan(10);
    const free = await strategy.plan({ corpus, question: 'What is the average revenue?' });
    expect(free.upperBound.calls).toBe(0);
    expect(server?.requests).toHaveLength(0);
  });
});

describe('the table strategy on the embedded model', { timeout: 60_000 }, () => {
  it('goes all the way, and refuses what neither grammar nor documents know', async () => {
    const { corpus } = await corpusFor(companyFiles(8));
    const strategy = createStrategy({ name: 'table', model: await embeddedClient() });
    const trace: TraceStep[] = [];
    const answer = await strategy.answer({
      corpus,
      question: 'How many companies have a mascot?',
      onTrace: (step) => trace.push(step),
    });
    expect(answer).toMatchObject({ status: 'refused', cost: { calls: 10 } });
    expect(answer.reason).toMatch(/do not hold "Mascot", and embedded found it in no document/);
    expect(trace.map(({ step }) => step)).toEqual(['sql-candidate', 'sql-candidate', 'fields-read']);
  });
});
