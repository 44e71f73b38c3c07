import { scaleOf } from './adjectives.ts';
import type { Token } from './token.ts';

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? '';

const plainComparatives: ReadonlyMap<string, boolean> = new Map([
  ['more', true],
  ['greater', true],
  ['higher', true],
  ['larger', true],
  ['bigger', true],
  ['above', true],
  ['less', false],
  ['fewer', false],
  ['lower', false],
  ['smaller', false],
  ['below', false],
]);

const isAbove = (word: string): boolean | null =>
  plainComparatives.get(word) ?? scaleOf(word)?.descending ?? null;

/**
 * The tokens without what says once more what "above-average" means: "an above-average yield, that is, larger than the
 * mean of all the fields".
 */
export function withoutRestatement(tokens: readonly Token[]): readonly Token[] {
  const said = tokens.findIndex(
    ({ word }, at) => ['above', 'below'].includes(word) && wordAt(tokens, at + 1) === 'average',
  );
  if (said < 0) return tokens;
  const opening = tokens.findIndex(
    ({ word }, at) =>
      at > said && word === ',' && wordAt(tokens, at + 1) === 'that' && tokens[at + 2]?.lemma === 'be',
  );
  if (opening < 0) return tokens;
  let at = opening + 3;
  if (wordAt(tokens, at) === ',') at += 1;
  const isSame = isAbove(wordAt(tokens, at)) === (wordAt(tokens, said) === 'above');
  if (wordAt(tokens, at + 1) === 'than') at += 1;
  if (!isSame || !['mean', 'average'].includes(wordAt(tokens, at + 1))) return tokens;
  let end = at + 2;
  // "Of all the fields", up to the end of the sentence or the next comma.
  while (end < tokens.length && !/^[,.?!]$/.test(wordAt(tokens, end))) end += 1;
  const isOfAll = end === at + 2 || (wordAt(tokens, at + 2) === 'of' && wordAt(tokens, at + 3) === 'all');
  if (!isOfAll || end > at + 6) return tokens;
  const closes = wordAt(tokens, end) === ',' ? end + 1 : end;
  return [...tokens.slice(0, opening), ...tokens.slice(closes)];
}
