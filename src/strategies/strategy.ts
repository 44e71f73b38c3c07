import type { AnswerType, Scalar } from '../questions/index.ts';
import type { SqlCell } from '../table/index.ts';

/** A value with what carries it: the cell of the table, and the words of the document it was read from. */
export interface Evidence {
  /** The document's path relative to the corpus, with its fragment (`prices.csv#row=3`) where it has one. */
  readonly document: string;
  readonly entity: string;
  readonly field: string;
  /** Equals the document's stored text from `start` to `end`. */
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** Where the quote stands in the source, in words: `line 12`, `page 3`, `Sheet1!B4`. */
  readonly location: string;
  readonly value: string | number | boolean | readonly string[] | null;
  readonly period: string | null;
}

/** How much of the corpus an answer rests on. */
export interface Coverage {
  readonly documents: number;
  readonly read: number;
  /** Documents that have a value for every field the question needs. */
  readonly withValue: number;
  readonly missing: number;
}

export interface Cost {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
}

export const noCost: Cost = { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0 };

export type { AnswerType, Scalar };

/**
 * What a strategy makes of a question: an answer, a refusal with its reason (the question was not understood
 * with confidence, or cannot be answered from this corpus), or a failure.
 */
export interface Answer {
  readonly question: string;
  readonly status: 'answered' | 'refused' | 'failed';
  readonly reason?: string;
  /** For a question that was not understood: what of it was, what was not, and the fields that come nearest. */
  readonly misunderstanding?: {
    readonly understood: readonly string[];
    readonly notUnderstood: readonly string[];
    readonly nearestFields: readonly string[];
  };
  readonly type: AnswerType | null;
  /** A list's value is an array; several columns are an array of arrays; a percentage is 12.34 with unit "%". */
  readonly value: Scalar | readonly Scalar[] | readonly (readonly Scalar[])[];
  readonly unit?: string;
  readonly sql: string | null;
  /** The result as it came from SQL, at most 1,000 rows. */
  readonly rows: readonly Readonly<Record<string, SqlCell>>[];
  readonly evidence: readonly Evidence[];
  readonly evidenceTotal: number;
  readonly coverage: Coverage;
  readonly warnings: readonly string[];
  readonly cost: Cost;
  readonly seconds: number;
}
