import type { Piece } from './piece.ts';

/** Of the ways to cut the words before a position, the cheapest so many are gone on with. */
const kept = 48;
const pieceCost = 0.012;

/** A question's words, each in one piece. */
export interface Segmentation {
  readonly pieces: readonly Piece[];
  readonly cost: number;
  /** What is left out. */
  readonly notes: readonly string[];
}

/** The cheapest ways to cut a question into pieces, whatever its language. */
export function segmentationsOf(
  length: number,
  piecesAt: (at: number) => readonly Piece[],
): readonly Segmentation[] {
  const reached: Segmentation[][] = Array.from({ length: length + 1 }, () => []);
  reached[0] = [{ pieces: [], cost: 0, notes: [] }];
  for (let at = 0; at < length; at += 1) {
    const before = cheapest(reached[at] ?? []);
    if (before.length === 0) continue;
    for (const piece of piecesAt(at)) {
      const isLoose = piece.meaning.kind === 'loose';
      const own = piece.cost + (isLoose ? 0 : pieceCost);
      for (const { pieces, cost, notes } of before)
        reached[piece.end]?.push({
          pieces: isLoose ? pieces : [...pieces, piece],
          cost: cost + own,
          notes: isLoose ? [...notes, ...piece.notes] : notes,
        });
    }
  }
  return cheapest(reached[length] ?? []);
}

function cheapest(segmentations: readonly Segmentation[]): Segmentation[] {
  const sorted = segmentations.toSorted((one, other) => one.cost - other.cost);
  const seen = new Set<string>();
  const found: Segmentation[] = [];
  for (const each of sorted) {
    const key = each.pieces.map(keyOf).join('|');
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(each);
    if (found.length === kept) break;
  }
  return found;
}

const keys = new WeakMap<Piece, string>();

function keyOf(piece: Piece): string {
  const known = keys.get(piece);
  if (known !== undefined) return known;
  const key = `${piece.start} ${piece.end} ${JSON.stringify(piece.meaning)}`;
  keys.set(piece, key);
  return key;
}
