import type { AnswerType } from '../answer-type.ts';

/** A column of the result that is part of the answer's value. */
export interface AnswerColumn {
  readonly name: string;
  readonly type: 'number' | 'percentage' | 'date' | 'text' | 'boolean' | 'list';
  readonly unit: string | null;
}

/** A statement that gives one number; where it is not 0, the answer needs the warning. */
export interface Check {
  readonly sql: string;
  /** With `{n}` where the number stands. */
  readonly warning: string;
}

/** A plan as SQL, with what is needed to make an answer of the result. */
export interface CompiledQuery {
  /** One SELECT over the catalog's tables. */
  readonly sql: string;
  readonly answerType: AnswerType;
  /** The unit of a single number, or of all numbers of the answer where they share one. */
  readonly unit: string | null;
  /** Which columns of the result make the value; the others explain it. */
  readonly answerColumns: readonly AnswerColumn[];
  readonly table: string;
  /** The table's columns whose cells the answer rests on, `name@period` for earlier periods; without the key. */
  readonly columnsRead: readonly string[];
  /** Gives the keys of the rows the answer rests on, most relevant first, each once. */
  readonly selectionSql: string;
  /** Ties at a cut, and rows left out because a value is missing. */
  readonly checks: readonly Check[];
}
