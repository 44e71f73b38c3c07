import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { scoreByMetric } from '../../scoring/score-by-metric.ts';
import type { DatasetItem } from '../dataset-item.ts';
import { readDataset } from './index.ts';

const folder = new TemporaryFolder();

function file(name: string, content: string | readonly unknown[]): string {
  const text = typeof content === 'string' ? content : content.map((line) => JSON.stringify(line)).join('\n');
  folder.write(name, text);
  return join(folder.path, name);
}

const itemsOf = (name: string, path: string): Promise<DatasetItem[]> =>
  Array.fromAsync(readDataset({ name, path }));
const verdictOf = (item: DatasetItem | undefined, response: string): string =>
  item === undefined ? 'no item' : scoreByMetric({ ...item, response }).verdict;

describe('published data sets', () => {
  it('CorpusQA: prompts word for word; lines that lack a field are passed over', async () => {
    const prompt = [{ role: 'user', content: [{ type: 'text', text: '# Document 1:\nx' }] }];
    const path = file('financial_zh_set1.jsonl', [
      { id: 'financial_zh_set1_3', prompt, question: 'q', answer: '12.34%' },
      { id: 'financial_zh_set1_4', prompt, question: 'q' },
    ]);
    const items = await itemsOf('corpusqa', path);
    expect(items).toMatchObject([
      {
        domain: 'financial_zh',
        language: 'zh',
        answer: '12.34%',
        content: { kind: 'messages', messages: [{ role: 'user', content: '# Document 1:\nx' }] },
      },
    ]);
    expect(verdictOf(items[0], 'The answer is: 0.1234')).toBe('right');
  });

  it('LongBench v1: passages become documents', async () => {
    const context = 'Passage 1:\nAlpha\nAlpha is a town.\n\nPassage 2:\nBeta\nBeta is a river.';
    const line = {
      _id: 'a1',
      input: 'What is Beta?',
      context,
      answers: ['a river', 'river'],
      length: 9,
      language: 'en',
      all_classes: null,
    };
    const [item] = await itemsOf('longbench-v1', file('hotpotqa.jsonl', [{ ...line, dataset: 'hotpotqa' }]));
    expect(item).toMatchObject({
      id: 'hotpotqa_a1',
      domain: 'hotpotqa',
      content: {
        documents: [
          { title: 'Alpha', text: 'Alpha is a town.' },
          { title: 'Beta', text: 'Beta is a river.' },
        ],
      },
    });
    expect(verdictOf(item, 'It is a river.')).toBe('right');
  });

  it('LongBench v2: an array of questions with choices', async () => {
    const line = {
      _id: 'x',
      domain: 'Code',
      sub_domain: 's',
      difficulty: 'hard',
      length: 'short',
      question: 'Which?',
      choice_A: 'one',
      choice_B: 'two {"]',
      choice_C: 'three',
      choice_D: 'four',
      answer: 'B',
      context: 'text }]{',
    };
    const items = await itemsOf(
      'longbench-v2',
      file('data.json', JSON.stringify([line, { ...line, _id: 'y' }], null, 2)),
    );
    expect(items.map(({ id }) => id)).toEqual(['x', 'y']);
    expect(items[0]?.question).toBe('Which?\nChoices:\n(A) one\n(B) two {"]\n(C) three\n(D) four');
    expect(verdictOf(items[0], 'The correct answer is (B)')).toBe('right');
    expect(verdictOf(items[0], 'The correct answer is (A)')).toBe('wrong');
  });

  it('FRAMES: a table whose pages lie beside it', async () => {
    folder.write('frames/pages/Alpha_(town).txt', 'Alpha has 12 inhabitants.');
    const row = [
      '0',
      'How many live in Alpha?',
      '12',
      'Numerical reasoning | Tabular reasoning',
      "['https://en.wikipedia.org/wiki/Alpha_(town)#People']",
    ];
    const header = ['', 'Prompt', 'Answer', 'reasoning_types', 'wiki_links'];
    const path = file('frames/test.tsv', `${header.join('\t')}\n${row.join('\t')}\n`);
    expect(await itemsOf('frames', path)).toMatchObject([
      { answer: '12', domain: 'Numerical reasoning', content: { documents: [{ title: 'Alpha (town)' }] } },
    ]);
    const missing = file(
      'frames/other.tsv',
      `${header.join('\t')}\n${row.join('\t').replace('Alpha_', 'Beta_')}\n`,
    );
    await expect(itemsOf('frames', missing)).rejects.toMatchObject({
      message: expect.stringContaining('Beta_(town)'),
    });
  });

  it('DocMath: numbers by its own comparison', async () => {
    const line = {
      question_id: 'complong-testmini-0',
      question: 'q',
      paragraphs: ['a', '| b |'],
      ground_truth: 12.5,
    };
    const [item] = await itemsOf('docmath', file('complong.json', JSON.stringify([line])));
    expect(item).toMatchObject({ domain: 'complong', content: { documents: [{ text: 'a\n| b |' }] } });
    expect(verdictOf(item, 'Therefore, the answer is 0.125')).toBe('right');
    expect(verdictOf(item, 'Therefore, the answer is 13')).toBe('wrong');
  });

  it('MRCR: Parquet with the conversation as JSON text', async () => {
    const prompt = JSON.stringify([
      { role: 'user', content: 'poem' },
      { role: 'assistant', content: 'A' },
      { role: 'user', content: 'again, with xY' },
    ]);
    const path = join(folder.path, '2needle.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT '${prompt}' AS prompt, 'xYA poem' AS answer, 'xY' AS random_string_to_prepend, 2::BIGINT AS n_needles) TO '${path}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    const [item] = await itemsOf('mrcr', path);
    expect(item).toMatchObject({ question: 'again, with xY', domain: '2 needles', requiredPrefix: 'xY' });
    expect(verdictOf(item, 'xYA poem')).toBe('right');
    expect(verdictOf(item, 'A poem')).toBe('wrong');
  });

  it('Loong: documents of three kinds from its folder', async () => {
    folder.write('loong/doc/financial/2024-Acme.txt', 'Acme earns 5.');
    folder.write('loong/doc/paper/p1.md', '# A Paper\nText.');
    folder.write(
      'loong/doc/legal/legal.json',
      JSON.stringify({ j1: { content: '事实。', result: '判决。' } }),
    );
    const line = {
      question: 'q',
      instruction: 'i',
      answer: 'A',
      set: 1,
      level: 2,
      prompt_template: '{docs}',
    };
    const path = file('loong/loong.jsonl', [
      { ...line, id: '1', type: 'financial', doc: ['Acme'] },
      { ...line, id: '2', type: 'paper', doc: ['p1.md'], answer: { Reference: ['x'] } },
      { ...line, id: '3', type: 'legal', doc: ['j1'] },
    ]);
    const items = await itemsOf('loong', path);
    expect(items.map(({ content }) => content)).toMatchObject([
      { documents: [{ title: '《Acme》', text: 'Acme earns 5.' }] },
      { documents: [{ title: 'A Paper' }] },
      { documents: [{ title: '《判决文书1》', text: '事实。判决。' }] },
    ]);
    expect(items[0]).toMatchObject({ set: 'set 1', difficulty: 'level 2', question: 'i\nq' });
    const lost = file('loong/lost.jsonl', [{ ...line, id: '4', type: 'financial', doc: ['Beta'] }]);
    await expect(itemsOf('loong', lost)).rejects.toThrow(/document Beta of question 4/);
  });

  it('OOLONG: Python values become answers of their types', async () => {
    const line = { id: 1, context_window_text: 'c', question: 'q', dataset: 'agnews' };
    const items = await itemsOf(
      'oolong',
      file('oolong.jsonl', [
        { ...line, answer: '[4]', answer_type: 'ANSWER_TYPE.NUMERIC' },
        { ...line, answer: "['World']", answer_type: 'ANSWER_TYPE.LABEL' },
        { ...line, answer: '[datetime.date(2023, 5, 1)]', answer_type: 'ANSWER_TYPE.DATE' },
        { ...line, answer: "['less common than']", answer_type: 'ANSWER_TYPE.COMPARISON' },
      ]),
    );
    const responses = [
      'Answer: 4',
      'Label: world',
      'Date: May 1, 2023',
      'Answer: Sports is less common than World',
    ];
    expect(items.map((item, index) => verdictOf(item, responses[index] ?? ''))).toEqual([
      'right',
      'right',
      'right',
      'right',
    ]);
    const [number] = items;
    expect(number && scoreByMetric({ ...number, response: 'Answer: 6' }).value).toBe(0.5625);
  });

  it('HotpotQA in both its formats, and MuSiQue without what cannot be answered', async () => {
    const line = { question: 'q', answer: 'the river Rhine', type: 'bridge', level: 'hard' };
    const hotpot = await itemsOf(
      'hotpotqa',
      file(
        'hotpot.json',
        JSON.stringify([
          { ...line, _id: 'a', context: [['T', ['One. ', 'Two.']]] },
          { ...line, id: 'b', context: { title: ['T'], sentences: [['One. ', 'Two.']] } },
        ]),
      ),
    );
    expect(hotpot.map(({ content }) => content)).toEqual(
      ['a', 'b'].map(() => ({ kind: 'documents', documents: [{ title: 'T', text: 'One. Two.' }] })),
    );
    expect(verdictOf(hotpot[0], 'The answer is: River Rhine')).toBe('right');
    const paragraphs = [{ idx: 0, title: 'T', paragraph_text: 'x', is_supporting: true }];
    const two = {
      id: '2hop__1_2',
      question: 'q',
      answer: 'a',
      answer_aliases: ['b'],
      answerable: true,
      paragraphs,
    };
    const musique = await itemsOf('musique', file('musique.jsonl', [two, { ...two, answerable: false }]));
    expect(musique).toMatchObject([{ domain: '2hop', aliases: ['b'] }]);
  });

  it('RULER: its own prompts, and those with the context apart', async () => {
    const [whole, apart] = await itemsOf(
      'ruler',
      file('ruler.jsonl', [
        { index: 0, input: 'text\nWhich numbers?', outputs: ['12', '34'], length: 99 },
        {
          id: 'q',
          query: 'Who?',
          context: 'text',
          outputs: ['Ann', 'Anna'],
          task: 'qa',
          language: 'en',
          length: 4000,
        },
      ]),
    );
    expect([verdictOf(whole, '12 and 34'), verdictOf(whole, '12'), verdictOf(apart, 'Ann')]).toEqual([
      'right',
      'wrong',
      'right',
    ]);
    expect(whole).toMatchObject({ question: 'Which numbers?' });
    expect(apart).toMatchObject({ set: '4000', content: { kind: 'documents' } });
  });

  it('say which record is wrong, and which data sets there are', async () => {
    const path = file('broken.jsonl', [
      { id: '2hop__1', question: 'q', answer: 'a', paragraphs: [] },
      { id: 'x' },
    ]);
    await expect(itemsOf('musique', path)).rejects.toMatchObject({
      message: expect.stringContaining('Record 2'),
    });
    expect(() => readDataset({ name: 'squad', path })).toThrow(/There is no data set squad/);
    await expect(itemsOf('musique', join(folder.path, 'none.jsonl'))).rejects.toThrow(/cannot be read/);
  });
});
