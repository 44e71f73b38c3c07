import { isCurrencyCode } from '../../../table/values/currencies.ts';
import { isNumeric } from '../../grammar/context.ts';
import { aggregateFigure, figureArithmetic, figureDistance } from '../../grammar/drafts.ts';
import { entityFigure, measured } from '../../grammar/figures.ts';
import { numeric } from '../../grammar/quantity-values.ts';
import type { Draft, Figure, Quantity } from '../../grammar/meanings.ts';
import { opposite } from '../../grammar/conditions.ts';
import type { Comparison } from '../../plan.ts';
import { columnsNamed } from '../../plan-nodes.ts';
import type { Parts, Said } from '../parts.ts';
import type { Mark } from '../piece.ts';
import { rowsOf } from '../rows.ts';
import { groupedDraft } from './grouped.ts';
import {
  framed,
  holdsAtMost,
  isAdditive,
  marksAre,
  quantitiesIn,
  framedFigure,
  statedCalculation,
} from './frame.ts';
import type { Calculation, Frame, Meant } from './frame.ts';
import { amountsOfMoney, measuredBy } from '../english/columns.ts';
import { scaleOf } from '../../language/adjectives.ts';
import { groupFor } from '../grouping.ts';

/** Two sets of rows that stand against one another, with what is said of both. */
interface Sides {
  readonly one: readonly Said[];
  readonly other: readonly Said[];
  readonly both: readonly Said[];
}

const fieldOf = ({ predicate, column, entity }: Said): string =>
  entity !== null ? '' : (column ?? columnsNamed(predicate).join());

/** The conditions of the question as two sides: two of one field, a name each, or one and the rest. */
function sidesOf(parts: Parts): Sides | null {
  const { conditions, marks } = parts;
  const rest = marks.find(({ value }) => value === 'rest');
  if (rest !== undefined) {
    const fields = [...new Set(conditions.map(fieldOf))];
    const last = conditions.findLast(({ end }) => end <= rest.start) ?? conditions[0];
    if (last === undefined) return null;
    const own = conditions.filter((each) => fieldOf(each) === fieldOf(last));
    if (fields.length > 2) return null;
    const { where } = rowsOf(parts, own);
    if (where === null) return null;
    const { predicate } = opposite({ predicate: where, quantity: null });
    const other: Said = { ...last, predicate };
    return { one: own, other: [other], both: conditions.filter((each) => !own.includes(each)) };
  }
  const pivot = marks.find(({ value }) => value === 'than');
  const byField = Map.groupBy(conditions, fieldOf);
  const pair = [...byField.values()].find((each) => each.length === 2 && !isSamePredicate(each));
  const many = [...byField.values()].find((each) => each.length > 2);
  const both = (own: readonly Said[]): readonly Said[] => conditions.filter((each) => !own.includes(each));
  if (pivot !== undefined && (pair !== undefined || many !== undefined)) {
    const own = pair ?? many ?? [];
    const one = own.filter(({ end }) => end <= pivot.start);
    const other = own.filter(({ start }) => start >= pivot.end);
    // "How many more than B did A collect": what stands after "than" is the other.
    if (one.length > 0 && other.length > 0) return { one, other, both: both(own) };
    const [second, first] = other;
    if (first !== undefined && second !== undefined && other.length === 2)
      return { one: [first], other: [second], both: both(own) };
  }
  const [first, second] = pair ?? [];
  if (first === undefined || second === undefined) return null;
  return { one: [first], other: [second], both: both(pair ?? []) };
}

const isSamePredicate = ([one, other]: readonly Said[]): boolean =>
  JSON.stringify(one?.predicate) === JSON.stringify(other?.predicate);

function howOf(parts: Parts, quantity: Quantity, isOne: boolean): Calculation | null {
  return statedCalculation(parts) ?? (isOne || isAdditive(quantity) ? { function: 'sum' } : null);
}

/** The figure of one side. */
function figureOf(parts: Parts, quantity: Quantity | null, side: readonly Said[]): Figure | null {
  const rows = rowsOf(parts, side);
  if (quantity === null) return aggregateFigure({ function: 'count' }, null, rows);
  const value = numeric(quantity);
  if (value === null) return null;
  const [only] = side;
  if (side.length === 1 && only?.entity != null && parts.measures.length === 0)
    return entityFigure(value, only.entity);
  const how = howOf(parts, value, false);
  return how === null ? null : measured(how, value, rows);
}

/** Fields of numbers that are called by a form of the word itself. */
const calledAlike = (
  { context }: Parts,
  at: number,
): readonly { readonly quantity: Quantity; readonly cost: number; readonly notes: readonly string[] }[] =>
  (['column', 'verb-column'] as const).flatMap((kind) =>
    context.grammar
      .parse(kind, context, at)
      .flatMap(({ end, value, cost, notes }) =>
        end === at + 1 && isNumeric(value.type) ? [{ quantity: value, cost, notes }] : [],
      ),
  );

/** What an adjective measures is the likelier where it is asked how much more so one thing is than another. */
const askedShare = 0.3;

/** Fields that a comparative in the question is about: "how much taller". */
function comparedIn(parts: Parts): readonly Meant[] {
  const { context } = parts;
  return context.tokens.flatMap(({ word }, at): Meant[] => {
    const scale = scaleOf(word) ?? (word === 'higher' || word === 'lower' ? { measured: ['height'] } : null);
    const age = word === 'older' || word === 'younger' ? { measured: ['age'] } : null;
    const found = scale ?? age;
    if (found === null) return [];
    const measuring = measuredBy(context, found);
    return (measuring.length > 0 ? measuring : calledAlike(parts, at))
      .slice(0, 2)
      .map(({ quantity, cost, notes }) => ({
        quantity,
        rest: parts.free,
        start: at,
        end: at + 1,
        cost: cost * askedShare,
        notes,
      }));
  });
}

const isGraded = (word: string): boolean => scaleOf(word) !== null || /^(?:older|younger|newer)$/.test(word);

/** "By how many euros": an amount of money, whatever field states it. */
const asksInMoney = ({ pieces }: Parts): boolean =>
  pieces.some(({ meaning }) => meaning.kind === 'unit' && isCurrencyCode(meaning.unit));

/** What is compared: a field, what a comparative measures, or how many rows there are. */
function comparedQuantities(
  parts: Parts,
): readonly { quantity: Quantity | null; cost: number; notes: readonly string[] }[] {
  const named = quantitiesIn(parts).filter(({ rest }) => rest.length === 0);
  const graded = parts.free.length > 0 ? [] : comparedIn(parts);
  const isCount =
    parts.free.length === 0 && parts.nouns.length > 0 && parts.measures.length === 0 && graded.length === 0;
  // "How much taller" asks for no money, whatever tells the height.
  const asksOfMoney =
    parts.free.length === 0 &&
    !parts.context.tokens.some(({ word }) => isGraded(word)) &&
    (parts.context.tokens.some(({ word }) => word === 'much') || asksInMoney(parts));
  if (asksOfMoney) return amountsOfMoney(parts.context).slice(0, 2);
  return [...named, ...graded, ...(isCount ? [{ quantity: null, cost: 0.02, notes: [] }] : [])];
}

/** One figure by the other, or less the other; null where either is unknown. */
const compared = (asked: Mark, one: Figure | null, other: Figure | null): Figure | null =>
  one === null || other === null
    ? null
    : asked === 'distance'
      ? figureDistance(one, other)
      : figureArithmetic(asked === 'multiple' ? '/' : '-', one, other);

/** Marks that set two numbers against one another. */
const asksToCompare = (mark: Mark): mark is 'difference' | 'distance' | 'multiple' =>
  mark === 'difference' || mark === 'distance' || mark === 'multiple';

/** "How much more did A receive than B", "gap between the average of A and B": two numbers compared. */
export const contrasts: Frame = (parts) => {
  const asks = parts.marks.find(({ value }) => asksToCompare(value));
  if (
    asks === undefined ||
    !marksAre(parts, 'difference', 'distance', 'multiple', 'than', 'rest', 'which', 'many', 'much', 'list')
  )
    return [];
  if (!holdsAtMost(parts, { measures: 2, operators: 1 })) return [];
  const sides = sidesOf(parts);
  if (sides === null) return [];
  return comparedQuantities(parts).flatMap(({ quantity, cost, notes }) => {
    const one = figureOf(parts, quantity, [...sides.one, ...sides.both]);
    const other = figureOf(parts, quantity, [...sides.other, ...sides.both]);
    return framedFigure(compared(asks.value, one, other), cost, notes);
  });
};

/** "The gap between the highest and the lowest …": the most less the least of a field. */
export const spreads: Frame = (parts) => {
  const asks = parts.marks.find(({ value }) => asksToCompare(value));
  if (
    asks === undefined ||
    !marksAre(parts, 'difference', 'distance', 'multiple', 'which', 'than', 'much', 'many')
  )
    return [];
  if (!holdsAtMost(parts, { superlatives: 2 })) return [];
  const [first, second] = parts.superlatives;
  const isRange =
    parts.superlatives.length === 0 &&
    parts.context.tokens.some(({ word }) => word === 'range' || word === 'spread');
  const isBoth =
    first !== undefined &&
    second !== undefined &&
    first.value.superlative.descending !== second.value.superlative.descending;
  if (!isRange && !isBoth) return [];
  const rows = rowsOf(parts, parts.conditions);
  const named = quantitiesIn(parts).filter(({ rest }) => rest.length === 0);
  const graded =
    named.length > 0 || first === undefined
      ? []
      : measuredBy(parts.context, first.value.superlative)
          .slice(0, 2)
          .map(({ quantity, cost, notes }) => ({ quantity, cost, notes }));
  return [...named, ...graded].flatMap(({ quantity, cost, notes }) => {
    const high = measured({ function: 'maximum' }, quantity, rows);
    const low = measured({ function: 'minimum' }, quantity, rows);
    return framedFigure(compared(asks.value, high, low), cost, notes);
  });
};

/** "Ratio of A to B", "amount awarded over amount requested": one sum by another. */
export const ratiosOfSums: Frame = (parts) => {
  if (
    !parts.marks.some(({ value }) => asksToCompare(value)) ||
    !marksAre(parts, 'multiple', 'difference', 'distance', 'which')
  )
    return [];
  if (!holdsAtMost(parts, { measures: 2, operators: 1 })) return [];
  const [left, right] = parts.free;
  if (left === undefined || right === undefined || parts.free.length !== 2) return [];
  const isOne = parts.conditions.length === 1 && parts.conditions[0]?.entity != null;
  const rows = rowsOf(parts, parts.conditions);
  const [above, below] = [numeric(left.value), numeric(right.value)];
  if (above === null || below === null) return [];
  const how = howOf(parts, above, isOne);
  if (how === null) return [];
  const [one, other] = [measured(how, above, rows), measured(how, below, rows)];
  const asked = parts.marks.map(({ value }) => value).find(asksToCompare) ?? 'difference';
  return framedFigure(compared(asked, one, other), 0.05);
};

/** "Average price of A versus B": a number for each of two values of one field. */
export const sideBySide: Frame = (parts) => {
  if (!parts.marks.some(({ value }) => value === 'than') || !marksAre(parts, 'than', 'which', 'list', 'much'))
    return [];
  if (!holdsAtMost(parts, { measures: 1 }) || parts.measures.length === 0) return [];
  // "How much taller" asks for the difference.
  if (parts.context.tokens.some(({ word }) => isGraded(word))) return [];
  const values = parts.conditions.filter(
    ({ predicate }) => predicate.kind === 'is' && predicate.negated !== true,
  );
  const [first] = values;
  const column = first?.column ?? null;
  if (column === null || values.length < 2 || values.some((each) => each.column !== column)) return [];
  const field = parts.context.table.columns.find(({ name }) => name === column);
  const rows = rowsOf(parts, parts.conditions);
  if (field === undefined) return [];
  return quantitiesIn(parts).flatMap(({ quantity, rest, cost, notes }) => {
    const of = numeric(quantity);
    const how = parts.measures[0]?.value;
    const group = groupFor(parts.context, {
      expression: { kind: 'column', column },
      type: field.type,
      unit: field.unit,
      name: field.label,
      columns: [column],
    });
    if (of === null || how === undefined || group === null || rest.length > 0) return [];
    const value = { kind: 'measure', measure: { ...how, of: of.expression } } as const;
    return framed(groupedDraft({ group, values: [value], rows, quantity, show: 'both' }), cost + 0.05, notes);
  });
};

/** "Do A earn more than B", "is the average of A higher than that of B": whether one number exceeds another. */
export const whether: Frame = (parts) => {
  const asks = parts.marks.find(({ value }) => value === 'yes-no');
  if (
    asks === undefined ||
    !marksAre(parts, 'yes-no', 'than', 'rest', 'many') ||
    !holdsAtMost(parts, { measures: 2 })
  )
    return [];
  const comparison = directionOf(parts);
  const sides = sidesOf(parts);
  if (comparison === null || sides === null) return [];
  return comparedQuantities(parts).flatMap(({ quantity, cost, notes }) => {
    const one = figureOf(parts, quantity, [...sides.one, ...sides.both]);
    const other = figureOf(parts, quantity, [...sides.other, ...sides.both]);
    if (one === null || other === null) return [];
    const draft: Draft = {
      selection: {},
      output: { kind: 'yes-no', left: one.expression, comparison, right: other.expression },
    };
    return framed(draft, cost, notes);
  });
};

/** Which way the one comparative of the question goes. */
function directionOf({ context }: Parts): Comparison | null {
  const signs = context.tokens.flatMap(({ word }): Comparison[] => {
    const scale = scaleOf(word);
    if (scale !== null) return [scale.descending ? '>' : '<'];
    if (/^(?:more|higher|greater|better|longer|larger|bigger|older|above|exceed\w*)$/.test(word))
      return ['>'];
    return /^(?:less|fewer|lower|worse|shorter|smaller|younger|below)$/.test(word) ? ['<'] : [];
  });
  return signs.length === 1 ? (signs[0] ?? null) : null;
}

/** "Where does A rank by height": the place of one row in an order. */
export const places: Frame = (parts) => {
  if (!parts.marks.some(({ value }) => value === 'place') || !marksAre(parts, 'place', 'which')) return [];
  if (!holdsAtMost(parts, {}) || parts.groups.length > 0) return [];
  const entity = parts.conditions.find((each) => each.entity !== null);
  const others = parts.conditions.filter((each) => each !== entity);
  if (entity === undefined) return [];
  const over = rowsOf(parts, others);
  return quantitiesIn(parts).flatMap(({ quantity, rest, cost, notes }) => {
    const of = numeric(quantity);
    if (of === null || rest.length > 0) return [];
    const value = {
      kind: 'rank',
      of: of.expression,
      descending: true,
      ...(over.where === null ? {} : { over: { where: over.where } }),
    } as const;
    return framed(
      {
        selection: { where: entity.predicate },
        output: { kind: 'values', show: [{ value, name: `rank by ${quantity.name}`, unit: null }] },
      },
      cost,
      notes,
    );
  });
};
