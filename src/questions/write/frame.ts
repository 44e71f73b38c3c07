import type { Expression, Predicate } from '../plan.ts';
import type { Wording } from './wording.ts';

/** A question in two parts: the rows it is about, and what is asked of them. */
export interface Frame {
  /** `Among cities with an area above 5 sq km` */
  readonly opening: string;
  /** `have a population above the average`; null where only the restrictor fits. */
  readonly verb: string | null;
  /** `whose population is above the average` */
  readonly restrictor: string;
}

/**
 * Puts conditions first where another compares with a number of just the rows that fulfil them: "Among cities
 * in the north, which cities have a population above the average?" Said in one breath that would be ambiguous.
 */
export function frame(where: Predicate, wording: Wording): Frame | null {
  const parts = framedParts(where);
  return parts === null
    ? null
    : {
        opening: `Among ${wording.rows({ where: parts.base })}`,
        verb: wording.verb(parts.freed),
        restrictor: wording.restrictor(parts.freed),
      };
}

/** The conditions to put first, and the one about the rows that fulfil them; null where none has to come first. */
export function framedParts(
  where: Predicate,
): { readonly base: Predicate; readonly freed: Predicate } | null {
  if (where.kind !== 'and') return null;
  for (const [index, condition] of where.operands.entries()) {
    if (condition.kind !== 'compare' || condition.left.kind === 'arithmetic') continue;
    const others = where.operands.filter((_, other) => other !== index);
    const [only] = others;
    if (only === undefined) return null;
    const base: Predicate = others.length === 1 ? only : { kind: 'and', operands: others };
    const right = withoutSelection(condition.right, base);
    if (right === null) continue;
    return { base, freed: { ...condition, right } };
  }
  return null;
}

/** The expression over all rows instead of the base's; null where it has no aggregate over the base. */
function withoutSelection(expression: Expression, base: Predicate): Expression | null {
  if (expression.kind === 'aggregate') {
    const { selection, ...measure } = expression.aggregate;
    const same = selection?.limit === undefined && JSON.stringify(selection?.where) === JSON.stringify(base);
    return same ? { kind: 'aggregate', aggregate: measure } : null;
  }
  if (expression.kind !== 'arithmetic' || expression.right.kind !== 'number') return null;
  const left = withoutSelection(expression.left, base);
  return left === null ? null : { ...expression, left };
}
