/** What multiplies a number: a scale word, a letter, a power of ten. */
export interface NumberScale {
  /** The powers of ten it may mean, the likelier first; one of 0 where there is none. */
  readonly powers: readonly [number, ...number[]];
  /** Where it ends in the text. */
  readonly end: number;
  /** 3rd: a place in an order. */
  readonly isOrdinal: boolean;
  /** Mio., Mrd.: words of languages that write 1.234,5. */
  readonly isContinental: boolean;
}

type Powers = readonly [number, ...number[]];

const words: readonly (readonly [RegExp, Powers])[] = [
  [/^(?:trillions?|tn|trn)(?![\p{L}\d])/iu, [12]],
  [/^(?:billions?|bln|bn|mrd|milliard(?:s|en)?)(?![\p{L}\d])\.?/iu, [9]],
  [/^(?:millions?|millionen|mln|mio|mn|mm)(?![\p{L}\d])\.?/iu, [6]],
  [/^(?:thousands?|tsd)(?![\p{L}\d])\.?/iu, [3]],
  [/^(?:hundreds?)(?![\p{L}\d])/iu, [2]],
  [/^(?:crores?|cr)(?![\p{L}\d])/iu, [7]],
  [/^(?:lakhs?|lacs?)(?![\p{L}\d])/iu, [5]],
];
/** Letters directly at the digits, or after a blank where they are capitals. A small m may be metres. */
const letters: readonly (readonly [RegExp, Powers])[] = [
  [/^[kK](?![\p{L}\d])/u, [3]],
  [/^ ?M(?![\p{L}\d])/u, [6]],
  [/^m(?![\p{L}\d²³])/u, [6, 0]],
  [/^ ?B(?![\p{L}\d])/u, [9]],
  [/^b(?![\p{L}\d])/u, [9]],
  [/^ ?T(?![\p{L}\d])/u, [12, 0]],
];
const continental = /^(?:mio|mrd|millionen|milliard|tsd)/iu;
const ordinal = /^(?:st|nd|rd|th)(?!\p{L})/u;
const powerOfTen =
  /^\s*(?:[eE](?<e>[-+]?\d{1,3})(?![\d\p{L}])|[x×*·]\s*10\s*(?:\^|\*\*)\s*[{(]?(?<p>[-+]?\d{1,3})[})]?)/u;
const longestWord = 40;

/** The scale that stands behind digits that end at a place. */
export function readScale(text: string, end: number): NumberScale {
  const rest = text.slice(end, end + longestWord);
  const none: NumberScale = { powers: [0], end, isOrdinal: false, isContinental: false };
  const place = ordinal.exec(rest)?.[0].length;
  if (place !== undefined) return { ...none, end: end + place, isOrdinal: true };
  const exponent = powerOfTen.exec(rest);
  if (exponent !== null) {
    const power = Number(exponent.groups?.['e'] ?? exponent.groups?.['p']);
    return { ...none, powers: [power], end: end + exponent[0].length };
  }
  const letter = firstMatch(letters, rest);
  if (letter !== null) return { ...none, powers: letter.powers, end: end + letter.length };
  const space = /^[\s-]*/u.exec(rest)?.[0].length ?? 0;
  const word = firstMatch(words, rest.slice(space));
  if (word === null) return none;
  // "thousand million"
  const next = readScale(text, end + space + word.length);
  return {
    ...none,
    powers: [word.powers[0] + next.powers[0]],
    end: next.end,
    isContinental: next.isContinental || continental.test(rest.slice(space)),
  };
}

function firstMatch(
  table: readonly (readonly [RegExp, Powers])[],
  text: string,
): { readonly powers: Powers; readonly length: number } | null {
  for (const [pattern, powers] of table) {
    const length = pattern.exec(text)?.[0].length;
    if (length !== undefined) return { powers, length };
  }
  return null;
}
