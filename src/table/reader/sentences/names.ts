import { isCapitalised } from './document-subject.ts';
import { isNominal } from './noun-phrases.ts';
import type { Sentence, Token } from './sentence.ts';
import { copulas, isParticiple } from './words.ts';

/** A name in a sentence: where it is in the text, and the index after its last token. */
export interface Name {
  readonly start: number;
  readonly textEnd: number;
  readonly end: number;
}

export const isVerbLike = (token: Token): boolean =>
  copulas.has(token.lower) ||
  /^(?:has|have|had)$/.test(token.lower) ||
  (!isCapitalised(token.text) && /(?:[^s]s|ed)$/.test(token.lower));

const particles: ReadonlySet<string> = new Set([
  'de',
  'da',
  'del',
  'della',
  'der',
  'di',
  'du',
  'la',
  'le',
  'van',
  'von',
  'of',
  'the',
  'and',
  '&',
  'y',
  'al',
  'el',
  'bin',
]);
const longestName = 9;

/** A proper name that begins at `at`; with `place`, "Austin, Texas" is one. */
export function readName(sentence: Sentence, at: number, place: boolean): Name | null {
  if (sentence.capitals) return null;
  const { tokens } = sentence;
  let from = at;
  if (tokens[from]?.lower === 'the') from += 1;
  let to = from;
  while (to < tokens.length && to - from < longestName) {
    const token = tokens[to];
    if (token === undefined) break;
    const next = tokens[to + 1];
    if (token.kind === 'word' && isCapitalised(token.text)) to += 1;
    else if (
      to > from &&
      next !== undefined &&
      next.kind === 'word' &&
      isCapitalised(next.text) &&
      particles.has(token.lower)
    ) {
      if (place && token.lower === 'and') break;
      to += 1;
    } else if (
      to > from &&
      place &&
      token.text === ',' &&
      next !== undefined &&
      next.kind === 'word' &&
      isCapitalised(next.text) &&
      isPlaceTail(tokens, to + 1)
    )
      to += 1;
    else if (
      token.text === '.' &&
      (tokens[to - 1]?.text.length ?? 9) <= 2 &&
      next !== undefined &&
      isCapitalised(next.text)
    )
      to += 1;
    else break;
  }
  const first = tokens[from];
  const last = tokens[to - 1];
  if (first === undefined || last === undefined || to === from || isQualifier(tokens[to])) return null;
  return { start: first.start, textEnd: last.end, end: to };
}

/** "French settlers": the capitalised word only qualifies the noun after it. */
const isQualifier = (next: Token | undefined): boolean =>
  next !== undefined &&
  isNominal(next) &&
  !isCapitalised(next.text) &&
  !isParticiple(next.lower) &&
  !next.lower.endsWith('ly');

/** ", Texas" goes on with the place where a comma, the sentence's end or no verb of a new clause follows. */
function isPlaceTail(tokens: readonly Token[], at: number): boolean {
  let to = at;
  while (tokens[to]?.kind === 'word' && isCapitalised(tokens[to]?.text ?? '')) to += 1;
  const next = tokens[to];
  return to - at <= 3 && (next === undefined || next.kind === 'mark' || !isVerbLike(next));
}

const notValues: ReadonlySet<string> = new Set([
  'a',
  'an',
  'one',
  'part',
  'not',
  'no',
  'very',
  'more',
  'less',
  'also',
  'still',
  'now',
  'that',
  'to',
  'in',
  'on',
  'at',
  'by',
  'for',
  'as',
  'from',
  'among',
  'about',
  'being',
  'it',
  'they',
  'this',
  'such',
  'only',
  'so',
  'too',
  'quite',
  'both',
  'what',
  'how',
  'because',
  'under',
  'over',
  'of',
  'with',
  'unknown',
  'unclear',
]);

/** One to three plain words that end the clause: "Its official language is Spanish", "its terrain is rugged". */
export function readShortWords(sentence: Sentence, at: number): Name | null {
  const { tokens } = sentence;
  let from = at;
  if (tokens[from]?.lower === 'the') from += 1;
  let to = from;
  while (tokens[to]?.kind === 'word' && to - from < 5) to += 1;
  const first = tokens[from];
  const last = tokens[to - 1];
  const stop = tokens[to];
  if (first === undefined || last === undefined || to === from || to - from > 3) return null;
  if (stop !== undefined && !/^[.,;!]$/.test(stop.text)) return null;
  if (
    notValues.has(first.lower) ||
    isParticiple(first.lower) ||
    /(?:ing|ly)$/.test(first.lower) ||
    /^\d/.test(first.text)
  )
    return null;
  return { start: first.start, textEnd: last.end, end: to };
}
