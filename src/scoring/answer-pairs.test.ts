import { readFileSync } from 'node:fs';
import {
  array,
  constantFrom,
  integer,
  oneof,
  string,
  assert,
  property,
  shuffledSubarray,
  uniqueArray,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerTypes, scoreAnswer } from './score-answer.ts';

const pairShape = z.object({
  verdict: z.enum(['right', 'wrong', 'ungraded']),
  response: z.string(),
  answer: z.json(),
  answer_type: z.enum(answerTypes).optional(),
  ordered: z.boolean().optional(),
  tolerance: z.number().optional(),
  unit: z.string().optional(),
  question: z.string().optional(),
});

const pairsOf = (file: string): z.infer<typeof pairShape>[] =>
  readFileSync(new URL(`testing/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => pairShape.parse(JSON.parse(line)));

const verdictOf = (response: string, answer: unknown): string => scoreAnswer({ response, answer }).verdict;

describe('response and answer', () => {
  it.each([
    ['of those who wrote the scorer', 'answer-pairs.jsonl'],
    ['of someone who had not seen it', 'independent-pairs.jsonl'],
  ])('get the verdict that a person gives them: %s', (_, file) => {
    const other = pairsOf(file)
      .map(({ verdict, answer_type: answerType, ...pair }) => ({
        pair,
        verdict,
        score: scoreAnswer({ ...pair, answerType }),
      }))
      .filter(({ verdict, score }) => verdict !== score.verdict)
      .map(({ pair, score }) => `${score.verdict} (${score.reason}): ${JSON.stringify(pair)}`);
    expect(other).toEqual([]);
  });
});

const group = (digits: string, separator: string): string =>
  digits.replaceAll(/\B(?=(?:\d{3})+$)/gu, separator);

interface Notation {
  readonly thousands: string;
  readonly point: string;
  readonly before: string;
  readonly after: string;
}

function write(cents: number, { thousands, point, before, after }: Notation): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const sign = cents < 0 ? '-' : '';
  return `${sign}${before}${group(digits.slice(0, -2), thousands)}${point}${digits.slice(-2)}${after}`;
}

const notations = constantFrom<Notation[]>(
  ...[
    ['', '.'],
    [',', '.'],
    ['.', ','],
    [' ', ','],
    ["'", '.'],
    ['\u202f', ','],
  ].flatMap(([thousands = '', point = '']) =>
    [
      ['', ''],
      ['$', ''],
      ['', ' USD'],
      ['', ' km'],
      ['', '元'],
    ].map(([before = '', after = '']) => ({ thousands, point, before, after })),
  ),
);
const frames = constantFrom(
  (text: string) => `The answer is: ${text}`,
  (text: string) => `I added them up.\n\n**The answer is: ${text}**`,
  (text: string) => `<think>The answer is: 7</think>The answer is: ${text}.`,
  (text: string) => `The answer is: about ${text}`,
  (text: string) => text,
);

describe('numbers in random notation', () => {
  const cents = integer({ min: -1e11, max: 1e11 }).filter((value) => value % 100 !== 0);

  it('are right, and wrong when they differ', () => {
    assert(
      property(cents, integer({ min: 1, max: 500 }), notations, frames, (value, change, notation, frame) => {
        const gold = value / 100;
        expect(verdictOf(frame(write(value, notation)), gold)).toBe('right');
        expect(verdictOf(frame(write(value + change, notation)), gold)).toBe('wrong');
        expect(verdictOf(frame(write(-value, notation)), gold)).toBe('wrong');
        expect(verdictOf(frame(`${write(value, notation)}%`), `${gold}%`)).toBe('right');
      }),
    );
  });

  it('are right with scale words in both languages', () => {
    const scale = constantFrom<[string, number]>(
      [' thousand', 1e3],
      ['k', 1e3],
      [' million', 1e6],
      ['M', 1e6],
      [' billion', 1e9],
      ['bn', 1e9],
      [' trillion', 1e12],
      ['万', 1e4],
      ['亿', 1e8],
      ['万亿', 1e12],
      ['百万', 1e6],
      ['千', 1e3],
    );
    assert(
      property(integer({ min: 1, max: 99_999 }), scale, frames, (value, [word, factor], frame) => {
        const gold = (BigInt(value) * BigInt(factor)) / 100n;
        expect(verdictOf(frame(`${value / 100}${word}`), Number(gold) + 0)).toBe('right');
        expect(verdictOf(frame(`${value / 100}${word}`), Number(gold) * 10)).toBe('wrong');
      }),
    );
  });
});

describe('lists in random form and order', () => {
  const name = constantFrom(
    'Alpha Inc',
    'Beta, Ltd.',
    'Gamma and Sons',
    'Delta',
    'Ω Labs',
    '甲公司',
    '乙',
    'H&R Block',
  );
  const forms = constantFrom(
    (items: readonly string[]) => JSON.stringify(items),
    (items: readonly string[]) => `[${items.map((item) => `'${item}'`).join(', ')}]`,
    (items: readonly string[]) => `\n${items.map((item) => `- ${item}`).join('\n')}`,
    (items: readonly string[]) =>
      `\n${items.map((item, index) => `${index + 1}. **${item}** (5.2)`).join('\n')}`,
    (items: readonly string[]) => items.join('; '),
    (items: readonly string[]) => items.join('、'),
    (items: readonly string[]) => [items.slice(0, -1).join(', '), items.at(-1)].join(' and '),
    (items: readonly string[]) =>
      `\n| # | Name |\n|---|---|\n${items.map((item, index) => `| ${index + 1} | ${item} |`).join('\n')}`,
  );

  it('are right; wrong with one less, one more or another', () => {
    const lists = uniqueArray(name, { minLength: 3, maxLength: 6 }).chain((gold) =>
      shuffledSubarray(gold, { minLength: gold.length }).map((shuffled) => ({ gold, shuffled })),
    );
    assert(
      property(lists, forms, ({ gold, shuffled }, form) => {
        const response = (items: readonly string[]): string => `The answer is: ${form(items)}`;
        expect(verdictOf(response(shuffled), gold)).toBe('right');
        expect(verdictOf(response(shuffled.slice(1)), gold)).toBe('wrong');
        expect(verdictOf(response([...shuffled, 'Omega']), gold)).toBe('wrong');
        expect(verdictOf(response([...shuffled.slice(1), 'Omega']), gold)).toBe('wrong');
      }),
    );
  });
});

describe('any text', () => {
  const marks = '[ ] { " \' | ( ) : % $ ** ` - = , ; 万 亿 三 点 百分之 没有 😀 \u0000 \n';
  const words =
    'The-answer-is: 1. 1,234.5 1.2.3 hundred trillion one 2021-03 May \\boxed{ <think> </think> none South A null e9 ×10^ and';
  const parts = [...marks.split(' '), ...words.split(' '), 'The answer is: ', ' and ', '- ', ', ', ' '];
  const fragments = constantFrom(...parts);
  const texts = oneof(
    string({ unit: 'grapheme', maxLength: 80 }),
    array(fragments, { maxLength: 30 }).map((parts) => parts.join('')),
  );
  const answers = constantFrom<unknown[]>(
    42,
    -0.5,
    '12.34%',
    'South',
    '2021-03',
    ['A', 'B, C'],
    [1, 2],
    [],
    [['A', 1]],
    { A: 1 },
    '',
    null,
    true,
  );

  it('gets a verdict, and the same one each time', () => {
    assert(
      property(
        texts,
        answers,
        constantFrom(undefined, ...answerTypes),
        texts,
        (response, answer, answerType, question) => {
          const input = { response, answer, answerType, question };
          const score = scoreAnswer(input);
          expect(['right', 'wrong', 'ungraded']).toContain(score.verdict);
          expect(scoreAnswer(input)).toEqual(score);
          expect(scoreAnswer({ ...input, extraction: 'published' }).reason).not.toBe('');
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('is read however long and strange it is', () => {
    const length = 60_000;
    const long = [
      'a (b ',
      '12,345 and ',
      'Alpha, ',
      '1,',
      '[',
      '三千五百家，',
      'one hundred and ',
      '"',
      'The answer is: ',
      '| a | b |\n',
    ];
    const verdicts = long.flatMap((part) => {
      const response = part.repeat(length / part.length);
      return [42, 'South', ['North', 'West'], [['North', 1]]].map((answer) => verdictOf(response, answer));
    });
    expect(verdicts).not.toContain('right');
  });
});
