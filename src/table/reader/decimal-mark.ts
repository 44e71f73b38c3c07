const sampleLength = 200_000;
const comma =
  /(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,\d{1,2}(?=\s?(?:€|EUR|%|Mio|Mrd|km|kg|m²)))(?![\d.,])/gu;
const point =
  /(?<![\d.,])(?:\d{1,3}(?:,\d{3})+\.\d+|\d+\.\d{1,2}(?=\s?(?:[%$£€]|USD|million|billion|km|kg))|[$£]\d{1,3},\d{3})(?![\d,])/gu;
const mostMatches = 20;

/**
 * A locale whose decimal comma a document uses beyond doubt, or undefined. It settles numbers that could be
 * either, such as `12.345`.
 */
export function decimalCommaLocale(text: string): string | undefined {
  const sample = text.length > sampleLength ? text.slice(0, sampleLength) : text;
  const commas = count(sample, comma);
  if (commas === 0) return undefined;
  return count(sample, point) * 4 < commas ? 'de' : undefined;
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) {
    found += 1;
    if (found >= mostMatches) break;
  }
  return found;
}
