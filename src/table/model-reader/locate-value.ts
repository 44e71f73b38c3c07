import { findNumbers, matchDateAt } from '../values/index.ts';
import { sameValue, type CanonicalValue } from './canonical-value.ts';
import type { FoldedText, TextSpan } from './folded-text.ts';

/**
 * Where a text states a value, whatever its notation: a number with its digits (its scale may stand in a caption), a
 * date with its day, words as such or, for one that a text only inflects ("bombing", "bombed"), by their stem.
 * Null where it does not. Yes and no have no words of their own.
 */
export function locateValue(value: CanonicalValue, text: FoldedText, within?: TextSpan): TextSpan | null {
  const { start, end } = within ?? { start: 0, end: text.text.length };
  const inside = (span: TextSpan | undefined): TextSpan | null => span ?? null;
  const isWithin = (span: TextSpan): boolean => start <= span.start && span.end <= end;
  switch (value.type) {
    case 'number':
    case 'percentage':
      return inside(
        numbersLike(value.number, text.text.slice(start, end), start)[0] ??
          (value.number === 0 && within !== undefined ? zeroWithin(text.text, within) : undefined),
      );
    case 'date':
      return inside(datesLike(value.date, text.text.slice(start, end), start)[0]);
    case 'text':
      return (
        inside(text.find(value.text).find(isWithin)) ?? locateStems(value.text, text.text, { start, end })
      );
    case 'list': {
      const [first = ''] = value.items;
      return inside(text.find(first).find(isWithin)) ?? locateStems(first, text.text, { start, end });
    }
    case 'boolean':
      return null;
  }
}

/** What a caption ("in millions", "万元") may multiply the numbers of a table by. */
const captionScales = [1e3, 1e4, 1e6, 1e8, 1e9, 1e12];

function numbersLike(number: number, text: string, offset: number): TextSpan[] {
  const found = findNumbers(text, { words: true });
  const equal = found.filter((each) => isNear(each.number, number));
  const scaled = found.filter((each) => captionScales.some((scale) => isNear(each.number * scale, number)));
  return [...equal, ...scaled].map(({ start, end }) => ({ start: offset + start, end: offset + end }));
}

const zeroWord = /(?<!\p{L})(?:no|none|nobody|nil|neither|without|zero)(?!\p{L})/iu;

/** "No one was hurt" states zero; such a word anywhere in a text says nothing. */
function zeroWithin(text: string, { start, end }: TextSpan): TextSpan | undefined {
  const word = zeroWord.exec(text.slice(start, end));
  return word === null ? undefined : { start: start + word.index, end: start + word.index + word[0].length };
}

const isNear = (left: number, right: number): boolean => Math.abs(left - right) <= 1e-9 * Math.abs(right);

const wordStart = /(?<![\p{L}\d])[\p{L}\d]/gu;

/** The places of a date, also where the text gives its day and month alone. */
function datesLike(date: string, text: string, offset: number): TextSpan[] {
  const sought: CanonicalValue = { type: 'date', date };
  const [, month, day] = date.split('-').map(Number);
  const spans: TextSpan[] = [];
  const partial: TextSpan[] = [];
  for (const { index } of text.matchAll(wordStart)) {
    const match = matchDateAt(text, index);
    if (match === null) continue;
    const span = { start: offset + match.start, end: offset + match.end };
    if (
      match.date !== null &&
      (sameValue(sought, { type: 'date', date: match.date }) || match.date.startsWith(date))
    )
      spans.push(span);
    else if (match.date === null && day !== undefined && match.day === day && match.month === month)
      partial.push(span);
  }
  if (/^\d{4}$/.test(date)) {
    for (const { index } of text.matchAll(new RegExp(`(?<![\\d.,])${date}(?![\\d]|[.,]\\d)`, 'g')))
      spans.push({ start: offset + index, end: offset + index + 4 });
  }
  return [...spans, ...partial];
}

const ending = /(?:ations?|ings?|ions?|ers?|ors?|ed|es|s)$/;
const shortestStem = 4;

/** The stretch of a sentence that holds all words of a phrase by their stems, in any order. */
function locateStems(phrase: string, text: string, { start, end }: TextSpan): TextSpan | null {
  const stems = phrase
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= shortestStem)
    .map((word) => word.replace(ending, ''))
    .filter((stem) => stem.length >= shortestStem);
  if (stems.length === 0) return null;
  const patterns = stems.map((stem) => new RegExp(`(?<![\\p{L}\\p{N}])${stem}\\p{L}*`, 'iu'));
  for (const sentence of sentencesOf(text, { start, end })) {
    const words = text.slice(sentence.start, sentence.end);
    const found = patterns.map((pattern) => pattern.exec(words));
    if (found.some((match) => match === null)) continue;
    const starts = found.map((match) => match?.index ?? 0);
    const ends = found.map((match) => (match?.index ?? 0) + (match?.[0].length ?? 0));
    return { start: sentence.start + Math.min(...starts), end: sentence.start + Math.max(...ends) };
  }
  return null;
}

const sentenceEnd = /(?<=[.!?;])\s+|(?<=[。！？；])|\n\s*\n/gu;
const longestSentence = 400;

/** The sentences of a stretch of text; lines of a table or list are sentences of their own. */
function* sentencesOf(text: string, { start, end }: TextSpan): Generator<TextSpan> {
  let from = start;
  for (const { 0: mark, index } of text.slice(start, end).matchAll(sentenceEnd)) {
    if (start + index > from) yield { start: from, end: start + index };
    from = start + index + mark.length;
  }
  if (from < end) yield { start: from, end };
}

/** The sentence around a place, cut short where it is very long. */
export function sentenceAround(text: string, place: TextSpan): TextSpan {
  for (const sentence of sentencesOf(text, { start: 0, end: text.length })) {
    if (sentence.end < place.end) continue;
    const start = Math.min(place.start, Math.max(sentence.start, place.start - longestSentence / 2));
    const end = Math.max(place.end, Math.min(sentence.end, place.end + longestSentence / 2));
    return { start, end };
  }
  return place;
}
