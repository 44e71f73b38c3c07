import type { Expression, Predicate, QueryPlan, Selection } from './plan.ts';

/** All objects within a plan or part of one, outermost first. A plan is plain data, so this needs no cases. */
function* nodes(part: unknown): Generator<object> {
  if (typeof part !== 'object' || part === null) return;
  if (!Array.isArray(part)) yield part;
  for (const child of Object.values(part)) yield* nodes(child);
}

/**
 * The table's columns that a plan or part of one names, `name@period` for earlier periods, each once, in the
 * order of their appearance. The key is among them where it is named.
 */
export function columnsNamed(part: unknown): readonly string[] {
  const names = new Set<string>();
  for (const node of nodes(part)) {
    if ('by' in node && typeof node.by === 'string') names.add(node.by);
    if (!('column' in node) || typeof node.column !== 'string') continue;
    const period = 'period' in node && typeof node.period === 'string' ? `@${node.period}` : '';
    names.add(`${node.column}${period}`);
  }
  return [...names];
}

/** All objects within a plan or part of one. */
export const expressionsOf = (part: unknown): readonly object[] => [...nodes(part)];

/** Whether two expressions are put together of the same parts. */
export const isSameExpression = (one: Expression, other: Expression): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The list columns whose items a plan counts. */
export function columnsCounted(part: unknown): readonly string[] {
  const names = new Set<string>();
  for (const node of nodes(part)) {
    if ('kind' in node && node.kind === 'item-count' && 'column' in node) names.add(String(node.column));
  }
  return [...names];
}

/** Whether a plan or part of one asks of rows that they state something, or more than none, whatever it is. */
export function asksWhetherStated(part: unknown): boolean {
  return [...nodes(part)].some(
    (node) =>
      'kind' in node &&
      ((node.kind === 'stated' && !('negated' in node && node.negated === true)) || isMoreThanNone(node)),
  );
}

const isMoreThanNone = (node: object): boolean =>
  'comparison' in node &&
  node.comparison === '>' &&
  'right' in node &&
  JSON.stringify(node.right) === JSON.stringify({ kind: 'number', value: 0 });

/** A selection that cuts an order off. */
export type CutSelection = Selection & Required<Pick<Selection, 'order' | 'limit'>>;

/** All selections of a plan, nested ones too, that cut an order off. */
export function cutSelections(plan: QueryPlan): readonly CutSelection[] {
  return [...nodes(plan)].filter(isCutSelection);
}

function isCutSelection(node: object): node is CutSelection {
  return (
    'order' in node &&
    typeof node.order === 'object' &&
    node.order !== null &&
    'by' in node.order &&
    'limit' in node &&
    typeof node.limit === 'number'
  );
}

/** The conditions of every conjunction within a plan, conjunctions within conjunctions laid flat. */
export function conjunctions(part: unknown): readonly (readonly Predicate[])[] {
  return [...nodes(part)].filter(isConjunction).map(conjuncts);
}

type Conjunction = Predicate & { readonly kind: 'and' };

function isConjunction(node: object): node is Conjunction {
  return 'kind' in node && node.kind === 'and' && 'operands' in node && Array.isArray(node.operands);
}

function conjuncts(predicate: Predicate): readonly Predicate[] {
  return predicate.kind === 'and' ? predicate.operands.flatMap(conjuncts) : [predicate];
}

/** Whether a plan or part of one divides rows into tiers. */
export function hasTier(part: unknown): boolean {
  return [...nodes(part)].some((node) => 'kind' in node && node.kind === 'tier');
}

export type TextComparison = Predicate & { readonly kind: 'is' };

/** All comparisons of columns with words within a plan. */
export function textComparisons(plan: QueryPlan): readonly TextComparison[] {
  return [...nodes(plan)].filter(
    (node): node is TextComparison =>
      'kind' in node && node.kind === 'is' && 'values' in node && Array.isArray(node.values),
  );
}

/** Whether a value is the same number of some rows less that of others, or of one row less that of another. */
export function isDifferenceOfLike(value: Expression): boolean {
  if (value.kind !== 'arithmetic' || value.operator !== '-') return false;
  const [left, right] = [likeness(value.left), likeness(value.right)];
  return left !== null && left === right;
}

function likeness(side: Expression): string | null {
  if (side.kind === 'entity-value') return JSON.stringify(side.of);
  if (side.kind !== 'aggregate') return null;
  const { selection: _, ...measure } = side.aggregate;
  return JSON.stringify(measure);
}
