import { array, assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTokenizer } from '../corpus/index.ts';
import { Ledger, ModelError } from '../models/index.ts';
import {
  escapeMarkers,
  readMemoryAnswerPrompt,
  readMemoryUpdatePrompt,
  readQuestionSplitPrompt,
  writeSplitQuestion,
  writeUpdatedMemory,
} from '../models/prompts/index.ts';
import { createStrategy, type StrategyProgress, type TraceStep } from './index.ts';
import { companyFiles, corpusOf, type TestCorpus } from './testing/company-corpus.ts';
import { embeddedClient, scriptedClient } from './testing/models.ts';

const tokenizer = await loadTokenizer('o200k');
const question = 'Which three companies have the highest revenue?';
const companies = 60;

let companyCorpus: TestCorpus;
let tokens: number;

beforeAll(async () => {
  companyCorpus = await corpusOf(companyFiles(companies));
  ({ tokens } = await companyCorpus.corpus.summary());
}, 60_000);

afterAll(() => companyCorpus.close());

describe('the memory strategy on the embedded model', () => {
  it('answers from memory as the table does, in ⌈tokens/chunk⌉ + 1 calls, and shows every step', async () => {
    const model = await embeddedClient({ windowTokens: 16_000, maximumOutputTokens: 4000 });
    const settings = { memory: { chunkTokens: 700, memoryTokens: 1500 } };
    const strategy = createStrategy({ name: 'memory', model, settings });
    const { corpus } = companyCorpus;
    const trace: TraceStep[] = [];
    const progress: StrategyProgress[] = [];
    const input = { corpus, question, onTrace: (step: TraceStep) => trace.push(step) };
    const plan = await strategy.plan(input);
    const answer = await strategy.answer({ ...input, onProgress: (step) => progress.push(step) });
    expect(answer).toMatchObject({
      status: 'answered',
      type: 'list',
      value: ['Company 060', 'Company 059', 'Company 058'],
      coverage: { documents: companies, read: companies, withValue: null, missing: null },
    });
    const updates = Math.ceil(tokens / 700);
    expect(updates).toBeGreaterThan(5);
    expect(answer.cost.calls).toBeLessThanOrEqual(updates + 1);
    expect(plan.expected.calls).toBe(updates + 1);
    expect(answer.cost.inputTokens).toBeLessThanOrEqual(plan.upperBound.inputTokens);
    expect(answer.cost.outputTokens).toBeLessThanOrEqual(plan.upperBound.outputTokens);
    expect(trace.filter(({ step }) => step === 'memory-update')).toHaveLength(updates);
    expect(trace.at(-1)).toMatchObject({ step: 'answer' });
    expect(progress.at(-1)).toEqual({ activity: 'reading chunk', done: updates, total: updates });
    const table = await createStrategy({ name: 'table' }).answer({ corpus, question });
    expect(answer.value).toEqual(table.value);
  });

  it('forgets what has no room, and its answer says so', async () => {
    const model = await embeddedClient({ windowTokens: 16_000 });
    const settings = { memory: { chunkTokens: 700, memoryTokens: 150 } };
    const strategy = createStrategy({ name: 'memory', model, settings });
    const answer = await strategy.answer({ corpus: companyCorpus.corpus, question });
    expect(answer.value).not.toContain('Company 060');
    expect(answer.response).toMatch(/\d+ lines were dropped/);
  });

  it('fits its budgets to a small window, and refuses one that is too small', async () => {
    const small = await embeddedClient({ windowTokens: 4000, maximumOutputTokens: 1500 });
    const trace: TraceStep[] = [];
    const answer = await createStrategy({ name: 'memory', model: small }).answer({
      corpus: companyCorpus.corpus,
      question,
      onTrace: (step) => trace.push(step),
    });
    expect(answer.status).toBe('answered');
    expect(trace.length).toBeGreaterThan(4);
    const tiny = await embeddedClient({ windowTokens: 600 });
    const refused = await createStrategy({ name: 'memory', model: tiny }).answer({
      corpus: companyCorpus.corpus,
      question,
    });
    expect(refused).toMatchObject({ status: 'refused', cost: { calls: 0 } });
    expect(refused.reason).toMatch(/window of 600 tokens/);
  });

  it('asks nothing twice that the ledger has', async () => {
    const ledger = new Ledger({ file: null });
    const run = async () => {
      const model = await embeddedClient({ windowTokens: 8000 }, { ledger });
      return await createStrategy({ name: 'memory', model }).answer({
        corpus: companyCorpus.corpus,
        question,
      });
    };
    const first = await run();
    const second = await run();
    expect(first.cost.calls).toBeGreaterThan(1);
    expect(second).toMatchObject({ value: first.value, cost: { calls: 0, inputTokens: 0 } });
  });
});

describe('the memory strategy on any model', () => {
  it('never lets memory or plan exceed their budgets, whatever the model writes', async () => {
    const fragment = constantFrom(
      'Acme | Revenue | 5\n',
      '<memory>',
      '</memory>',
      '漢字',
      '😀',
      'word ',
      '\n\n',
    );
    const text = array(fragment, { minLength: 1, maxLength: 400 }).map((parts) => parts.join(''));
    const { corpus } = companyCorpus;
    await assert(
      asyncProperty(text, text, integer({ min: 64, max: 300 }), async (memory, plan, memoryTokens) => {
        let largest = 0;
        const model = await scriptedClient((prompt) => {
          const update = readMemoryUpdatePrompt(prompt);
          const held = update?.previous?.memory ?? readMemoryAnswerPrompt(prompt)?.memory ?? '';
          largest = Math.max(largest, tokenizer.count(escapeMarkers(held)));
          expect(tokenizer.count(update?.previous?.plan ?? '')).toBeLessThanOrEqual(40);
          return update === null ? 'The answer is: 5' : writeUpdatedMemory({ memory, plan });
        });
        const settings = { memory: { chunkTokens: 2000, memoryTokens, planTokens: 40 } };
        await createStrategy({ name: 'memory', model, settings }).answer({ corpus, question });
        expect(largest).toBeLessThanOrEqual(memoryTokens);
        expect(largest > 0).toBe(memory.trim() !== '');
      }),
      { numRuns: 12 },
    );
  });

  it('keeps its memory where the model writes none, and warns', async () => {
    let updates = 0;
    let last = '';
    const model = await scriptedClient((prompt) => {
      last = prompt;
      updates += 1;
      return updates === 1 ? '<memory>\nkept\n</memory>' : 'Updated memory:\n<memory></memory>';
    });
    const settings = { memory: { chunkTokens: 1500 } };
    const answer = await createStrategy({ name: 'memory', model, settings }).answer({
      corpus: companyCorpus.corpus,
      question,
    });
    expect(readMemoryAnswerPrompt(last)?.memory).toBe('kept');
    expect(answer.warnings.join('\n')).toMatch(/wrote no memory \d+ times/);
    expect(answer).toMatchObject({ status: 'refused', response: 'Updated memory:\n<memory></memory>' });
  });

  it('withholds what the question demands of the form until the end', async () => {
    const asked = 'Which company is the largest? Answer in JSON.';
    const prompts: string[] = [];
    const model = await scriptedClient((prompt) => {
      prompts.push(prompt);
      if (readQuestionSplitPrompt(prompt) !== null) {
        return writeSplitQuestion({
          question: 'Which company is the largest?',
          instructions: 'Answer in JSON.',
        });
      }
      return readMemoryUpdatePrompt(prompt) === null ? 'The answer is: "Acme"' : '<memory>Acme</memory>';
    });
    const strategy = createStrategy({ name: 'memory', model, settings: { memory: { chunkTokens: 2000 } } });
    const input = { corpus: companyCorpus.corpus, question: asked };
    const answer = await strategy.answer(input);
    expect(answer).toMatchObject({ question: asked, value: 'Acme' });
    expect(answer.cost.calls).toBe(Math.ceil(tokens / 2000) + 2);
    expect((await strategy.plan(input)).expected.calls).toBe(answer.cost.calls);
    for (const prompt of prompts.slice(1, -1)) expect(prompt).not.toContain('JSON');
    expect(prompts.at(-1)).toContain('Answer in JSON.');
  });

  it('fails with the reason where the model fails, and ends the command where there is no budget', async () => {
    const broken = async (kind: ModelError['kind']) => {
      const model = await scriptedClient(() => {
        throw new ModelError({ kind, message: 'It broke.', remedy: 'Mend it.' });
      });
      return await createStrategy({ name: 'memory', model }).answer({
        corpus: companyCorpus.corpus,
        question,
      });
    };
    expect(await broken('rejected')).toMatchObject({ status: 'failed', coverage: { read: 0 } });
    await expect(broken('over-budget')).rejects.toThrow('It broke.');
  });
});
