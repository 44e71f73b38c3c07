import { isCurrencyCode } from '../../table/values/currencies.ts';
import { canonicalUnit, convertUnit, measureSymbol } from '../../table/values/units.ts';
import { lemmaOf } from '../language/lemma.ts';
import { columnIndexOf } from '../linking/column-links.ts';
import { matchName } from '../linking/match-name.ts';
import { stopWords } from '../linking/synonyms.ts';
import { wordsKey } from '../linking/value-links.ts';
import type { Aggregate, Comparison, Expression, Predicate } from '../plan.ts';
import { turnedComparison } from '../vocabulary.ts';
import type { TableContext } from './context.ts';
import { isNumeric } from './context.ts';
import type { Comparing, Condition, Literal, Operand, Quantity } from './meanings.ts';
import { numeric, plainColumn } from './quantity-values.ts';
import { selectionOf } from './row-sets.ts';

/** A number of the question in the terms of a quantity, with what it costs to take it so. */
interface Fitted {
  readonly expression: Expression;
  readonly cost: number;
  readonly notes: readonly string[];
}

const fit = (value: number, cost = 0, notes: readonly string[] = []): Fitted => ({
  expression: { kind: 'number', value },
  cost,
  notes,
});

const expressionOf = (expression: Expression, cost = 0): Fitted => ({ expression, cost, notes: [] });

/** Whether the words are a name for what the quantity counts: "5 million inhabitants" of a population. */
function namesQuantity(context: TableContext, quantity: Quantity, words: readonly string[]): boolean {
  const linkable = columnIndexOf(context.table).columns.find(
    (each) => each.column.name === quantity.columns[0],
  );
  if (linkable === undefined || quantity.columns.length !== 1) return false;
  const content = words.filter((word) => !stopWords.has(word) && !/^\d/.test(word));
  if (content.length === 0) return false;
  const known = content.filter(
    (word) => linkable.unitWords.has(lemmaOf(word)) || linkable.unitWords.has(word),
  );
  if (known.length * 2 >= content.length) return true;
  return (
    matchName(
      linkable,
      content.map((word) => ({ word, lemma: lemmaOf(word) })),
    ) !== null
  );
}

/**
 * A stated number as a number in the quantity's unit, or null where the two do not fit: kilometres to a column
 * in square kilometres, a percentage to a column of counts.
 */
export function fitLiteral(context: TableContext, quantity: Quantity, literal: Literal): Fitted | null {
  const { value, unit } = literal;
  if (literal.of !== undefined && !isShareOf(context, quantity, literal.of))
    return statesNoWhole(context, quantity)
      ? fit(value, 0.3, [`"${quantity.name}" is taken to be in % of ${literal.of.join(' ')}`])
      : null;
  if (literal.percent) {
    if (quantity.type === 'percentage') return fit(value);
    if (quantity.fraction === true) return fit(value / 100);
    const isShare = (quantity.unit === null || quantity.unit === '%') && isNamedShare(context, quantity);
    return isShare ? fit(value, 0.1) : null;
  }
  // A hundredfold is seldom a percentage that is not called one.
  if (unit === null && quantity.type === 'percentage')
    return Math.abs(value) > 1000 ? null : fit(value, 0.02);
  if (unit === null) return fit(value);
  if (quantity.unit !== null) {
    const below = unit.startsWith('/') ? quantity.unit.split('/')[1] : undefined;
    const perOne = below === undefined ? null : convertUnit({ number: 1, from: unit.slice(1), to: below });
    if (perOne !== null) return fit(Number((value / perOne).toPrecision(12)));
    const converted = convertUnit({ number: value, from: unit, to: quantity.unit });
    if (converted !== null) return fit(converted);
    const known = measureSymbol(unit) !== null || isCurrencyCode(unit);
    const knownHere = measureSymbol(quantity.unit) !== null || isCurrencyCode(canonicalUnit(quantity.unit));
    if (known && knownHere) return null;
  }
  if (namesQuantity(context, quantity, wordsKey(unit).split(' '))) return fit(value, 0.03);
  if (quantity.type === 'percentage' || quantity.unit !== null) return null;
  const isMeasure = measureSymbol(unit) !== null || isCurrencyCode(unit);
  if (isMeasure && !isCountedIn(unit, value)) return null;
  const note = `"${quantity.name}" states no unit; ${value} ${unit} is compared with its numbers as they are`;
  return isMeasure ? fit(value, 0.25, [note]) : null;
}

/** Whether a column of percentages leaves open what they are of: "Military expenditures", in %. */
function statesNoWhole(context: TableContext, quantity: Quantity): boolean {
  const column = quantity.type === 'percentage' ? plainColumn(context, quantity) : null;
  return (
    column !== null &&
    !/\b(?:of|rate|growth|change|inflation|share|percent\w*)\b|%/i.test(
      `${column.label} ${column.description ?? ''}`,
    )
  );
}

/** Whether the column's own name or unit says that it is a share of that: "expenditure (% of GDP)". */
function isShareOf(context: TableContext, quantity: Quantity, words: readonly string[]): boolean {
  const linkable = columnIndexOf(context.table).columns.find(
    (each) => each.column.name === quantity.columns[0],
  );
  if (linkable === undefined || (quantity.type !== 'percentage' && !isNamedShare(context, quantity)))
    return false;
  const own = new Set([
    ...linkable.unitWords,
    ...linkable.describedBy,
    ...linkable.column.examples.flatMap((example) => wordsKey(example).split(' ').map(lemmaOf)),
    ...linkable.variants.flatMap((variant) => variant.segments.flat().map((word) => word.lemma)),
  ]);
  return words.every((word) => own.has(word));
}

/**
 * Whether numbers without a unit are likely to be in the one of the question: a plain unit, or one that is written
 * with so large a number that a larger unit would be the usual choice. "500 MB" may be any number of bytes.
 */
const isCountedIn = (unit: string, value: number): boolean =>
  plainUnits.has(unit) || isCurrencyCode(unit) || Math.abs(value) >= 1000;

const plainUnits: ReadonlySet<string> = new Set(['m', 'kg', 's', 'years', 'days', 'B', 'h', 'min', 'months']);

/** Whether a column of plain numbers is called a percentage. */
function isNamedShare(context: TableContext, quantity: Quantity): boolean {
  const column = plainColumn(context, quantity);
  if (column === null) return false;
  const words = `${column.label} ${column.name.replaceAll('_', ' ')} ${column.unit ?? ''}`;
  return /\b(?:percent|percentage|pct|rate|share|margin|ratio)\b|%/i.test(words);
}

const arithmetic = (operator: '+' | '-' | '*' | '/', left: Expression, right: Expression): Expression => ({
  kind: 'arithmetic',
  operator,
  left,
  right,
});

const number = (value: number): Expression => ({ kind: 'number', value });

/** What the operand is for this quantity, as an expression in the quantity's unit. */
function resolveOperand(context: TableContext, quantity: Quantity, operand: Operand): Fitted | null {
  switch (operand.kind) {
    case 'literal':
      return fitLiteral(context, quantity, operand.literal);
    case 'quantity': {
      const other = numeric(operand.quantity);
      if (other === null) return null;
      return fitOther(quantity, other.expression, {
        unit: other.unit,
        percentage: other.type === 'percentage',
      });
    }
    case 'figure': {
      const { figure } = operand;
      if (!isNumeric(figure.type)) return null;
      return fitOther(quantity, figure.expression, { unit: figure.unit, percentage: figure.percentage });
    }
    case 'own-aggregate': {
      const selection = operand.rows === null ? undefined : selectionOf(operand.rows);
      const aggregate: Aggregate = {
        ...operand.measure,
        of: quantity.expression,
        ...(selection === undefined ? {} : { selection }),
      };
      return expressionOf({ kind: 'aggregate', aggregate });
    }
    case 'own-group':
      return expressionOf({
        kind: 'group-value',
        aggregate: { ...operand.measure, of: quantity.expression },
        by: operand.by,
      });
    case 'own-entity':
      return expressionOf({ kind: 'entity-value', entity: operand.entity, of: quantity.expression });
    case 'times': {
      const inner = resolveOperand(context, quantity, operand.operand);
      return inner === null
        ? null
        : { ...inner, expression: arithmetic('*', number(operand.factor), inner.expression) };
    }
    case 'offset': {
      const inner = resolveOperand(context, quantity, operand.operand);
      if (inner === null) return null;
      const { literal, sign } = operand;
      if (literal.percent && quantity.type !== 'percentage')
        return {
          ...inner,
          expression: arithmetic('*', number(round(1 + (sign * literal.value) / 100)), inner.expression),
        };
      const step = fitLiteral(context, quantity, literal);
      return step === null
        ? null
        : {
            expression: arithmetic(sign === 1 ? '+' : '-', inner.expression, step.expression),
            cost: inner.cost + step.cost,
            notes: [...inner.notes, ...step.notes],
          };
    }
    default:
      return null;
  }
}

const round = (value: number): number => Number(value.toPrecision(12));

function fitOther(
  quantity: Quantity,
  expression: Expression,
  other: { readonly unit: string | null; readonly percentage: boolean },
): Fitted | null {
  if (quantity.unit !== null && other.unit !== null && quantity.unit !== other.unit) {
    const factor = convertUnit({ number: 1, from: other.unit, to: quantity.unit });
    if (factor === null) return null;
    return factor === 1
      ? expressionOf(expression)
      : expressionOf(arithmetic('*', number(factor), expression));
  }
  // A percentage compares with no count and no sum of money.
  const differs = other.percentage !== (quantity.type === 'percentage');
  return differs ? null : expressionOf(expression);
}

/** A comparison of a date column with a date. */
function compareDate(context: TableContext, quantity: Quantity, comparing: Comparing): Condition | null {
  const column = plainColumn(context, quantity);
  const { operand, high, comparison } = comparing;
  if (column === null || operand.kind !== 'date') return null;
  const month = /^--(\d\d)$/.exec(operand.date)?.[1];
  if (month !== undefined) {
    const left: Expression = { kind: 'date-part', column: column.name, part: 'month' };
    const isPlain = comparison === '=' && high === undefined;
    return isPlain
      ? { predicate: { kind: 'compare', left, comparison, right: number(Number(month)) }, quantity }
      : null;
  }
  const dated = (sign: Comparison, date: string): Predicate => ({
    kind: 'date',
    column: column.name,
    comparison: sign,
    date,
  });
  if (high === undefined) return { predicate: dated(comparison, operand.date), quantity };
  if (high.kind !== 'date' || high.date.startsWith('--')) return null;
  const range: Predicate = { kind: 'and', operands: [dated('>=', operand.date), dated('<=', high.date)] };
  return { predicate: comparing.negated === true ? { kind: 'not', operand: range } : range, quantity };
}

/** A deviation from the mean: "more than two standard deviations above the mean". */
function compareDeviations(quantity: Quantity, comparing: Comparing): Predicate | null {
  const { operand, comparison } = comparing;
  if (operand.kind !== 'deviations') return null;
  const score: Expression = {
    kind: 'z-score',
    of: quantity.expression,
    deviation: operand.sample ? 'sample' : 'population',
  };
  const left: Expression = operand.side === 'either' ? { kind: 'absolute', of: score } : score;
  if (operand.side !== 'below') return { kind: 'compare', left, comparison, right: number(operand.count) };
  return { kind: 'compare', left, comparison: turnedComparison[comparison], right: number(-operand.count) };
}

/** Whether the documents state the quantity for periods, so that years are periods of it and no amounts. */
const hasPeriods = (context: TableContext, quantity: Quantity): boolean => {
  const column = plainColumn(context, quantity);
  return column !== null && (column.periods.length > 0 || column.latestPeriod != null);
};

/** "From 2021 to 2022" is a span of time, not a range of kilometres. */
const isYear = (operand: Operand): boolean =>
  operand.kind === 'literal' &&
  operand.literal.unit === null &&
  operand.literal.value >= 1900 &&
  operand.literal.value <= 2100;

/**
 * The condition that the quantity compares so, with what it costs and assumes; null where the two do not fit
 * together.
 */
export function compare(
  context: TableContext,
  given: Quantity,
  comparing: Comparing,
): { readonly value: Condition; readonly cost: number; readonly notes: readonly string[] } | null {
  if (given.type === 'date') {
    const dated = compareDate(context, given, comparing);
    return dated === null ? null : { value: dated, cost: 0, notes: [] };
  }
  const quantity = numeric(given);
  if (quantity === null) return null;
  const deviating = compareDeviations(quantity, comparing);
  if (deviating !== null) return { value: { predicate: deviating, quantity }, cost: 0, notes: [] };
  const right = resolveOperand(context, quantity, comparing.operand);
  if (right === null) return null;
  if (comparing.high === undefined) {
    const { operand, comparison } = comparing;
    // "Admissions in 2023" are not 2,023 admissions.
    if (comparison === '=' && isYear(operand) && hasPeriods(context, quantity)) return null;
    const predicate: Predicate = {
      kind: 'compare',
      left: quantity.expression,
      // What is more than 10 below the average is less than the average minus 10.
      comparison:
        operand.kind === 'offset' && operand.sign === -1 ? turnedComparison[comparison] : comparison,
      right: right.expression,
    };
    return { value: { predicate, quantity }, cost: right.cost, notes: right.notes };
  }
  const high = resolveOperand(context, quantity, comparing.high);
  if (high === null) return null;
  const isSpan = isYear(comparing.operand) && isYear(comparing.high);
  if (isSpan && (quantity.unit !== null || hasPeriods(context, quantity))) return null;
  const between = {
    kind: 'between',
    of: quantity.expression,
    low: right.expression,
    high: high.expression,
  } as const;
  const predicate: Predicate = comparing.negated === true ? { ...between, negated: true } : between;
  return {
    value: { predicate, quantity },
    cost: right.cost + high.cost,
    notes: [...right.notes, ...high.notes],
  };
}
