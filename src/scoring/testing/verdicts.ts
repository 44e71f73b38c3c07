import { scoreAnswer, type ScoredResponse } from '../score-answer.ts';

/** A response with the right answer, and what else is known of it. */
export type Case = readonly [response: string, answer: unknown, more?: Partial<ScoredResponse>];

export function verdictsOf(cases: readonly Case[]): string[] {
  return cases.map(([response, answer, more]) => {
    const { verdict, reason } = scoreAnswer({ response, answer, ...more });
    return `${verdict}: ${response} | ${JSON.stringify(answer)} (${reason})`;
  });
}

/** The cases that get another verdict. */
export function notGraded(verdict: string, cases: readonly Case[]): string[] {
  return verdictsOf(cases).filter((line) => !line.startsWith(`${verdict}:`));
}
