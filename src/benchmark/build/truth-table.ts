import type { Row, Value } from '../../questions/index.ts';
import type { Catalog, CatalogColumn, CatalogTable } from '../../table/index.ts';

/** A column that questions may be about: of a field, its latest values or those of one period. */
export interface TruthField {
  readonly column: CatalogColumn;
  /** Null for the latest values. */
  readonly period: string | null;
}

/** `[start, end)` in UTF-16 code units of a document's text. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Where a value is stated; `span` is null where its place is not known. */
export interface ValueSource {
  readonly document: string;
  readonly span: TextSpan | null;
}

/** How a value is stated that readers have read. */
export interface StatedValue extends ValueSource {
  /** The statement as a whole. */
  readonly span: TextSpan;
  /** What of it is the value. */
  readonly value: TextSpan;
  /** Of what period, where one is stated. */
  readonly period: string | null;
  /** What the number in the text is multiplied by to be in the unit of the table. */
  readonly factor: number;
  /** It is stated at several places of the document, all alike. */
  readonly isRepeated: boolean;
}

/** An entity whose values are known for certain. */
export interface TruthEntity<Source extends ValueSource = ValueSource> {
  readonly key: string;
  /** The key and a value for each field, `name@period` for those of a period. */
  readonly row: Row;
  /** The ids of all documents about it. A set has all of them or none. */
  readonly documents: readonly string[];
  /** Where each column's value is stated. */
  readonly sources: ReadonlyMap<string, Source>;
}

/** What the answers of a benchmark are computed over: entities of which every field is known. */
export interface TruthTable<Source extends ValueSource = ValueSource> {
  /** All tables of the corpus: a question must be told from what else could be asked. */
  readonly catalog: Catalog;
  readonly table: CatalogTable;
  readonly fields: readonly TruthField[];
  readonly entities: readonly TruthEntity<Source>[];
  readonly kind: 'consensus' | 'file';
  /** By what rule values count as known, in words. */
  readonly rule: string;
  /** What was left out and why, in words. */
  readonly notes: readonly string[];
}

/** The name of a field's column in rows and in SQL. */
export function columnName({ column, period }: TruthField): string {
  return period === null ? column.name : `${column.name}@${period}`;
}

export function isNumeric({ column }: TruthField): boolean {
  return column.type === 'number' || column.type === 'percentage';
}

/** The value as the evaluator and DuckDB take it; empty lists and texts are missing. */
export function isMissing(value: Value | undefined): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}
