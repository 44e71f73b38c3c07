import type { Context } from '../grammar/context.ts';
import { opposite, statedCondition } from '../grammar/conditions.ts';
import { isNumeric } from '../grammar/context.ts';
import { Weighed } from '../grammar/engine.ts';
import { noneOf } from '../grammar/loose-conditions.ts';
import { plainColumn } from '../grammar/quantity-values.ts';
import type { Predicate } from '../plan.ts';
import { isParticiple } from '../language/verb-forms.ts';
import type { Said } from './parts.ts';
import { pairingsOf } from './pairing.ts';
import type { Piece } from './piece.ts';
import { isHeadFinal } from './subject.ts';

const keptStates = 24;
const freeFlagCost = 0.08;
const statedCost = 0.12;
const noneCost = 0.06;
const furthestNegated = 3;
const verbCost = 0.15;
const amountCost = 0.3;
const amountLink = 0.3;

/** Conditions made so far, and which pieces they took. */
export interface State {
  readonly used: ReadonlySet<number>;
  readonly conditions: readonly Said[];
  readonly cost: number;
  readonly notes: readonly string[];
}

/** What a piece may become: a condition that takes pieces, or nothing. */
export interface Step {
  readonly takes: readonly number[];
  readonly condition: Said | null;
  readonly cost: number;
  readonly notes: readonly string[];
}

/** All ways to make conditions out of pieces, cheapest first. */
export function statesOf(context: Context, pieces: readonly Piece[]): readonly State[] {
  const negated = negatedBy(pieces);
  // A negation that nothing takes up would be passed over.
  if (negated === null) return [];
  let states: readonly State[] = [{ used: new Set(negated.values()), conditions: [], cost: 0, notes: [] }];
  for (let index = 0; index < pieces.length; index += 1) {
    states = states
      .flatMap((state) =>
        stepsOf({ context, pieces, index, state, not: negated.get(index) }).map((step) => after(state, step)),
      )
      .toSorted((one, other) => one.cost - other.cost)
      .slice(0, keptStates);
  }
  return states
    .filter((state) => [...negated.keys()].every((index) => state.used.has(index)))
    .map((state) => absorbed(pieces, state, isHeadFinal({ context }) ? nearbyInHan : nearby));
}

const after = (state: State, { takes, condition, cost, notes }: Step): State => ({
  used: takes.length === 0 ? state.used : new Set([...state.used, ...takes]),
  conditions: condition === null ? state.conditions : [...state.conditions, condition],
  cost: state.cost + cost,
  notes: [...state.notes, ...notes],
});

/** Which piece is turned round by which "not": the next that says something; null where one has none. */
function negatedBy(pieces: readonly Piece[]): ReadonlyMap<number, number> | null {
  const negated = new Map<number, number>();
  for (const [index, piece] of pieces.entries()) {
    if (piece.meaning.kind !== 'not') continue;
    const after = pieces
      .slice(index + 1, index + 1 + furthestNegated)
      .findIndex(({ meaning }) => ['condition', 'comparing', 'column'].includes(meaning.kind));
    if (after < 0) return null;
    negated.set(index + 1 + after, index);
  }
  return negated;
}

interface At {
  readonly context: Context;
  readonly pieces: readonly Piece[];
  readonly index: number;
  readonly state: State;
  /** The piece that turns this one round. */
  readonly not: number | undefined;
}

const nothing: Step = { takes: [], condition: null, cost: 0, notes: [] };

function stepsOf(at: At): readonly Step[] {
  const { pieces, index, state } = at;
  const piece = pieces[index];
  if (piece === undefined || state.used.has(index)) return [nothing];
  switch (piece.meaning.kind) {
    case 'condition':
      return [conditionStep(at, piece)];
    case 'comparing':
      return pairingsOf(at);
    case 'column':
      return columnSteps(at, piece);
    default:
      return [nothing];
  }
}

const turned = (predicate: Predicate, isNegated: boolean): Predicate =>
  isNegated ? opposite({ predicate, quantity: null }).predicate : predicate;

/** A value or a name; after a negated one of the same field and an "or", it is negated as well. */
function conditionStep({ context, pieces, index, state, not }: At, piece: Piece): Step {
  const { meaning } = piece;
  if (meaning.kind !== 'condition') return nothing;
  const before = pieces[index - 1];
  const last = state.conditions.at(-1);
  const follows =
    before?.meaning.kind === 'joint' &&
    last !== undefined &&
    last.end === before.start &&
    last.column === meaning.column &&
    isNegated(last.predicate);
  return {
    takes: [index],
    condition: {
      predicate: turned(meaning.predicate, not !== undefined || follows),
      column: meaning.column,
      entity: not === undefined ? meaning.entity : null,
      start: piece.start,
      end: piece.end,
    },
    cost: not !== undefined && isAmountOf(context, pieces[not], piece) ? amountCost : 0,
    notes: [],
  };
}

/** "No rain", "without snow": of what a number is called by as well, none is rather nought. */
const isAmountOf = (context: Context, not: Piece | undefined, { start, end }: Piece): boolean =>
  ['no', 'without', 'zero'].includes(context.tokens[(not?.end ?? 0) - 1]?.word ?? '') &&
  context.grammar
    .parse('column', context, start)
    .some((each) => each.end === end && each.cost < amountLink && isNumeric(each.value.type));

const isNegated = (predicate: Predicate): boolean => 'negated' in predicate && predicate.negated === true;

/** A field as a condition: a yes or no, something that is there or not; or left free. */
function columnSteps({ context, pieces, index, not }: At, piece: Piece): readonly Step[] {
  const { meaning } = piece;
  if (meaning.kind !== 'column') return [nothing];
  const { quantity } = meaning;
  const column = plainColumn(context, quantity);
  const said = (predicate: Predicate, cost: number, notes: readonly string[] = []): Step => ({
    takes: [index],
    condition: { predicate, column: column?.name ?? null, entity: null, start: piece.start, end: piece.end },
    cost,
    notes,
  });
  if (column?.type === 'boolean') {
    const flag: Step = said({ kind: 'boolean', column: column.name, value: not === undefined }, 0);
    const isAsked =
      ['each', 'mark'].includes(pieces[index - 1]?.meaning.kind ?? '') &&
      pieces[index + 1]?.meaning.kind !== 'noun';
    // "That can be recycled" says which rows, and asks for no yes or no.
    const isSaid = context.tokens
      .slice(Math.max(0, piece.start - 3), piece.start)
      .some(({ word }) => ['that', 'which', 'who'].includes(word));
    if (isSaid && piece.start > 2) return [flag];
    return not === undefined
      ? [
          { ...flag, cost: isAsked ? freeFlagCost : 0 },
          { ...nothing, cost: isAsked ? 0 : freeFlagCost },
        ]
      : [flag];
  }
  if (not !== undefined) {
    if (column === null) return [];
    const outcome = noneOf(context, quantity, column);
    const options =
      outcome === null ? [] : outcome instanceof Weighed ? outcome.options : [{ value: outcome, cost: 0 }];
    return options.map(({ value, cost, ...rest }) => {
      const notes: readonly string[] = 'notes' in rest && Array.isArray(rest.notes) ? rest.notes : [];
      // "Not taught in English" speaks of courses that someone teaches.
      return said(
        value.predicate,
        cost + noneCost + (isParticiple(context.tokens[piece.start]?.word ?? '') ? verbCost : 0),
        notes,
      );
    });
  }
  const hasMore = pieces[index - 1]?.meaning.kind === 'having';
  const canBeStated = column !== null && ['date', 'text', 'category', 'list'].includes(column.type);
  const stated = canBeStated && hasMore ? statedCondition(context, quantity, false) : null;
  return stated === null ? [nothing] : [nothing, said(stated.predicate, statedCost)];
}

const nearby = 2;
/** In Chinese, where every character is a token. */
const nearbyInHan = 4;

/** The state in which fields that stand beside a condition on them say no more: "the colour red". */
function absorbed(pieces: readonly Piece[], state: State, nearest: number): State {
  const takes = pieces.flatMap((piece, index) => {
    const { meaning } = piece;
    if (meaning.kind !== 'column' || state.used.has(index)) return [];
    const isBeside = state.conditions.some(
      ({ column, start, end }) =>
        column !== null &&
        meaning.quantity.columns.length === 1 &&
        meaning.quantity.columns[0] === column &&
        (Math.abs(start - piece.end) <= nearest || Math.abs(piece.start - end) <= nearest),
    );
    return isBeside ? [index] : [];
  });
  return takes.length === 0 ? state : { ...state, used: new Set([...state.used, ...takes]) };
}
