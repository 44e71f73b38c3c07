import { shareOfGroup } from '../../grammar/group-values.ts';
import { figurePercent } from '../../grammar/drafts.ts';
import { measured } from '../../grammar/figures.ts';
import { mayBeVerb, roleOf } from '../../grammar/loose-words.ts';
import { selectionOf, within } from '../../grammar/row-sets.ts';
import { numeric } from '../../grammar/quantity-values.ts';
import type { Parts, Placed, Said } from '../parts.ts';
import { rowsOf } from '../rows.ts';
import { standsForRate } from '../english/marks.ts';
import { isHeadFinal, subjectsOf } from '../subject.ts';
import { groupedDraft } from './grouped.ts';
import {
  framed,
  holdsAtMost,
  isAdditive,
  isCalledAsRows,
  marksAre,
  quantitiesIn,
  framedFigure,
} from './frame.ts';
import type { Frame, Framed } from './frame.ts';

const partFirstCost = 0.06;

/** The verb with which a sentence says what is so of a part: "were returned", "have a garden", "come from". */
function verbAfter({ context }: Parts, from: number): number | null {
  for (let at = from; at < context.tokens.length; at += 1) {
    const token = context.tokens[at];
    if (token === undefined) return null;
    if (['that', 'which', 'who', 'whose'].includes(token.word)) {
      // A clause that says of which rows the share is; its own verb is passed over.
      at += 1;
      continue;
    }
    if (['be', 'have', 'do'].includes(token.lemma)) return at;
    const isVerb =
      token.kind === 'word' &&
      !token.capital &&
      (roleOf(token) === 'light' || (mayBeVerb(token) && /(?:ed|ing|s)$/.test(token.word)));
    if (isVerb && at > from + 1) return at;
  }
  return null;
}

interface Split {
  readonly base: readonly Said[];
  readonly part: readonly Said[];
  readonly cost: number;
}

/** Whether the share is one of what stands before: "Acme takes what percentage of …", "what is Acme's share of …". */
function isSaidOf({ context, conditions, free, nouns }: Parts, mark: Placed<unknown>): boolean {
  const last = conditions.findLast(({ end }) => end <= mark.start);
  const isAside = context.tokens[mark.start - 1]?.word === ',';
  return last !== undefined && !isAside && [...free, ...nouns].some(({ start }) => start >= mark.end);
}

/** Which conditions say of what a share is asked, and which what part of it. */
function splitsOf(parts: Parts): readonly Split[] {
  const { conditions, nouns, marks, free } = parts;
  const mark = marks.find(({ value }) => value === 'share');
  if (mark === undefined) return [];
  // "The breach rate": what stands right before the word is the part.
  if (standsForRate(parts.context.tokens[mark.start])) {
    const part = conditions.filter(({ end }) => end === mark.start);
    const base = conditions.filter((each) => !part.includes(each));
    return part.length === 0 ? [] : [{ base, part, cost: 0 }];
  }
  const constitutes = marks.find(({ value }) => value === 'constitutes');
  if (constitutes !== undefined) {
    const among = marks.findLast(({ value, end }) => value === 'among' && end <= constitutes.start);
    const isBase = ({ start, end }: Said): boolean =>
      start >= constitutes.end || (among !== undefined && end <= among.start);
    const part = conditions.filter((each) => !isBase(each));
    return part.length === 0 ? [] : [{ base: conditions.filter(isBase), part, cost: 0 }];
  }
  const opened = conditions.filter(({ end }) => end <= mark.start);
  if (isHeadFinal(parts) && opened.length === conditions.length) {
    const among = marks.findLast(({ value, end }) => value === 'among' && end <= mark.start);
    const isBase = ({ end }: Said): boolean => among !== undefined && end <= among.start;
    const part = opened.filter((each) => !isBase(each));
    return part.length === 0 ? [] : [{ base: opened.filter(isBase), part, cost: 0 }];
  }
  const later = conditions.filter(({ start }) => start >= mark.end);
  if (later.length === 0)
    return isSaidOf(parts, mark) ? [{ base: [], part: opened, cost: partFirstCost }] : [];
  // "What share of the polymers costs …": a value that stands where the noun would.
  const [first] = later;
  const isKind = first !== undefined && later.length > 1 && first.start === mark.end;
  const subject = Math.max(
    ...[...nouns, ...free].map(({ end }) => end).filter((end) => end > mark.end),
    isKind ? first.end : mark.end,
  );
  const hasSubject = nouns.length > 0 || isKind;
  const verb = verbAfter(parts, Math.min(subject, later.at(-1)?.start ?? subject));
  const splits: Split[] = [];
  const add = (base: readonly Said[], part: readonly Said[], cost: number): void => {
    if (part.length > 0) splits.push({ base: [...opened, ...base], part, cost });
  };
  if (verb !== null)
    add(
      later.filter(({ start }) => start < verb),
      later.filter(({ start }) => start >= verb),
      0,
    );
  else
    add(
      later.filter(({ end }) => end <= subject && hasSubject),
      later.filter(({ end }) => !(end <= subject && hasSubject)),
      0.03,
    );
  if (splits.length === 0 || opened.length > 0) add([], later, splits.length === 0 ? partFirstCost : 0.1);
  return splits;
}

/** "What share of … is …", "what percentage of the total cost went to …": rows, or a sum over them, as a part. */
export const shares: Frame = (parts) => {
  if (
    !parts.marks.some(({ value }) => value === 'share') ||
    !marksAre(parts, 'share', 'constitutes', 'which', 'list', 'much')
  )
    return [];
  if (!holdsAtMost(parts, { measures: 2 }) || parts.measures.some(({ value }) => value.function !== 'sum'))
    return [];
  return splitsOf(parts).flatMap(({ base, part, cost }): readonly Framed[] => {
    const whole = rowsOf(parts, base);
    const of = selectionOf(whole);
    const selection = selectionOf(within(rowsOf(parts, part), whole));
    const rest = Object.keys(of).length === 0 ? {} : { of };
    if (parts.free.length === 0)
      return framed(
        { selection, output: { kind: 'share', ...rest } },
        cost + (parts.nouns.length > 0 ? 0 : 0.08),
      );
    return quantitiesIn(parts).flatMap(({ quantity, rest: others, cost: own, notes }) => {
      const weight = numeric(quantity);
      if (weight === null || !isAdditive(weight) || others.length > 0) return [];
      return framed(
        { selection, output: { kind: 'share', weight: weight.expression, ...rest } },
        cost + own,
        notes,
      );
    });
  });
};

/** "What percentage of the money claimed was paid": one sum in percent of another. */
export const sharesOfSums: Frame = (parts) => {
  if (!parts.marks.some(({ value }) => value === 'share') || !marksAre(parts, 'share', 'which', 'much'))
    return [];
  if (!holdsAtMost(parts, { measures: 2 }) || parts.measures.some(({ value }) => value.function !== 'sum'))
    return [];
  const [whole, part] = parts.free;
  if (whole === undefined || part === undefined || parts.free.length !== 2) return [];
  if ([whole, part].some((each) => isCalledAsRows(parts, each))) return [];
  const rows = rowsOf(parts, parts.conditions);
  const [below, above] = [numeric(whole.value), numeric(part.value)];
  if (below === null || above === null || !isAdditive(below) || !isAdditive(above)) return [];
  const [one, other] = [
    measured({ function: 'sum' }, above, rows),
    measured({ function: 'sum' }, below, rows),
  ];
  const figure = one === null || other === null ? null : figurePercent(one, other);
  return framedFigure(figure, 0.05);
};

/** "Which line has the highest breach rate", "哪个区的不合格率最高": the groups of which the greatest part fulfils conditions. */
export const bestShares: Frame = (parts) => {
  const [superlative] = parts.superlatives;
  if (superlative === undefined || superlative.value.isAmount || superlative.value.isOften) return [];
  if (
    !parts.marks.some(({ value }) => value === 'share') ||
    !marksAre(parts, 'share', 'which', 'who', 'list')
  )
    return [];
  if (!holdsAtMost(parts, { superlatives: 1, counts: 1 })) return [];
  return subjectsOf(parts).flatMap((subject) => {
    const { group, free } = subject;
    if (subject.kind !== 'label' || group === null || parts.free.some((each) => each !== free)) return [];
    return splitsOf(parts).flatMap(({ base, part, cost }) => {
      const { where } = rowsOf(parts, part);
      if (where === null) return [];
      const draft = groupedDraft({
        group,
        values: [shareOfGroup(where)],
        rows: rowsOf(parts, base),
        superlative: superlative.value.superlative,
        count: parts.counts[0]?.value,
        show: 'group',
      });
      return framed(
        { ...draft, output: { ...draft.output, percentage: true, unit: '%' } as typeof draft.output },
        cost + subject.cost,
        subject.notes,
      );
    });
  });
};

/** "Share of late orders per customer": the part of every group that fulfils conditions. */
export const sharesByGroup: Frame = (parts) => {
  const [group] = parts.groups;
  if (group === undefined || !parts.marks.some(({ value }) => value === 'share')) return [];
  if (
    !marksAre(parts, 'share', 'which', 'list') ||
    !holdsAtMost(parts, { groups: 1 }) ||
    parts.free.length > 0
  )
    return [];
  return splitsOf(parts).flatMap(({ base, part, cost }) => {
    const { where } = rowsOf(parts, part);
    if (where === null) return [];
    const value = shareOfGroup(where);
    const draft = groupedDraft({
      group: group.value,
      values: [value],
      rows: rowsOf(parts, base),
      show: 'both',
    });
    return framed(
      { ...draft, output: { ...draft.output, percentage: true, unit: '%' } as typeof draft.output },
      cost,
    );
  });
};
