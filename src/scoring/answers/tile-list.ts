import type { ItemMatcher } from './match-item.ts';
import { unwrap } from './unwrap.ts';

const separator =
  /\s*[,，;；、\n]\s*(?:(?:and|or|as well as)\s+|以及|和)?|\s*,?\s+(?:and|as well as)\s+|\s*&\s*|以及|和|与|及/gu;
/** How many pieces a name may be cut into by its own commas and ands. */
const maximumPieces = 8;

/**
 * Whether a text is the given items and separators, and nothing else: so that names that contain commas or "and" are
 * found whole. Each item must be there; in their order where it counts.
 */
export function tile(text: string, matchers: readonly ItemMatcher[], isOrdered: boolean): boolean {
  const trimmed = unwrap(text).replace(/^\[\s*|\s*\]$/gu, '');
  const pieces: { start: number; end: number }[] = [];
  let start = 0;
  for (const match of trimmed.matchAll(separator)) {
    pieces.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  pieces.push({ start, end: trimmed.length });
  if (pieces.length > 400) return false;
  const itemAt = (first: number, last: number): number => {
    const slice = trimmed.slice(pieces[first]?.start, pieces[last]?.end);
    return slice.trim() === '' ? -1 : matchers.findIndex((matches) => matches(unwrap(slice)));
  };
  // Positions that can be reached, with the items on the way there; the longest name at a place is preferred.
  const walk = (position: number, sequence: readonly number[]): boolean => {
    if (position === pieces.length) return isComplete(sequence, matchers.length, isOrdered);
    for (let last = Math.min(pieces.length, position + maximumPieces) - 1; last >= position; last--) {
      const item = itemAt(position, last);
      if (item >= 0 && walk(last + 1, [...sequence, item])) return true;
    }
    return false;
  };
  return walk(0, []);
}

function isComplete(sequence: readonly number[], count: number, isOrdered: boolean): boolean {
  if (isOrdered) return sequence.length === count && sequence.every((item, index) => item === index);
  return new Set(sequence).size === count;
}
