import type { CatalogTable } from '../../table/catalog.ts';
import { convertUnit } from '../../table/values/units.ts';
import { typeOf, typeOfMeasure } from '../compile/value-type.ts';
import type { ValueType } from '../compile/value-type.ts';
import type { Draft } from '../grammar/meanings.ts';
import type { Expression, GroupValue, Shown } from '../plan.ts';
import type { AnswerForm } from './answer-form.ts';

interface Scaling {
  readonly factor: number;
  readonly unit: string | null;
  readonly percentage: boolean;
}

/** Whether the number is one quantity divided by another, or made of such. */
function isRatio(expression: Expression): boolean {
  switch (expression.kind) {
    case 'arithmetic': {
      const { left, right, operator } = expression;
      if (operator === '/') return right.kind !== 'number' && left.kind !== 'number';
      return operator !== '*' && isRatio(left) && isRatio(right);
    }
    case 'aggregate': {
      const { of } = expression.aggregate;
      return of !== undefined && expression.aggregate.function !== 'sum' && isRatio(of);
    }
    case 'entity-value':
    case 'absolute':
      return isRatio(expression.of);
    default:
      return false;
  }
}

/** By what a number is multiplied to be in the form asked for; null where it cannot be. */
function scalingOf(type: ValueType, ratio: boolean, form: AnswerForm): Scaling | null {
  if (type.type !== 'number' && type.type !== 'percentage') return null;
  if (form.unit === '%') {
    if (type.type === 'percentage') return { factor: 1, unit: '%', percentage: true };
    return ratio ? { factor: 100, unit: '%', percentage: true } : null;
  }
  if (type.type === 'percentage') return null;
  // Hours a day are said in hours.
  const [counted = null] = form.unit?.includes('/') === true ? [type.unit] : (type.unit?.split('/') ?? []);
  const own =
    form.unit === null || counted === null ? 1 : convertUnit({ number: 1, from: counted, to: form.unit });
  if (own === null) return null;
  const unit =
    form.scale === 1
      ? (form.unit ?? type.unit)
      : `${scaleNames.get(form.scale) ?? form.scale} ${form.unit ?? type.unit ?? ''}`.trim();
  return { factor: own / form.scale, unit, percentage: false };
}

const scaleNames: ReadonlyMap<number, string> = new Map([
  [1e3, 'thousand'],
  [1e6, 'million'],
  [1e9, 'billion'],
  [1e12, 'trillion'],
]);

const times = <Value>(value: Value, factor: number): Value | ArithmeticOf<Value> =>
  factor === 1
    ? value
    : { kind: 'arithmetic', operator: '*', left: value, right: { kind: 'number', value: factor } };

interface ArithmeticOf<Value> {
  readonly kind: 'arithmetic';
  readonly operator: '*';
  readonly left: Value;
  readonly right: { readonly kind: 'number'; readonly value: number };
}

function scaledExpression(
  expression: Expression,
  form: AnswerForm,
  table: CatalogTable,
): (Scaling & { readonly value: Expression }) | null {
  const scaling = scalingOf(typeOf(expression, table), isRatio(expression), form);
  return scaling === null ? null : { ...scaling, value: times(expression, scaling.factor) };
}

/** The values shown, those that are numbers of the kind in the unit asked for; null where none is. */
function scaledShown(
  shown: readonly Shown[],
  form: AnswerForm,
  table: CatalogTable,
): readonly Shown[] | null {
  const scaled = shown.map((each) => scaledExpression(each.value, form, table));
  if (scaled.every((each) => each === null)) return null;
  return shown.map((each, index) => {
    const { value, unit } = scaled[index] ?? each;
    return { ...each, value, unit };
  });
}

function scaledGroupValue(
  value: GroupValue,
  form: AnswerForm,
  table: CatalogTable,
): { readonly value: GroupValue; readonly scaling: Scaling } | null {
  if (value.kind !== 'measure') return null;
  const { of } = value.measure;
  const ratio = of !== undefined && isRatio(of);
  const scaling = scalingOf(typeOfMeasure(value.measure, table), ratio, form);
  return scaling === null ? null : { value: times(value, scaling.factor), scaling };
}

/**
 * The draft with its numbers in the form asked for. Null where they cannot be in it: a length in euro. A list of
 * names has no numbers, and what it is ordered by must be of the kind.
 */
export function inForm(draft: Draft, form: AnswerForm, table: CatalogTable): Draft | null {
  const { selection, output } = draft;
  switch (output.kind) {
    case 'share':
      return form.unit === '%' ? draft : null;
    case 'yes-no':
      return draft;
    case 'entities': {
      if (output.show.length === 0) {
        const by = selection.order?.by;
        return by !== undefined && scaledExpression(by, form, table) !== null ? draft : null;
      }
      const show = scaledShown(output.show, form, table);
      return show === null ? null : { ...draft, output: { ...output, show } };
    }
    case 'values': {
      const show = scaledShown(output.show, form, table);
      return show === null ? null : { ...draft, output: { ...output, show } };
    }
    case 'calculation': {
      const values = output.values.map((each) => {
        const known: ValueType = { type: each.percentage ? 'percentage' : 'number', unit: each.unit };
        const scaling = scalingOf(known, isRatio(each.value), form);
        return scaling === null
          ? null
          : {
              ...each,
              value: times(each.value, scaling.factor),
              unit: scaling.unit,
              percentage: scaling.percentage,
            };
      });
      const known = values.filter((each) => each !== null);
      return known.length < values.length
        ? null
        : { ...draft, output: { kind: 'calculation', values: known } };
    }
    case 'aggregate': {
      const { aggregate } = output;
      const counts = aggregate.function === 'count' || aggregate.function === 'count-distinct';
      const of = aggregate.of;
      const scaling = counts
        ? null
        : scalingOf(typeOfMeasure(aggregate, table), of !== undefined && isRatio(of), form);
      if (scaling === null) return null;
      if (scaling.factor === 1) return { ...draft, output: { ...output, unit: scaling.unit } };
      const own = { ...aggregate, ...(Object.keys(selection).length === 0 ? {} : { selection }) };
      const value = times<Expression>({ kind: 'aggregate', aggregate: own }, scaling.factor);
      const { unit, percentage } = scaling;
      return {
        selection: {},
        output: { kind: 'calculation', values: [{ value, name: aggregate.function, unit, percentage }] },
      };
    }
    case 'groups': {
      const [first, ...rest] = output.values;
      if (output.percentage && form.unit === '%') return draft;
      const scaled = first === undefined ? null : scaledGroupValue(first, form, table);
      if (scaled === null) return null;
      const { unit, percentage } = scaled.scaling;
      return { ...draft, output: { ...output, values: [scaled.value, ...rest], unit, percentage } };
    }
    case 'best-per-group': {
      const by = scaledExpression(output.by, form, table);
      return by === null ? null : { ...draft, output: { ...output, by: by.value } };
    }
    case 'cumulative':
      return null;
    default:
      return output satisfies never;
  }
}
