import type { Catalog, CatalogColumn } from '../table/catalog.ts';
import { mapNodes } from './grammar/map-nodes.ts';
import { columnsNamed, textComparisons, type TextComparison } from './plan-nodes.ts';
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
  const count = (where: Predicate): Promise<number> => countRows(countingPlan(plan.table, where));
  const named = await groundMentions({ plan, columns, count });
  if (named.status === 'unknown') return named;
  const replaced = new Map<object, Predicate>();
  for (const comparison of textComparisons(named.plan)) {
    const column = columns.find(({ name }) => name === comparison.column);
    if (column?.type !== 'text') continue;
    const { negated: _, ...positive } = comparison;
    if ((await count(positive)) > 0) continue;
    const parts = partsOf(comparison);
    const words = comparison.values.map((value) => `"${value}"`).join(' or ');
    if ((await count(parts)) === 0) {
      return { status: 'unknown', reason: `No document states ${words} as its "${column.label}".` };
    }
    notes.push(`No "${column.label}" is ${words} alone; those that contain it are taken.`);
    replaced.set(comparison, comparison.negated === true ? { kind: 'not', operand: parts } : parts);
  }
  const grounded =
    replaced.size === 0 ? named.plan : mapNodes(named.plan, (node) => replaced.get(node) ?? null);
  return { status: 'grounded', plan: grounded, notes: [...named.notes, ...notes] };
}

/** A name as one of several fields may state it: alternatives of equal texts. */
function isMention(
  node: object,
): node is Predicate & { readonly kind: 'or'; readonly operands: readonly TextComparison[] } {
  if (!('kind' in node) || node.kind !== 'or' || !('operands' in node) || !Array.isArray(node.operands))
    return false;
  const operands: readonly Predicate[] = node.operands;
  const [first] = operands;
  return (
    operands.length > 1 &&
    first?.kind === 'is' &&
    operands.every(
      (each) => each.kind === 'is' && each.values.join() === first.values.join() && each.column !== '',
    ) &&
    new Set(operands.map((each) => (each.kind === 'is' ? each.column : ''))).size === operands.length
  );
}

/** Leaves of a name's alternatives the fields that state it: as a whole, or else as a part of what they state. */
async function groundMentions({
  plan,
  columns,
  count,
}: {
  plan: QueryPlan;
  columns: readonly CatalogColumn[];
  count: (where: Predicate) => Promise<number>;
}): Promise<
  | { readonly status: 'found'; readonly plan: QueryPlan; readonly notes: readonly string[] }
  | Extract<Grounding, { status: 'unknown' }>
> {
  const mentions: (Predicate & { readonly kind: 'or'; readonly operands: readonly TextComparison[] })[] = [];
  mapNodes(plan, (node) => {
    if (isMention(node)) mentions.push(node);
    return null;
  });
  const notes: string[] = [];
  const replaced = new Map<string, Predicate>();
  for (const mention of mentions) {
    const [first] = mention.operands;
    const stating: Predicate[] = [];
    for (const forms of [mention.operands, mention.operands.map(partsOf)]) {
      for (const form of forms) if ((await count(form)) > 0) stating.push(form);
      if (stating.length > 0) break;
    }
    const [only] = stating;
    if (only === undefined || first === undefined) {
      return {
        status: 'unknown',
        reason: `No document states "${first?.values.join('" or "') ?? ''}" in any field.`,
      };
    }
    const labels = columnsNamed(stating).map(
      (name) => `"${columns.find((column) => column.name === name)?.label ?? name}"`,
    );
    notes.push(`"${first.values.join('" or "')}" is stated as ${labels.join(' and ')}.`);
    replaced.set(JSON.stringify(mention), stating.length === 1 ? only : { kind: 'or', operands: stating });
  }
  if (replaced.size === 0) return { status: 'found', plan, notes };
  const found = mapNodes(plan, (node) => replaced.get(JSON.stringify(node)) ?? null);
  return { status: 'found', plan: found, notes };
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
