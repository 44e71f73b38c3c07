import type { Expression, Measure, Output, Predicate, Selection } from '../plan.ts';
import { isDifferenceOfLike } from '../plan-nodes.ts';
import { figureComparisonWords } from '../vocabulary.ts';
import { plural } from './nouns.ts';
import { frame } from './frame.ts';
import { NoWordingError, type Wording } from './wording.ts';

/** A question for one number over rows. */
export function askAggregate(
  { aggregate }: Output & { readonly kind: 'aggregate' },
  selection: Selection,
  wording: Wording,
): string {
  const { choose, nouns } = wording;
  if (aggregate.function === 'count') {
    if (selection.limit !== undefined) throw new NoWordingError('the number of rows asked for');
    const stated: Predicate | null =
      aggregate.of?.kind === 'column' ? { kind: 'stated', column: aggregate.of.column } : null;
    return askCount(bothConditions(selection.where, stated), wording);
  }
  if (aggregate.function === 'count-distinct' && aggregate.of !== undefined) {
    const among = isAll(selection) ? '' : ` among ${wording.rows(selection)}`;
    return `How many different ${plural(wording.quantity(aggregate.of))} are there${among}?`;
  }
  const measure = wording.measure(aggregate);
  const rows = isAll(selection) ? ` of all ${nouns}` : ` of ${wording.rows(selection)}`;
  return choose([`What is the ${measure}${rows}?`, `Calculate the ${measure}${rows}.`]);
}

function isAll({ where, limit, offset = 0 }: Selection): boolean {
  return where === undefined && limit === undefined && offset === 0;
}

function bothConditions(one: Predicate | undefined, other: Predicate | null): Predicate | null {
  if (one === undefined || other === null) return one ?? other;
  return { kind: 'and', operands: [one, other] };
}

function askCount(where: Predicate | null, wording: Wording): string {
  const { choose, nouns } = wording;
  if (where === null) return choose([`How many ${nouns} are there?`, `What is the number of ${nouns}?`]);
  const framed = frame(where, wording);
  if (framed !== null) {
    return framed.verb === null
      ? `${framed.opening}, what is the number of ${nouns} ${framed.restrictor}?`
      : `${framed.opening}, how many ${nouns} ${framed.verb}?`;
  }
  const verb = wording.verb(where);
  const counted = `What is the number of ${nouns} ${wording.restrictor(where)}?`;
  return verb === null ? counted : choose([`How many ${nouns} ${verb}?`, counted]);
}

/** A question for a number calculated from others. */
export function askCalculation(
  { values }: Output & { readonly kind: 'calculation' },
  wording: Wording,
): string {
  const [only, ...others] = values;
  if (only === undefined || others.length > 0) throw new NoWordingError('several calculated numbers at once');
  return `What is ${calculationPhrase(only.value, wording)}?`;
}

function calculationPhrase(expression: Expression, wording: Wording): string {
  const { choose } = wording;
  if (expression.kind !== 'arithmetic') return `the ${wording.quantity(expression)}`;
  const { operator, left, right } = expression;
  if (operator === '*' && left.kind === 'number' && left.value === 100) {
    if (right.kind !== 'arithmetic' || right.operator !== '/') throw new NoWordingError('such a percentage');
    return `the ${standalone(right.left, wording)} as a percentage of the ${standalone(right.right, wording)}`;
  }
  const contrast = operator === '-' ? contrastPhrase(left, right, wording) : null;
  if (contrast !== null) return contrast;
  const [one, other] = [standalone(left, wording), standalone(right, wording)];
  switch (operator) {
    case '-':
      // A difference of like numbers leaves open which is taken from which.
      if (isDifferenceOfLike(expression)) return `the ${one} minus the ${other}`;
      return choose([`the difference between the ${one} and the ${other}`, `the ${one} minus the ${other}`]);
    case '/':
      return choose([`the ratio of the ${one} to the ${other}`, `the ${one} divided by the ${other}`]);
    case '+':
      return `the ${one} plus the ${other}`;
    case '*':
      throw new NoWordingError('a product of calculated numbers');
  }
}

/**
 * A figure of some rows beside the same figure of others, as the two sides of a difference state it; null where they are
 * something else.
 */
export function contrastOf(
  left: Expression,
  right: Expression,
): { readonly measure: Measure; readonly one: Selection; readonly other: Selection } | null {
  if (left.kind !== 'aggregate' || right.kind !== 'aggregate') return null;
  const { selection: one, ...measure } = left.aggregate;
  const { selection: other, ...otherMeasure } = right.aggregate;
  if (
    one?.where === undefined ||
    other?.where === undefined ||
    one.limit !== undefined ||
    other.limit !== undefined
  ) {
    return null;
  }
  const contrastable = ['average', 'median', 'sum'].includes(measure.function);
  if (!contrastable || JSON.stringify(measure) !== JSON.stringify(otherMeasure)) return null;
  return { measure, one, other };
}

/** `the average revenue of firms with … minus the average revenue of firms with …`. */
function contrastPhrase(left: Expression, right: Expression, wording: Wording): string | null {
  const contrast = contrastOf(left, right);
  if (contrast === null) return null;
  const { measure, one, other } = contrast;
  const words =
    measure.function === 'sum' ? `total ${wording.quantity(measure.of ?? left)}` : wording.measure(measure);
  return `the ${words} of ${wording.rows(one)} minus the ${words} of ${wording.rows(other)}`;
}

function standalone(expression: Expression, wording: Wording): string {
  if (expression.kind !== 'aggregate' && expression.kind !== 'entity-value') {
    throw new NoWordingError('a calculation of several steps');
  }
  return wording.quantity(expression);
}

/** A question whether a comparison holds. */
export function askYesNo(
  { left, comparison, right }: Output & { readonly kind: 'yes-no' },
  wording: Wording,
): string {
  const how = wording.choose(figureComparisonWords[comparison]);
  const { selection: mine, ...own } = left.kind === 'aggregate' ? left.aggregate : {};
  const { selection: others, ...other } = right.kind === 'aggregate' ? right.aggregate : {};
  if (left.kind === 'aggregate' && mine !== undefined && JSON.stringify(own) === JSON.stringify(other)) {
    const measure = wording.measure({ ...own, function: left.aggregate.function });
    return `Is the ${measure} of ${wording.rows(mine)} ${how} that of ${wording.rows(others)}?`;
  }
  const compared = right.kind === 'number' ? wording.quantity(right) : `the ${standalone(right, wording)}`;
  return `Is the ${standalone(left, wording)} ${how} ${compared}?`;
}

/** A question for the share that some rows have in others. */
export function askShare(
  { weight, of }: Output & { readonly kind: 'share' },
  selection: Selection,
  wording: Wording,
): string {
  const whole = of ?? {};
  const { choose, nouns } = wording;
  if (weight !== undefined) {
    const base = isAll(whole) ? '' : ` of ${wording.rows(whole)}`;
    const part =
      selection.limit === undefined ? { ...selection, ...partBeyond(selection, whole) } : selection;
    return `What percentage of the total ${wording.quantity(weight)}${base} belongs to ${wording.rows(part)}?`;
  }
  const { where } = partBeyond(selection, whole);
  if (where === undefined || selection.limit !== undefined)
    throw new NoWordingError('a share of ranked rows');
  const rows = isAll(whole) ? nouns : wording.rows(whole);
  const verb = wording.verb(where);
  const restricted = `What percentage of ${rows} are ${nouns} ${wording.restrictor(where)}?`;
  return verb === null ? restricted : choose([`What percentage of ${rows} ${verb}?`, restricted]);
}

/** The conditions of the part that the whole does not have already. */
export function partBeyond(part: Selection, whole: Selection): { readonly where?: Predicate } {
  if (part.where === undefined) return {};
  const known = new Set(conjuncts(whole.where).map((condition) => JSON.stringify(condition)));
  if (whole.limit !== undefined) known.add(JSON.stringify({ kind: 'among', selection: whole }));
  const more = conjuncts(part.where).filter((condition) => !known.has(JSON.stringify(condition)));
  const [only] = more;
  if (only === undefined) return {};
  return { where: more.length === 1 ? only : { kind: 'and', operands: more } };
}

function conjuncts(predicate: Predicate | undefined): readonly Predicate[] {
  if (predicate === undefined) return [];
  return predicate.kind === 'and' ? predicate.operands.flatMap(conjuncts) : [predicate];
}
