import type { CatalogTable } from '../../table/catalog.ts';
import type { Aggregate, Expression, Predicate, Selection } from '../plan.ts';

/** A value of a row as the evaluator sees it; a date is ISO 8601, `2021-03-09`. */
export type Value = number | string | boolean | null | readonly string[];

/** A row of the table: its key and its columns, `name@period` for earlier periods. */
export type Row = Readonly<Record<string, Value>>;

/** Whether a condition holds; null where a missing value leaves it open. */
export type Truth = boolean | null;

/** The table a plan is evaluated over, and the parts of the evaluator, which call each other through it. */
export interface World {
  readonly table: CatalogTable;
  readonly rows: readonly Row[];
  readonly valueOf: (expression: Expression, row: Row) => Value;
  /** The value of an expression that reads no row: an aggregate, a named entity's value, arithmetic of these. */
  readonly valueAlone: (expression: Expression) => Value;
  readonly holds: (predicate: Predicate, row: Row) => Truth;
  /** The rows of a selection in its order, cut to its limit. */
  readonly select: (selection: Selection | undefined) => readonly Row[];
  readonly aggregate: (aggregate: Aggregate) => Value;
  /** The value made once for this node of the plan. */
  readonly once: <Result>(node: object, make: () => Result) => Result;
}

export function keyOf(row: Row, world: Pick<World, 'table'>): string {
  return String(row[world.table.key]);
}

export function asNumber(value: Value | undefined): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return null;
}

/** Negative, zero or positive as the first value comes before, with or after the second; text by code points. */
export function compareValues(one: Value, other: Value): number {
  if (typeof one === 'string' && typeof other === 'string') {
    return compareTexts(one, other);
  }
  return Number(one) - Number(other);
}

/** By code points, as DuckDB does: JavaScript's own order puts what lies beyond U+FFFF before U+E000. */
function compareTexts(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let place = 0; place < length; place += 1) {
    const [unit, otherUnit] = [one.charCodeAt(place), other.charCodeAt(place)];
    if (unit !== otherUnit) return inOrder(unit) - inOrder(otherUnit);
  }
  return one.length - other.length;
}

/** A code unit moved so that surrogates come after all others. */
function inOrder(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Rows by value, rising or falling, then by key; rows without a value are left out. */
export function sortRows({
  rows,
  by,
  descending,
  world,
}: {
  rows: readonly Row[];
  by: (row: Row) => Value;
  descending: boolean;
  world: Pick<World, 'table'>;
}): readonly Row[] {
  return rows
    .map((row) => ({ row, value: by(row), key: keyOf(row, world) }))
    .filter(({ value }) => value !== null)
    .toSorted((one, other) => {
      const order = compareValues(one.value, other.value);
      return (descending ? -order : order) || compareValues(one.key, other.key);
    })
    .map(({ row }) => row);
}

/** Splits rows in order into parts as equal as can be, the larger ones first. */
export function splitIntoTiers(rows: readonly Row[], tiers: number): readonly (readonly Row[])[] {
  const small = Math.floor(rows.length / tiers);
  const larger = rows.length % tiers;
  let start = 0;
  return Array.from({ length: tiers }, (_, tier) => {
    const part = rows.slice(start, start + small + (tier < larger ? 1 : 0));
    start += part.length;
    return part;
  });
}

// oxlint-disable-next-line no-control-regex -- all of ASCII
const beyondAscii = /[^\u0000-\u007F]/;

/** Text without case and accents. */
export function fold(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC');
}
