import { countDraft } from '../../grammar/drafts.ts';
import { distinctCount } from '../../grammar/figures.ts';
import { countHaving } from './having.ts';
import type { Free, Parts, Placed } from '../parts.ts';
import type { Mark } from '../piece.ts';
import { rowsOf } from '../rows.ts';
import { openerOf, subjectsOf } from '../subject.ts';
import { groupedDraft, rowCount } from './grouped.ts';
import { amountsOfThings, framed, holdsAtMost, marksAre, framedFigure } from './frame.ts';
import type { Frame } from './frame.ts';

const summedCost = 0.3;
const bareCost = 0.08;

/** Whether the field's name only says of what sort the rows are: "school districts". */
export const isModifier = ({ context, nouns }: Parts, { start, end }: Free): boolean => {
  const last = context.tokens[end - 1];
  return (
    end === start + 1 &&
    last !== undefined &&
    last.word === last.lemma &&
    nouns.some((noun) => noun.start === end)
  );
};

/** Whether rows are counted; "break the orders down by month: how many in each" says so at its end. */
function countsRows(parts: Parts): boolean {
  const opener = openerOf(parts)?.value;
  if (opener === 'many') return true;
  return (
    (opener === 'list' || opener === 'rank') &&
    parts.groups.length > 0 &&
    parts.marks.some(({ value }) => value === 'many')
  );
}

/** "A count by month", "breakdown": words that ask how many of each there are. */
function asksForGroups({ context }: Parts, { start, end }: Placed<Mark>): boolean {
  const lemma = context.tokens[start]?.lemma ?? '';
  // "Count the ferries …" is a command.
  const isCommand = start === 0 && !['by', 'per', 'for', 'of'].includes(context.tokens[end]?.word ?? 'by');
  return (
    ['breakdown', 'distribution'].includes(lemma) || (lemma === 'count' && end === start + 1 && !isCommand)
  );
}

/** "How many orders …", "number of orders per month": rows counted, in groups where one is named. */
export const countRows: Frame = (parts) => {
  const { groups, measures } = parts;
  const free = parts.free.filter((each) => !isModifier(parts, each));
  if (!countsRows(parts) || !marksAre(parts, 'many', 'list', 'rank', 'which')) return [];
  if (!holdsAtMost(parts, { groups: 2, measures: 1, ordered: 1 }) || free.length > 0 || parts.perRow)
    return [];
  if (measures.some(({ value }) => value.function !== 'sum')) return [];
  if (groups.length === 0 && parts.marks.some((mark) => asksForGroups(parts, mark))) return [];
  const rows = rowsOf(parts, parts.conditions);
  // "How many were sold" leaves open what is counted, where nothing is said of it.
  // "In total for each" adds up what a field counts rather than rows.
  const summed = measures.length > 0 && groups.length > 0 ? summedCost : 0;
  const cost =
    summed +
    (parts.nouns.length > 0
      ? 0
      : rows.where === null
        ? groups.length > 0
          ? bareCost
          : 0.5
        : amountsOfThings(parts).length > 0
          ? 0.3
          : bareCost);
  const [group, within] = groups;
  if (group === undefined) return parts.ordered.length > 0 ? [] : framed(countDraft(rows), cost);
  const draft = groupedDraft({
    group: (within ?? group).value,
    ...(within === undefined ? {} : { within: group.value }),
    values: [rowCount],
    rows,
    ...(parts.ordered[0]?.value.descending === false ? { order: 'ascending' as const } : {}),
    show: 'both',
  });
  return framed(draft, cost);
};

/** "How many different suppliers …": the values of a field counted. */
export const countValues: Frame = (parts) => {
  const { groups } = parts;
  if (openerOf(parts)?.value !== 'many' || !marksAre(parts, 'many')) return [];
  if (!holdsAtMost(parts, { havings: 1, groups: 1 })) return [];
  return subjectsOf(parts).flatMap((subject) => {
    const { group, quantity, free } = subject;
    if (subject.kind !== 'label' || quantity === null || free === null || group === null) return [];
    if (parts.free.some((each) => each !== free)) return [];
    // "A count by month" counts no months.
    if (parts.context.tokens[free.start - 1]?.word === 'by') return [];
    const rows = rowsOf(parts, parts.conditions);
    const [having] = parts.havings;
    if (having !== undefined) {
      const condition = countHaving(parts, having.value);
      return condition === null
        ? []
        : framed(
            groupedDraft({ group, values: [rowCount], rows, having: [condition], show: 'number-of-groups' }),
            subject.cost,
          );
    }
    const figure = distinctCount(quantity, rows);
    const [by] = groups;
    if (by !== undefined) {
      if (quantity.expression.kind !== 'column') return [];
      const value = {
        kind: 'measure',
        measure: { function: 'count-distinct', of: quantity.expression },
      } as const;
      return framed(groupedDraft({ group: by.value, values: [value], rows, show: 'both' }), subject.cost);
    }
    // What is said of a number of things by a verb is no field of theirs.
    const cost = subject.cost + (parts.isDifferent ? 0 : 0.04) + (free.isVerb ? 0.1 : 0);
    if (quantity.type === 'list')
      return framed(groupedDraft({ group, values: [rowCount], rows, show: 'number-of-groups' }), cost);
    return framedFigure(figure, cost);
  });
};
