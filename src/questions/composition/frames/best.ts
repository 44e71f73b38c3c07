import { listDraft, valuesDraft } from '../../grammar/drafts.ts';
import { measured } from '../../grammar/figures.ts';
import { numeric } from '../../grammar/quantity-values.ts';
import type { Quantity } from '../../grammar/meanings.ts';
import { ranked } from '../../grammar/row-sets.ts';
import type { GroupCondition, GroupValue } from '../../plan.ts';
import { isSameExpression } from '../../plan-nodes.ts';
import type { Parts } from '../parts.ts';
import { rowsOf } from '../rows.ts';
import { isTime } from '../times.ts';
import { isHeadFinal, openerOf, subjectsOf } from '../subject.ts';
import type { Subject } from '../subject.ts';
import { groupedDraft, rowCount } from './grouped.ts';
import { countHaving } from './having.ts';
import { framed, holdsAtMost, isAdditive, marksAre, framedFigure, statedCalculation } from './frame.ts';
import type { Frame, Framed } from './frame.ts';
import { showsMore } from './lookups.ts';
import { isOfRows, ordersOf } from './rankings.ts';
import type { Order } from './rankings.ts';

const sumCost = 0.02;
const rowOfGroupCost = 0.06;
const totalOfRowCost = 0.2;

const same = (one: Quantity | null, other: Quantity | null): boolean =>
  one !== null && other !== null && isSameExpression(one.expression, other.expression);

/** Whether a second question follows: "…, and how many is that". */
function asksAlso(parts: Parts): boolean {
  const [superlative] = parts.superlatives;
  // Where the question word comes last, it is no second question.
  const opener = isHeadFinal(parts) ? openerOf(parts) : null;
  return (
    superlative !== undefined &&
    parts.marks.some(
      ({ value, start }) =>
        start !== opener?.start &&
        start >= superlative.end &&
        ['many', 'much', 'which', 'when', 'who'].includes(value),
    )
  );
}

const firstOnly = (parts: Parts): boolean => {
  const [superlative] = parts.superlatives;
  const [ordered] = parts.ordered;
  return (
    superlative !== undefined &&
    (ordered === undefined ||
      ordered.value.descending === superlative.value.superlative.descending ||
      parts.superlatives.length > 1)
  );
};

/** Whether the words call for one row; a plural without a number leaves open how many. */
function isOne({ context, nouns, free }: Parts, subject: Subject): boolean {
  const places = subject.free === null ? nouns : [subject.free];
  return (
    places.every(({ end }) => {
      const last = context.tokens[end - 1];
      return last === undefined || last.word === last.lemma || !last.word.endsWith('s');
    }) || free.length > 3
  );
}

const limitOf = (parts: Parts, subject: Subject): number | null => {
  const [superlative] = parts.superlatives;
  if (parts.counts.length > 1) return null;
  return superlative?.value.superlative.limit ?? countAsked(parts) ?? (isOne(parts, subject) ? 1 : null);
};

/** How many are asked for; "which of the three" says how many there are. */
const countAsked = ({ counts, context }: Parts): number | undefined => {
  const [count] = counts;
  return count === undefined || context.tokens[count.start - 1]?.word === 'of' ? undefined : count.value;
};

const best = { superlatives: 1, counts: 1, ordered: 1, operators: 1 } as const;

/** "What did the largest dam cost": the field at the end is what is asked for. */
const asksWhatOfIt = ({ context, nouns }: Parts, start: number): boolean =>
  ['what', 'how'].includes(context.tokens[0]?.word ?? '') &&
  context.tokens.slice(1, 4).some(({ lemma }) => lemma === 'do') &&
  nouns.every(({ end }) => end <= start);

/** "Which dam is the tallest", "the three largest orders": the first rows in an order. */
export const bestRows: Frame = (parts) => {
  const [superlative] = parts.superlatives;
  if (superlative === undefined || !firstOnly(parts) || superlative.value.isOften) return [];
  if (!marksAre(parts, 'which', 'list', 'who', 'many', 'much', 'rank', 'when') || !holdsAtMost(parts, best))
    return [];
  const opener = openerOf(parts)?.value;
  if (opener === 'many' || opener === 'much' || opener === 'when') return [];
  const rows = rowsOf(parts, parts.conditions);
  return subjectsOf(parts).flatMap((subject) => {
    if (subject.kind !== 'rows') return [];
    const limit = limitOf(parts, subject);
    if (limit === null) return [];
    return ordersOf(parts, superlative).flatMap(({ ranking, quantity, rest, at, cost, notes }) => {
      if (rest.length > 0 && !showsMore({ ...parts, free: rest })) return [];
      const isAsked = at !== null && asksWhatOfIt(parts, at.start);
      const chosen = ranked(rows, { ...ranking, limit });
      const shown = [
        ...rest.map(({ value }) => value),
        ...(asksAlso(parts) && rest.length === 0 && quantity !== null ? [quantity] : []),
      ];
      return framed(
        chosen === null ? null : listDraft(chosen, shown),
        cost + subject.cost + (isAsked ? 0.35 : 0),
        [...notes, ...subject.notes],
      );
    });
  });
};

/** "Who owns the highest dam", "how old is the largest ship": values of the first row in an order. */
export const valuesOfBest: Frame = (parts) => {
  const [superlative] = parts.superlatives;
  if (superlative === undefined || superlative.value.isOften) return [];
  if (
    !marksAre(parts, 'which', 'who', 'when', 'where', 'much', 'many', 'list') ||
    !holdsAtMost(parts, { superlatives: 1, counts: 1 })
  )
    return [];
  if (!isOfRows(parts, superlative)) return [];
  const rows = rowsOf(parts, parts.conditions);
  return subjectsOf(parts).flatMap((subject) => {
    const free = subject.free ?? parts.free.find(({ start }) => start > superlative.end) ?? null;
    const asked = subject.kind === 'rows' ? (free?.value ?? null) : subject.quantity;
    if (asked === null || subject.kind === 'none') return [];
    // "Which dam is the highest" asks for the dam.
    if (subject.kind === 'rows' && openerOf(parts)?.value !== 'which') return [];
    if (subject.kind === 'rows' && (parts.nouns[0]?.start ?? 0) < superlative.start) return [];
    return ordersOf(parts, superlative).flatMap(({ ranking, rest, at, cost, notes }) => {
      const others = rest.filter((each) => each !== free);
      const isSelf = at !== null && free !== null && at.start === free.start;
      if (others.length > 0 || isSelf) return [];
      const limit = superlative.value.superlative.limit ?? parts.counts[0]?.value ?? 1;
      const chosen = ranked(rows, { ...ranking, limit });
      return framed(chosen === null ? null : valuesDraft(chosen, [asked]), cost + subject.cost, [
        ...notes,
        ...subject.notes,
      ]);
    });
  });
};

/** "What is the highest salary in …", "when was the first order …": the most or least of a field. */
export const extremes: Frame = (parts) => {
  const [superlative] = parts.superlatives;
  if (asksAlso(parts)) return [];
  if (superlative === undefined || superlative.value.isOften) return [];
  if (
    !marksAre(parts, 'which', 'when', 'much', 'many') ||
    !holdsAtMost(parts, { superlatives: 1, operators: 1 })
  )
    return [];
  const { limit, offset, descending } = superlative.value.superlative;
  if (limit !== null || offset !== 0) return [];
  // Of one row there is no most or least.
  if (parts.conditions.some(({ entity }) => entity !== null)) return [];
  // "Which period has the most kings" counts them.
  if (superlative.value.isAmount && isOfRows(parts, superlative)) return [];
  const rows = rowsOf(parts, parts.conditions);
  return subjectsOf(parts).flatMap((subject) => {
    if (subject.kind !== 'number' && !(subject.kind === 'label' && subject.quantity?.type === 'number'))
      return [];
    return ordersOf(parts, superlative).flatMap(({ quantity, rest, cost, notes }) => {
      if (
        quantity === null ||
        rest.some((each) => each !== subject.free) ||
        !same(quantity, subject.quantity)
      ) {
        const isSpan =
          subject.free !== null &&
          quantity !== null &&
          quantity.columns.includes(subject.free.value.columns[0] ?? '') &&
          rest.length === 0;
        if (!isSpan) return [];
      }
      // "On what day did it rain the most" asks for no latest day.
      if (quantity === null || (superlative.value.isAmount && isTime(parts.context, quantity))) return [];
      const figure = measured({ function: descending ? 'maximum' : 'minimum' }, quantity, rows);
      return framedFigure(figure, cost + subject.cost, [...notes, ...subject.notes]);
    });
  });
};

/** Whether the field is named as a total: what a group has in total is more than one row's. */
const isCalledTotal = ({ context }: Parts, { at }: Order): boolean =>
  at !== null &&
  context.tokens.slice(at.start, at.end).some(({ word }) => ['total', 'combined', 'overall'].includes(word));

/** What is calculated for every group, by the order that is asked for. */
function valueFor(
  parts: Parts,
  order: Order,
): { readonly value: GroupValue; readonly cost: number; readonly isOfRow: boolean } | null {
  const { quantity } = order;
  const [superlative] = parts.superlatives;
  if (quantity === null) return { value: rowCount, cost: 0, isOfRow: false };
  const of = numeric(quantity);
  if (of === null) return null;
  const how = statedCalculation(parts);
  if (how !== null) {
    if (how.function === 'sum' && of.type === 'percentage') return null;
    return {
      value: { kind: 'measure', measure: { ...how, of: of.expression } },
      cost: 0,
      isOfRow: false,
    };
  }
  if (superlative?.value.isAmount === true && isAdditive(of))
    return {
      value: { kind: 'measure', measure: { function: 'sum', of: of.expression } },
      cost: sumCost,
      isOfRow: false,
    };
  if (parts.perRow)
    return {
      value: { kind: 'measure', measure: { function: 'average', of: of.expression } },
      cost: 0,
      isOfRow: false,
    };
  const extreme = order.ranking.descending ? 'maximum' : 'minimum';
  return {
    value: { kind: 'measure', measure: { function: extreme, of: of.expression } },
    cost: rowOfGroupCost + (isCalledTotal(parts, order) && isAdditive(of) ? totalOfRowCost : 0),
    isOfRow: true,
  };
}

/** Orders of groups: those of rows, and by how many rows a group has. */
function groupOrders(parts: Parts, subject: Subject): readonly Order[] {
  const [superlative] = parts.superlatives;
  if (superlative === undefined) return [];
  const meaning = superlative.value;
  const others = parts.free.filter((each) => each !== subject.free);
  const isCount =
    meaning.isOften ||
    (meaning.isAmount && (parts.nouns.length > 0 || parts.free.every((each) => each === subject.free)));
  const ranking = {
    by: { kind: 'number', value: 0 },
    descending: meaning.superlative.descending,
    limit: null,
    offset: 0,
    quantity: null,
  } as const;
  const byCount: Order[] =
    isCount && others.length === 0
      ? [
          {
            ranking,
            quantity: null,
            rest: [],
            at: null,
            cost: meaning.isOften || isOfRows(parts, superlative) ? 0 : 0.4,
            notes: [],
          },
        ]
      : [];
  return [
    ...byCount,
    ...ordersOf(parts, superlative).map((order) => ({
      ...order,
      rest: order.rest.filter((each) => each !== subject.free),
    })),
  ];
}

/** "With at least five orders": how many rows a group must have; null where something else is compared. */
function havingsOf(parts: Parts): readonly GroupCondition[] | null {
  const { havings, nouns } = parts;
  const conditions = havings.map((having) =>
    nouns.some(({ start }) => start === having.end) ? countHaving(parts, having.value) : null,
  );
  return conditions.includes(null) ? null : conditions.filter((each) => each !== null);
}

/** "Which customer spent the most", "which month saw the fewest orders": the first groups in an order. */
export const bestGroups: Frame = (parts) => {
  const [superlative] = parts.superlatives;
  if (superlative === undefined || !firstOnly(parts)) return [];
  if (!marksAre(parts, 'which', 'who', 'list', 'many', 'much', 'where', 'when', 'rank')) return [];
  if (!holdsAtMost(parts, { ...best, measures: 2, dateParts: 1, havings: 1 })) return [];
  const opener = openerOf(parts)?.value;
  if (opener === 'many' || opener === 'much' || parts.counts.length > 1) return [];
  const having = havingsOf(parts);
  if (having === null) return [];
  const rows = rowsOf(parts, parts.conditions);
  return subjectsOf(parts).flatMap((subject) => {
    const { group } = subject;
    // "Which journal" asks for no yes or no.
    if (subject.kind !== 'label' || group === null || subject.quantity?.type === 'boolean') return [];
    return groupOrders(parts, subject).flatMap((order): readonly Framed[] => {
      const value = valueFor(parts, order);
      if (value === null || order.rest.length > 0) return [];
      if (order.quantity !== null && same(order.quantity, subject.quantity)) return [];
      // "Who owns the highest dam" asks for a value of one row.
      if (value.isOfRow && isOfRows(parts, superlative)) return [];
      const draft = groupedDraft({
        group,
        values: [value.value],
        rows,
        quantity: order.quantity,
        having,
        superlative: { ...superlative.value.superlative, descending: order.ranking.descending },
        count: countAsked(parts),
        show: asksAlso(parts) ? 'both' : 'group',
      });
      return framed(draft, order.cost + value.cost + subject.cost, [...order.notes, ...subject.notes]);
    });
  });
};

/** "For each river, which dam is the tallest": the first rows of every group. */
export const bestOfEach: Frame = (parts) => {
  const [superlative] = parts.superlatives;
  const [group] = parts.groups;
  if (superlative === undefined || group === undefined || superlative.value.superlative.offset > 0) return [];
  if (
    !marksAre(parts, 'which', 'who', 'list') ||
    !holdsAtMost(parts, { superlatives: 1, groups: 1, counts: 1, measures: 1, operators: 1 })
  )
    return [];
  const rows = rowsOf(parts, parts.conditions);
  const limit = superlative.value.superlative.limit ?? parts.counts[0]?.value ?? 1;
  return subjectsOf(parts).flatMap((subject) => {
    if (subject.kind === 'label' && subject.group !== null) {
      const own = subject.group;
      return groupOrders(parts, subject).flatMap((order) => {
        const value = valueFor(parts, order);
        if (value === null || order.rest.length > 0 || value.isOfRow) return [];
        return framed(
          groupedDraft({
            group: own,
            within: group.value,
            values: [value.value],
            rows,
            quantity: order.quantity,
            superlative: superlative.value.superlative,
            show: 'group',
          }),
          order.cost + value.cost + subject.cost,
          order.notes,
        );
      });
    }
    if (subject.kind === 'label' || parts.measures.length > 0) return [];
    return ordersOf(parts, superlative).flatMap(({ ranking, rest, cost, notes, quantity }) => {
      if (rest.length > 0 || quantity === null) return [];
      const output = {
        kind: 'best-per-group',
        group: group.value.by,
        by: ranking.by,
        descending: ranking.descending,
        limit,
      } as const;
      return framed({ selection: rows.where === null ? {} : { where: rows.where }, output }, cost, notes);
    });
  });
};
