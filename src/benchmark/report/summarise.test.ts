import { describe, expect, it } from 'vitest';
import { compareAll } from './compare-runs.ts';
import { loadResults } from './load-results.ts';
import { markdownReport } from './markdown-report.ts';
import { summarise, type Figures } from './summarise.ts';
import { madeFile, madeLine } from './testing/made-results.ts';

const right = 'The answer is: 5';
const wrong = 'The answer is: 6';

const file = madeFile([
  madeLine({ id: 'a_1', domain: 'a', difficulty: 'easy' }),
  madeLine({ id: 'a_2', domain: 'a', difficulty: 'hard', response: wrong }),
  madeLine({ id: 'b_1', domain: 'b', difficulty: 'easy', status: 'refused', response: 'It is not stated.' }),
  madeLine({ id: 'b_2', domain: 'b', difficulty: 'hard', verdict: 'ungraded', reason: 'prose' }),
  madeLine({ id: 'c_1', domain: 'b', set: '1M', difficulty: 'hard' }),
  madeLine({
    id: 'a_1',
    domain: 'a',
    difficulty: 'easy',
    strategy: 'table',
    model: 'none',
    self_graded: true,
  }),
  ...['a_1', 'a_2', 'b_1'].map((id) =>
    madeLine({ id, domain: id.slice(0, 1), difficulty: 'easy', strategy: 'memory', response: right }),
  ),
]);

const summariesOf = ({ summaries }: Figures): string[] =>
  summaries.map(({ set, label, tally: { questions, counts } }) =>
    [set, label, questions, counts.right, counts.wrong, counts.refused, counts.ungraded, counts.missing].join(
      ' ',
    ),
  );

describe('summarise', async () => {
  const runs = await loadResults([file]);
  const { headline, selfGraded } = summarise(runs);

  it('scores lines by their type and counts outcomes for each set and run, the shortest set first', () => {
    expect(headline && summariesOf(headline)).toEqual([
      '128K full 4 1 1 1 1 0',
      '128K memory 4 3 0 0 0 1',
      '1M full 1 1 0 0 0 0',
      ' full 5 2 1 1 1 0',
      ' memory 4 3 0 0 0 1',
    ]);
  });

  it('takes accuracy over what is graded, with refused and missing as not right, and its mean over domains', () => {
    const [full, memory] = headline?.summaries ?? [];
    // Of right, wrong and refused, one of three; s = √(1/3), over √3.
    expect(full?.tally.accuracy).toMatchObject({
      count: 3,
      mean: 1 / 3,
      standardError: expect.closeTo(1 / 3),
    });
    expect(full?.overDomains?.mean).toBeCloseTo((1 / 2 + 0) / 2);
    expect(memory?.tally.accuracy.mean).toBe(3 / 4);
    expect(full?.effort).toMatchObject({
      calls: 4,
      inputTokens: 4_000,
      outputTokens: 40,
      usd: 1,
      medianSeconds: 2,
    });
  });

  it('keeps apart what a strategy graded by its own truth', () => {
    expect(headline?.runs).toEqual(['full', 'memory']);
    expect(selfGraded?.runs).toEqual(['table']);
  });

  it('breaks accuracy down by what tells questions apart', () => {
    const difficulty = headline?.breakdowns.find(({ title }) => title === 'Difficulty');
    expect(difficulty?.categories.map(({ name, tallies }) => [name, tallies[0]?.questions])).toEqual([
      ['easy', 2],
      ['hard', 3],
    ]);
    expect(headline?.breakdowns.map(({ title }) => title)).not.toContain('Language');
  });

  it('compares two runs on the questions that both have', () => {
    const comparison = compareAll(runs).find(({ first, second }) => first === 'full' && second === 'memory');
    expect(comparison).toMatchObject({
      count: 3,
      bothRight: 1,
      onlySecond: 2,
      onlyFirst: 0,
      neitherRight: 0,
    });
    expect(comparison?.mcNemarP).toBe(0.5);
  });

  it('names runs by what tells them apart', async () => {
    const models = madeFile([madeLine({ id: 1 as never, model: 'a' }), madeLine({ id: '2', model: 'b' })]);
    expect((await loadResults([models])).map(({ label }) => label)).toEqual(['full · a', 'full · b']);
    const other = madeFile([madeLine({ id: '1', model: 'a' })], 'other.jsonl');
    expect((await loadResults([models, other])).map(({ label }) => label)).toEqual([
      'full · a · run',
      'full · b · run',
      'full · a · other',
    ]);
    const foreign = madeFile([{ id: 'x', question: 'q', answer: '5', response: right }], 'theirs.jsonl');
    expect(summarise(await loadResults([foreign])).headline?.summaries).toMatchObject([
      { label: 'theirs.jsonl', set: null, tally: { counts: { right: 1 } } },
    ]);
  });

  it('says what is wrong with a file', async () => {
    await expect(loadResults([madeFile([{ id: 1 }])])).rejects.toThrow(/Line 1 of .*run\.jsonl is no result/);
    await expect(loadResults(['/nowhere.jsonl'])).rejects.toThrow(/cannot be read/);
  });
});

describe('markdownReport', () => {
  it('writes tables that names cannot break', async () => {
    const runs = await loadResults([madeFile([madeLine({ id: '1', strategy: 'a|b<script>' })])]);
    const markdown = markdownReport({ data: summarise(runs), comparisons: [] });
    expect(markdown).toContain('| 128K | a\\|b\\<script\\> | 1 | 1 | 0 | 0 | 0 | 0 | 100.0 |');
  });
});
