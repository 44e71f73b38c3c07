/*
 * Finding the answer in a response, as published.
 *
 * Source: the code released with QwenLong-L1 (arXiv 2505.17667), reward and evaluation; CorpusQA for the last
 * rule. The patterns are those of the code, with their quirks: which occurrence counts, and which case,
 * differs by kind.
 */
import { stripWhitespace } from './python-text.ts';

const endOfReasoning = '</think>';
const specialTokens = ['<｜Assistant｜>', '<｜end▁of▁sentence｜>'];
const answerPhrase = 'the answer is';
const corpusQaPhrase = 'The answer is: ';
const numberPattern = /the answer is =?≈?`?%?\$?°?£?€?¥?-?[0-9.,]+/iu;
const bracketedChoice = /The correct answer is \(([A-D])\)/u;
const plainChoice = /The correct answer is ([A-D])/u;

/** The text after the last `</think>`, trimmed; null where the reasoning does not end. */
export function afterReasoning(response: string): string | null {
  const end = response.lastIndexOf(endOfReasoning);
  return end < 0 ? null : stripWhitespace(response.slice(end + endOfReasoning.length));
}

/** What follows the last "the answer is" (in this case), to the end; null without it. */
export function extractShortAnswer(text: string): string | null {
  const plain = text.replaceAll('*', '');
  const start = plain.lastIndexOf(answerPhrase);
  if (start < 0) return null;
  let answer = plain.slice(start + answerPhrase.length);
  for (const token of specialTokens) answer = answer.replaceAll(token, '');
  return stripWhitespace(stripDots(stripWhitespace(answer)));
}

/**
 * The number that follows the first "the answer is " (in any case) immediately, with signs of money, percent
 * and the like before it, without commas; null without one. "-$5" and "(12.5%)" are none.
 *
 * @param options.ignoreParentheses Deletes parentheses first, as the published evaluation does and training does not.
 */
export function extractNumber(
  text: string,
  options: { readonly ignoreParentheses?: boolean } = {},
): string | null {
  const plain = text.replaceAll(options.ignoreParentheses === true ? /[*()]/gu : '*', '');
  const match = numberPattern.exec(plain)?.[0];
  return match === undefined ? null : stripDots(match.slice(answerPhrase.length + 1).replaceAll(',', ''));
}

/** The letter of the first "The correct answer is (X)", else "The correct answer is X", A to D; null without one. */
export function extractChoice(text: string): string | null {
  const plain = text.replaceAll('*', '');
  return (bracketedChoice.exec(plain) ?? plainChoice.exec(plain))?.[1] ?? null;
}

/**
 * What follows "The answer is: " in the first line that has it; the whole response without one; trimmed
 * (CorpusQA).
 */
export function extractCorpusQaAnswer(response: string): string {
  const start = response.indexOf(corpusQaPhrase);
  if (start < 0) return stripWhitespace(response);
  const [line = ''] = response.slice(start + corpusQaPhrase.length).split('\n', 1);
  return stripWhitespace(line);
}

function stripDots(text: string): string {
  let start = 0;
  while (text.charAt(start) === '.') start++;
  return stripTrailingDots(text.slice(start));
}

function stripTrailingDots(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '.') end--;
  return text.slice(0, end);
}
