import type { Comparison, Predicate } from '../plan.ts';

const opposites: Readonly<Record<Comparison, Comparison>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '=': '!=',
  '!=': '=',
};

/**
 * The same condition as alternatives of joined conditions, without "not" before a group: English cannot put
 * parentheses around conditions. Each inner list is joined by "and", the lists by "or".
 */
export function alternatives(predicate: Predicate): readonly (readonly Predicate[])[] {
  switch (predicate.kind) {
    case 'and':
      return predicate.operands
        .map(alternatives)
        .reduce<readonly (readonly Predicate[])[]>(
          (lists, more) => lists.flatMap((list) => more.map((other) => [...list, ...other])),
          [[]],
        );
    case 'or':
      return predicate.operands.flatMap(alternatives);
    case 'not':
      return predicate.operand.kind === 'and' ||
        predicate.operand.kind === 'or' ||
        predicate.operand.kind === 'not'
        ? alternatives(opposite(predicate.operand))
        : [[opposite(predicate.operand)]];
    default:
      return [[predicate]];
  }
}

/** What holds where the predicate does not; a missing value still decides nothing. */
function opposite(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case 'compare':
    case 'date':
      return { ...predicate, comparison: opposites[predicate.comparison] };
    case 'boolean':
      return { ...predicate, value: !predicate.value };
    case 'and':
      return { kind: 'or', operands: predicate.operands.map(opposite) };
    case 'or':
      return { kind: 'and', operands: predicate.operands.map(opposite) };
    case 'not':
      return predicate.operand;
    default:
      return { ...predicate, negated: predicate.negated !== true };
  }
}
