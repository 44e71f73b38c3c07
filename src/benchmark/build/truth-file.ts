import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Value } from '../../questions/index.ts';
import {
  passageTitle,
  type CatalogColumn,
  type CatalogTable,
  type FieldType,
  type OpenCorpus,
} from '../../table/index.ts';
import { canonicalUnit, measureSymbol } from '../../table/values/units.ts';
import { currencyOf } from '../../table/values/currencies.ts';
import { BenchmarkError } from '../benchmark-error.ts';
import { namedColumns } from './consensus.ts';
import { chooseFields, type Candidate } from './choose-fields.ts';
import { fold } from './labelled-text.ts';
import { columnName, type TruthEntity, type TruthTable } from './truth-table.ts';
import { wholeCorpusLimits } from './whole-corpus-limits.ts';

type Records = readonly Readonly<Record<string, string>>[];

/** A text of more values than this is no category. */
const mostCategories = 60;

/**
 * The truth out of a CSV file: a row an entity, a column a field, a header line. The column whose cells are titles or
 * file names of documents tells which document a row is about; the first such column is the key. A unit may stand in
 * brackets behind a column's name, `area (sq km)`, or be its last word, `area_sq_km`.
 *
 * @throws {BenchmarkError} when the file cannot be read, or its rows cannot be told to be about documents.
 */
export async function truthFromFile({
  corpus,
  file,
  only,
}: {
  corpus: OpenCorpus;
  file: string;
  /** The columns that may be used; all where absent. */
  only?: readonly string[] | undefined;
}): Promise<TruthTable> {
  const records = await readRecords(file);
  const documents = await documentNames(corpus);
  const columns = Object.keys(records[0] ?? {});
  const key = columns.find((column) => {
    const known = records.filter((record) => documents.has(fold(record[column] ?? '')));
    return known.length > records.length / 2;
  });
  if (key === undefined) {
    throw new BenchmarkError({
      message: `No column of ${file} names the documents: the cells of one must be titles or file names.`,
      remedy: 'Add a column of file names (without folder and extension) or of titles.',
    });
  }
  const about = records.flatMap((record) => {
    const ids = documents.get(fold(record[key] ?? ''));
    return ids === undefined ? [] : [{ record, ids }];
  });
  const name = naming(
    columns,
    key,
    about.map(({ record }) => record),
  );
  const described = columns
    .filter((column) => column !== key && column !== name)
    .map((column) =>
      describe(
        column,
        about.map(({ record }) => record[column] ?? ''),
      ),
    );
  const keys = new Map(about.map(({ record }) => [(record[name] ?? '').toLowerCase(), record[name] ?? '']));
  const base = corpus.catalog.tables[0];
  const table: CatalogTable = {
    name: base?.name ?? 'documents',
    nouns: base?.nouns ?? ['document'],
    rows: about.length,
    key: name,
    columns: described,
    findEntity: (entity) => keys.get(entity.trim().toLowerCase()) ?? null,
  };
  const usable = only === undefined ? described : namedColumns(table, only);
  const candidates = usable.map((column): Candidate => ({
    field: { column, period: null },
    values: new Map(
      about.flatMap(({ record }) => {
        const value = toValue(record[column.name] ?? '', column.type);
        return value === null ? [] : [[record[name] ?? '', value] as const];
      }),
    ),
  }));
  const { fields, entities } = chooseFields(candidates, about.length);
  const idsOf = new Map(about.map(({ record, ids }) => [record[name] ?? '', ids]));
  const values = new Map(candidates.map((candidate) => [candidate.field.column.name, candidate.values]));
  return {
    kind: 'file',
    rule: file.replace(/^.*[/\\]/, ''),
    catalog: { tables: [table] },
    table,
    fields,
    entities: entities.map((entity): TruthEntity => {
      const ids = idsOf.get(entity) ?? [];
      const row: Record<string, Value> = { [name]: entity };
      for (const field of fields) row[columnName(field)] = values.get(field.column.name)?.get(entity) ?? null;
      const sources = new Map(
        fields.map((field) => [columnName(field), { document: ids[0] ?? '', span: null }]),
      );
      return { key: entity, row, documents: ids, sources };
    }),
    notes:
      about.length === records.length
        ? []
        : [`${records.length - about.length} rows of the file are about no document of the corpus.`],
  };
}

async function readRecords(file: string): Promise<Records> {
  try {
    const records: Records = parse(await readFile(file), {
      columns: true,
      bom: true,
      skip_empty_lines: true,
    });
    if (records.length > 0) return records;
  } catch (error) {
    throw new BenchmarkError({
      message: `${file} cannot be read as CSV: ${error instanceof Error ? error.message : String(error)}`,
      remedy: 'Give a CSV file with a header line.',
      cause: error,
    });
  }
  throw new BenchmarkError({
    message: `${file} has no rows.`,
    remedy: 'Give a CSV file with a header line.',
  });
}

/** The ids of documents by what they may be called: title, path, file name, file name without extension. */
async function documentNames(corpus: OpenCorpus): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await corpus.sql('SELECT id, path, title FROM documents ORDER BY id', {
    limits: wholeCorpusLimits,
  });
  const names = new Map<string, string[]>();
  for (const [id, path, title] of rows.map((row) =>
    row.map((cell) => (cell === null ? null : String(cell))),
  )) {
    if (id === null || id === undefined || path === null || path === undefined) continue;
    const file = path.split('/').at(-1) ?? path;
    const called = [
      id,
      path,
      file,
      file.replace(/\.[^.]+$/, ''),
      passageTitle({ id, path, title: title ?? null }),
    ];
    for (const name of new Set(called.map(fold))) names.set(name, [...(names.get(name) ?? []), id]);
  }
  return names;
}

/** The column that questions name rows by: one called a name whose cells are unique, else the key. */
function naming(columns: readonly string[], key: string, records: Records): string {
  const isUnique = (column: string): boolean => {
    const cells = records.map((record) => record[column] ?? '');
    return !cells.includes('') && new Set(cells).size === cells.length;
  };
  return (
    columns.find((column) => /\b(?:name|title)\b/i.test(column.replaceAll('_', ' ')) && isUnique(column)) ??
    key
  );
}

function describe(name: string, cells: readonly string[]): CatalogColumn {
  const { label, unit } = splitUnit(name);
  const stated = cells.filter((cell) => cell.trim() !== '');
  const type = typeOf(stated, unit);
  const counts = new Map<string, number>();
  for (const cell of stated) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const values = [...counts]
    .map(([value, rows]) => ({ value, rows }))
    .toSorted((one, other) => other.rows - one.rows);
  return {
    name,
    label,
    aliases: [],
    type,
    unit: type === 'number' ? unit : null,
    description: null,
    coverage: cells.length === 0 ? 0 : stated.length / cells.length,
    periods: [],
    latestPeriod: null,
    examples: [...counts.keys()].slice(0, 3),
    values: type === 'category' ? values : [],
  };
}

function splitUnit(name: string): { readonly label: string; readonly unit: string | null } {
  const bracket = /^(.*?)\s*[([]([^)\]]+)[)\]]\s*$/.exec(name);
  const known = (text: string): string | null => {
    if (/^(?:%|pct|percent)$/i.test(text)) return '%';
    const unit = measureSymbol(text) ?? currencyOf(text);
    return unit === null ? null : canonicalUnit(unit);
  };
  if (bracket !== null) return { label: words(bracket[1] ?? name), unit: known(bracket[2] ?? '') };
  const parts = name.split('_');
  for (const length of [2, 1]) {
    const unit = parts.length > length ? known(parts.slice(-length).join(' ')) : null;
    if (unit !== null) return { label: words(parts.slice(0, -length).join('_')), unit };
  }
  return { label: words(name), unit: null };
}

const words = (name: string): string => name.replaceAll('_', ' ').trim();

function typeOf(cells: readonly string[], unit: string | null): FieldType {
  if (cells.length > 0 && cells.every((cell) => /^-?\d+(?:\.\d+)?$/.test(cell)))
    return unit === '%' ? 'percentage' : 'number';
  if (cells.length > 0 && cells.every((cell) => /^\d{4}-\d{2}(?:-\d{2})?$/.test(cell))) return 'date';
  if (cells.length > 0 && cells.every((cell) => /^(?:yes|no|true|false)$/i.test(cell))) return 'boolean';
  return new Set(cells).size <= mostCategories ? 'category' : 'text';
}

function toValue(cell: string, type: FieldType): Value {
  if (cell.trim() === '' || type === 'text') return null;
  if (type === 'number' || type === 'percentage') return Number(cell);
  if (type === 'boolean') return /^(?:yes|true)$/i.test(cell);
  return type === 'date' ? cell.padEnd(10, '-01') : cell;
}
