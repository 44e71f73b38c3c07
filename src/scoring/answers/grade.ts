/** What is said of an answer. Ungraded: the response may be right, but cannot be read with certainty. */
export type Verdict = 'right' | 'wrong' | 'ungraded';

export interface Grade {
  readonly verdict: Verdict;
  /** Why, in one line. */
  readonly reason: string;
}

export const right = (reason: string): Grade => ({ verdict: 'right', reason });
export const wrong = (reason: string): Grade => ({ verdict: 'wrong', reason });
export const ungraded = (reason: string): Grade => ({ verdict: 'ungraded', reason });

/** What the types of answers are called in files. */
export const answerTypes = ['number', 'percentage', 'string', 'date', 'list', 'rows'] as const;
export type AnswerType = (typeof answerTypes)[number];
