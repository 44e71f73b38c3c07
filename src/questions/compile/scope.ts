import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import type { Aggregate, Expression, Measure, Predicate, Selection } from '../plan.ts';

/** How tightly an expression binds, from a name or call to a disjunction. */
export type Binding = 'term' | 'product' | 'sum' | 'comparison' | 'and' | 'or';

/** An SQL expression with what is needed to put it into another one. */
export interface SqlExpression {
  readonly sql: string;
  readonly binding: Binding;
  /** Whether its SQL type is surely DOUBLE; whole numbers and decimals overflow, doubles do not. */
  readonly double: boolean;
}

/** The rows of a selection as FROM and WHERE. */
export interface Rows {
  readonly from: string;
  readonly where: readonly string[];
}

/** The rows of a selection with their order. */
export interface OrderedRows extends Rows {
  /** The value ordered by, if any. */
  readonly by: string | null;
  readonly orderBy: readonly string[];
  readonly limit: number | undefined;
  readonly offset: number | undefined;
}

/**
 * What every part of one SQL statement shares: the table, the names in use, and the common table expressions
 * that stand before the statement. The parts of the compiler reach each other through it.
 */
export interface Scope {
  readonly table: CatalogTable;
  /** The table's name, quoted. Every FROM of the statement has this name or alias. */
  readonly relation: string;
  /** The key column, quoted. */
  readonly key: string;
  /** The column a plan names, or null for the table's key. Throws a PlanError when there is none. */
  readonly column: (name: string) => CatalogColumn | null;
  /** The quoted name of a column in a period. */
  readonly columnName: (name: string, period?: string) => string;
  /** The exact key of an entity. */
  readonly entity: (name: string) => string;
  /** A name that no column and no other alias has. Not quoted. */
  readonly newName: (wish: string) => string;
  /** A name for a column of an inner statement, the same for the same wish: no column of the table has it. */
  readonly innerName: (wish: string) => string;
  /** The name of a common table expression with this text, new or used before. */
  readonly commonTable: (wish: string, sql: string) => string;

  readonly expression: (expression: Expression) => SqlExpression;
  readonly predicate: (predicate: Predicate) => SqlExpression;
  readonly conditions: (predicate: Predicate | undefined) => readonly string[];
  readonly measure: (measure: Measure, where?: Predicate) => SqlExpression;
  readonly aggregate: (aggregate: Aggregate) => SqlExpression;
  readonly ordered: (selection: Selection) => OrderedRows;
  readonly rows: (selection: Selection | undefined) => Rows;
  /** A statement that gives the keys of the selection's rows. */
  readonly keys: (selection: Selection) => string;
}
