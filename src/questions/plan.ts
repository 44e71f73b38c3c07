/**
 * The typed query plan that stands between an English question and SQL. A plan is what the parser makes of a
 * question, what the SQL compiler and the independent evaluator run, and what the writer turns back into
 * English. Columns are named by their SQL identifiers (the table's key among them); `period` chooses an earlier
 * period's column.
 *
 * What holds everywhere: a missing value fulfils no comparison, is skipped by aggregates, and takes no place in
 * an order, a rank or a tier. What a missing value leaves open is decided neither way: its negation does not
 * hold either. Dividing by zero gives a missing value. Ties in an order are broken by the entity's name. A
 * selection without limit and offset is a set: its order lists an answer's rows, and chooses none elsewhere.
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
  /** The calendar part of a date column as a number: 2021, 3, 11. */
  | { readonly kind: 'date-part'; readonly column: string; readonly part: DatePart }
  /** Whole days from one date column to another. */
  | { readonly kind: 'days-between'; readonly from: Expression; readonly to: Expression }
  /**
   * How many standard deviations the row lies from the mean of `over` (population deviation unless said
   * otherwise). For this and the next two, `over` is all rows of the table when absent.
   */
  | {
      readonly kind: 'z-score';
      readonly of: Expression;
      readonly deviation: Deviation;
      readonly over?: Selection;
    }
  /** The row's place, 1 first, when the rows of `over` are ordered by the expression; equal values share one. */
  | {
      readonly kind: 'rank';
      readonly of: Expression;
      readonly descending: boolean;
      readonly over?: Selection;
    }
  /** Which of `tiers` equal parts of the rows of `over` the row falls in, 1 = lowest values (NTILE). */
  | { readonly kind: 'tier'; readonly of: Expression; readonly tiers: number; readonly over?: Selection }
  /** One number for the whole table, or for a selection of it, or for the named entity. */
  | { readonly kind: 'aggregate'; readonly aggregate: Aggregate }
  | { readonly kind: 'entity-value'; readonly entity: string; readonly of: Expression }
  /** One number for those rows that have the row's own value in a column: the average of its own class. */
  | { readonly kind: 'group-value'; readonly aggregate: Aggregate; readonly by: string };

export type Deviation = 'population' | 'sample';

export type DatePart = 'year' | 'quarter' | 'month';

/** One number out of many rows; which rows is said where it stands. */
export interface Measure {
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
  /** What is aggregated; for `count` without it, rows. `minimum` and `maximum` take dates too. */
  readonly of?: Expression;
  /** The second variable of a correlation. */
  readonly with?: Expression;
  /** For `percentile`, 0 to 100; interpolated between neighbours, as the median is. */
  readonly percentile?: number;
  /** For `standard-deviation` and `variance`; population when absent. */
  readonly deviation?: Deviation;
}

export interface Aggregate extends Measure {
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
  /**
   * A text or category column equals one of the values (case and accents folded). Of a text column, a value
   * without brackets also equals what stands before the brackets: `Jo Ray` is `Jo Ray <jo@example.org>`.
   */
  | {
      readonly kind: 'is';
      readonly column: string;
      readonly values: readonly string[];
      readonly negated?: boolean;
    }
  /**
   * A text or category column contains the words, `at` its start or end where that is said; or a list column
   * the item, which something in brackets or a percentage may follow: `Oro` is in `Oro (in part)`, `Oro 12%`.
   */
  | {
      readonly kind: 'contains';
      readonly column: string;
      readonly text: string;
      readonly at?: 'start' | 'end';
      readonly negated?: boolean;
    }
  /** The date column, cut to the precision of `date` (`2021`, `2021-03`, `2021-03-09`), compares with it. */
  | { readonly kind: 'date'; readonly column: string; readonly comparison: Comparison; readonly date: string }
  | { readonly kind: 'boolean'; readonly column: string; readonly value: boolean }
  /** A value is stated (or, negated, is not). */
  | {
      readonly kind: 'stated';
      readonly column: string;
      readonly period?: string;
      readonly negated?: boolean;
    }
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
  /** One number (or date) over the selection. */
  | { readonly kind: 'aggregate'; readonly aggregate: Measure; readonly unit: string | null }
  /**
   * One or several numbers calculated from aggregates and entities' values: differences of groups, ratios of
   * sums. The plan's own selection plays no part: every aggregate in it carries its own.
   */
  | { readonly kind: 'calculation'; readonly values: readonly Calculated[] }
  /** Whether a comparison of calculated numbers holds: the answer is "Yes" or "No". The selection plays no part. */
  | {
      readonly kind: 'yes-no';
      readonly left: Expression;
      readonly comparison: Comparison;
      readonly right: Expression;
    }
  /**
   * The share in percent that the rows of the plan's selection have in those of `of` (all rows of the table when
   * absent): of the number of rows, or of the sum of `weight`. Rows outside of `of` do not count.
   */
  | { readonly kind: 'share'; readonly weight?: Expression; readonly of?: Selection }
  | GroupedOutput
  /** The first `limit` rows of every group in the order; group, name and value of each. */
  | {
      readonly kind: 'best-per-group';
      readonly group: GroupBy;
      /** What a row is told by; the entity when absent. */
      readonly name?: Expression;
      /** Conditions on the groups, all of which must hold; none when absent. */
      readonly having?: readonly GroupCondition[];
      readonly by: Expression;
      readonly descending: boolean;
      readonly limit: number;
    }
  /**
   * How many rows, taken in the order of falling (or rising) `of`, first reach `share` percent of the sum of
   * `of` over the selection; with `list`, which.
   */
  | {
      readonly kind: 'cumulative';
      readonly of: Expression;
      readonly descending: boolean;
      readonly share: number;
      readonly list: boolean;
    };

export interface Shown {
  readonly value: Expression;
  readonly name: string;
  readonly unit: string | null;
}

export interface Calculated extends Shown {
  /** The value is a percentage already: 12.34 for 12.34 %. */
  readonly percentage: boolean;
}

export type GroupBy =
  | { readonly kind: 'column'; readonly column: string }
  /** The items of a list column: a row belongs to the group of each of its items. */
  | { readonly kind: 'item'; readonly column: string }
  /** Equal parts of the selection, 1 = lowest values. */
  | { readonly kind: 'tier'; readonly of: Expression; readonly tiers: number }
  /** The calendar part of a date column: `2021`, `2021-Q3`, `2021-03`. */
  | { readonly kind: 'date-part'; readonly column: string; readonly part: DatePart };

/** A number for a group of rows. */
export type GroupValue =
  /** Over the rows of the group, or those of them that fulfil `where`. */
  | { readonly kind: 'measure'; readonly measure: Measure; readonly where?: Predicate }
  /** The same number for every group. */
  | { readonly kind: 'overall'; readonly aggregate: Aggregate }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: GroupValue;
      readonly right: GroupValue;
    };

/** A condition on a group of rows. */
export interface GroupCondition {
  readonly left: GroupValue;
  readonly comparison: Comparison;
  readonly right: GroupValue;
}

/** Rows without a value in the grouping column belong to no group. */
export interface GroupedOutput {
  readonly kind: 'groups';
  readonly group: GroupBy;
  /** At least one; the groups are ordered by the first. */
  readonly values: readonly GroupValue[];
  /**
   * Groups are made, ordered and cut off within each group of this kind, which the answer names first: the team
   * with the most incidents of every year. Neither may be a tier.
   */
  readonly within?: GroupBy;
  /** Conditions on the groups, all of which must hold. */
  readonly having: readonly GroupCondition[];
  /** By the first value, or by the group itself. */
  readonly order: 'descending' | 'ascending' | 'group';
  readonly limit?: number;
  readonly offset?: number;
  /** Which columns of the result are the answer. */
  readonly show: 'group' | 'value' | 'both' | 'number-of-groups';
  /** The values are percentages already: 12.34 for 12.34 %. */
  readonly percentage: boolean;
  readonly unit: string | null;
}

/** A question in typed form: a table, a selection of its rows, and what is asked of them. */
export interface QueryPlan {
  readonly table: string;
  readonly selection: Selection;
  readonly output: Output;
}
