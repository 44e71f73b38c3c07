import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../testing/vectors.json' with { type: 'json' };
import { mrcrGrade } from './mrcr-grade.ts';
import { chosenLetter } from './multiple-choice.ts';
import { binOf, passAtK } from './pass-at-k.ts';
import { sequenceMatches, sequenceRatio } from './sequence-matcher.ts';
import { stringMatchAll, stringMatchAny, stringMatchScore } from './string-match.ts';

describe('sequence matcher', () => {
  it.each(vectors.sequence_matcher.cases)('meets the vector $name', (vector) => {
    expect(sequenceRatio(vector.a, vector.b)).toBeCloseTo(vector.expected_ratio, 12);
    const blocks = sequenceMatches(vector.a, vector.b).map(({ a, b, size }) => [a, b, size]);
    expect(blocks).toEqual(vector.matching_blocks.slice(0, -1));
  });

  it('gives blocks that are the same in both, in order, and a ratio of their size', () => {
    const texts = string({ unit: 'grapheme', maxLength: 300 });
    assert(
      property(texts, texts, (a, b) => {
        const [left, right] = [[...a], [...b]];
        let [aEnd, bEnd] = [0, 0];
        for (const block of sequenceMatches(a, b)) {
          expect(block.a >= aEnd && block.b >= bEnd).toBe(true);
          [aEnd, bEnd] = [block.a + block.size, block.b + block.size];
          expect(left.slice(block.a, aEnd)).toEqual(right.slice(block.b, bEnd));
        }
        expect(sequenceRatio(a, a)).toBe(1);
      }),
    );
  });
});

describe('published metrics', () => {
  it.each(vectors.mrcr_grade.cases)('grade MRCR as in the vector $response', (vector) => {
    expect(mrcrGrade(vector)).toBeCloseTo(vector.expected, 12);
    expect(mrcrGrade({ ...vector, response: `<think>x</think>${vector.response}` }) >= 0).toBe(true);
  });

  it.each(vectors.ruler_string_match.cases)(
    'match strings as in the vector $preds',
    ({ preds, refs, ...expected }) => {
      const scores = (match: typeof stringMatchAll): number =>
        stringMatchScore(preds.map((response, index) => match(response, refs[index] ?? [])));
      expect(scores(stringMatchAll)).toBe(expected.expected_all);
      expect(scores(stringMatchAny)).toBe(expected.expected_part);
    },
  );

  it.each(vectors.pass_at_k.cases)('give pass@$k of $c right out of $n', (vector) => {
    expect(passAtK(vector)).toBeCloseTo(vector.expected, 12);
    expect(binOf(vector.expected, 5)).toBe(vector.bin_of_5);
  });

  it('find the letter that is chosen', () => {
    const letters = [
      'The correct answer is (B).',
      'The correct answer is (A). No: the correct answer is (C)',
      '**Answer is B** \\boxed{D}',
      'I think the answer is A because of B',
      'B',
      '(C)',
      'D. The fourth',
      'Answer: A',
      '<think>The correct answer is (A)</think>The correct answer is B',
      'the answer is unknown',
      'The answer is b',
      '',
    ].map((response) => chosenLetter(response));
    expect(letters).toEqual(['B', 'C', 'D', 'A', 'B', 'C', 'D', 'A', 'B', null, null, null]);
  });
});
