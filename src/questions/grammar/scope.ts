import type {
  Aggregate,
  Expression,
  GroupValue,
  Measure,
  Output,
  Predicate,
  Selection,
  Shown,
} from '../plan.ts';
import { isEveryRow } from './context.ts';
import type { Draft, Rows } from './meanings.ts';
import { both, selectionOf } from './row-sets.ts';

/** What becomes of the parts of a plan that name a set of rows. */
interface Scope {
  /** For what ranges over rows of which nothing was said. */
  readonly bare: (selection: Selection | undefined) => Selection | undefined;
  /** For the aggregates of a calculation, which carry their own rows. */
  readonly own: (selection: Selection | undefined) => Selection | undefined;
  /** For sets of rows that a condition asks whether a row is among. */
  readonly among: (selection: Selection) => Selection;
}

const withSelection = <T extends object>(
  rest: T,
  name: 'selection' | 'over',
  selection: Selection | undefined,
): T =>
  selection === undefined || Object.keys(selection).length === 0 ? rest : { ...rest, [name]: selection };

function scopeExpression(expression: Expression, scope: Scope, isOwn: boolean): Expression {
  const inner = (each: Expression): Expression => scopeExpression(each, scope, isOwn);
  switch (expression.kind) {
    case 'arithmetic':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
    case 'absolute':
      return { ...expression, of: inner(expression.of) };
    case 'change':
      return { ...expression, of: inner(expression.of), before: inner(expression.before) };
    case 'days-between':
      return { ...expression, from: inner(expression.from), to: inner(expression.to) };
    case 'z-score':
    case 'rank':
    case 'tier': {
      const { over, ...rest } = expression;
      return withSelection({ ...rest, of: inner(expression.of) }, 'over', scope.bare(over));
    }
    case 'aggregate':
      return { kind: 'aggregate', aggregate: scopeAggregate(expression.aggregate, scope, isOwn) };
    case 'entity-value':
      return { ...expression, of: inner(expression.of) };
    default:
      return expression;
  }
}

function scopeMeasure(measure: Measure, scope: Scope): Measure {
  return {
    ...measure,
    ...(measure.of === undefined ? {} : { of: scopeExpression(measure.of, scope, false) }),
    ...(measure.with === undefined ? {} : { with: scopeExpression(measure.with, scope, false) }),
  };
}

function scopeAggregate(aggregate: Aggregate, scope: Scope, isOwn: boolean): Aggregate {
  const { selection, ...measure } = aggregate;
  const inner = selection === undefined ? undefined : scopeSelection(selection, scope);
  return withSelection(
    scopeMeasure(measure, scope),
    'selection',
    isOwn ? scope.own(inner) : scope.bare(inner),
  );
}

function scopePredicate(predicate: Predicate, scope: Scope): Predicate {
  switch (predicate.kind) {
    case 'compare':
      return {
        ...predicate,
        left: scopeExpression(predicate.left, scope, false),
        right: scopeExpression(predicate.right, scope, false),
      };
    case 'between':
      return {
        ...predicate,
        of: scopeExpression(predicate.of, scope, false),
        low: scopeExpression(predicate.low, scope, false),
        high: scopeExpression(predicate.high, scope, false),
      };
    case 'among': {
      return { ...predicate, selection: scope.among(scopeSelection(predicate.selection, scope)) };
    }
    case 'and':
    case 'or': {
      const operands = predicate.operands.map((each) => scopePredicate(each, scope));
      return (predicate.kind === 'or' ? oneOf(operands) : null) ?? { kind: predicate.kind, operands };
    }
    case 'not':
      return { kind: 'not', operand: scopePredicate(predicate.operand, scope) };
    default:
      return predicate;
  }
}

/** Several values of one column as one condition; null for other alternatives. */
function oneOf(operands: readonly Predicate[]): Predicate | null {
  const values: string[] = [];
  let column: string | null = null;
  for (const operand of operands) {
    if (operand.kind !== 'is' || operand.negated === true || (column !== null && column !== operand.column))
      return null;
    column = operand.column;
    values.push(...operand.values);
  }
  return column === null ? null : { kind: 'is', column, values: [...new Set(values)] };
}

function scopeSelection(selection: Selection, scope: Scope): Selection {
  return {
    ...selection,
    ...(selection.where === undefined ? {} : { where: scopePredicate(selection.where, scope) }),
    ...(selection.order === undefined
      ? {}
      : { order: { ...selection.order, by: scopeExpression(selection.order.by, scope, false) } }),
  };
}

function scopeGroupValue(value: GroupValue, scope: Scope): GroupValue {
  switch (value.kind) {
    case 'measure': {
      const measure = scopeMeasure(value.measure, scope);
      return value.where === undefined
        ? { ...value, measure }
        : { ...value, measure, where: scopePredicate(value.where, scope) };
    }
    case 'overall':
      return { ...value, aggregate: scopeAggregate(value.aggregate, scope, false) };
    case 'arithmetic':
      return {
        ...value,
        left: scopeGroupValue(value.left, scope),
        right: scopeGroupValue(value.right, scope),
      };
    default:
      return value;
  }
}

function scopeOutput(output: Output, scope: Scope): Output {
  const shown = (each: Shown): Shown => ({ ...each, value: scopeExpression(each.value, scope, false) });
  switch (output.kind) {
    case 'entities':
    case 'values':
      return { ...output, show: output.show.map(shown) };
    case 'aggregate':
      return { ...output, aggregate: scopeMeasure(output.aggregate, scope) };
    case 'calculation':
      return {
        ...output,
        values: output.values.map((each) => ({ ...each, value: scopeExpression(each.value, scope, true) })),
      };
    case 'yes-no':
      return {
        ...output,
        left: scopeExpression(output.left, scope, true),
        right: scopeExpression(output.right, scope, true),
      };
    case 'share': {
      const of = scope.own(output.of === undefined ? undefined : scopeSelection(output.of, scope));
      const { of: _, ...rest } = output;
      return of === undefined || Object.keys(of).length === 0 ? rest : { ...rest, of };
    }
    case 'groups':
      return {
        ...output,
        values: output.values.map((each) => scopeGroupValue(each, scope)),
        having: output.having.map((each) => ({
          ...each,
          left: scopeGroupValue(each.left, scope),
          right: scopeGroupValue(each.right, scope),
        })),
      };
    case 'best-per-group':
      return output.having === undefined
        ? output
        : {
            ...output,
            having: output.having.map((each) => ({
              ...each,
              left: scopeGroupValue(each.left, scope),
              right: scopeGroupValue(each.right, scope),
            })),
          };
    case 'cumulative':
      return output;
    default:
      return output satisfies never;
  }
}

const isBare = (selection: Selection | undefined): boolean =>
  selection === undefined || Object.keys(selection).length === 0;

const isUniversal = (selection: Selection): boolean =>
  selection.where !== undefined && isEveryRow(selection.where);

/** The draft's rows narrowed to the base: "Among the companies in Asia, which …?" */
export function rebase(draft: Draft, base: Rows): Draft {
  const inBase = selectionOf(base);
  const where: Predicate | undefined =
    inBase.limit === undefined ? inBase.where : { kind: 'among', selection: inBase };
  if (where === undefined || isEveryRow(where)) return draft;
  const narrowed = (selection: Selection | undefined): Selection =>
    isBare(selection) ? inBase : { ...selection, where: both(where, selection?.where ?? null) ?? where };
  const scope: Scope = {
    bare: (selection) => {
      return isBare(selection) ? inBase : selection;
    },
    own: (selection) => (selection !== undefined && isUniversal(selection) ? selection : narrowed(selection)),
    among: (selection) => selection,
  };
  const selection = scopeSelection(draft.selection, scope);
  const carriesOwn = draft.output.kind === 'calculation' || draft.output.kind === 'yes-no';
  return {
    selection: carriesOwn ? selection : narrowed(selection),
    output: scopeOutput(draft.output, scope),
  };
}

/** Takes out the marks of "all rows" that understanding needed and the plan does not. */
export function tidied(draft: Draft): Draft {
  const clean = (selection: Selection | undefined): Selection | undefined => {
    if (selection === undefined || !isUniversal(selection)) return selection;
    const { where: _, ...rest } = selection;
    return rest;
  };
  const scope: Scope = { bare: clean, own: clean, among: (selection) => clean(selection) ?? {} };
  const selection = clean(scopeSelection(draft.selection, scope)) ?? {};
  return { selection, output: scopeOutput(draft.output, scope) };
}
