/**
 * The typed query plan that stands between an English question and SQL. A plan is what the parser makes of a
 * question, what the SQL compiler and the independent evaluator run, and what the writer turns back into
 * English. Columns are named by their SQL identifiers; `period` chooses an earlier period's column.
 */

/** A number (or date, or text) for one row. */
export type Expression =
  | { readonly kind: 'column'; readonly column: string; readonly period?: string }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'absolute'; readonly of: Expression }
  /** The number of items of a list column; an absent list has none. */
  | { readonly kind: 'item-count'; readonly column: string }
  /** Relative change between two periods in percent: 100 · (now − before) / |before|. */
  | { readonly kind: 'change'; readonly of: Expression; readonly before: Expression }
  /** How many standard deviations the row lies from the mean (population deviation unless said otherwise). */
  | { readonly kind: 'z-score'; readonly of: Expression; readonly deviation: Deviation }
  /** The row's place when the selection is ordered by the expression, largest first unless ascending. */
  | { readonly kind: 'rank'; readonly of: Expression; readonly descending: boolean }
  /** Which of `tiers` equal parts the row falls in, 1 = lowest values. */
  | { readonly kind: 'tier'; readonly of: Expression; readonly tiers: number }
  /** One number for the whole table, or for a selection of it, or for the named entity. */
  | { readonly kind: 'aggregate'; readonly aggregate: Aggregate }
  | { readonly kind: 'entity-value'; readonly entity: string; readonly of: Expression };

export type Deviation = 'population' | 'sample';

export interface Aggregate {
  readonly function:
    | 'count'
    | 'count-distinct'
    | 'sum'
    | 'average'
    | 'median'
    | 'minimum'
    | 'maximum'
    | 'percentile'
    | 'standard-deviation'
    | 'variance'
    | 'correlation';
  /** What is aggregated; for `count` without it, rows. */
  readonly of?: Expression;
  /** The second variable of a correlation. */
  readonly with?: Expression;
  /** For `percentile`, 0 to 100. */
  readonly percentile?: number;
  readonly deviation?: Deviation;
  /** The rows it ranges over; all rows of the table when absent. */
  readonly selection?: Selection;
}

export type Comparison = '>' | '>=' | '<' | '<=' | '=' | '!=';

export type Predicate =
  | {
      readonly kind: 'compare';
      readonly left: Expression;
      readonly comparison: Comparison;
      readonly right: Expression;
    }
  | {
      readonly kind: 'between';
      readonly of: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly negated?: boolean;
    }
  /** A text or category column equals one of the values (case and accents folded). */
  | {
      readonly kind: 'is';
      readonly column: string;
      readonly values: readonly string[];
      readonly negated?: boolean;
    }
  /** A text, category or list column contains the words (or a list the item). */
  | { readonly kind: 'contains'; readonly column: string; readonly text: string; readonly negated?: boolean }
  | { readonly kind: 'date'; readonly column: string; readonly comparison: Comparison; readonly date: string }
  | { readonly kind: 'boolean'; readonly column: string; readonly value: boolean }
  /** A value is stated (or, negated, is not). */
  | { readonly kind: 'stated'; readonly column: string; readonly negated?: boolean }
  | { readonly kind: 'entity'; readonly names: readonly string[]; readonly negated?: boolean }
  /** The row is among the rows of another selection: top-k intersections and differences. */
  | { readonly kind: 'among'; readonly selection: Selection; readonly negated?: boolean }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Predicate[] }
  | { readonly kind: 'not'; readonly operand: Predicate };

export interface Order {
  readonly by: Expression;
  readonly descending: boolean;
}

/** A set of rows of one table, in an order where one is asked for. */
export interface Selection {
  readonly where?: Predicate;
  readonly order?: Order;
  readonly limit?: number;
  /** Skips rows before the limit counts: the second largest is offset 1, limit 1. */
  readonly offset?: number;
}

/** What is asked of the rows. */
export type Output =
  /** The entities, with the values of further expressions beside them where asked for. */
  | { readonly kind: 'entities'; readonly show: readonly Shown[] }
  /** The values of expressions for the entities of the selection, without their names. */
  | { readonly kind: 'values'; readonly show: readonly Shown[]; readonly distinct?: boolean }
  /** One number over the selection. */
  | {
      readonly kind: 'aggregate';
      readonly aggregate: Omit<Aggregate, 'selection'>;
      readonly unit: string | null;
    }
  /** A number calculated from aggregates: differences of groups, ratios of sums, shares. */
  | {
      readonly kind: 'calculation';
      readonly value: Expression;
      readonly percentage: boolean;
      readonly unit: string | null;
    }
  /** The share of the selection in all rows (or in `of`), in percent: of the rows, or of the sum of `weight`. */
  | { readonly kind: 'share'; readonly weight?: Expression; readonly of?: Selection }
  | GroupedOutput
  /** The best row of every group. */
  | {
      readonly kind: 'best-per-group';
      readonly group: GroupBy;
      readonly by: Expression;
      readonly descending: boolean;
    }
  /** How many rows, taken in the order of falling `of`, reach `share` percent of the sum of `of`. */
  | { readonly kind: 'cumulative'; readonly of: Expression; readonly share: number; readonly list: boolean };

export type GroupBy =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'tier'; readonly of: Expression; readonly tiers: number }
  /** The calendar part of a date column. */
  | { readonly kind: 'date-part'; readonly column: string; readonly part: 'year' | 'quarter' | 'month' };

export interface GroupedOutput {
  readonly kind: 'groups';
  readonly group: GroupBy;
  readonly aggregate: Omit<Aggregate, 'selection'>;
  /** Condition on the groups: at least so many rows, or an aggregate compared with a number. */
  readonly having?: {
    readonly aggregate: Omit<Aggregate, 'selection'>;
    readonly comparison: Comparison;
    readonly value: number;
  };
  readonly order: 'descending' | 'ascending' | 'group';
  readonly limit?: number;
  readonly offset?: number;
  /** Which columns of the result are the answer. */
  readonly show: 'group' | 'value' | 'both' | 'number-of-groups';
}

export interface Shown {
  readonly value: Expression;
  readonly name: string;
}

/** A question in typed form: a table, a selection of its rows, and what is asked of them. */
export interface QueryPlan {
  readonly table: string;
  readonly selection: Selection;
  readonly output: Output;
}
