import { listDraft, valuesDraft } from '../../grammar/drafts.ts';
import type { Quantity } from '../../grammar/meanings.ts';
import type { Parts } from '../parts.ts';
import { rowsOf } from '../rows.ts';
import { openerOf, subjectsOf } from '../subject.ts';
import { groupedDraft, rowCount } from './grouped.ts';
import { framed, holdsAtMost, isVerbOfNames, marksAre } from './frame.ts';
import type { Frame } from './frame.ts';
import { durationOf } from '../durations.ts';

const withoutConditionCost = 0.25;
const manyRowsCost = 0.2;
const unaskedCost = 0.12;
const verbOfNamesCost = 0.1;

const isOne = ({ conditions }: Parts): boolean =>
  conditions.filter(({ entity }) => entity !== null).length === 1;

/** "Which orders …", "list the orders …, with their totals": the rows that fulfil conditions. */
export const listRows: Frame = (parts) => {
  const { conditions, free, nouns, ordered } = parts;
  if (!marksAre(parts, 'which', 'list', 'who', 'rank') || !holdsAtMost(parts, { ordered: 1 })) return [];
  const rows = rowsOf(parts, conditions);
  if (rows.where === null || parts.groups.length > 0) return [];
  return subjectsOf(parts).flatMap((subject) => {
    const isImplied = subject.kind === 'none';
    if (subject.kind !== 'rows' && !(isImplied && openerOf(parts)?.value !== 'who')) return [];
    if (conditions.some(({ entity, predicate }) => entity !== null && predicate.kind === 'entity')) return [];
    // Fields that are named after the rows are shown beside them.
    const lastNoun = nouns[0]?.end ?? 0;
    if (free.some(({ start }) => start < lastNoun) || (free.length > 0 && !showsMore(parts))) return [];
    const [order] = ordered;
    if (order !== undefined) return [];
    const cost = (isImplied ? unaskedCost : 0) + subject.cost + (openerOf(parts) === null ? 0.05 : 0);
    return framed(
      listDraft(
        rows,
        free.map(({ value }) => value),
      ),
      cost,
      subject.notes,
    );
  });
};

/** Whether an "and" or "with" adds something to be shown. */
export const showsMore = ({ pieces, free }: Parts): boolean =>
  free.every(({ start }) => {
    const before = pieces.findLast(({ end }) => end <= start)?.meaning;
    const isJoined = before?.kind === 'having' || (before?.kind === 'joint' && before.joint === 'and');
    return isJoined || (before?.kind === 'column' && free.some(({ value }) => value === before.quantity));
  });

/** "What is the price of …", "who owns …", "when did … open": the values of fields of some rows. */
export const lookUp: Frame = (parts) => {
  const { conditions } = parts;
  const opener = openerOf(parts);
  if (!marksAre(parts, 'which', 'who', 'when', 'where', 'much', 'list', 'many') || !holdsAtMost(parts, {}))
    return [];
  const rows = rowsOf(parts, conditions);
  if (rows.where === null) return [];
  // "Separates A and B" asks for no value of either.
  if (parts.isDifferent && conditions.some(({ entity }) => entity !== null)) return [];
  return subjectsOf(parts).flatMap((subject) => {
    const { quantity } = subject;
    const spans = durationOf(parts, parts.free);
    const [span] = spans;
    if (
      isOne(parts) &&
      span !== undefined &&
      (parts.free.length === 0 || span.rest.length === 0) &&
      opener?.value !== 'when'
    )
      return framed(valuesDraft({ ...rows, singular: true }, [span.quantity]), span.cost, span.notes);
    if (quantity === null || (subject.kind !== 'label' && subject.kind !== 'number')) return [];
    // "How many courses" asks for no names of them.
    if (opener?.value === 'many' && subject.kind === 'label' && subject.group === null) return [];
    const others = parts.free.filter((each) => each !== subject.free);
    // A verb that names the same fields again adds nothing; other fields are asked for as well.
    const shown: readonly Quantity[] = [quantity, ...others.map(({ value }) => value)];
    const isSure = isOne(parts);
    if (others.some(({ isVerb }) => isVerb) && !isSure) return [];
    const isRepeated = parts.conditions.some(
      ({ column }) => column !== null && column === quantity.columns[0],
    );
    if (isRepeated && !isSure) return [];
    const cost =
      subject.cost +
      others.length * 0.06 +
      (others.some((each) => isVerbOfNames(parts, each)) ? verbOfNamesCost : 0) +
      (opener === null ? 0.1 : 0) +
      (isSure ? 0 : subject.kind === 'number' ? manyRowsCost : 0.03) +
      (opener?.value === 'many' && subject.kind === 'label' ? withoutConditionCost : 0);
    const draft = valuesDraft({ ...rows, singular: isSure }, shown);
    if (draft === null || draft.output.kind !== 'values') return [];
    const isDistinct = !isSure && subject.kind === 'label' && quantity.type !== 'list' && shown.length === 1;
    const output = isDistinct ? { ...draft.output, distinct: true } : draft.output;
    return framed({ ...draft, output }, cost, subject.notes);
  });
};

/** "Which customers never ordered …": values of a field none of whose rows fulfil the conditions. */
export const valuesWithout: Frame = (parts) => {
  const { context, conditions } = parts;
  if (!marksAre(parts, 'which', 'who', 'list', 'many') || !holdsAtMost(parts, {})) return [];
  const isNever = context.tokens.some(({ word }) => word === 'never' || word === 'no');
  const denied = conditions.filter(({ predicate }) => 'negated' in predicate && predicate.negated === true);
  const [only] = denied;
  if (!isNever || only === undefined || denied.length !== 1) return [];
  return subjectsOf(parts).flatMap((subject) => {
    const { group, free } = subject;
    if (subject.kind !== 'label' || group === null || parts.free.some((each) => each !== free)) return [];
    const rows = rowsOf(
      parts,
      conditions.filter((each) => each !== only),
    );
    const { predicate } = only;
    if (predicate.kind !== 'is' && predicate.kind !== 'contains') return [];
    const { negated: _, ...where } = predicate;
    const having = [
      {
        left: { kind: 'measure', measure: { function: 'count' }, where } as const,
        comparison: '=' as const,
        right: { kind: 'number', value: 0 } as const,
      },
    ];
    const show = openerOf(parts)?.value === 'many' ? 'number-of-groups' : 'group';
    // It stands against the reading as rows of another value.
    return framed(
      groupedDraft({ group, values: [rowCount], rows, having, show }),
      subject.cost - 0.15,
      subject.notes,
    );
  });
};
