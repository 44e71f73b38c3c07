import type { Rows } from '../grammar/meanings.ts';
import { allRows, both } from '../grammar/row-sets.ts';
import type { Predicate } from '../plan.ts';
import type { Parts, Said } from './parts.ts';

/**
 * The rows that fulfil all that is said of them. Of two values of one field either may hold, and of two names; what
 * an "or" stands between, either.
 */
export function rowsOf({ pieces }: Pick<Parts, 'pieces'>, conditions: readonly Said[]): Rows {
  const joined: Predicate[] = [];
  let last: Said | null = null;
  for (const said of conditions) {
    const same = joined.findIndex((each) => isSameField(each, said.predicate));
    const isOr = last !== null && parted(pieces, last.end, said.start, 'or');
    if (same >= 0) joined[same] = unionOf(joined[same] ?? said.predicate, said.predicate);
    else if (isOr) joined.push({ kind: 'or', operands: [...joined.splice(-1), said.predicate] });
    else if (!joined.some((each) => JSON.stringify(each) === JSON.stringify(said.predicate)))
      joined.push(said.predicate);
    last = said;
  }
  return { ...allRows, where: joined.reduce<Predicate | null>(both, null) };
}

/** Whether an "and" or an "or" stands between the two places. */
export const parted = (pieces: Parts['pieces'], from: number, to: number, joint: 'and' | 'or'): boolean =>
  pieces.some(
    ({ meaning, start, end }) =>
      meaning.kind === 'joint' && meaning.joint === joint && start >= from && end <= to,
  );

/** Whether the two are of one field, which has but one value a row. */
function isSameField(one: Predicate, other: Predicate): boolean {
  if (one.kind === 'is' && other.kind === 'is')
    return one.column === other.column && (one.negated === true) === (other.negated === true);
  if (one.kind === 'entity' && other.kind === 'entity')
    return (one.negated === true) === (other.negated === true);
  const isDay = (each: Predicate): boolean =>
    (each.kind === 'date' || each.kind === 'compare') && each.comparison === '=';
  if (one.kind === 'or') return one.operands.some((each) => isSameField(each, other)) && isDay(other);
  if (one.kind === 'date' && other.kind === 'date')
    return isDay(one) && isDay(other) && one.column === other.column;
  if (one.kind === 'compare' && other.kind === 'compare')
    return isDay(one) && isDay(other) && JSON.stringify(one.left) === JSON.stringify(other.left);
  return false;
}

function unionOf(one: Predicate, other: Predicate): Predicate {
  if (one.kind === 'is' && other.kind === 'is')
    return { ...one, values: [...new Set([...one.values, ...other.values])] };
  if (one.kind === 'entity' && other.kind === 'entity')
    return { ...one, names: [...new Set([...one.names, ...other.names])] };
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  return { kind: 'or', operands: [...(one.kind === 'or' ? one.operands : [one]), other] };
}
