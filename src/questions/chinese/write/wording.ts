import type { CatalogColumn, CatalogTable } from '../../../table/catalog.ts';
import type { Aggregate, Expression, Measure, Order, Predicate, Selection } from '../../plan.ts';
import type { Wording } from '../../write/wording.ts';

/** What the parts of one Chinese question share; the parts of the writer reach each other through it. */
export interface ChineseWording {
  readonly table: CatalogTable;
  readonly choose: Wording['choose'];
  readonly column: (name: string) => CatalogColumn | null;
  readonly noun: string;
  /** What stands between a number and the noun: `家` of 5家公司. */
  readonly counter: string;
  readonly quantity: (expression: Expression) => string;
  /** Conditions as they stand behind the noun's 的, or before 的 and the noun. */
  readonly clauses: (predicate: Predicate) => Clauses;
  readonly rows: (selection: Selection | undefined) => string;
  readonly figure: (aggregate: Aggregate) => string;
  readonly measure: (measure: Measure) => string;
  readonly ranking: (order: Order, offset: number) => string;
}

export interface Clauses {
  readonly text: string;
  /** Whether it begins with a field, which is the noun's: 公司的净利润…, but 公司属于…. */
  readonly ofField: boolean;
}

/** The noun with what is said of it: `哪些公司的净利润大于5亿元`, `哪些公司属于…`. */
export const saidOf = (subject: string, { text, ofField }: Clauses): string =>
  `${subject}${ofField ? '的' : ''}${text}`;
