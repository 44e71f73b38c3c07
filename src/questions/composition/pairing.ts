import type { Context } from '../grammar/context.ts';
import { opposite } from '../grammar/conditions.ts';
import { compare } from '../grammar/compare.ts';
import type { Comparing, Operand, Quantity } from '../grammar/meanings.ts';
import { mainDate } from '../grammar/predicate-conditions.ts';
import { periodsOf, plainColumn } from '../grammar/quantity-values.ts';
import { quantityOf } from '../grammar/terms.ts';
import { allRows, both } from '../grammar/row-sets.ts';
import { isSameExpression } from '../plan-nodes.ts';
import type { Predicate } from '../plan.ts';
import { turnedComparison } from '../vocabulary.ts';
import type { MeaningOf, Piece } from './piece.ts';
import { convertUnit } from '../../table/values/units.ts';
import { durationOf } from './durations.ts';
import { namesRate } from './english/columns.ts';
import type { Free } from './parts.ts';
import type { State, Step } from './states.ts';
import { ends, isPlainTime, isTime, timesOf } from './times.ts';

const distanceCost = 0.06;
const rightCost = 0.02;
const measuredCost = 0.03;
const besideMeasuredCost = 0.15;
const unitCost = 0.16;
const otherUnitCost = 0.08;
const calendarCost = 0.05;
const someDateCost = 0.25;
const unpairedCost = 0.05;
const rowCountCost = 0.35;

interface Candidate {
  readonly quantity: Quantity;
  readonly takes: readonly number[];
  readonly cost: number;
}

/** What a comparison may be of: a field named near it, one that its adjective or unit measures, a date. */
export function pairingsOf({
  context,
  pieces,
  index,
  state,
  not,
}: {
  readonly context: Context;
  readonly pieces: readonly Piece[];
  readonly index: number;
  readonly state: State;
  readonly not: number | undefined;
}): readonly Step[] {
  const piece = pieces[index];
  if (piece?.meaning.kind !== 'comparing') return [];
  const { meaning, taken } = withOwnRows({ context, pieces, index }, piece.meaning);
  const near = namedNear({ pieces, index, state });
  const hyphened = near.filter(({ takes }) => takes[0] === index + 1 && isHyphened(context, pieces, index));
  // "Six-cylinder" is of nothing else.
  const named = hyphened.length > 0 ? hyphened : near;
  const candidates: Candidate[] = [
    ...named.map((each) => ({
      ...each,
      cost:
        each.cost +
        (meaning.measured.length > 0 &&
        !meaning.measured.some((own) => isSameExpression(own.expression, each.quantity.expression))
          ? besideMeasuredCost
          : 0),
    })),
    ...meaning.measured.map((quantity, place) => ({
      quantity,
      takes: namingOf(pieces, state, quantity),
      cost: measuredCost + place * 0.05,
    })),
    ...(meaning.measured.length > 0 ? [] : inSameUnit(context, meaning.comparing)),
    ...inDaysBetween({ context, pieces, state }, meaning.comparing),
    ...(isPeriodOfNamed(context, pieces, meaning) ? [] : calendarsFor(context, meaning, named.length > 0)),
  ];
  // "With at least five journals" counts them; no field of theirs is five.
  const countsRows = pieces[index + 1]?.meaning.kind === 'noun' && isPlainCount(meaning.comparing);
  const seen = new Set<string>();
  const steps: Step[] = [];
  for (const { quantity, takes, cost } of candidates.toSorted((one, other) => one.cost - other.cost)) {
    const key = JSON.stringify([quantity.expression, takes]);
    if (seen.has(key)) continue;
    seen.add(key);
    const compared = comparedTo(context, quantity, meaning);
    if (compared === null) continue;
    const predicate = not === undefined ? compared.value.predicate : opposite(compared.value).predicate;
    steps.push({
      takes: [index, ...takes, ...taken],
      condition: {
        predicate,
        column: quantity.columns.length === 1 ? (quantity.columns[0] ?? null) : null,
        entity: null,
        start: Math.min(piece.start, ...takes.map((each) => pieces[each]?.start ?? piece.start)),
        end: Math.max(piece.end, ...takes.map((each) => pieces[each]?.end ?? piece.end)),
      },
      cost: cost + compared.cost + (countsRows ? rowCountCost : 0),
      notes: compared.notes,
    });
  }
  const kept = steps.slice(0, 6);
  if (repeatsPeriod(pieces, meaning))
    kept.push({ takes: [index], condition: null, cost: calendarCost, notes: [] });
  // "Five star hotels": a number before a field is of that field, and counts nothing.
  const isAttributive =
    meaning.comparing.comparison === '=' &&
    context.grammar.parse('literal', context, piece.start).some(({ end }) => end === piece.end);
  if (!meaning.isTime && not === undefined && meaning.measured.length === 0 && !isAttributive)
    kept.push({ takes: [], condition: null, cost: unpairedCost, notes: [] });
  return kept;
}

/** Whether a hyphen ties the piece to the next: "two-door". */
function isHyphened({ tokens }: Context, pieces: readonly Piece[], index: number): boolean {
  const [piece, next] = [pieces[index], pieces[index + 1]];
  if (piece === undefined || next === undefined || piece.end !== next.start) return false;
  const [last, first] = [tokens[piece.end - 1], tokens[next.start]];
  return last?.hyphened === true && first?.hyphened === true && first.start === last.end + 1;
}

/** "Higher than the average motor claim": the average is of the rows that are named after it. */
function withOwnRows(
  {
    context,
    pieces,
    index,
  }: { readonly context: Context; readonly pieces: readonly Piece[]; readonly index: number },
  meaning: MeaningOf<'comparing'>,
): { readonly meaning: MeaningOf<'comparing'>; readonly taken: readonly number[] } {
  const { operand } = meaning.comparing;
  if (operand.kind !== 'own-aggregate' || operand.rows !== null) return { meaning, taken: [] };
  const taken: number[] = [];
  let where: Predicate | null = null;
  let end = pieces[index]?.end ?? 0;
  let hasNoun = context.table.nouns.includes(context.tokens[end - 1]?.lemma ?? '');
  let isNext = true;
  for (let at = index + 1; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece?.meaning.kind === 'condition') {
      // After the noun, a preposition may stand between: "than the average claim of Norr".
      if (hasNoun && piece.start - end > 1) break;
      isNext &&= piece.start === end;
      where = both(where, piece.meaning.predicate);
    } else if (piece?.meaning.kind === 'noun' && !hasNoun) hasNoun = true;
    else break;
    end = piece.end;
    taken.push(at);
  }
  // Without a noun, what follows at once is what the average is of: "than the average ferry".
  return hasNoun || (isNext && where !== null)
    ? { meaning: ofRows(meaning, operand, where), taken }
    : { meaning, taken: [] };
}

const ofRows = (
  meaning: MeaningOf<'comparing'>,
  operand: Operand & { readonly kind: 'own-aggregate' },
  where: Predicate | null,
): MeaningOf<'comparing'> => ({
  ...meaning,
  comparing: {
    ...meaning.comparing,
    operand: { ...operand, rows: where === null ? null : { ...allRows, where } },
  },
});

const isPlainCount = ({ operand }: Comparing): boolean =>
  operand.kind === 'literal' &&
  operand.literal.unit === null &&
  !operand.literal.percent &&
  Number.isInteger(operand.literal.value);

/** Pieces that name the quantity in other words. */
const namingOf = (pieces: readonly Piece[], state: State, quantity: Quantity): readonly number[] =>
  pieces.flatMap(({ meaning }, index) =>
    meaning.kind === 'column' &&
    !state.used.has(index) &&
    isSameExpression(meaning.quantity.expression, quantity.expression)
      ? [index]
      : [],
  );

/** Fields named before or after the comparison, with how far they are. */
function namedNear({
  pieces,
  index,
  state,
}: {
  readonly pieces: readonly Piece[];
  readonly index: number;
  readonly state: State;
}): readonly Candidate[] {
  const found: Candidate[] = [];
  const look = (step: 1 | -1): void => {
    let distance = 0;
    for (let at = index + step; at >= 0 && at < pieces.length; at += step) {
      const meaning = pieces[at]?.meaning;
      if (meaning === undefined) return;
      if (meaning.kind === 'column' && !state.used.has(at)) {
        const side = step === 1 ? rightCost : 0;
        found.push({ quantity: meaning.quantity, takes: [at], cost: side + distance * distanceCost });
      }
      // What was compared just before may be compared once more.
      if (meaning.kind === 'column' && state.used.has(at) && step === -1 && distance <= 2)
        found.push({ quantity: meaning.quantity, takes: [], cost: 0.04 + distance * distanceCost });
      if (meaning.kind === 'mark' && step === 1) return;
      if (!['having', 'joint', 'unit'].includes(meaning.kind))
        distance += meaning.kind === 'comparing' ? 2 : 1;
      if (distance > 4) return;
    }
  };
  look(-1);
  look(1);
  return found;
}

/** "More than 14 days after the loss": the days from one date of a row to another. */
function inDaysBetween(
  {
    context,
    pieces,
    state,
  }: { readonly context: Context; readonly pieces: readonly Piece[]; readonly state: State },
  { operand }: Comparing,
): readonly Candidate[] {
  const unit = operand.kind === 'literal' ? operand.literal.unit : null;
  if (unit === null || convertUnit({ number: 1, from: unit, to: 'days' }) === null) return [];
  const dates = pieces.flatMap((piece, at): (Free & { readonly at: number })[] =>
    piece.meaning.kind === 'column' && piece.meaning.quantity.type === 'date' && !state.used.has(at)
      ? [
          {
            value: piece.meaning.quantity,
            start: piece.start,
            end: piece.end,
            isVerb: piece.meaning.isVerb,
            isBy: false,
            at,
          },
        ]
      : [],
  );
  // What is reported after the loss is reported later.
  const isAfter = context.tokens.some(({ word }) => word === 'after');
  const ordered = isAfter && dates.length === 2 ? dates.toReversed() : dates;
  return durationOf({ context }, ordered).map(({ quantity, cost }) => ({
    quantity,
    takes: dates.map(({ at }) => at),
    cost,
  }));
}

/** Fields in the unit that the comparison states. */
function inSameUnit(context: Context, { operand }: Comparing): readonly Candidate[] {
  if (operand.kind !== 'literal') return [];
  const { unit, percent } = operand.literal;
  if (unit === null && !percent) return [];
  const fitting = context.table.columns
    .filter((column) => (percent ? column.type === 'percentage' : column.unit !== null))
    .map((column) => quantityOf(column))
    .filter((quantity) => compare(context, quantity, { comparison: '>', operand }) !== null);
  const words = ({ name }: Quantity): number => name.split(/[\s_>]+/).length + (namesRate(name) ? 3 : 0);
  return fitting
    .toSorted(
      (one, other) => words(one) + (one.unit === unit ? 0 : 2) - words(other) - (other.unit === unit ? 0 : 2),
    )
    .map((quantity, place) => ({
      quantity,
      takes: [],
      cost: unitCost + (fitting.length > 1 ? 0.04 + place * otherUnitCost : 0),
    }));
}

const isYear = (operand: Operand): boolean =>
  operand.kind === 'date' ||
  (operand.kind === 'literal' &&
    operand.literal.unit === null &&
    !operand.literal.percent &&
    Number.isInteger(operand.literal.value) &&
    operand.literal.value >= 1500 &&
    operand.literal.value <= 2100);

const yearOf = (operand: Operand): string | null =>
  operand.kind === 'date'
    ? operand.date.slice(0, 4)
    : isYear(operand) && operand.kind === 'literal'
      ? String(operand.literal.value)
      : null;

/**
 * Whether a field that the question names is stated for the very years, which are periods of it then: visits in 2023
 * are not those of what was opened in 2023.
 */
function isPeriodOfNamed(
  context: Context,
  pieces: readonly Piece[],
  { comparing }: MeaningOf<'comparing'>,
): boolean {
  const years = [comparing.operand, ...(comparing.high === undefined ? [] : [comparing.high])].map(yearOf);
  return pieces.some(({ meaning }) => {
    const column = meaning.kind === 'column' ? plainColumn(context, meaning.quantity) : null;
    return (
      column !== null &&
      years.every((year) => year !== null && periodsOf(column).some((period) => period.startsWith(year)))
    );
  });
}

/** The dates and years of a row, for a time that no named field goes with. */
function calendarsFor(
  context: Context,
  { comparing, isAge, isTime }: MeaningOf<'comparing'>,
  isNamed: boolean,
): readonly Candidate[] {
  const { operand } = comparing;
  const isAgeOfOther = isAge && operand.kind !== 'literal';
  if (!isTime && !isYear(operand) && !isAgeOfOther) return [];
  const calendars = timesOf(context);
  const main = mainDate(context);
  const extra = isNamed && !isTime ? 0.05 : 0;
  // What is of a year is of the year that is called so, where there is one.
  const hasPlain = calendars.some(isPlainTime);
  return calendars.map((quantity, place) => {
    const isOnly = calendars.length === 1;
    const isOwn = !hasPlain && main !== null && main.column.name === quantity.columns[0];
    const isPlain = isPlainTime(quantity);
    const ended = isAge && ends(quantity) ? 0.2 : 0;
    const cost = isOnly || isPlain ? calendarCost : isOwn ? calendarCost + 0.03 : someDateCost + place * 0.02;
    return { quantity, takes: [], cost: cost + extra + ended };
  });
}

/** The comparison as one of the quantity: years as numbers, ages turned round for dates. */
function comparedTo(
  context: Context,
  quantity: Quantity,
  { comparing, isAge }: MeaningOf<'comparing'>,
): ReturnType<typeof compare> {
  const column = plainColumn(context, quantity);
  const isYears = column !== null && column.type === 'number' && isTime(context, quantity);
  const isDates = column?.type === 'date';
  const isAgeColumn = column !== null && column.unit === null && /\bage\b|年龄/i.test(column.label);
  const asked: Comparing | null = isAgeColumn
    ? withoutYears(comparing)
    : isYears
      ? inYears(comparing)
      : isDates
        ? inDates(comparing)
        : comparing;
  if (asked === null) return null;
  if (isAge && (isYears || isDates)) {
    if (asked.operand.kind === 'literal' && asked.operand.literal.value < 1500) return null;
    return compare(context, quantity, { ...asked, comparison: turnedComparison[asked.comparison] });
  }
  return compare(context, quantity, asked);
}

/** Ages are in years, whether they say so or not. */
function withoutYears(comparing: Comparing): Comparing {
  const plain = (operand: Operand): Operand =>
    operand.kind === 'literal' && operand.literal.unit === 'years'
      ? { ...operand, literal: { ...operand.literal, unit: null } }
      : operand;
  return {
    ...comparing,
    operand: plain(comparing.operand),
    ...(comparing.high === undefined ? {} : { high: plain(comparing.high) }),
  };
}

/** Dates to the year as plain numbers; null for finer ones. */
function inYears(comparing: Comparing): Comparing | null {
  const year = (operand: Operand): Operand | null =>
    operand.kind !== 'date'
      ? operand
      : /^\d{4}$/.test(operand.date)
        ? { kind: 'literal', literal: { value: Number(operand.date), percent: false, unit: null } }
        : null;
  const operand = year(comparing.operand);
  const high = comparing.high === undefined ? undefined : year(comparing.high);
  if (operand === null || high === null) return null;
  const { high: _, ...rest } = comparing;
  return { ...rest, operand, ...(high === undefined ? {} : { high }) };
}

/** Plain years as dates. */
function inDates(comparing: Comparing): Comparing {
  const dated = (operand: Operand): Operand =>
    operand.kind === 'literal' && isYear(operand)
      ? { kind: 'date', date: String(operand.literal.value) }
      : operand;
  return {
    ...comparing,
    operand: dated(comparing.operand),
    ...(comparing.high === undefined ? {} : { high: dated(comparing.high) }),
  };
}

/** Whether a year only says again what a field's name says: "visited in 2023" of the visitors in 2023. */
const repeatsPeriod = (pieces: readonly Piece[], { comparing, isTime }: MeaningOf<'comparing'>): boolean => {
  const { operand } = comparing;
  if (!isTime || operand.kind !== 'date' || comparing.high !== undefined) return false;
  return pieces.some(
    ({ meaning }) => meaning.kind === 'column' && meaning.quantity.name.includes(operand.date),
  );
};
