/** Dampens how much the first places of one ranking count; the value of the paper. */
const rankConstant = 60;

export interface Ranked {
  readonly passage: number;
  readonly score: number;
}

/** A passage with its place in each ranking, from 1, and its score there; null where it is in none. */
export interface FusedPassage {
  readonly passage: number;
  readonly score: number;
  readonly words: RankedPlace | null;
  readonly meaning: RankedPlace | null;
}

export interface RankedPlace {
  readonly rank: number;
  /** BM25 for words, the cosine for meaning. */
  readonly score: number;
}

/**
 * Joins rankings whose scores cannot be compared by reciprocal-rank fusion: the score is the sum of 1 / (60 + rank)
 * (G. Cormack, C. Clarke and S. Büttcher, Reciprocal Rank Fusion outperforms Condorcet and individual rank learning
 * methods, SIGIR 2009). Best first; of equals, the one that words rank higher.
 */
export function fuseRanks({
  words,
  meaning,
}: {
  words: readonly Ranked[];
  meaning: readonly Ranked[];
}): FusedPassage[] {
  const places = { words: placesOf(words), meaning: placesOf(meaning) };
  const passages = new Set([...places.words.keys(), ...places.meaning.keys()]);
  return Array.from(passages, (passage) => {
    const found = {
      words: places.words.get(passage) ?? null,
      meaning: places.meaning.get(passage) ?? null,
    };
    return { passage, score: reciprocal(found.words) + reciprocal(found.meaning), ...found };
  }).sort((left, right) => right.score - left.score);
}

function placesOf(ranking: readonly Ranked[]): Map<number, RankedPlace> {
  return new Map(ranking.map(({ passage, score }, index) => [passage, { rank: index + 1, score }]));
}

function reciprocal(place: RankedPlace | null): number {
  return place === null ? 0 : 1 / (rankConstant + place.rank);
}
