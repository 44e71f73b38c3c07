import { convertUnit } from '../../table/values/units.ts';
import type { Context } from '../grammar/context.ts';
import type { Comparing, Group, Quantity } from '../grammar/meanings.ts';
import type { Predicate } from '../plan.ts';
import { groupFor, groupOfCounts, dateGroup, isSortOfRows } from './grouping.ts';
import type { MeaningOf, Piece, PieceOf } from './piece.ts';
import { isPiece } from './piece.ts';
import { isSameExpression } from '../plan-nodes.ts';
import { statesOf } from './states.ts';
import type { Segmentation } from './segmentations.ts';

/** Something with the words that say it. */
export interface Placed<Value> {
  readonly value: Value;
  readonly start: number;
  readonly end: number;
}

/** A condition on rows with the words that put it. */
export interface Said {
  readonly predicate: Predicate;
  readonly column: string | null;
  readonly entity: string | null;
  readonly start: number;
  readonly end: number;
}

/** A field that no condition took up. */
export interface Free extends Placed<Quantity> {
  readonly isVerb: boolean;
  /** After "by": what something is ordered or measured by. */
  readonly isBy: boolean;
}

export type Superlative = MeaningOf<'superlative'>;

/** A question's pieces, put in relation: what is said of rows, and what is left to be asked of them. */
export interface Parts {
  readonly context: Context;
  readonly pieces: readonly Piece[];
  readonly marks: readonly Placed<MeaningOf<'mark'>['mark']>[];
  readonly nouns: readonly Placed<null>[];
  readonly conditions: readonly Said[];
  readonly free: readonly Free[];
  readonly groups: readonly Placed<Group>[];
  /** "Per shipment": for every row. */
  readonly perRow: boolean;
  readonly dateParts: readonly PieceOf<'date-part'>[];
  /** Comparisons of something that is calculated for groups. */
  readonly havings: readonly Placed<Comparing>[];
  readonly superlatives: readonly Placed<Superlative>[];
  /** Comparatives that ask which of two has more. */
  readonly comparatives: readonly Placed<Superlative>[];
  readonly measures: readonly Placed<MeaningOf<'measure'>['measure']>[];
  readonly counts: readonly Placed<number>[];
  readonly ordered: readonly Placed<MeaningOf<'ordered'>>[];
  readonly operators: readonly Placed<MeaningOf<'operator'>['operator']>[];
  readonly isDifferent: boolean;
  readonly cost: number;
  readonly notes: readonly string[];
}

/** All ways to put the pieces of a segmentation in relation, cheapest first. */
export function partsOf(context: Context, { pieces, cost, notes: left }: Segmentation): Parts[] {
  const pieceNotes = [...pieces.flatMap(({ notes }) => notes), ...left];
  return statesOf(context, pieces).flatMap((state) => {
    const left = pieces.filter((_, index) => !state.used.has(index));
    const grouped = groupsIn(context, left);
    if (grouped === null) return [];
    const rest = left.filter((piece) => !grouped.taken.has(piece));
    const place = <Value>(piece: Piece, value: Value): Placed<Value> => ({
      value,
      start: piece.start,
      end: piece.end,
    });
    const units = left.filter(isPiece('unit'));
    const columns = rest.filter(isPiece('column')).filter(isFirstMention);
    // A unit that no field of the question is in changes what is asked.
    const isUnitKnown = units.every(({ meaning }) =>
      context.table.columns.some(({ unit }) => unit !== null && isSameUnit(unit, meaning.unit)),
    );
    if (!isUnitKnown) return [];
    return [
      {
        context,
        pieces,
        marks: rest.filter(isPiece('mark')).map((piece) => place(piece, piece.meaning.mark)),
        nouns: rest.filter(isPiece('noun')).map((piece) => place(piece, null)),
        conditions: state.conditions.toSorted((one, other) => one.start - other.start),
        free: columns.map((piece) => ({
          ...place(piece, piece.meaning.quantity),
          isVerb: piece.meaning.isVerb,
          isBy: grouped.byMeasure.has(piece),
        })),
        groups: grouped.groups,
        perRow: grouped.perRow,
        dateParts: rest.filter(isPiece('date-part')),
        havings: rest.filter(isPiece('comparing')).map((piece) => place(piece, piece.meaning.comparing)),
        superlatives: rest.filter(isPiece('superlative')).map((piece) => place(piece, piece.meaning)),
        comparatives: rest
          .filter(isPiece('comparative'))
          .map((piece) => place(piece, { ...piece.meaning, kind: 'superlative', isOften: false })),
        measures: rest.filter(isPiece('measure')).map((piece) => place(piece, piece.meaning.measure)),
        counts: rest.filter(isPiece('count')).map((piece) => place(piece, piece.meaning.count)),
        ordered: rest.filter(isPiece('ordered')).map((piece) => place(piece, piece.meaning)),
        operators: rest.filter(isPiece('operator')).map((piece) => place(piece, piece.meaning.operator)),
        isDifferent: rest.some(isPiece('different')),
        cost: cost + state.cost + grouped.cost,
        notes: [...pieceNotes, ...state.notes],
      },
    ];
  });
}

const isSameUnit = (one: string, other: string): boolean =>
  convertUnit({ number: 1, from: one, to: other }) === 1;

interface GroupsFound {
  readonly groups: readonly Placed<Group>[];
  readonly perRow: boolean;
  readonly taken: ReadonlySet<Piece>;
  /** Fields that something is ordered by. */
  readonly byMeasure: ReadonlySet<Piece>;
  readonly cost: number;
}

/** What follows "per", "for each" or "by"; null where nothing fits. */
function groupsIn(context: Context, pieces: readonly Piece[]): GroupsFound | null {
  const groups: Placed<Group>[] = [];
  const taken = new Set<Piece>();
  const byMeasure = new Set<Piece>();
  let perRow = false;
  let cost = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.meaning.kind !== 'each') continue;
    taken.add(piece);
    const next = pieces
      .slice(index + 1)
      .find(
        ({ meaning }) =>
          meaning.kind !== 'having' && meaning.kind !== 'different' && meaning.kind !== 'count',
      );
    // "By phase: how many in each": the groups that were named before.
    if (next === undefined && groups.length > 0) continue;
    if (next === undefined) return null;
    for (const each of pieces)
      if (each.meaning.kind === 'count' && each.start >= piece.end && each.end <= next.start) taken.add(each);
    // "Every country whose …" are rows, and not a group each.
    if (next.meaning.kind === 'noun' && next.meaning.isDescribed) continue;
    if (next.meaning.kind === 'noun') {
      // "Each kind of ship" is no ship each.
      if (isSortOfRows(context, piece.end, next.start)) return null;
      perRow = true;
      taken.add(next);
    } else if (next.meaning.kind === 'date-part') {
      const free = pieces.filter(isPiece('column')).filter((each) => each.meaning.quantity.type === 'date');
      const dated = dateGroup(context, next.meaning.part, free);
      if (dated === null) return null;
      groups.push({ value: dated.group, start: piece.start, end: next.end });
      cost += dated.cost;
      taken.add(next);
      if (dated.piece !== null) taken.add(dated.piece);
    } else if (next.meaning.kind === 'column') {
      const group =
        groupFor(context, next.meaning.quantity) ??
        (piece.meaning.isSure || !calculates(pieces) ? null : groupOfCounts(context, next.meaning.quantity));
      if (group === null && piece.meaning.isSure) return null;
      if (group === null) {
        byMeasure.add(next);
        continue;
      }
      // "By industry, … of each industry" says one thing twice.
      if (!groups.some(({ value }) => isSameGroup(value, group)))
        groups.push({ value: group, start: piece.start, end: next.end });
      taken.add(next);
    } else if (!piece.meaning.isSure && ['measure', 'superlative'].includes(next.meaning.kind)) {
      const column = pieces.slice(index + 1).find(isPiece('column'));
      if (column !== undefined) byMeasure.add(column);
    } else return null;
  }
  return { groups, perRow, taken, byMeasure, cost };
}

/** Whether a number is asked for, and no order. */
const calculates = (pieces: readonly Piece[]): boolean =>
  pieces.some(
    ({ meaning }) => meaning.kind === 'measure' || (meaning.kind === 'mark' && meaning.mark === 'many'),
  ) &&
  !pieces.some(
    ({ meaning }) =>
      ['superlative', 'ordered'].includes(meaning.kind) ||
      (meaning.kind === 'mark' && meaning.mark === 'rank'),
  );

const isSameGroup = (one: Group, other: Group): boolean =>
  JSON.stringify(one.by) === JSON.stringify(other.by);

/** A field that is named twice is asked for once. */
const isFirstMention = (
  piece: PieceOf<'column'>,
  index: number,
  all: readonly PieceOf<'column'>[],
): boolean =>
  all.findIndex(({ meaning }) =>
    isSameExpression(meaning.quantity.expression, piece.meaning.quantity.expression),
  ) === index;
