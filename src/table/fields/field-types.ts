import { DOUBLE, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldType } from '../catalog.ts';
import { currencyCodeInName, isCurrencyCode } from '../values/currencies.ts';
import { canonicalUnit, convertUnit, measureSymbol } from '../values/units.ts';
import { appendRows, createTemporaryTable } from './fill-table.ts';
import { readingForms, type ReadingForm } from './label-paths.ts';
import { readRows } from './result-row.ts';

/** What a field's readings are, counted. Missing values are not among them. */
export interface ReadingCounts {
  readonly byForm: ReadonlyMap<ReadingForm, number>;
  /** Numbers by unit; `null` for those without. */
  readonly byUnit: ReadonlyMap<string | null, number>;
  /** All forms with their units that there are. */
  readonly combinations: readonly Combination[];
}

interface Combination {
  readonly form: ReadingForm;
  readonly unit: string | null;
  /** The unit's number in `build_unit_names`; 0 for none. */
  readonly unitNumber: number;
  readonly readings: number;
}

/** A field is of a type when this share of its readings is. */
const decisiveShare = 0.6;
/** A unit is a field's when this share of its numbers has it; numbers without unit are then in it too. */
const unitShare = 0.3;
/** Hours and minutes side by side are told in minutes where this share of the numbers is. */
const finerShare = 0.15;
const listShare = 0.5;
/** Whole numbers from 1000 to 2100 are years where this share of the values are dates. */
const yearsAmongDates = 0.2;
/** Plain numbers beside this share of percentages are percentages whose sign was left out. */
const signShare = 0.25;

/** Counts the readings of all fields. Expects `build_facts`. */
export async function countReadings(connection: DuckDBConnection): Promise<Map<number, ReadingCounts>> {
  const rows = await readRows(
    connection,
    `SELECT f.field, f.form::VARCHAR AS form, f.unit AS unit_number, u.unit, f.readings
     FROM (SELECT field, form, unit, count(*) AS readings FROM build_facts WHERE form <> 'missing' GROUP BY ALL) f
     LEFT JOIN build_unit_names u ON u.number = f.unit ORDER BY f.field, f.form, f.unit`,
  );
  const counts = new Map<number, ReadingCounts>();
  for (const [field, group] of Map.groupBy(rows, (row) => row.number('field'))) {
    const combinations = group.flatMap((row): Combination[] => {
      const form = readingForms.find((each) => each === row.text('form'));
      if (form === undefined) return [];
      const unitNumber = row.number('unit_number');
      return [{ form, unit: row.textOrNull('unit'), unitNumber, readings: row.number('readings') }];
    });
    counts.set(field, summarise(combinations));
  }
  return counts;
}

function summarise(combinations: readonly Combination[]): ReadingCounts {
  const byForm = new Map<ReadingForm, number>();
  const byUnit = new Map<string | null, number>();
  for (const { form, unit, readings } of combinations) {
    byForm.set(form, (byForm.get(form) ?? 0) + readings);
    if (form === 'number' || form === 'year') byUnit.set(unit, (byUnit.get(unit) ?? 0) + readings);
  }
  return { byForm, byUnit, combinations };
}

/**
 * The type most of the readings have. Notes among numbers do not matter as long as they are few; whole fields
 * of years are numbers. Whether a text is a list or a category is seen from its values later.
 */
export function voteType({ byForm, byUnit }: ReadingCounts): FieldType {
  const of = (...forms: ReadingForm[]): number =>
    forms.reduce((sum, form) => sum + (byForm.get(form) ?? 0), 0);
  const stated = [...byForm.values()].reduce((sum, count) => sum + count, 0) - of('zero');
  const needed = stated * decisiveShare;
  const dates = of('date', 'bare-year');
  const years = dates >= stated * yearsAmongDates ? of('year') : 0;
  if (dates > 0 && dates + years >= needed) return of('date') === 0 ? 'number' : 'date';
  const plain = of('number', 'year');
  const percentages = of('percentage');
  if (plain + percentages > 0 && plain + percentages >= needed) {
    const signLeftOut = byUnit.get(null) === plain && percentages >= (plain + percentages) * signShare;
    return percentages > plain || signLeftOut ? 'percentage' : 'number';
  }
  if (of('boolean') > 0 && of('boolean') >= needed) return 'boolean';
  // Beside other letters, N may be north.
  if (of('letter') > 0 && of('letter', 'boolean') === stated) return 'boolean';
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
  // "3 h 38 min" is a fraction of hours; minutes are whole.
  const minutes = counts.byUnit.get('min') ?? 0;
  if (unit === 'h' && minutes >= numbers * finerShare) return 'min';
  return isMeasure(unit) || count >= withUnit * decisiveShare ? unit : null;
}

/**
 * The unit that a machine's name for a column ends in: `area_sq_km`, `price_usd`, `share_pct`. Other labels say
 * their unit in brackets, which was read with the values.
 */
export function unitInName(label: string): string | null {
  const words = label.split('_');
  if (words.length < 2) return null;
  const [last = '', lastTwo] = [words.at(-1), words.length > 2 ? words.slice(-2).join(' ') : null];
  if (/^(?:pct|percent|perc)$/i.test(last)) return '%';
  // `price_per_kg` is in no kilograms.
  if (/^per$/i.test(words.at(-2) ?? '')) return null;
  const named =
    lastTwo === null
      ? null
      : (perTimes.get(lastTwo) ?? measureSymbol(lastTwo) ?? rateUnit(words.at(-2) ?? '', last));
  if (named !== null) return named;
  // `start_year` is a year, not an amount of years.
  if (/^(?:year|quarter|month|week|day|hour|minute|second)$/i.test(last)) return null;
  if (last.length < 2)
    return letterUnits.find(({ of, letter }) => letter === last && of.test(label))?.unit ?? null;
  const binary = /^[kmgt]ib$/i.test(last) ? `${last.charAt(0).toUpperCase()}iB` : last;
  return measureSymbol(binary) ?? currencyCodeInName(last);
}

const below = /^(?:cm3|m3|m2|km2|ha|kg|l|kwh|mwh|year|yr|month|week|day|h|hour)$/i;

/** `g_cm3`, `eur_month`, `kg_m3`: so much of one for each of the other. */
function rateUnit(above: string, divisor: string): string | null {
  if (!below.test(divisor)) return null;
  const counted = measureSymbol(above) ?? currencyCodeInName(above);
  if (counted === null || convertUnit({ number: 1, from: counted, to: divisor }) !== null) return null;
  return canonicalUnit(`${counted}/${divisor}`);
}

const perTimes: ReadonlyMap<string, string> = new Map([
  ['m s', 'm/s'],
  ['km h', 'km/h'],
]);

/** A letter alone may stand for anything, unless the words before it say what is measured. */
export const letterUnits: readonly { readonly letter: string; readonly unit: string; readonly of: RegExp }[] =
  [
    { letter: 'c', unit: '°C', of: /temp/i },
    { letter: 'f', unit: '°F', of: /temp/i },
    { letter: 'm', unit: 'm', of: /height|length|depth|width|distance|elevation|altitude|diameter|radius/i },
    { letter: 'w', unit: 'W', of: /power|tdp/i },
    { letter: 'h', unit: 'h', of: /time|duration/i },
    { letter: 's', unit: 's', of: /time|duration/i },
    {
      letter: 'g',
      unit: 'g',
      of: /weight|mass|protein|fat|sugar|fib(?:er|re)|salt|carb|starch|alcohol|content|portion|serving/i,
    },
  ];

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

/** Whether a reading gives a field of the type a value; null for none, else the factor of its number. */
export function acceptedFactor(
  { type, unit }: { readonly type: FieldType; readonly unit: string | null },
  reading: { readonly form: ReadingForm; readonly unit: string | null },
): number | null {
  const { form } = reading;
  switch (type) {
    case 'number':
      if (form === 'number' || form === 'year') return unitFactor(reading.unit, unit);
      return form === 'zero' || form === 'bare-year' ? 1 : null;
    case 'percentage':
      if (form === 'number' || form === 'year') return reading.unit === null ? 1 : null;
      return form === 'percentage' || form === 'zero' ? 1 : null;
    case 'date':
      return form === 'date' || form === 'bare-year' || form === 'year' ? 1 : null;
    case 'boolean':
      // "None" of what is there or not: it is not.
      return form === 'boolean' || form === 'letter' || form === 'zero' ? 1 : null;
    case 'text':
    case 'category':
    case 'list':
      return form === 'missing' ? null : 1;
  }
}

/**
 * Leaves in `build_accepted (field, form, unit)` which readings give a field a value, and in `store.units (field,
 * unit, factor)` by what their numbers are multiplied where that is not 1.
 */
export async function writeAccepted(
  connection: DuckDBConnection,
  fields: readonly {
    readonly number: number;
    readonly type: FieldType;
    readonly unit: string | null;
    readonly counts: ReadingCounts;
  }[],
): Promise<void> {
  const accepted = fields.flatMap((field) =>
    field.counts.combinations.flatMap((combination) => {
      const factor = acceptedFactor(field, combination);
      return factor === null ? [] : [{ field: field.number, factor, ...combination }];
    }),
  );
  await createTemporaryTable({
    connection,
    table: 'build_accepted',
    columns: [
      { name: 'field', type: INTEGER, values: accepted.map(({ field }) => field) },
      { name: 'form', type: VARCHAR, values: accepted.map(({ form }) => form) },
      { name: 'unit', type: INTEGER, values: accepted.map(({ unitNumber }) => unitNumber) },
    ],
  });
  const scaled = accepted.filter(({ factor }) => factor !== 1);
  await connection.run('CREATE OR REPLACE TABLE store.units (field INTEGER, unit VARCHAR, factor DOUBLE)');
  await appendRows({
    connection,
    table: 'units',
    schema: 'store',
    columns: [
      { name: 'field', type: INTEGER, values: scaled.map(({ field }) => field) },
      { name: 'unit', type: VARCHAR, values: scaled.map(({ unit }) => unit) },
      { name: 'factor', type: DOUBLE, values: scaled.map(({ factor }) => factor) },
    ],
  });
}
