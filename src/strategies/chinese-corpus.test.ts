import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStrategy } from './index.ts';
import { chineseCompanies, chineseFiles } from './testing/chinese-corpus.ts';
import { corpusOf, type TestCorpus } from './testing/company-corpus.ts';
import { embeddedClient } from './testing/models.ts';

let reports: TestCorpus;

beforeAll(async () => {
  reports = await corpusOf(chineseFiles());
}, 60_000);

afterAll(() => reports.close());

const namesOf = (companies: typeof chineseCompanies): readonly string[] =>
  companies.map(({ name }) => name).toSorted();

describe('a corpus of Chinese reports', () => {
  const largest = chineseCompanies.toSorted((one, other) => other.revenue[0] - one.revenue[0]);
  it.each<[string, unknown]>([
    ['营业收入最高的3家公司是哪些？', largest.slice(0, 3).map(({ name }) => name)],
    ['净利润为负的公司有哪些？', namesOf(chineseCompanies.filter(({ profit }) => profit < 0))],
    ['员工人数超过3000人的公司有几家？', chineseCompanies.filter(({ employees }) => employees > 3000).length],
    ['所有公司的平均营业收入是多少亿元？', 13.5],
    ['华丰股份有限公司的注册地是哪里？', '江苏省'],
    ['华丰的营业收入是多少？', 3e8],
    ['注册地在广东省的公司有多少家？', chineseCompanies.filter(({ place }) => place === '广东省').length],
    ['最早成立的公司是哪家？', '华丰股份有限公司'],
    ['2010年以后成立的公司有多少家？', chineseCompanies.filter(({ founded: [year] }) => year > 2010).length],
    ['哪个行业的平均净利润最高？', '食品业'],
    ['净利润占营业收入的比例最高的公司是哪家？', chineseCompanies.at(-1)?.name],
  ])('%s', async (question, expected) => {
    const answer = await createStrategy({ name: 'table' }).answer({ corpus: reports.corpus, question });
    expect({ reason: answer.reason, value: answer.value }).toEqual({ reason: undefined, value: expected });
  });

  it('says in Chinese why a question is refused', async () => {
    const answer = await createStrategy({ name: 'table' }).answer({
      corpus: reports.corpus,
      question: '哪些公司的市盈率最高？',
    });
    expect(answer).toMatchObject({ status: 'refused', reason: expect.stringContaining('没有完整理解') });
  });
});

describe('the embedded model on Chinese reports', () => {
  const question = '营业收入最高的公司是哪家？';
  it.each([
    ['full', {}],
    ['retrieval', {}],
    ['memory', { memory: { chunkTokens: 900, memoryTokens: 1500 } }],
  ] as const)('answers a Chinese question by %s', async (name, settings) => {
    const model = await embeddedClient({ windowTokens: 32_000, maximumOutputTokens: 4000 });
    const answer = await createStrategy({ name, model, settings }).answer({
      corpus: reports.corpus,
      question,
    });
    expect({ reason: answer.reason, value: answer.value }).toEqual({
      reason: undefined,
      value: chineseCompanies.at(-1)?.name,
    });
  });
});
