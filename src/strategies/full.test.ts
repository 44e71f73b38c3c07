import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTokenizer } from '../corpus/index.ts';
import { readCorpusQaPrompt } from '../models/prompts/index.ts';
import { createStrategy, type TraceStep } from './index.ts';
import { companyFiles, corpusOf, type TestCorpus } from './testing/company-corpus.ts';
import { embeddedClient, scriptedClient } from './testing/models.ts';

const tokenizer = await loadTokenizer('o200k');
const question = 'Which three companies have the highest revenue?';

let companies: TestCorpus;

beforeAll(async () => {
  companies = await corpusOf(companyFiles(40));
}, 60_000);

afterAll(() => companies.close());

describe('the full strategy', () => {
  it('puts the corpus into one prompt and reads the answer', async () => {
    const strategy = createStrategy({ name: 'full', model: await embeddedClient() });
    const trace: TraceStep[] = [];
    const input = { corpus: companies.corpus, question, onTrace: (step: TraceStep) => trace.push(step) };
    const plan = await strategy.plan(input);
    const answer = await strategy.answer(input);
    expect(answer).toMatchObject({
      status: 'answered',
      value: ['Company 040', 'Company 039', 'Company 038'],
      coverage: { documents: 40, read: 40, withValue: null },
      warnings: [],
      cost: { calls: 1 },
    });
    expect(answer.response).toMatch(/The answer is: \["Company 040"/);
    expect(answer.cost.inputTokens).toBe(plan.expected.inputTokens);
    expect(trace.map(({ step }) => step)).toEqual(['full-prompt', 'answer']);
  });

  it('refuses a corpus beyond the window, with the numbers, and spends nothing', async () => {
    const strategy = createStrategy({
      name: 'full',
      model: await embeddedClient({ windowTokens: 2000, maximumOutputTokens: 500 }),
    });
    const input = { corpus: companies.corpus, question };
    const answer = await strategy.answer(input);
    expect(answer).toMatchObject({ status: 'refused', cost: { calls: 0 }, coverage: { read: 0 } });
    expect(answer.reason).toMatch(
      /40 documents .* window of embedded has 2,000, of which 500 are for the answer/,
    );
    expect((await strategy.plan(input)).upperBound.calls).toBe(0);
  });

  it('cuts the middle when told to, to the token, and says so', async () => {
    let prompt = '';
    const model = await scriptedClient(
      (text) => {
        prompt = text;
        return 'The answer is: 5';
      },
      { windowTokens: 2000, maximumOutputTokens: 500 },
    );
    const strategy = createStrategy({ name: 'full', model, settings: { full: { truncate: 'middle' } } });
    const answer = await strategy.answer({ corpus: companies.corpus, question });
    expect(answer.status).toBe('answered');
    expect(answer.warnings.join('\n')).toMatch(
      /middle of the prompt was cut out: the model saw 1,[45]\d\d of about/,
    );
    expect(tokenizer.count(prompt)).toBeGreaterThan(1495);
    expect(tokenizer.count(prompt)).toBeLessThanOrEqual(1500);
    const parsed = readCorpusQaPrompt(prompt);
    expect(parsed?.question).toBe(question);
    expect(parsed?.documents[0]?.title).toBe('Company 001');
    expect(parsed?.documents.at(-1)?.title).toBe('Company 040');
    expect(answer.coverage.read).toBeGreaterThanOrEqual(parsed?.documents.length ?? 0);
    expect(answer.coverage.read).toBeLessThan(40);
  });

  it('gives the demands of the one who asks in place of its own', async () => {
    let prompt = '';
    const model = await scriptedClient(
      (text) => {
        prompt = text;
        return 'Company 040.';
      },
      { windowTokens: 50_000, maximumOutputTokens: 500 },
    );
    const answer = await createStrategy({ name: 'full', model }).answer({
      corpus: companies.corpus,
      question,
      instructions: 'Answer in one sentence.',
    });
    expect(answer).toMatchObject({ status: 'answered', value: 'Company 040.' });
    expect(prompt).toMatch(/# Output requirements:\nAnswer in one sentence\.$/);
  });

  it('takes a reply without an answer for none', async () => {
    const model = await scriptedClient(() => 'It is hard to say.', {
      windowTokens: 50_000,
      maximumOutputTokens: 500,
    });
    const answer = await createStrategy({ name: 'full', model }).answer({
      corpus: companies.corpus,
      question,
    });
    expect(answer).toMatchObject({ status: 'refused', value: null, response: 'It is hard to say.' });
  });
});
