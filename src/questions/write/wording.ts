import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import type { Aggregate, Expression, Measure, Order, Predicate, Selection } from '../plan.ts';
import { PlanError } from '../plan-error.ts';

/** A plan for which there is no natural wording. */
export class NoWordingError extends PlanError {
  constructor(what: string) {
    super(`There is no wording for ${what}.`);
    this.name = 'NoWordingError';
  }
}

/**
 * What the parts of one question share: the table, the choice among wordings, and the parts of the writer,
 * which reach each other through it.
 */
export interface Wording {
  readonly table: CatalogTable;
  /** One of the wordings; the variant decides, and variant 0 always takes the first. */
  readonly choose: <Item>(options: readonly [Item, ...Item[]]) => Item;
  readonly column: (name: string) => CatalogColumn | null;
  readonly noun: string;
  readonly nouns: string;
  /** What a column or a computed value is called: `population`, `revenue divided by area`. */
  readonly quantity: (expression: Expression) => string;
  /** A condition as it follows a noun: `with a population above 5`. */
  readonly restrictor: (predicate: Predicate) => string;
  /** A condition as it follows "Which cities": `have a population above 5`; null where none fits. */
  readonly verb: (predicate: Predicate) => string | null;
  /** The rows of a selection: `cities with a population above 5`, `the 5 cities with the largest area`. */
  readonly rows: (selection: Selection | undefined) => string;
  /** A number made of many rows: `average population of the cities in the north`. */
  readonly figure: (aggregate: Aggregate) => string;
  /** A measure of what is called `of`, without its rows: `average population`. */
  readonly measure: (measure: Measure) => string;
  /** What rows are ranked by: `highest population`, `most airports`, `second lowest area`. */
  readonly ranking: (order: Order, offset: number) => string;
}

/**
 * A simple condition in the forms it can take: after "with" or "have" (`a population above 5`), after "whose"
 * (`population is above 5`), after "that are" (`founded in 2010`), or as a verb (`state no area`).
 */
export interface Condition {
  readonly have?: string;
  readonly clause?: string;
  readonly being?: string;
  readonly verb?: string;
  /** The form that reads best; the first one it has where nothing is said. */
  readonly plainest?: 'clause';
}

/** A choice that differs from variant to variant, the same for the same variant and place in the question. */
export function chooser(variant: number): Wording['choose'] {
  let state = variant >>> 0;
  return (options) => {
    if (variant === 0) return options[0];
    // Mulberry32: small, and even enough to mix wordings.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return options[((mixed ^ (mixed >>> 14)) >>> 0) % options.length] ?? options[0];
  };
}
