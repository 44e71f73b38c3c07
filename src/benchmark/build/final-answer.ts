import { roundDecimal } from '../../embedded/index.ts';
import { toAnswerValue, type CompiledQuery, type Scalar, type Value } from '../../questions/index.ts';
import type { SqlCell } from '../../table/index.ts';
import type { BenchmarkAnswer, BenchmarkQuestion } from '../benchmark-format.ts';

/** An answer as the benchmark states it: numbers to two decimals, dates to the month. */
export interface FinalAnswer {
  readonly type: BenchmarkQuestion['answer_type'];
  readonly value: BenchmarkAnswer;
  readonly unit: string | null;
}

/** Rounding to two decimals may change a number by no more than this share. */
const mostRounded = 0.01;

/**
 * The answer that the result of a query states in the published form (CorpusQA §4): numbers and percentages rounded to
 * two decimals, half away from zero, dates cut to the month. Of the best of each group, the group and the name.
 *
 * @param columns the result's columns; those of the answer alone, in their order, where absent.
 * @returns null when there is no value, or two decimals say too little of it.
 */
export function finalAnswer({
  query,
  columns = query.answerColumns.map(({ name }) => name),
  rows,
  isBestOfGroups,
}: {
  query: CompiledQuery;
  columns?: readonly string[];
  rows: readonly (readonly (Value | SqlCell)[])[];
  isBestOfGroups: boolean;
}): FinalAnswer | null {
  const { type, value, unit } = toAnswerValue({ query, columns, rows });
  const types = query.answerColumns.map((column) => column.type);
  if (value === null) return null;
  if (!Array.isArray(value)) {
    const final = finalScalar(value as Scalar, type);
    return final === null ? null : { type, value: final, unit };
  }
  const finals = (value as readonly (Scalar | readonly Scalar[])[]).map((item) => {
    if (!isRow(item)) return finalScalar(item, types[0] ?? 'text');
    const cells = isBestOfGroups ? item.slice(0, 2) : item;
    const row = cells.map((cell, index) => finalScalar(cell, types[index] ?? 'text'));
    return row.includes(null) ? null : row;
  });
  return finals.includes(null) ? null : { type, value: finals, unit };
}

function isRow(item: Scalar | readonly Scalar[]): item is readonly Scalar[] {
  return Array.isArray(item);
}

function finalScalar(value: Scalar, type: string): string | number | null {
  if (value === null) return null;
  if (typeof value === 'number') {
    const rounded = Number(roundDecimal(value, 2));
    return Math.abs(rounded - value) > Math.abs(value) * mostRounded ? null : rounded + 0;
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return type === 'date' ? value.slice(0, 7) : value;
}

/** Whether two answers are the same; the order of a list counts only where it is asked for. */
export function sameAnswer(one: FinalAnswer | null, other: FinalAnswer | null, ordered = false): boolean {
  if (one === null || other === null) return one === other;
  return comparable(one, ordered) === comparable(other, ordered);
}

function comparable({ value }: FinalAnswer, ordered: boolean): string {
  if (ordered || !Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(value.map((item) => JSON.stringify(item)).toSorted());
}
