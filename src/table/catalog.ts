/**
 * The type of a column of a table. A `category` is text with few distinct values; `list` columns are VARCHAR[];
 * `date` columns are DATE, a date stated to the month or year only being its first day.
 */
export const fieldTypes = ['number', 'percentage', 'date', 'text', 'category', 'list', 'boolean'] as const;

export type FieldType = (typeof fieldTypes)[number];

/** A column of a table as a question may name it. */
export interface CatalogColumn {
  /** The SQL identifier, snake_case: `area_total`. */
  readonly name: string;
  /** The field in the documents' words: `Area > total`. */
  readonly label: string;
  /** Other labels that were joined into this field, and names the user gave it. */
  readonly aliases: readonly string[];
  readonly type: FieldType;
  /** The unit all numbers of the column are in: `km`, `sq km`, `USD`; null for counts and plain numbers. */
  readonly unit: string | null;
  readonly description: string | null;
  /** The share of the table's rows that have a value, 0 to 1. */
  readonly coverage: number;
  /** Earlier periods that stand in columns of their own, `NAME@PERIOD`, newest first. */
  readonly periods: readonly string[];
  /**
   * The period most of the column's own values are of. Where there are earlier periods, `NAME@PERIOD` holds
   * exactly the values of this one too.
   */
  readonly latestPeriod?: string | null;
  /** A few values as the documents state them. */
  readonly examples: readonly string[];
  /**
   * For a category: its values with the number of rows, most frequent first; for lists of few different items, the
   * items. Empty for other types.
   */
  readonly values: readonly { readonly value: string; readonly rows: number }[];
}

/** A table of the corpus: one kind of document (or of entities within documents), one row an entity. */
export interface CatalogTable {
  /** The SQL identifier. */
  readonly name: string;
  /** What a question may call one row: `profile`, `country`, `package`; singular, lower case, most likely first. */
  readonly nouns: readonly string[];
  readonly rows: number;
  /** The column that names the entity. It is always there, is unique, and is not among `columns`. */
  readonly key: string;
  readonly columns: readonly CatalogColumn[];
  /** Names of entities for linking: looks up exact and folded names. */
  readonly findEntity: (name: string) => string | null;
}

/** All tables of a corpus. Every SQL statement that `questions` writes runs over these alone. */
export interface Catalog {
  readonly tables: readonly CatalogTable[];
}
