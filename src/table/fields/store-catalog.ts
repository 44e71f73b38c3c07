import { DOUBLE, INTEGER, LIST, VARCHAR, listValue, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldType } from '../catalog.ts';
import type { PlannedField, PlannedKind } from './field-edits.ts';
import { emptySummary, summariseFields, type FieldSummary } from './field-summaries.ts';
import { hasEdits, type FieldsFileField, type FieldsFileTable } from './fields-file.ts';
import { appendRows } from './fill-table.ts';
import { UniqueNames } from './identifiers.ts';
import { singularNouns } from './kind-names.ts';
import { declaredOf, loadDeclaredFields, type DeclaredFields } from './modelled-fields.ts';
import { choosePeriodColumns } from './period-columns.ts';
import { readRows } from './result-row.ts';
import type { WideColumn, WideTable } from './wide-tables.ts';

/** A field with its type and unit. */
export interface TypedField extends PlannedField {
  readonly type: FieldType;
  readonly unit: string | null;
  /** Between the items of a list that is stated as a text. */
  readonly separator: string | null;
  /** What discovery made of it, before the user's changes. */
  readonly discoveredType: FieldType;
  readonly discoveredUnit: string | null;
}

/** A kind whose fields have types. */
export interface TypedKind extends Omit<PlannedKind, 'fields'> {
  readonly fields: readonly TypedField[];
  /** Rows come from several documents, and a column says from which. */
  readonly fromDocuments: boolean;
}

/**
 * Describes the kinds and fields in `store.kinds` and `store.fields`, from which the catalog is loaded.
 *
 * @returns the tables to make, and what `fields.json` is to say.
 */
export async function writeCatalog(
  connection: DuckDBConnection,
  kinds: readonly TypedKind[],
): Promise<{ tables: WideTable[]; file: FieldsFileTable[] }> {
  const summaries = await summariseFields(connection);
  const declared = await loadDeclaredFields(connection);
  const counts = await readRows(
    connection,
    'SELECT kind, count(*) AS rows FROM store.entities GROUP BY kind',
  );
  const rowCounts = new Map(counts.map((row) => [row.number('kind'), row.number('rows')]));
  await connection.run(catalogSchema);
  const tables: WideTable[] = [];
  const file: FieldsFileTable[] = [];
  const fieldRows: FieldRow[] = [];
  // Documents that state nothing but what their tables and lists hold need no table of their own.
  const empty = kinds.some(({ basis }) => basis !== 'documents')
    ? (kind: TypedKind) => kind.fields.length === 0
    : () => false;
  for (const kind of kinds.filter((each) => !empty(each))) {
    const rows = rowCounts.get(kind.number) ?? 0;
    const summaryOf = ({ number }: PlannedField): FieldSummary => summaries.get(number) ?? emptySummary;
    // A field called name whose values are the names of the rows is the key itself; so is any where tables were joined by it.
    const shown = kind.fields.filter(
      (field) => !((field.name === 'name' || kind.basis === 'things') && summaryOf(field).namesEntity),
    );
    const names = new UniqueNames(shown.map(({ name }) => name));
    const key = names.take(names.has('name') ? 'entity' : 'name');
    const documentColumn = kind.fromDocuments ? names.take('document') : null;
    const naming = kind.fields.filter((field) => summaryOf(field).namesEntity);
    const nouns = [...new Set([...nounsOfKey(naming), ...kind.nouns])];
    const cells = kind.fields.reduce((sum, field) => sum + summaryOf(field).rows, 0);
    await writeKind({ connection, kind, key, documentColumn, nouns, rows, cells });
    const described = shown.map((field) => {
      const summary = summaryOf(field);
      return { field: field.number, planned: field, summary, type: catalogType(field, summary) };
    });
    const periods = choosePeriodColumns(described);
    const columns: WideColumn[] = [];
    for (const { field, planned, summary, type } of described) {
      const { name } = planned;
      const earlier = periods.get(field) ?? [];
      columns.push({ field, name, type, period: null });
      // Where there are earlier periods, the latest has a name too, which stands for exactly that period.
      const latest = earlier.length === 0 || summary.latestPeriod === null ? [] : [summary.latestPeriod];
      for (const period of [...latest, ...earlier])
        columns.push({ field, name: `${name}@${period}`, type, period });
      const coverage = rows === 0 ? 0 : summary.rows / rows;
      fieldRows.push({
        field: planned,
        type,
        summary,
        coverage,
        periods: earlier,
        position: fieldRows.length,
      });
    }
    tables.push({ kind: kind.number, name: kind.name, key, columns, documentColumn });
    file.push(fileTable({ kind, nouns, rows, summaryOf }));
  }
  await writeFields({ connection, rows: fieldRows, declared });
  return { tables, file };
}

function catalogType({ type, edits }: TypedField, { category }: FieldSummary): FieldType {
  if (type !== 'text') return type;
  return edits?.type ?? (category ? 'category' : 'text');
}

const catalogSchema = `
CREATE OR REPLACE TABLE store.kinds (
  kind INTEGER, name VARCHAR, key_column VARCHAR, document_column VARCHAR, nouns VARCHAR[], entities INTEGER,
  documents INTEGER, cells INTEGER);
CREATE OR REPLACE TABLE store.fields (
  field INTEGER, kind INTEGER, position INTEGER, name VARCHAR, label VARCHAR, aliases VARCHAR[], type VARCHAR,
  unit VARCHAR, description VARCHAR, coverage DOUBLE, facts INTEGER, documents INTEGER, excluded INTEGER,
  periods VARCHAR[], latest_period VARCHAR, examples VARCHAR[], category_values VARCHAR[], category_rows INTEGER[])`;

async function writeKind({
  connection,
  kind,
  key,
  documentColumn,
  nouns,
  rows,
  cells,
}: {
  connection: DuckDBConnection;
  kind: TypedKind;
  key: string;
  documentColumn: string | null;
  nouns: readonly string[];
  rows: number;
  cells: number;
}): Promise<void> {
  await connection.run(
    'INSERT INTO store.kinds VALUES ($kind, $name, $key, $document, $nouns, $rows, $documents, $cells)',
    {
      kind: kind.number,
      name: kind.name,
      key,
      document: documentColumn,
      nouns: listValue(nouns),
      rows,
      documents: kind.documents.length,
      cells,
    },
  );
}

interface FieldRow {
  readonly field: TypedField;
  readonly type: FieldType;
  readonly summary: FieldSummary;
  readonly coverage: number;
  readonly periods: readonly string[];
  readonly position: number;
}

/** Whether the catalog lists what a field's values, or the items of its lists, are. */
const hasValues = (type: FieldType): boolean => type === 'category' || type === 'list';

async function writeFields({
  connection,
  rows,
  declared,
}: {
  connection: DuckDBConnection;
  rows: readonly FieldRow[];
  declared: DeclaredFields;
}): Promise<void> {
  await appendRows({
    connection,
    table: 'fields',
    schema: 'store',
    columns: [
      { name: 'field', type: INTEGER, values: rows.map(({ field }) => field.number) },
      { name: 'kind', type: INTEGER, values: rows.map(({ field }) => field.kind) },
      { name: 'position', type: INTEGER, values: rows.map(({ position }) => position) },
      { name: 'name', type: VARCHAR, values: rows.map(({ field }) => field.name) },
      { name: 'label', type: VARCHAR, values: rows.map(({ field }) => field.label) },
      { name: 'aliases', type: LIST(VARCHAR), values: rows.map(({ field }) => listValue(field.aliases)) },
      { name: 'type', type: VARCHAR, values: rows.map(({ type }) => type) },
      {
        name: 'unit',
        type: VARCHAR,
        values: rows.map(({ field, type }) => (type === 'percentage' ? '%' : field.unit)),
      },
      {
        name: 'description',
        type: VARCHAR,
        values: rows.map(
          ({ field }) => field.edits?.description ?? declaredOf(field.group, declared)?.description ?? null,
        ),
      },
      { name: 'coverage', type: DOUBLE, values: rows.map(({ coverage }) => coverage) },
      { name: 'facts', type: INTEGER, values: rows.map(({ summary }) => summary.facts) },
      { name: 'documents', type: INTEGER, values: rows.map(({ summary }) => summary.documents) },
      { name: 'excluded', type: INTEGER, values: rows.map(({ summary }) => summary.excluded) },
      { name: 'periods', type: LIST(VARCHAR), values: rows.map(({ periods }) => listValue(periods)) },
      { name: 'latest_period', type: VARCHAR, values: rows.map(({ summary }) => summary.latestPeriod) },
      {
        name: 'examples',
        type: LIST(VARCHAR),
        values: rows.map(({ summary }) => listValue(summary.examples)),
      },
      {
        name: 'category_values',
        type: LIST(VARCHAR),
        values: rows.map(({ type, summary }) =>
          listValue(hasValues(type) ? summary.values.map(({ value }) => value) : []),
        ),
      },
      {
        name: 'category_rows',
        type: LIST(INTEGER),
        values: rows.map(({ type, summary }) =>
          listValue(hasValues(type) ? summary.values.map((each) => each.rows) : []),
        ),
      },
    ],
  });
}

const nameWords = /[\s_-]*(?:name|title|id|identifier|code|number|no\.?|nr\.?)$/i;

/**
 * What the fields that name the rows call them: a field "Company name" names companies, and so does a field "short form"
 * that stands under that heading.
 */
function nounsOfKey(naming: readonly TypedField[]): string[] {
  return singularNouns(
    naming.map(({ label, aliases, type }) => {
      if (type === 'date' && !/month|quarter|year/i.test(label)) return 'day';
      const parts = [label, ...aliases].flatMap((path) => path.split(' > ').reverse());
      return (parts.find((part) => nameWords.test(part)) ?? parts[0] ?? label).replace(nameWords, '');
    }),
  );
}

/** A kind as `fields.json` shows it. */
function fileTable({
  kind,
  nouns,
  rows,
  summaryOf,
}: {
  kind: TypedKind;
  nouns: readonly string[];
  rows: number;
  summaryOf: (field: PlannedField) => FieldSummary;
}): FieldsFileTable {
  const key = kind.fields.find(({ number }) => number === kind.keyField);
  const entries = kind.fields.map((field): FieldsFileField => {
    const summary = summaryOf(field);
    const { examples, rows: stated } = summary;
    return {
      label: field.label,
      name: field.name,
      type: catalogType(field, summary),
      unit: field.unit,
      description: field.edits?.description ?? null,
      join: [...(field.edits?.join ?? [])],
      drop: false,
      aliases: [...field.aliases],
      coverage: rows === 0 ? 0 : Number((stated / rows).toFixed(4)),
      examples: [...examples],
      discovered: {
        name: field.discoveredName,
        type: field.discoveredType === 'text' && summary.category ? 'category' : field.discoveredType,
        unit: field.discoveredUnit,
      },
    };
  });
  const kept = [...kind.dropped.map(({ edits }) => edits), ...kind.stale].filter((edits) => edits !== null);
  return {
    name: kind.name,
    key: kind.keyEdited ? (key?.label ?? null) : null,
    nouns: [...nouns],
    rows,
    discovered: { name: kind.discovered.name, nouns: [...nouns] },
    fields: [...entries, ...kept.filter(hasEdits).map(({ entry }) => entry)],
  };
}
