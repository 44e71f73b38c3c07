/*
 * Normalised comparison of short answers, as SQuAD, LongBench and QwenLong-L1 publish it.
 *
 * Source: QwenLong-L1 (arXiv 2505.17667) released reward and evaluation code; QwenLong-L1.5 (2512.12967) and
 * SPELL for the cover match. QwenLong-L1's paper says exact match; its code accepts containment in either
 * direction.
 */
import { splitAtWhitespace, wordCharacters } from './python-text.ts';

const punctuation = /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]/gu;
const articles = new RegExp(`(?<![${wordCharacters}])(?:a|an|the)(?![${wordCharacters}])`, 'gu');

const wholeAnswers = new Set(['yes', 'no', 'noanswer']);

/**
 * Lower case; ASCII punctuation deleted (not replaced: "state-of-the-art" is one word then); the articles a,
 * an and the taken out; white space collapsed. Other punctuation and accents stay.
 */
export function normaliseAnswer(text: string): string {
  const bare = text.toLowerCase().replace(punctuation, '').replace(articles, ' ');
  return splitAtWhitespace(bare).join(' ');
}

/** Whether both are the same after normalisation. */
export function exactMatch(prediction: string, gold: string): boolean {
  return normaliseAnswer(prediction) === normaliseAnswer(gold);
}

/**
 * `sub_em` of QwenLong-L1: after normalisation one contains the other, in either direction. An answer that
 * normalises to nothing ("the") therefore matches everything; it is here to reproduce published figures.
 */
export function eitherContains(prediction: string, gold: string): boolean {
  const [predicted, expected] = [normaliseAnswer(prediction), normaliseAnswer(gold)];
  return predicted.includes(expected) || expected.includes(predicted);
}

/** Cover exact match (CEM): after normalisation the prediction contains the gold answer, and neither is empty. */
export function coversGold(prediction: string, gold: string): boolean {
  const expected = normaliseAnswer(gold);
  return expected !== '' && normaliseAnswer(prediction).includes(expected);
}

/**
 * The F1 of the words of both after normalisation, each word as often as both have it; 0 where they share
 * none. As in HotpotQA, an answer "yes", "no" or "noanswer" is right only as a whole.
 */
export function wordF1(prediction: string, gold: string): number {
  const isWhole = [prediction, gold].some((answer) => wholeAnswers.has(normaliseAnswer(answer)));
  if (isWhole) return exactMatch(prediction, gold) ? 1 : 0;
  const predicted = splitAtWhitespace(normaliseAnswer(prediction));
  const expected = splitAtWhitespace(normaliseAnswer(gold));
  const left = new Map<string, number>();
  for (const word of expected) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of predicted) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    shared++;
  }
  return shared === 0 ? 0 : (2 * shared) / (predicted.length + expected.length);
}
