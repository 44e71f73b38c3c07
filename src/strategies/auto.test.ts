import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStrategy, type Answer, type TraceStep } from './index.ts';
import { companyFiles, corpusOf, type TestCorpus } from './testing/company-corpus.ts';
import { scriptedClient } from './testing/models.ts';

const understood = 'Which three companies have the highest revenue?';
const notUnderstood = 'Which companies have the most charismatic founders?';
const lookUp = 'Who founded Company 007?';

let companies: TestCorpus;

beforeAll(async () => {
  companies = await corpusOf(companyFiles(40));
}, 60_000);

afterAll(() => companies.close());

async function ask(
  question: string,
  { windowTokens, affords }: { windowTokens: number; affords?: () => boolean },
): Promise<{ answer: Answer; chosen: unknown; calls: number }> {
  let calls = 0;
  const model = await scriptedClient(
    () => {
      calls += 1;
      return '<memory>Acme</memory>\nThe answer is: "Acme"';
    },
    { windowTokens, maximumOutputTokens: 600 },
  );
  const trace: TraceStep[] = [];
  const strategy = createStrategy({ name: 'auto', model, settings: { auto: { affords } } });
  const input = { corpus: companies.corpus, question, onTrace: (step: TraceStep) => trace.push(step) };
  const answer = await strategy.answer(input);
  return { answer, chosen: trace.find(({ step }) => step === 'strategy')?.detail['chosen'], calls };
}

describe('the auto strategy', () => {
  it('asks the table where the question is understood, whatever the window', async () => {
    const { answer, chosen, calls } = await ask(understood, { windowTokens: 100_000 });
    expect(chosen).toBe('table');
    expect(calls).toBe(0);
    expect(answer.value).toEqual(['Company 040', 'Company 039', 'Company 038']);
    expect(answer.warnings[0]).toMatch(/strategy table was chosen: the question is understood/);
  });

  it('has the model write SQL where the table has all that the question names', async () => {
    const table = companies.corpus.catalog.tables[0]?.name ?? '';
    const sql = `SELECT sector FROM "${table}" GROUP BY sector ORDER BY sum(revenue) / sum(employees) DESC LIMIT 1`;
    const model = await scriptedClient(() => JSON.stringify({ sql, missing: null }));
    const strategy = createStrategy({ name: 'auto', model });
    const question =
      'Which sector has companies of which the revenue is highest where the employees are lowest?';
    const answer = await strategy.answer({ corpus: companies.corpus, question });
    expect(answer).toMatchObject({ status: 'answered', sql, value: expect.stringMatching(/Energy|Retail/) });
    expect(answer.warnings[0]).toMatch(/strategy table was chosen: .* the model put it into SQL/);
    const plan = await strategy.plan({ corpus: companies.corpus, question });
    expect(plan.expected.calls).toBe(2);
  });

  it('gives the model the whole corpus where that fits', async () => {
    const { answer, chosen, calls } = await ask(notUnderstood, { windowTokens: 100_000 });
    expect([chosen, calls]).toEqual(['full', 1]);
    expect(answer).toMatchObject({ status: 'answered', value: 'Acme', coverage: { read: 40 } });
    expect(answer.warnings[0]).toMatch(/fits the window of 100,000/);
  });

  it('reads with a memory what does not fit and is about many documents', async () => {
    const { answer, chosen, calls } = await ask(notUnderstood, { windowTokens: 3000 });
    expect(chosen).toBe('memory');
    expect(calls).toBeGreaterThan(2);
    expect(answer.warnings[0]).toMatch(/does not fit .* about many documents/);
  });

  it('looks passages up for one thing, or where the budget allows no more', async () => {
    expect((await ask(lookUp, { windowTokens: 3000 })).chosen).toBe('retrieval');
    const poor = await ask(notUnderstood, { windowTokens: 3000, affords: () => false });
    expect([poor.chosen, poor.calls]).toEqual(['retrieval', 1]);
    expect(poor.answer.warnings[0]).toMatch(/budget does not pay/);
  });
});
