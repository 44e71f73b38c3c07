import type { CallPlan, Cost } from '../models/index.ts';
import type { AnswerType, Scalar } from '../questions/index.ts';
import type { OpenCorpus, SqlCell } from '../table/index.ts';

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
  /** Documents that were read for the answer: by the reader into the table, or by a model in its prompts. */
  readonly read: number;
  /**
   * Documents that have a value for every field the question needs, and those that have not. Null where a model read
   * texts and nobody counted.
   */
  readonly withValue: number | null;
  readonly missing: number | null;
}

export type { AnswerType, Cost, Scalar };

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
  /** What the language model wrote, where one did. */
  readonly response?: string;
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

/** One step of a strategy at work, for `--trace`: what went in, what came out. */
export interface TraceStep {
  /** `memory-update`, `retrieved-passages`, `sql-candidate`, … */
  readonly step: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A question to a corpus, with what an answerer may need on the way. */
export interface StrategyInput {
  readonly corpus: OpenCorpus;
  readonly question: string;
  /**
   * Demands on the form of the answer (`# Output requirements: …`) and standing orders of the application, where
   * they are known apart from the question. Searching, reading and parsing go by the bare question; a model that
   * writes the answer is given these too.
   */
  readonly instructions?: string | undefined;
  /** Cells or passages cited at most; their total is always told. */
  readonly evidenceLimit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onTrace?: ((step: TraceStep) => void) | undefined;
  readonly onProgress?: ((progress: StrategyProgress) => void) | undefined;
}

/** How far one answer has come: `reading chunk 3 of 32`. */
export interface StrategyProgress {
  readonly activity: string;
  readonly done: number;
  readonly total: number;
}

/** A way from a question and a corpus to an answer. */
export interface Strategy {
  readonly name: string;
  /** What answering will take, before anything is spent. */
  plan(input: StrategyInput): Promise<CallPlan>;
  /**
   * @throws {ModelError} of kind `over-budget` or `not-in-ledger`, which end a whole command; every other trouble
   *   with a model is an Answer with status `failed` or `refused` and its reason.
   */
  answer(input: StrategyInput): Promise<Answer>;
}
