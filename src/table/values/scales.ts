/** Words and signs that multiply the number before them, as powers of ten. */
const scaleWords: ReadonlyMap<string, number> = new Map([
  ['hundred', 2],
  ['thousand', 3],
  ['thousands', 3],
  ['thsd', 3],
  ['lakh', 5],
  ['lakhs', 5],
  ['lac', 5],
  ['lacs', 5],
  ['million', 6],
  ['millions', 6],
  ['mn', 6],
  ['mln', 6],
  ['mio', 6],
  ['millionen', 6],
  ['crore', 7],
  ['crores', 7],
  ['cr', 7],
  ['billion', 9],
  ['billions', 9],
  ['bn', 9],
  ['bln', 9],
  ['milliarde', 9],
  ['milliarden', 9],
  ['mrd', 9],
  ['trillion', 12],
  ['trillions', 12],
  ['tn', 12],
  ['trn', 12],
]);

/** Letters that are scales where a caption or a name speaks of money or counts, as powers of ten. */
const letterScales: ReadonlyMap<string, number> = new Map([
  ['k', 3],
  ['m', 6],
  ['mm', 6],
  ['b', 9],
]);

/** The power of ten that letters stand for behind a currency, in any case; null for others. */
export const letterExponent = (letters: string): number | null =>
  letterScales.get(letters.toLowerCase()) ?? null;

/** Suffixes that mean a scale only when they touch the digits or when the number is money. */
const attachedScales: ReadonlyMap<string, number> = new Map([
  ['k', 3],
  ['K', 3],
  ['M', 6],
  ['B', 9],
]);

const moneyScales: ReadonlyMap<string, number> = new Map([
  ['k', 3],
  ['K', 3],
  ['m', 6],
  ['M', 6],
  ['mm', 6],
  ['MM', 6],
  ['b', 9],
  ['B', 9],
  ['t', 12],
  ['T', 12],
]);

const hanScales: ReadonlyMap<string, number> = new Map([
  ['百', 2],
  ['千', 3],
  ['万', 4],
  ['萬', 4],
  ['百万', 6],
  ['百萬', 6],
  ['千万', 7],
  ['千萬', 7],
  ['亿', 8],
  ['億', 8],
  ['十亿', 9],
  ['万亿', 12],
  ['萬億', 12],
  ['兆', 12],
]);

/** The exponent of ten of a scale word such as `million`, in any case; null for other words. */
export function scaleExponent(word: string): number | null {
  return scaleWords.get(word.toLowerCase()) ?? hanScales.get(word) ?? null;
}

const wordPattern = /[\s\u00A0\u202F-]?(\p{Script=Latin}{1,9})(?![\p{Script=Latin}\d])\.?/uy;
const unitNext = /^\s?(?:\p{Sc}|\p{Ll}|[A-Z]{3})/u;
const hanPattern = /\s?([百千万萬十]?[万萬亿億]|[百千万萬亿億兆])/uy;

/**
 * Reads the scale after the number that ends at `position`: `million`, `bn`, `k`, `万`. `money` says that a
 * currency stands before the number, so that `m` is millions and not metres.
 */
export function readScale(
  text: string,
  position: number,
  money: boolean,
): { readonly exponent: number; readonly end: number } | null {
  const code = text.charCodeAt(position);
  if (Number.isNaN(code)) return null;
  hanPattern.lastIndex = position;
  const han = code >= 0x3000 || text.charCodeAt(position + 1) >= 0x3000 ? hanPattern.exec(text) : null;
  const hanExponent = han?.[1] === undefined ? undefined : hanScales.get(han[1]);
  if (hanExponent !== undefined) return { exponent: hanExponent, end: hanPattern.lastIndex };
  wordPattern.lastIndex = position;
  const match = wordPattern.exec(text);
  const word = match?.[1];
  if (match === null || word === undefined) return null;
  const dot = match[0].endsWith('.') ? 1 : 0;
  let end = position + match[0].length - dot;
  const attached = match[0].length - dot === word.length;
  const exponent =
    (attached ? attachedScales.get(word) : undefined) ??
    (money ? moneyScales.get(word) : undefined) ??
    (word.length > 1 ? scaleWords.get(word.toLowerCase()) : undefined);
  if (exponent === undefined) return null;
  // The point of an abbreviation ("1,5 Mio. €"), not of a sentence's end.
  if (dot === 1 && unitNext.test(text.slice(end + 1, end + 5))) end += 1;
  return { exponent, end };
}
