import { listDraft } from '../../grammar/drafts.ts';
import { rankingBy } from '../../grammar/superlatives.ts';
import { numeric } from '../../grammar/quantity-values.ts';
import type { GroupCondition, GroupValue } from '../../plan.ts';
import { compare } from '../../grammar/compare.ts';
import type { Parts } from '../parts.ts';
import { rowsOf } from '../rows.ts';
import { openerOf, subjectsOf } from '../subject.ts';
import { groupedDraft, rowCount } from './grouped.ts';
import { framed, holdsAtMost, marksAre, quantitiesIn } from './frame.ts';
import type { Frame, Framed } from './frame.ts';
import { amountsOfMoney } from '../english/columns.ts';
import type { Subject } from '../subject.ts';
import type { Comparing, Quantity } from '../../grammar/meanings.ts';
import { countHaving } from './having.ts';
import { measureOrSum } from './figures.ts';
import { impliedRankings } from './rankings.ts';

const impliedSumCost = 0.12;
const plainOrder = { descending: true, measured: [], limit: null, offset: 0 } as const;

/** "Dams higher than 100 m, highest first", "rank the dams by height": all rows in an order. */
export const orderedRows: Frame = (parts) => {
  const { ordered, marks } = parts;
  const [order] = ordered;
  const isRank = marks.some(({ value }) => value === 'rank');
  if ((order === undefined && !isRank) || !marksAre(parts, 'which', 'list', 'rank', 'who')) return [];
  if (!holdsAtMost(parts, { ordered: 1, operators: 1 })) return [];
  const rows = rowsOf(parts, parts.conditions);
  const superlative = order?.value.superlative ?? {
    ...plainOrder,
    descending: order?.value.descending ?? true,
  };
  return subjectsOf(parts).flatMap((subject) => {
    if (subject.kind !== 'rows' && subject.kind !== 'none') return [];
    const named = quantitiesIn(parts).flatMap(({ quantity, rest, cost, notes }) => {
      const ranking = rankingBy({ ...superlative, measured: [], units: undefined }, quantity);
      return ranking === null || rest.length > 0 ? [] : [{ ranking, cost, notes }];
    });
    const alone =
      parts.free.length > 0
        ? []
        : impliedRankings(parts, superlative).map(({ value, cost, notes }) => ({
            ranking: value,
            cost,
            notes,
          }));
    // ", highest first" of rows that one field was compared of.
    const compared = parts.free.length + alone.length > 0 ? [] : comparedIn(parts, superlative);
    return [...named, ...alone, ...compared].flatMap(({ ranking, cost, notes }) =>
      framed(listDraft({ ...rows, by: { ...ranking, limit: null } }), cost + subject.cost, notes),
    );
  });
};

/** The one field of which the conditions say how much it is. */
function comparedIn(
  parts: Parts,
  superlative: Parameters<typeof rankingBy>[0],
): readonly { ranking: NonNullable<ReturnType<typeof rankingBy>>; cost: number; notes: readonly string[] }[] {
  const named = parts.pieces.flatMap(({ meaning }) =>
    meaning.kind === 'column' && meaning.quantity.type !== 'category' && meaning.quantity.type !== 'boolean'
      ? [meaning.quantity]
      : [],
  );
  return named.slice(0, 1).flatMap((quantity) => {
    const ranking = rankingBy({ ...superlative, measured: [], units: undefined }, quantity);
    return ranking === null ? [] : [{ ranking, cost: 0.08, notes: [`in the order of "${quantity.name}"`] }];
  });
}

/** "Rank the adjusters by average payment", "which team has an average above 5": groups with their numbers. */
export const rankedGroups: Frame = (parts) => {
  const { marks, ordered } = parts;
  const isRank =
    marks.some(({ value }) => value === 'rank') || ordered.length > 0 || parts.free.some(({ isBy }) => isBy);
  if (
    !isRank ||
    !marksAre(parts, 'list', 'rank', 'which', 'many', 'who') ||
    !holdsAtMost(parts, { ordered: 1, measures: 2, operators: 1 })
  )
    return [];
  const rows = rowsOf(parts, parts.conditions);
  const order = ordered[0]?.value.descending === false ? 'ascending' : 'descending';
  return subjectsOf(parts).flatMap((subject) => {
    const { group } = subject;
    if (subject.kind !== 'label' || group === null || openerOf(parts)?.value === 'many') return [];
    const others = parts.free.filter((each) => each !== subject.free);
    const isCount =
      marks.some(({ value }) => value === 'many') || (others.length === 0 && parts.measures.length === 0);
    if (isCount && others.length === 0)
      return framed(groupedDraft({ group, values: [rowCount], rows, order, show: 'both' }), subject.cost);
    return quantitiesIn(parts, others).flatMap(({ quantity, rest, cost, notes }) => {
      const how = measureOrSum(parts, quantity);
      const of = numeric(quantity);
      if (rest.length > 0 || how === null || of === null) return [];
      const value: GroupValue = { kind: 'measure', measure: { ...how, of: of.expression } };
      return framed(
        groupedDraft({ group, values: [value], rows, quantity, order, show: 'both' }),
        cost + subject.cost,
        notes,
      );
    });
  });
};

/** "Which owners have more than three dams", "… whose average price is above 5": groups that fulfil a condition. */
export const groupsHaving: Frame = (parts) => {
  const { context, havings } = parts;
  const [having] = havings;
  if (having === undefined || !marksAre(parts, 'which', 'who', 'list', 'many')) return [];
  if (!holdsAtMost(parts, { havings: 1, measures: 2, operators: 1 })) return [];
  const rows = rowsOf(parts, parts.conditions);
  const show = openerOf(parts)?.value === 'many' ? ('number-of-groups' as const) : ('group' as const);
  return subjectsOf(parts).flatMap((subject) => {
    const { group } = subject;
    if (subject.kind !== 'label' || group === null) return [];
    const others = parts.free.filter((each) => each !== subject.free);
    if (others.length === 0) {
      const condition = countHaving(parts, having.value);
      if (condition === null)
        return amountsOfMoney(context)
          .slice(0, 1)
          .flatMap(({ quantity, cost, notes }) =>
            havingSum(parts, subject, { quantity, having: having.value, cost: cost + subject.cost, notes }),
          );
      return parts.measures.some(({ value }) => value.function !== 'sum')
        ? []
        : framed(groupedDraft({ group, values: [rowCount], rows, having: [condition], show }), subject.cost);
    }
    const [label] = others;
    if (others.length === 1 && label !== undefined && ['category', 'text'].includes(label.value.type)) {
      const condition = countHaving(parts, having.value);
      if (condition === null) return [];
      const left: GroupValue = {
        kind: 'measure',
        measure: { function: 'count-distinct', of: label.value.expression },
      };
      return framed(
        groupedDraft({ group, values: [left], rows, having: [{ ...condition, left }], show }),
        subject.cost + 0.02,
      );
    }
    return quantitiesIn(parts, others).flatMap(({ quantity, rest, cost, notes }) =>
      rest.length > 0
        ? []
        : havingSum(parts, subject, { quantity, having: having.value, cost: cost + subject.cost, notes }),
    );
  });
};

/** Groups of which what is calculated of a quantity compares so. */
function havingSum(
  parts: Parts,
  { group }: Subject,
  asked: {
    readonly quantity: Quantity;
    readonly having: Comparing;
    readonly cost: number;
    readonly notes: readonly string[];
  },
): readonly Framed[] {
  const { quantity, having, cost, notes } = asked;
  const how = measureOrSum(parts, quantity);
  const of = numeric(quantity);
  const compared = of === null ? null : compare(parts.context, of, having);
  if (group === null || how === null || of === null || compared?.value.predicate.kind !== 'compare')
    return [];
  const { right, comparison } = compared.value.predicate;
  const left: GroupValue = { kind: 'measure', measure: { ...how, of: of.expression } };
  // Without a word for a total, what one row has is compared.
  const implied = parts.measures.length === 0 ? impliedSumCost : 0;
  const limit: GroupValue | null =
    right.kind === 'number'
      ? right
      : right.kind === 'aggregate'
        ? { kind: 'overall', aggregate: right.aggregate }
        : null;
  if (limit === null) return [];
  const condition: GroupCondition = { left, comparison, right: limit };
  const show = openerOf(parts)?.value === 'many' ? 'number-of-groups' : 'group';
  const rows = rowsOf(parts, parts.conditions);
  return framed(
    groupedDraft({ group, values: [left], rows, quantity, having: [condition], show }),
    cost + implied,
    notes,
  );
}
