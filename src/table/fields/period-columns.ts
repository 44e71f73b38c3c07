import type { FieldType } from '../catalog.ts';
import type { FieldSummary } from './field-summaries.ts';

/** Tables of more columns than can be made within the memory are of no use: the fullest go first. */
const mostPeriodColumns = 400;

interface PeriodField {
  readonly field: number;
  readonly type: FieldType;
  readonly summary: FieldSummary;
}

/**
 * The earlier periods of each field of a table that get a column, newest first. Only numbers are compared over
 * time; earlier texts are found among the cells.
 */
export function choosePeriodColumns(fields: readonly PeriodField[]): Map<number, string[]> {
  const wanted = fields.flatMap(({ field, type, summary }) =>
    type === 'number' || type === 'percentage' ? summary.periods.map((each) => ({ field, ...each })) : [],
  );
  const fullest = wanted.toSorted((a, b) => b.rows - a.rows).slice(0, mostPeriodColumns);
  const kept = new Set(fullest);
  const columns = new Map<number, string[]>();
  for (const column of wanted.filter((each) => kept.has(each))) {
    columns.set(column.field, [...(columns.get(column.field) ?? []), column.period]);
  }
  return columns;
}
