import type { Catalog } from '../table/catalog.ts';
import { mapNodes } from './grammar/map-nodes.ts';
import { textComparisons, type TextComparison } from './plan-nodes.ts';
import type { Predicate, QueryPlan } from './plan.ts';

export type Grounding =
  | { readonly status: 'grounded'; readonly plan: QueryPlan; readonly notes: readonly string[] }
  /** A text of the question that no row states. */
  | { readonly status: 'unknown'; readonly reason: string };

/**
 * Holds a plan's comparisons with free text against what the rows state. "Headquartered in Texas" equals no
 * headquarters, but is part of some: these are meant, and the answer notes it. A text that no row states at all
 * may be a misread question: an empty list or a zero would look like an answer, so it is refused.
 *
 * @param countRows runs a plan that counts rows.
 */
export async function groundTexts({
  plan,
  catalog,
  countRows,
}: {
  plan: QueryPlan;
  catalog: Catalog;
  countRows: (plan: QueryPlan) => Promise<number>;
}): Promise<Grounding> {
  const columns = catalog.tables.find(({ name }) => name === plan.table)?.columns ?? [];
  const notes: string[] = [];
  const replaced = new Map<object, Predicate>();
  for (const comparison of textComparisons(plan)) {
    const column = columns.find(({ name }) => name === comparison.column);
    if (column?.type !== 'text') continue;
    const { negated: _, ...positive } = comparison;
    const count = (where: Predicate): Promise<number> => countRows(countingPlan(plan.table, where));
    if ((await count(positive)) > 0) continue;
    const parts = partsOf(comparison);
    const words = comparison.values.map((value) => `"${value}"`).join(' or ');
    if ((await count(parts)) === 0) {
      return { status: 'unknown', reason: `No document states ${words} as its "${column.label}".` };
    }
    notes.push(`No "${column.label}" is ${words} alone; those that contain it are taken.`);
    replaced.set(comparison, comparison.negated === true ? { kind: 'not', operand: parts } : parts);
  }
  const grounded = replaced.size === 0 ? plan : mapNodes(plan, (node) => replaced.get(node) ?? null);
  return { status: 'grounded', plan: grounded, notes };
}

function partsOf({ column, values }: TextComparison): Predicate {
  const operands = values.map((text): Predicate => ({ kind: 'contains', column, text }));
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { kind: 'or', operands };
}

function countingPlan(table: string, where: Predicate): QueryPlan {
  return {
    table,
    selection: { where },
    output: { kind: 'aggregate', aggregate: { function: 'count' }, unit: null },
  };
}
