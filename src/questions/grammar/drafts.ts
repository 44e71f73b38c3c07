import type { Expression, Measure, Output, Shown } from '../plan.ts';
import { isNumeric } from './context.ts';
import type { Draft, Figure, Quantity, Rows } from './meanings.ts';
import { selectionOf, shownQuantity } from './row-sets.ts';

/** A list of the rows by name; null where "five companies" leaves open which five. */
export function listDraft(rows: Rows, show: readonly Quantity[] = []): Draft | null {
  if (rows.count !== null) return null;
  const limited: Rows =
    rows.by !== null && rows.by.limit === null && rows.singular
      ? { ...rows, by: { ...rows.by, limit: 1 } }
      : rows;
  return { selection: selectionOf(limited), output: { kind: 'entities', show: show.map(shownQuantity) } };
}

/** The values of quantities for the rows. */
export function valuesDraft(rows: Rows, quantities: readonly Quantity[]): Draft | null {
  if (rows.count !== null) return null;
  return { selection: selectionOf(rows), output: { kind: 'values', show: quantities.map(shownQuantity) } };
}

/** How many rows there are. */
export function countDraft(rows: Rows): Draft | null {
  if (rows.count !== null) return null;
  return {
    selection: selectionOf(rows),
    output: { kind: 'aggregate', aggregate: { function: 'count' }, unit: null },
  };
}

/** A calculated number as the answer. */
export function figureDraft(figure: Figure): Draft | null {
  if (figure.over !== undefined) {
    if (figure.over.rows.count !== null) return null;
    return {
      selection: selectionOf(figure.over.rows),
      output: { kind: 'aggregate', aggregate: figure.over.measure, unit: figure.unit },
    };
  }
  const { expression } = figure;
  if (expression.kind === 'entity-value') {
    const shown: Shown = { value: expression.of, name: figure.name, unit: figure.unit };
    return {
      selection: { where: { kind: 'entity', names: [expression.entity] } },
      output: { kind: 'values', show: [shown] },
    };
  }
  return { selection: {}, output: calculation([figure]) };
}

/** Several calculated numbers as the answer. */
export function figuresDraft(figures: readonly Figure[]): Draft {
  return { selection: {}, output: calculation(figures) };
}

const calculation = (figures: readonly Figure[]): Output => ({
  kind: 'calculation',
  values: figures.map((figure) => ({
    value: figure.expression,
    name: figure.name,
    unit: figure.unit,
    percentage: figure.percentage,
  })),
});

/** An aggregate over rows as a number of its own. */
export function aggregateFigure(measure: Measure, quantity: Quantity | null, rows: Rows): Figure {
  const selection = selectionOf(rows);
  const isWhole = Object.keys(selection).length === 0;
  const expression: Expression = {
    kind: 'aggregate',
    aggregate: isWhole ? measure : { ...measure, selection },
  };
  const isRate =
    quantity?.type === 'percentage' && measure.function !== 'count' && measure.function !== 'count-distinct';
  const keepsUnit = !['count', 'count-distinct', 'correlation', 'variance'].includes(measure.function);
  return {
    expression,
    unit: keepsUnit ? (isRate ? '%' : (quantity?.unit ?? null)) : null,
    percentage: isRate && keepsUnit,
    name: quantity === null ? measure.function : `${measure.function} of ${quantity.name}`,
    type: quantity?.type === 'date' && keepsUnit ? 'date' : isRate && keepsUnit ? 'percentage' : 'number',
    columns: quantity?.columns ?? [],
    over: { measure, rows },
  };
}

/** Two calculated numbers joined by an operator. */
export function figureArithmetic(
  operator: '+' | '-' | '*' | '/',
  left: Figure,
  right: Figure,
): Figure | null {
  if (!isNumeric(left.type) || !isNumeric(right.type)) return null;
  const additive = operator === '+' || operator === '-';
  return {
    expression: { kind: 'arithmetic', operator, left: left.expression, right: right.expression },
    unit: additive ? (left.unit ?? right.unit) : null,
    percentage: additive && left.percentage && right.percentage,
    name: `${left.name} ${operator} ${right.name}`,
    type: additive && left.percentage && right.percentage ? 'percentage' : 'number',
    columns: [...left.columns, ...right.columns],
  };
}

/** How far two numbers lie apart, whichever is the greater. */
export function figureDistance(left: Figure | null, right: Figure | null): Figure | null {
  const difference = left === null || right === null ? null : figureArithmetic('-', left, right);
  return difference === null
    ? null
    : { ...difference, expression: { kind: 'absolute', of: difference.expression } };
}

/** One number in percent of another. */
export function figurePercent(part: Figure, whole: Figure): Figure | null {
  const ratio = figureArithmetic('/', part, whole);
  if (ratio === null) return null;
  const expression: Expression = {
    kind: 'arithmetic',
    operator: '*',
    left: { kind: 'number', value: 100 },
    right: ratio.expression,
  };
  return { ...ratio, expression, percentage: true, type: 'percentage', unit: '%' };
}
