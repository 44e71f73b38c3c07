import { extractNumber } from './answer-extraction.ts';
import { coversGold, eitherContains, exactMatch, wordF1 } from './answer-normalisation.ts';
import { finalAnswer, withoutReasoning } from './answers/final-answer.ts';
import { toNumber } from './answers/decimal.ts';
import { plainCharacters } from './answers/plain-characters.ts';
import { readNumbers } from './answers/read-numbers.ts';
import type { MetricName } from './metrics/metric-names.ts';
import { mrcrGrade } from './metrics/mrcr-grade.ts';
import { chosenLetter } from './metrics/multiple-choice.ts';
import { stringMatchAll, stringMatchAny } from './metrics/string-match.ts';
import { parseExtractedNumber, sameNumberAsPublished } from './number-match.ts';
import { scoreAnswer, type Score, type ScoredResponse } from './score-answer.ts';

export interface MetricScore extends Score {
  /** From 0 to 1; null where the answer is ungraded. */
  readonly value: number | null;
}

export interface MetricInput extends ScoredResponse {
  readonly metric: MetricName;
  /** MRCR: what the response must begin with. */
  readonly requiredPrefix?: string | undefined;
}

/**
 * Scores a response by a published metric. Where several right answers are given, the best counts; for
 * `string-match-all` they belong together. The verdict is right at a value of 1, but see `value` for metrics that are
 * graded.
 */
export function scoreByMetric(input: MetricInput): MetricScore {
  if (input.metric === 'typed') {
    const score = scoreAnswer(input);
    return { ...score, value: score.verdict === 'ungraded' ? null : Number(score.verdict === 'right') };
  }
  const golds = goldTexts(input);
  const { value, extracted } = valueOf({ ...input, metric: input.metric }, golds);
  const verdict = value >= 1 ? 'right' : 'wrong';
  return { verdict, reason: `${input.metric} is ${Number(value.toFixed(4))}`, extracted, value };
}

function goldTexts({ answer, aliases = [] }: MetricInput): string[] {
  const answers: unknown[] = Array.isArray(answer) ? answer : [answer];
  return [...answers, ...aliases].map((gold) => (typeof gold === 'string' ? gold : JSON.stringify(gold)));
}

function valueOf(
  { metric, response, requiredPrefix = '' }: MetricInput & { readonly metric: Exclude<MetricName, 'typed'> },
  golds: readonly string[],
): { readonly value: number; readonly extracted: string | null } {
  const text = withoutReasoning(response);
  const final = finalAnswer(response);
  const answer = final.isMarked ? final.line : final.rest;
  const best = (score: (gold: string) => number): { value: number; extracted: string } => ({
    value: Math.max(0, ...golds.map(score)),
    extracted: answer,
  });
  switch (metric) {
    case 'cover-exact-match':
      return best((gold) => Number(coversGold(answer, gold)));
    case 'either-contains':
      return best((gold) => Number(answer !== '' && eitherContains(answer, gold)));
    case 'exact-match':
      return best((gold) => Number(exactMatch(answer, gold)));
    case 'word-f1':
      return best((gold) => wordF1(answer, gold));
    case 'number-match': {
      const number = statedNumber(text, answer);
      const isSame = (gold: string): boolean => {
        const expected = goldNumber(gold);
        return number !== null && expected !== null && sameNumberAsPublished(number, expected, 2);
      };
      return { value: Number(golds.some(isSame)), extracted: number === null ? null : String(number) };
    }
    case 'number-distance': {
      const number = statedNumber(text, answer);
      const distances = golds
        .map(goldNumber)
        .map((gold) => Math.abs((gold ?? Number.NaN) - (number ?? Number.NaN)));
      const value = Math.max(
        0,
        ...distances.map((distance) => (Number.isNaN(distance) ? 0 : 0.75 ** distance)),
      );
      return { value, extracted: number === null ? null : String(number) };
    }
    case 'choice': {
      const letter = chosenLetter(response, 'ABCDEFGHIJ');
      const isSame = golds.some((gold) => letter !== null && letter === gold.trim().replaceAll(/[()]/gu, ''));
      return { value: Number(isSame), extracted: letter };
    }
    case 'sequence-ratio':
      return best((gold) => mrcrGrade({ response, answer: gold, prefix: requiredPrefix }));
    case 'string-match-all':
      return { value: stringMatchAll(text, golds), extracted: text };
    case 'string-match-any':
      return { value: stringMatchAny(text, golds), extracted: text };
  }
}

/** The number of the published pattern; where the answer is marked in another way, the first one there. */
function statedNumber(text: string, answer: string): number | null {
  const published = extractNumber(text, { ignoreParentheses: true });
  if (published !== null) return parseExtractedNumber(published);
  const first = readNumbers(plainCharacters(answer)).at(0);
  return first === undefined ? null : toNumber(first.values[0]);
}

function goldNumber(gold: string): number | null {
  const number = parseExtractedNumber(gold.replaceAll(',', ''));
  if (number !== null) return number;
  const value = Number(gold);
  return gold.trim() === '' || !Number.isFinite(value) ? null : value;
}
