import { DOUBLE, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldType } from '../catalog.ts';
import { isCurrencyCode } from '../values/currencies.ts';
import { convertUnit, measureSymbol } from '../values/units.ts';
import { createTemporaryTable } from './fill-table.ts';
import { readRows } from './result-row.ts';

/** What a field's readings are, counted. Missing values are not among them. */
export interface ReadingCounts {
  readonly byType: ReadonlyMap<string, number>;
  /** Numbers by unit; `null` for those without. */
  readonly byUnit: ReadonlyMap<string | null, number>;
  /** Whole numbers without unit from 1000 to 2100: years, perhaps. */
  readonly yearLike: number;
  /** Dates that state no more than a year. */
  readonly bareYears: number;
  /** Texts such as "none", which state zero where numbers are expected. */
  readonly zeroTexts: number;
}

/** A field is of a type when this share of its readings is. */
const decisiveShare = 0.6;
/** A unit is a field's when this share of its numbers has it; numbers without unit are then in it too. */
const unitShare = 0.3;
const listShare = 0.5;
/** Plain numbers beside this share of percentages are percentages whose sign was left out. */
const signShare = 0.25;

/** Counts the readings of all fields. Expects `build_facts`. */
export async function countReadings(connection: DuckDBConnection): Promise<Map<number, ReadingCounts>> {
  const rows = await readRows(
    connection,
    `SELECT field, type, unit, count(*) AS readings,
       count(*) FILTER (type = 'number' AND unit IS NULL AND number BETWEEN 1000 AND 2100 AND number = floor(number)) AS year_like,
       count(*) FILTER (type = 'date' AND bare_year) AS bare_years, count(*) FILTER (zero) AS zero_texts
     FROM build_facts WHERE type <> 'missing' GROUP BY ALL ORDER BY field, type, unit`,
  );
  const counts = new Map<number, ReadingCounts>();
  for (const [field, group] of Map.groupBy(rows, (row) => row.number('field'))) {
    const byType = new Map<string, number>();
    const byUnit = new Map<string | null, number>();
    for (const row of group) {
      const type = row.text('type');
      const readings = row.number('readings');
      byType.set(type, (byType.get(type) ?? 0) + readings);
      if (type === 'number') byUnit.set(row.textOrNull('unit'), readings);
    }
    const total = (column: string): number => group.reduce((sum, row) => sum + row.number(column), 0);
    const [yearLike, bareYears, zeroTexts] = [total('year_like'), total('bare_years'), total('zero_texts')];
    counts.set(field, { byType, byUnit, yearLike, bareYears, zeroTexts });
  }
  return counts;
}

/**
 * The type most of the readings have. Notes among numbers do not matter as long as they are few; whole fields
 * of years are numbers. Whether a text is a list or a category is seen from its values later.
 */
export function voteType(counts: ReadingCounts): FieldType {
  const of = (type: string): number => counts.byType.get(type) ?? 0;
  const stated = [...counts.byType.values()].reduce((sum, count) => sum + count, 0) - counts.zeroTexts;
  const needed = stated * decisiveShare;
  const numbers = of('number') + of('percentage');
  const dates = of('date');
  if (dates > 0 && dates + (dates >= stated * 0.2 ? counts.yearLike : 0) >= needed) {
    return counts.bareYears + counts.yearLike >= needed && counts.bareYears === dates ? 'number' : 'date';
  }
  if (numbers > 0 && numbers >= needed) {
    const withoutUnit = counts.byUnit.get(null) ?? 0;
    const signLeftOut = withoutUnit === of('number') && of('percentage') >= numbers * signShare;
    return of('percentage') > of('number') || signLeftOut ? 'percentage' : 'number';
  }
  if (of('boolean') > 0 && of('boolean') >= needed) return 'boolean';
  return of('list') > 0 && of('list') >= stated * listShare ? 'list' : 'text';
}

/**
 * The unit the numbers of a field are in: the most frequent one, if enough of them have it. Words that are no
 * measure ("provinces", "members") must be the same nearly always to say something about the field.
 */
export function voteUnit(counts: ReadingCounts): string | null {
  const stated = [...counts.byUnit].filter((entry): entry is [string, number] => entry[0] !== null);
  const numbers = [...counts.byUnit.values()].reduce((sum, count) => sum + count, 0);
  const [first] = stated.sort(([unitA, a], [unitB, b]) => b - a || (unitA < unitB ? -1 : 1));
  if (first === undefined) return null;
  const [unit, count] = first;
  const withUnit = stated.reduce((sum, [, each]) => sum + each, 0);
  if (count < numbers * unitShare) return null;
  return isMeasure(unit) || count >= withUnit * decisiveShare ? unit : null;
}

/** Whether numbers in this unit are of another dimension than others: a measure or money, not a word. */
function isMeasure(unit: string): boolean {
  const [counted = unit] = unit.split('/');
  return isCurrencyCode(counted) || measureSymbol(counted) !== null;
}

/**
 * What a number in `from` is multiplied by to be in the field's unit, or null where the two have nothing to do
 * with each other and the number must be left out. A number without unit is taken to be in the field's.
 */
export function unitFactor(from: string | null, to: string | null): number | null {
  if (from === null || from === to) return 1;
  if (to === null) return isMeasure(from) ? null : 1;
  // "years of age" are years: what follows a unit does not change it.
  for (let end = from.length; end > 0; end = from.lastIndexOf(' ', end - 1)) {
    const factor = convertUnit({ number: 1, from: from.slice(0, end), to });
    if (factor !== null) return factor;
  }
  return isMeasure(from) || isMeasure(to) ? null : 1;
}

/** Leaves `build_units (field, unit, factor)`: by what each field's numbers are multiplied. */
export async function writeUnitFactors(
  connection: DuckDBConnection,
  fields: readonly {
    readonly number: number;
    readonly unit: string | null;
    readonly counts: ReadingCounts;
  }[],
): Promise<void> {
  const factors = fields.flatMap(({ number, unit, counts }) =>
    [...counts.byUnit.keys()].map((from) => ({ number, from, factor: unitFactor(from, unit) })),
  );
  await createTemporaryTable({
    connection,
    table: 'build_units',
    columns: [
      { name: 'field', type: INTEGER, values: factors.map(({ number }) => number) },
      { name: 'unit', type: VARCHAR, values: factors.map(({ from }) => from ?? '') },
      { name: 'factor', type: DOUBLE, values: factors.map(({ factor }) => factor) },
    ],
  });
}
