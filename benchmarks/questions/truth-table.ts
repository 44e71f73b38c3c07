import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Value } from '../../src/questions/evaluate/values.ts';
import { lemmaOf } from '../../src/questions/language/lemma.ts';
import { testTable } from '../../src/questions/testing/test-table.ts';
import type { TestColumn, TestTable } from '../../src/questions/testing/test-table.ts';
import { canonicalUnit, measureSymbol } from '../../src/table/values/units.ts';
import { currencyOf } from '../../src/table/values/currencies.ts';
import { listSeparator } from '../../src/table/fields/text-lists.ts';
import type { FieldType } from '../../src/table/catalog.ts';

interface Notes {
  readonly table: string;
  readonly fields: Readonly<Record<string, string>>;
}

const mostCategoryValues = 60;

/** The unit that a column's name ends in, and the name without it: `area_sq_km`, `growth_pct`. */
function splitUnit(name: string): { readonly label: string; readonly unit: string | null } {
  const words = name.split('_');
  for (const length of [2, 1]) {
    if (words.length <= length) continue;
    const tail = words.slice(-length).join(' ');
    const label = words.slice(0, -length).join(' ');
    if (tail === 'pct' || tail === 'percent') return { label, unit: '%' };
    const symbol = measureSymbol(tail) ?? measureSymbol(tail.replace('kib', 'KiB')) ?? currencyOf(tail);
    if (symbol !== null && tail.length > 1 && tail !== 'year') return { label, unit: canonicalUnit(symbol) };
  }
  return { label: words.join(' '), unit: null };
}

const isCalendarDate = (text: string): boolean =>
  new Date(`${text.padEnd(7, '-01').padEnd(10, '-01')}T00:00:00Z`).toJSON()?.startsWith(text) ?? false;

function typeOf(values: readonly string[], unit: string | null): FieldType {
  if (values.every((value) => /^-?\d+(?:\.\d+)?$/.test(value))) return unit === '%' ? 'percentage' : 'number';
  const dates = values.filter((value) => /^\d{4}(?:-\d{2}){0,2}$/.test(value) && isCalendarDate(value));
  if (dates.length >= values.length * 0.95) return 'date';
  if (values.length > 0 && values.every((value) => /^(?:yes|no)$/i.test(value))) return 'boolean';
  if (listSeparator(values) !== null) return 'list';
  return new Set(values).size <= mostCategoryValues ? 'category' : 'text';
}

/**
 * The table that a development corpus's `truth.csv` holds, described as discovery would: labels out of column
 * names, units out of their endings, the maintainers' notes as descriptions. `keep` chooses rows.
 */
export function truthTable(
  folder: string,
  options: {
    readonly key: string;
    readonly noun: string;
    readonly keep?: (row: Readonly<Record<string, string>>) => boolean;
    readonly notes?: Notes;
  },
): TestTable {
  const records: Record<string, string>[] = parse(readFileSync(`${folder}/truth.csv`, 'utf8'), {
    columns: true,
  });
  const kept = records.filter((row) => options.keep?.(row) ?? true);
  const names = Object.keys(records[0] ?? {}).filter((name) => name !== options.key && name !== 'doc_id');
  const columns: (TestColumn & { readonly description: string | null })[] = names.map((name) => {
    const { label, unit } = splitUnit(name);
    const values = kept.map((row) => row[name] ?? '').filter((value) => value !== '');
    const note = options.notes?.fields[name];
    const alias =
      note === undefined
        ? []
        : [
            note
              .replace(/;.*$/, '')
              .replace(/\(null.*$/, '')
              .replace(/, .*(?:null|most recent|recent year|0 when).*$/, '')
              .trim(),
          ];
    return {
      name,
      label,
      unit: unit === '%' ? '%' : unit,
      type: typeOf(values, unit),
      aliases: alias,
      description: note ?? null,
    };
  });
  const separators = new Map(
    columns
      .filter(({ type }) => type === 'list')
      .map(({ name }) => [name, listSeparator(kept.map((row) => row[name] ?? '').filter(Boolean)) ?? ',']),
  );
  const rows = kept.map((row) => {
    const converted: Record<string, Value> = { [options.key]: row[options.key] ?? '' };
    for (const column of columns) {
      const text = row[column.name] ?? '';
      const isNumber = column.type === 'number' || column.type === 'percentage';
      const separator = separators.get(column.name);
      converted[column.name] =
        text === '' || (column.type === 'date' && !isCalendarDate(text))
          ? null
          : isNumber
            ? Number(text)
            : column.type === 'boolean'
              ? /^yes$/i.test(text)
              : separator === undefined
                ? text
                : text.split(separator).map((item) => item.trim());
    }
    return converted;
  });
  return testTable({
    name: options.notes?.table ?? `${options.noun}s`,
    key: options.key,
    nouns: [lemmaOf(options.noun)],
    columns,
    rows,
  });
}

const notesIn = (folder: string): Notes => JSON.parse(readFileSync(`${folder}/fields.json`, 'utf8'));

/** The development corpora whose truth can be asked, by name, given the folder they lie in. */
export const truthTables: Readonly<Record<string, (data: string) => TestTable>> = {
  factbook: (data) =>
    truthTable(`${data}factbook`, {
      key: 'name',
      noun: 'profile',
      keep: (row) => row['edition'] === '2022',
      notes: notesIn(`${data}factbook`),
    }),
  debian: (data) =>
    truthTable(`${data}debian`, { key: 'package', noun: 'package', notes: notesIn(`${data}debian`) }),
  muc4: (data) => truthTable(`${data}muc4`, { key: 'doc_id', noun: 'report' }),
};
