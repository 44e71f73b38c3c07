import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { toSqlCell, type SqlCell } from './sql-value.ts';
import { SourceTexts } from './source-texts.ts';

/** Which facts to list; what is absent does not restrict. */
export interface FactRequest {
  /** A document's id or path. */
  readonly document?: string | undefined;
  /** A field's column name or label. */
  readonly field?: string | undefined;
  readonly entity?: string | undefined;
  readonly limit: number;
}

/** One fact: what a document states for a field, and where. */
export interface FactRow {
  readonly document: string;
  readonly entity: string | null;
  readonly field: string;
  readonly period: string | null;
  readonly value: SqlCell;
  readonly unit: string | null;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly location: string;
  readonly rule: string;
}

/** Lists facts in the order of the documents' paths and of their places in the text. */
export async function listFacts(
  connection: DuckDBConnection,
  { document, field, entity, limit }: FactRequest,
): Promise<{ facts: FactRow[]; total: number }> {
  const conditions: string[] = [];
  const parameters: Record<string, DuckDBValue> = {};
  if (document !== undefined) {
    conditions.push('(v.document = $document OR d.path = $document)');
    parameters.document = document;
  }
  if (field !== undefined) {
    conditions.push(`(lower(v.field) = lower($field) OR EXISTS (
      SELECT 1 FROM store.fields f WHERE f.label = v.field AND f.name = $field))`);
    parameters.field = field;
  }
  if (entity !== undefined) {
    conditions.push('lower(v.entity) = lower($entity)');
    parameters.entity = entity;
  }
  const from = `FROM main.facts v JOIN store.documents d ON d.id = v.document
    ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`;
  const counted = await connection.runAndReadAll(`SELECT count(*)::DOUBLE ${from}`, parameters);
  const found = await connection.runAndReadAll(
    `SELECT d.number, v.document, v.entity, v.field, v.period, v.type, v.number, v.unit, v.text, v.date, v.boolean,
       v.items, v.quote_start, v.quote_end, v.rule
     ${from} ORDER BY d.path, d.number, v.reading LIMIT ${limit}`,
    parameters,
  );
  const rows = found.getRows().map((row) => row.map(toSqlCell));
  const texts = await SourceTexts.load(
    connection,
    rows.map(([number]) => Number(number)),
  );
  const facts = rows.map((row): FactRow => {
    const [number, id, about, name, period, type, value, unit, text, date, boolean, items, start, end, rule] =
      row;
    const values: Record<string, SqlCell | undefined> = {
      number: value,
      percentage: value,
      text,
      date,
      boolean,
      list: items,
    };
    const span = { start: Number(start), end: Number(end) };
    return {
      document: String(id),
      entity: textOrNull(about),
      field: String(name),
      period: textOrNull(period),
      value: values[String(type)] ?? null,
      unit: type === 'percentage' ? '%' : textOrNull(unit),
      ...texts.quote({ document: Number(number), ...span }),
      ...span,
      rule: String(rule),
    };
  });
  return { facts, total: Number(counted.getRows()[0]?.[0]) };
}

function textOrNull(cell: SqlCell | undefined): string | null {
  return typeof cell === 'string' ? cell : null;
}
