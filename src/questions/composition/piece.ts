import type { Comparing, Quantity, Superlative } from '../grammar/meanings.ts';
import type { DatePart, Measure, Predicate } from '../plan.ts';

/** What a word or phrase of a question's frame asks for. */
export type Mark =
  | 'many'
  | 'much'
  | 'which'
  | 'who'
  | 'when'
  | 'where'
  | 'list'
  | 'rank'
  | 'place'
  | 'share'
  /** What stands before is a part of what stands after. */
  | 'constitutes'
  | 'difference'
  /** A difference without its sign. */
  | 'distance'
  | 'multiple'
  | 'than'
  | 'among'
  | 'yes-no'
  | 'rest'
  | 'whole';

/** What a run of words means, taken by itself, in whatever language it is. */
export type Meaning =
  | { readonly kind: 'mark'; readonly mark: Mark }
  /** The rows, by a noun; whether a clause goes on to say which: "dams whose …". */
  | { readonly kind: 'noun'; readonly isDescribed: boolean }
  /** A field's name, or words that can only be about it; a verb may also say nothing. */
  | { readonly kind: 'column'; readonly quantity: Quantity; readonly isVerb: boolean }
  /** A condition that is whole in itself: a value, a row's name. */
  | {
      readonly kind: 'condition';
      readonly predicate: Predicate;
      readonly column: string | null;
      readonly entity: string | null;
    }
  /** A comparison of which a field is still to be found; `measured` names those that its adjective is about. */
  | {
      readonly kind: 'comparing';
      readonly comparing: Comparing;
      readonly measured: readonly Quantity[];
      /** Whether an adjective of age turns it round for dates and years: what is older began earlier. */
      readonly isAge: boolean;
      /** A time, said without any comparison: "in 2022". */
      readonly isTime: boolean;
    }
  | {
      readonly kind: 'superlative';
      readonly superlative: Superlative;
      /** Said of an amount and not of one thing: "the most", "the fewest". */
      readonly isAmount: boolean;
      /** Said of how frequent a thing is: "most common". */
      readonly isOften: boolean;
    }
  /** "Heavier", where no "than" follows: which of two has more of something. */
  | { readonly kind: 'comparative'; readonly superlative: Superlative; readonly isAmount: boolean }
  | { readonly kind: 'measure'; readonly measure: Pick<Measure, 'function' | 'percentile' | 'deviation'> }
  /** What follows is that of which every one is meant: "per", "for each"; weakly, by what something is done. */
  | { readonly kind: 'each'; readonly isSure: boolean }
  | { readonly kind: 'date-part'; readonly part: DatePart }
  /** How the answer is listed. */
  | { readonly kind: 'ordered'; readonly superlative: Superlative | null; readonly descending: boolean }
  | { readonly kind: 'not' }
  /** That something is there: "with", "have". */
  | { readonly kind: 'having' }
  | { readonly kind: 'joint'; readonly joint: 'and' | 'or' }
  /** A sign or word between two fields that are calculated with. */
  | { readonly kind: 'operator'; readonly operator: '+' | '-' | '*' | '/' }
  /** Different values of a field. */
  | { readonly kind: 'different' }
  | { readonly kind: 'count'; readonly count: number }
  /** A unit that the answer is asked in. */
  | { readonly kind: 'unit'; readonly unit: string }
  /** A word that adds nothing. */
  | { readonly kind: 'loose' };

export type Kind = Meaning['kind'];

/** A run of a question's words with one meaning. */
export interface Piece<Of extends Meaning = Meaning> {
  readonly start: number;
  readonly end: number;
  readonly cost: number;
  readonly notes: readonly string[];
  readonly meaning: Of;
}

export type MeaningOf<Name extends Kind> = Extract<Meaning, { readonly kind: Name }>;
export type PieceOf<Name extends Kind> = Piece<MeaningOf<Name>>;

export const isPiece =
  <Name extends Kind>(kind: Name) =>
  (piece: Piece): piece is PieceOf<Name> =>
    piece.meaning.kind === kind;
