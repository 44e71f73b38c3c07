import type { Condition, Rows, Superlative } from '../grammar/meanings.ts';
import type { Comparing, Group } from '../grammar/meanings.ts';
import type { Comparison, Measure } from '../plan.ts';

/** What a word or phrase of a question's frame does. */
export type Mark =
  | 'many'
  | 'much'
  | 'which'
  | 'who'
  | 'when'
  | 'how-long'
  | 'list'
  | 'share'
  | 'difference'
  | 'multiple'
  | 'compare'
  | 'than'
  | 'versus'
  | 'often';

/** What a run of words means, taken by itself. */
export type TileMeaning =
  | { readonly kind: 'mark'; readonly mark: Mark }
  /** Rows by a noun, with what stands around it. */
  | { readonly kind: 'rows'; readonly rows: Rows }
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'entity'; readonly name: string }
  | { readonly kind: 'superlative'; readonly superlative: Superlative }
  | { readonly kind: 'measure'; readonly measure: Pick<Measure, 'function' | 'percentile' | 'deviation'> }
  | { readonly kind: 'grouping'; readonly group: Group }
  /** In what order the answer is listed: ", longest first", "in descending order". */
  | { readonly kind: 'ordered'; readonly descending: boolean; readonly superlative: Superlative | null }
  /** What one is asked for of: "among the departments". */
  | { readonly kind: 'target'; readonly group: Group }
  | { readonly kind: 'comparing'; readonly comparing: Comparing }
  /** In how many rows something is: "more than once". */
  | { readonly kind: 'times'; readonly comparison: Comparison; readonly limit: number }
  /** How many are asked for: "the five clubs with …". */
  | { readonly kind: 'count'; readonly count: number }
  /** A word that is none of these: part of a field's name, a verb, a word that holds others together. */
  | { readonly kind: 'loose' };

export type TileKind = TileMeaning['kind'];

/** A run of a question's words with one meaning. */
export interface Tile<Meaning extends TileMeaning = TileMeaning> {
  readonly start: number;
  readonly end: number;
  readonly cost: number;
  readonly notes: readonly string[];
  readonly meaning: Meaning;
}

export type TileOf<Kind extends TileKind> = Tile<Extract<TileMeaning, { readonly kind: Kind }>>;

export const isTile =
  <Kind extends TileKind>(kind: Kind) =>
  (tile: Tile): tile is TileOf<Kind> =>
    tile.meaning.kind === kind;
