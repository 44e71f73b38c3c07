import { assert, double, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterReasoning,
  extractChoice,
  extractCorpusQaAnswer,
  extractNumber,
  extractShortAnswer,
} from './answer-extraction.ts';
import { coversGold, eitherContains, exactMatch, normaliseAnswer, wordF1 } from './answer-normalisation.ts';
import { judgeSaysYes } from './judge-verdict.ts';
import { parseExtractedNumber, sameNumberAsPublished, sameNumberStrictly } from './number-match.ts';
import { splitAtWhitespace, stripWhitespace } from './python-text.ts';
import vectors from './testing/vectors.json' with { type: 'json' };

describe('answer extraction', () => {
  it.each(vectors.answer_extraction.cases)('meets the vector $response', (vector) => {
    const { response } = vector;
    const text = afterReasoning(response);
    expect(text).toBe(vector.after_think);
    expect({
      docqa: text === null ? null : extractShortAnswer(text),
      docmath_train: text === null ? null : extractNumber(text),
      docmath_eval: extractNumber(text ?? response, { ignoreParentheses: true }),
      mc: text === null ? null : extractChoice(text),
      corpusqa: extractCorpusQaAnswer(response),
    }).toEqual({
      docqa: vector.docqa,
      docmath_train: vector.docmath_train,
      docmath_eval: vector.docmath_eval,
      mc: vector.mc,
      corpusqa: vector.corpusqa_on_raw,
    });
  });

  it('drops special tokens and dots at both ends of a short answer, over several lines', () => {
    expect(extractShortAnswer('So the answer is ...**A.\nB**... <｜end▁of▁sentence｜>')).toBe('A.\nB');
  });
});

describe('answer normalisation', () => {
  it.each(vectors.answer_normalisation.cases)('meets the vector $prediction / $gold', (vector) => {
    const { prediction, gold } = vector;
    expect(normaliseAnswer(prediction)).toBe(vector.norm_prediction);
    expect(normaliseAnswer(gold)).toBe(vector.norm_gold);
    expect(exactMatch(prediction, gold)).toBe(vector.exact_match);
    expect(eitherContains(prediction, gold)).toBe(vector.l1_sub_em_bidirectional);
    expect(coversGold(prediction, gold)).toBe(vector.cover_em_strict);
    expect(wordF1(prediction, gold)).toBeCloseTo(vector.f1, 9);
  });

  it('deletes exactly the ASCII punctuation', () => {
    expect(normaliseAnswer(`x${vectors.answer_normalisation.ascii_punctuation}y`)).toBe('xy');
  });

  it('is symmetric in exact match, F1 and containment either way', () => {
    assert(
      property(string({ unit: 'grapheme' }), string({ unit: 'grapheme' }), (one, other) => {
        expect(exactMatch(one, other)).toBe(exactMatch(other, one));
        expect(eitherContains(one, other)).toBe(eitherContains(other, one));
        expect(wordF1(one, other)).toBe(wordF1(other, one));
      }),
    );
  });
});

describe('number match', () => {
  it.each(vectors.docmath_number_match.cases)('meets the vector $pred / $gold', (vector) => {
    const { pred, gold } = vector;
    expect(sameNumberAsPublished(pred, gold, 3)).toBe(vector.expected_tolerant_train);
    expect(sameNumberAsPublished(pred, gold, 2)).toBe(vector.expected_tolerant_eval);
  });

  const independentOfRounding = vectors.docmath_number_match.cases.filter(
    (vector) => !vector.depends_on_log10_rounding,
  );
  it.each(independentOfRounding)('equals the released code at $pred / $gold', (vector) => {
    const { pred, gold } = vector;
    expect(sameNumberAsPublished(pred, gold, 3)).toBe(vector.expected_train);
    expect(sameNumberAsPublished(pred, gold, 2)).toBe(vector.expected_eval);
  });

  it('accepts strictly only what the published rule accepts, and never another sign', () => {
    const numbers = double({ min: -1e6, max: 1e6, noNaN: true });
    assert(
      property(numbers, numbers, (prediction, gold) => {
        const isStrictly = sameNumberStrictly(prediction, gold);
        expect(!isStrictly || sameNumberAsPublished(prediction, gold)).toBe(true);
        expect(isStrictly && prediction * gold < 0).toBe(false);
        expect(sameNumberStrictly(gold, gold)).toBe(true);
      }),
    );
  });

  it('reads extracted numbers as Python does', () => {
    const read = ['$1234.50', '-3000', '=≈7', '.5', '00', '0.0', '007', '1.2.3', '', '-'].map(
      parseExtractedNumber,
    );
    expect(read).toEqual([1234.5, -3000, 7, 0.5, 0, 0, null, null, null, null]);
  });
});

describe('judge verdict', () => {
  it.each(vectors.judge_verdict.cases)('meets the vector $text', (vector) => {
    expect({
      l1: judgeSaysYes(vector.text, 'qwenlong-l1'),
      corpusqa: judgeSaysYes(vector.text, 'corpusqa'),
      spell: judgeSaysYes(vector.text, 'spell'),
    }).toEqual({ l1: vector.l1, corpusqa: vector.corpusqa, spell: vector.spell });
  });
});

describe('white space as Python knows it', () => {
  it('includes the separators U+001C to U+001F and U+0085, not U+FEFF', () => {
    expect(splitAtWhitespace('\u001ca\u0085b\u3000c\ufeffd\u001f')).toEqual(['a', 'b', 'c\ufeffd']);
    expect(stripWhitespace('\u001c\ufeffa \n')).toBe('\ufeffa');
  });
});
