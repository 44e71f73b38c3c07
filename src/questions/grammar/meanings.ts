import type { FieldType } from '../../table/catalog.ts';
import type {
  Comparison,
  Expression,
  GroupBy,
  GroupValue,
  Measure,
  Output,
  Predicate,
  Selection,
} from '../plan.ts';

/** A value of every row that a phrase names: "population", "debt divided by equity". */
export interface Quantity {
  readonly expression: Expression;
  readonly type: FieldType;
  readonly unit: string | null;
  /** In the documents' words, for headings and notes. */
  readonly name: string;
  /** The columns that it is made of. */
  readonly columns: readonly string[];
  /** A ratio that a question may state in percent: 0.25 where it says 25 %. */
  readonly fraction?: boolean;
}

/** A number that a question states. */
export interface Literal {
  readonly value: number;
  readonly percent: boolean;
  /** The unit in the question's words; null where none is stated. */
  readonly unit: string | null;
  /** What a percentage is stated to be of: "5 % of GDP". */
  readonly of?: readonly string[];
}

/** What a comparison compares with, before it is known what is compared. */
export type Operand =
  | { readonly kind: 'literal'; readonly literal: Literal }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'quantity'; readonly quantity: Quantity }
  /** A number calculated from many rows. */
  | { readonly kind: 'figure'; readonly figure: Figure }
  /** An aggregate of the quantity compared: "above the average". */
  | {
      readonly kind: 'own-aggregate';
      readonly measure: Pick<Measure, 'function' | 'percentile'>;
      readonly rows: Rows | null;
    }
  /** An aggregate of the quantity compared over the rows that have the row's own value in a column. */
  | {
      readonly kind: 'own-group';
      readonly measure: Pick<Measure, 'function' | 'percentile'>;
      readonly by: string;
    }
  /** The quantity compared, of another entity: "than Norway". */
  | { readonly kind: 'own-entity'; readonly entity: string }
  /** So many times another operand. */
  | { readonly kind: 'times'; readonly factor: number; readonly operand: Operand }
  /** Another operand and so much: "5 points above the average", "20 % below that of Norway". */
  | { readonly kind: 'offset'; readonly literal: Literal; readonly sign: 1 | -1; readonly operand: Operand }
  /** So many standard deviations from the mean of the quantity compared. */
  | {
      readonly kind: 'deviations';
      readonly count: number;
      readonly side: 'above' | 'below' | 'either';
      readonly sample: boolean;
    };

export interface Comparing {
  readonly comparison: Comparison;
  readonly operand: Operand;
  /** The upper end of a range. */
  readonly high?: Operand;
  readonly negated?: boolean;
}

/** A calculated number that belongs to no row. */
export interface Figure {
  readonly expression: Expression;
  readonly unit: string | null;
  readonly percentage: boolean;
  readonly name: string;
  readonly type: FieldType;
  readonly columns: readonly string[];
  /** The value of a single row, which is looked up and not calculated. */
  readonly isLookup?: boolean;
  /** Present where the figure is one plain aggregate over rows. */
  readonly over?: { readonly measure: Measure; readonly rows: Rows };
}

/** A set of rows as a noun phrase names it. */
export interface Rows {
  readonly where: Predicate | null;
  readonly by: Ranking | null;
  /** "the five companies": how many, where nothing said yet which. */
  readonly count: number | null;
  /** Said of one: "the company with …". */
  readonly singular: boolean;
  /** What the rows are called; null where the phrase names them by no noun. */
  readonly noun: string | null;
}

export interface Ranking {
  readonly by: Expression;
  readonly descending: boolean;
  readonly limit: number | null;
  readonly offset: number;
  readonly quantity: Quantity | null;
}

export interface Adjective {
  readonly descending: boolean;
  /** What it measures, as a column may be called; empty where it fits any number. */
  readonly measured: readonly string[];
  /** Units of what it measures, for columns that are called otherwise. */
  readonly units?: readonly string[] | undefined;
}

/** "the highest …", "second lowest": what is still missing is by what. */
export interface Superlative extends Adjective {
  readonly limit: number | null;
  readonly offset: number;
}

export interface Condition {
  readonly predicate: Predicate;
  /** What it speaks about, for "and … below 5" that goes on about it. */
  readonly quantity: Quantity | null;
}

/** What a restrictor does to the rows of a noun phrase. */
export type Modifier =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'ranking'; readonly ranking: Ranking }
  | { readonly kind: 'base'; readonly rows: Rows };

export interface Group {
  readonly by: GroupBy;
  readonly name: string;
  readonly columns: readonly string[];
}

/** A number asked of every group, and the rows that are grouped. */
export interface Grouped {
  readonly value: GroupValue;
  readonly rows: Rows;
  readonly percentage: boolean;
  readonly unit: string | null;
}

/** A condition on groups. */
export interface Having {
  readonly left: GroupValue;
  readonly comparison: Comparison;
  readonly right: GroupValue;
  readonly rows: Rows;
}

/** A complete question but for the table. */
export interface Draft {
  readonly selection: Selection;
  readonly output: Output;
}

/** A category's value or an entity that a phrase names, as a condition. */
export interface Named {
  readonly predicate: Predicate;
  readonly column: string | null;
}

/** What a question's opening asks for: "when", "who", "how many", "how long". */
export type Wanted = 'date' | 'person' | 'text' | 'number' | 'measure' | 'any';

/** How rows stand against others just named: those with less of it, with more, or all others. */
export type Contrast = 'less' | 'more' | 'rest';
