import type { Comparison, Expression, Predicate } from '../plan.ts';
import { comparisonWords, countComparisonWords, turnedComparison } from '../vocabulary.ts';
import { withArticle } from './nouns.ts';
import { amountPhrase, digits, numberPhrase, ordinalPhrase } from './numbers.ts';
import { spokenRight, unitOf } from './units.ts';
import type { Condition, Wording } from './wording.ts';

/** A comparison of a row's value with a number, an aggregate, another row's value or another column. */
export function comparisonCondition(
  predicate: Predicate & { readonly kind: 'compare' },
  wording: Wording,
): Condition {
  const { left, comparison, right } = predicate;
  const { quantity, choose } = wording;
  const places = placeCondition(predicate, wording);
  if (places !== null) return places;
  if (right.kind === 'number') {
    const deviation = deviationCondition(left, comparison, right.value, wording);
    if (deviation !== null) return deviation;
    if (isCount(left, wording)) {
      const counted = left.kind === 'item-count' ? ({ kind: 'column', column: left.column } as const) : left;
      const how = choose(countComparisonWords[comparison]);
      return { have: `${how} ${numberPhrase(right.value, wording)} ${quantity(counted)}` };
    }
    const words = quantity(left);
    const amount = amountPhrase(right.value, unitOf(left, wording.table), wording);
    const grown = growthClause(predicate, amount, wording);
    if (grown !== null) return { clause: grown };
    const how = choose(comparisonWords[comparison]);
    const clause = { clause: `${words} is ${how} ${amount}` };
    return left.kind === 'column' ? { have: `${withArticle(words)} of ${how} ${amount}`, ...clause } : clause;
  }
  const later = laterPeriod(predicate, wording);
  if (later !== null) return later;
  const words = quantity(left);
  const spoken = spokenRight(left, right, wording.table);
  const how = choose(comparisonWords[isSoMuchBelow(spoken) ? turnedComparison[comparison] : comparison]);
  const other = operand(left, spoken, wording);
  const clause = { clause: `${words} is ${how} ${other}` };
  const isOwn =
    left.kind === 'column' && JSON.stringify(right).includes(JSON.stringify({ of: left }).slice(1, -1));
  return isOwn ? { have: `${withArticle(words)} of ${how} ${other}`, ...clause } : clause;
}

function isSoMuchBelow(right: Expression): boolean {
  return (
    right.kind === 'arithmetic' &&
    right.operator === '-' &&
    right.right.kind === 'number' &&
    right.left.kind !== 'column'
  );
}

/** `have a higher revenue in 2022 than in 2021`. */
function laterPeriod(
  { left, comparison, right }: Predicate & { readonly kind: 'compare' },
  wording: Wording,
): Condition | null {
  if (left.kind !== 'column' || right.kind !== 'column' || left.column !== right.column) return null;
  if (left.period === undefined || right.period === undefined) return null;
  const comparative = { '>': 'higher', '<': 'lower', '>=': null, '<=': null, '=': null, '!=': null }[
    comparison
  ];
  if (comparative === null) return null;
  const words = wording.quantity({ kind: 'column', column: left.column });
  return { have: `a ${comparative} ${words} in ${left.period} than in ${right.period}` };
}

const tierNames: Readonly<Record<number, string>> = {
  3: 'tercile',
  4: 'quartile',
  5: 'quintile',
  10: 'decile',
};

/** Equal parts of an order, and places in two orders. */
function placeCondition(
  { left, comparison, right }: Predicate & { readonly kind: 'compare' },
  wording: Wording,
): Condition | null {
  if (left.kind === 'tier' && left.over === undefined && right.kind === 'number' && comparison === '=') {
    const name = tierNames[left.tiers];
    if (name === undefined) return null;
    const place =
      right.value === left.tiers ? 'top' : right.value === 1 ? 'bottom' : ordinalPhrase(right.value);
    return { being: `in the ${place} ${name} by ${wording.quantity(left.of)}` };
  }
  const gap =
    left.kind === 'absolute' && left.of.kind === 'arithmetic' && left.of.operator === '-' ? left.of : null;
  if (gap?.left.kind === 'rank' && gap.right.kind === 'rank' && right.kind === 'number') {
    const ranks = `${wording.quantity(gap.left)} and ${wording.quantity(gap.right)}`;
    const how = wording.choose(comparisonWords[comparison]);
    return { clause: `${ranks} differ by ${how} ${digits(right.value)}` };
  }
  return null;
}

/** What a value is compared with, in words that go on about the same value where they can. */
function operand(left: Expression, right: Expression, wording: Wording): string {
  if (right.kind === 'aggregate' && same(right.aggregate.of, left)) {
    const { selection, ...measure } = right.aggregate;
    if (selection === undefined) return `the ${wording.measure({ ...measure, of: undefined })}`;
    return `the ${wording.figure(right.aggregate)}`;
  }
  if (right.kind === 'entity-value' && same(right.of, left)) return `that of ${right.entity}`;
  if (right.kind === 'arithmetic' && right.left.kind === 'number' && right.operator === '*') {
    return `${digits(right.left.value)} times ${operand(left, right.right, wording)}`;
  }
  if (right.kind === 'arithmetic' && right.right.kind === 'number' && right.left.kind !== 'column') {
    const base = operand(left, right.left, wording);
    const amount = amountPhrase(right.right.value, unitOf(left, wording.table), wording);
    if (right.operator === '+') return `${amount} above ${base}`;
    if (isSoMuchBelow(right)) return `${amount} below ${base}`;
  }
  const words = wording.quantity(right);
  return right.kind === 'aggregate' ? `the ${words}` : words;
}

function same(one: Expression | undefined, other: Expression): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** `revenue grew by more than 5% since 2022`. */
function growthClause(
  { left, comparison }: Predicate & { readonly kind: 'compare' },
  amount: string,
  { quantity, choose }: Wording,
): string | null {
  if (left.kind !== 'change' || left.of.kind !== 'column' || left.before.kind !== 'column') return null;
  const { of, before } = left;
  const rises = comparison === '>' || comparison === '>=';
  if (!rises || of.column !== before.column || before.period === undefined) return null;
  const span = of.period === undefined ? `since ${before.period}` : `from ${before.period} to ${of.period}`;
  const words = quantity({ kind: 'column', column: of.column });
  const how = choose(comparisonWords[comparison]);
  return choose([
    `${words} grew by ${how} ${amount} ${span}`,
    `${words} increased by ${how} ${amount} ${span}`,
  ]);
}

/** Whether the value counts things that the column names in the plural: airports, rivers. */
export function isCount(expression: Expression, wording: Wording): boolean {
  if (expression.kind === 'item-count') return true;
  if (expression.kind !== 'column' || expression.period !== undefined) return false;
  const column = wording.column(expression.column);
  return column?.type === 'number' && column.unit === null && /[^s]s$/.test(wording.quantity(expression));
}

/** Distances from the mean in standard deviations. */
function deviationCondition(
  left: Expression,
  comparison: Comparison,
  value: number,
  wording: Wording,
): Condition | null {
  const score = left.kind === 'absolute' ? left.of : left;
  if (score.kind !== 'z-score' || score.over !== undefined) return null;
  const kind = score.deviation === 'sample' ? 'sample standard deviations' : 'standard deviations';
  const words = wording.quantity(score.of);
  if (left.kind === 'absolute') {
    const how = wording.choose(comparisonWords[comparison]);
    return { clause: `${words} is ${how} ${digits(value)} ${kind} from the mean` };
  }
  const turned = value < 0;
  const mirrored = { '>': '<', '>=': '<=', '<': '>', '<=': '>=', '=': '=', '!=': '!=' } as const;
  const how = wording.choose(comparisonWords[turned ? mirrored[comparison] : comparison]);
  return {
    clause: `${words} is ${how} ${digits(Math.abs(value))} ${kind} ${turned ? 'below' : 'above'} the mean`,
  };
}

/** A value between two others, both included. */
export function rangeCondition(
  predicate: Predicate & { readonly kind: 'between' },
  wording: Wording,
): Condition {
  const { of, low, high } = predicate;
  const words = wording.quantity(of);
  const unit = unitOf(of, wording.table);
  const amount = (part: Expression): string =>
    part.kind === 'number' ? amountPhrase(part.value, unit, wording) : wording.quantity(part);
  const range = `between ${amount(low)} and ${amount(high)}`;
  if (predicate.negated === true) return { clause: `${words} is not ${range}` };
  return of.kind === 'column'
    ? { have: `${withArticle(words)} ${range}`, clause: `${words} is ${range}` }
    : { clause: `${words} is ${range}` };
}
