import type { Draft } from './grammar/meanings.ts';
import { conjunctions } from './plan-nodes.ts';
import type { Predicate } from './plan.ts';

/**
 * Whether a plan or part of one asks for rows that cannot exist: in two categories at once, or above 5 and below
 * 3. Nobody means that, so a reading of a question that does is a wrong one where there is another.
 */
export function isContradictory(part: unknown): boolean {
  return conjunctions(part).some((operands) => excludesCategories(operands) || excludesNumbers(operands));
}

function excludesCategories(operands: readonly Predicate[]): boolean {
  const allowed = new Map<string, readonly string[]>();
  for (const predicate of operands) {
    if (predicate.kind !== 'is' || predicate.negated === true) continue;
    const known = allowed.get(predicate.column) ?? predicate.values;
    const both = known.filter((value) => predicate.values.includes(value));
    if (both.length === 0) return true;
    allowed.set(predicate.column, both);
  }
  return false;
}

function excludesNumbers(operands: readonly Predicate[]): boolean {
  const bounds = new Map<string, { readonly low: Bound; readonly high: Bound }>();
  for (const predicate of operands) {
    if (predicate.kind !== 'compare' || predicate.right.kind !== 'number') continue;
    const key = JSON.stringify(predicate.left);
    const { value } = predicate.right;
    const sign = predicate.comparison;
    let { low, high } = bounds.get(key) ?? unbounded;
    if (sign === '>' || sign === '>=' || sign === '=') low = higher(low, { value, open: sign === '>' });
    if (sign === '<' || sign === '<=' || sign === '=') high = lower(high, { value, open: sign === '<' });
    if (low.value > high.value || (low.value === high.value && (low.open || high.open))) return true;
    bounds.set(key, { low, high });
  }
  return false;
}

interface Bound {
  readonly value: number;
  /** Whether the value itself is left out. */
  readonly open: boolean;
}

const unbounded = { low: { value: -Infinity, open: true }, high: { value: Infinity, open: true } } as const;

function higher(one: Bound, other: Bound): Bound {
  if (one.value === other.value) return one.open ? one : other;
  return one.value > other.value ? one : other;
}

function lower(one: Bound, other: Bound): Bound {
  if (one.value === other.value) return one.open ? one : other;
  return one.value < other.value ? one : other;
}

/**
 * Whether a draft asks for what is known beforehand: groups by a field of which only one value is let in, the
 * share that all rows have in themselves, or the number of rows of one name.
 */
export function isPointless({ selection, output }: Draft): boolean {
  if (output.kind === 'share')
    return output.of !== undefined && JSON.stringify(output.of.where) === JSON.stringify(selection.where);
  const { where } = selection;
  const conditions = where?.kind === 'and' ? where.operands : where === undefined ? [] : [where];
  if (output.kind === 'aggregate' && output.aggregate.function === 'count')
    return conditions.some(
      (each) => each.kind === 'entity' && each.names.length === 1 && each.negated !== true,
    );
  if (output.kind !== 'groups' || output.group.kind !== 'column' || output.within !== undefined) return false;
  const { column } = output.group;
  return conditions.some(
    (each) =>
      each.kind === 'is' && each.column === column && each.values.length === 1 && each.negated !== true,
  );
}

/** Whether ratios of two fields are added up, where the ratio of their sums is meant. */
export const addsRatios = (draft: Draft): boolean =>
  /"function":"sum","of":\{"kind":"arithmetic","operator":"\/","left":\{"kind":"column"[^{}]*\},"right":\{"kind":"column"/.test(
    JSON.stringify(draft),
  );
