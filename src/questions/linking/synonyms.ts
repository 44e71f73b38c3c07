import { abbreviations, synonymGroups } from '../../table/synonyms.ts';
import { lemmaOf, stemOf } from '../language/lemma.ts';
import { askingGroups } from './asking-words.ts';

const byStem = new Map<string, Set<string>>();
for (const group of [...synonymGroups, ...askingGroups, ...abbreviations]) {
  const words = group.split(' ');
  const stems = words.flatMap((word) => [lemmaOf(word), stemOf(word)]);
  for (const stem of stems) {
    const known = byStem.get(stem) ?? new Set();
    for (const each of stems) known.add(each);
    byStem.set(stem, known);
  }
}

const none: ReadonlySet<string> = new Set();

const shortForms = abbreviations.map((group) => new Set(group.split(' ')));

/** Whether two words are one, written out and shortened. */
export const isShortFor = (lemma: string, other: string): boolean =>
  shortForms.some((group) => group.has(lemma) && group.has(other));

/** "Bathroom" and "bath": endings that only say of a thing that it is a room. */
const roomEnding = /^(\p{L}{3,})rooms?$/u;

/** Lemmas and stems of the words that may stand for this one. */
export function synonymsOf(lemma: string): ReadonlySet<string> {
  const known = byStem.get(lemma) ?? byStem.get(stemOf(lemma));
  if (known !== undefined) return known;
  const short = roomEnding.exec(lemma)?.[1];
  return short === undefined ? none : new Set([short]);
}

/** A name such as "PM2.5" without the points within, as which field names write it. */
export const withoutPoints = (word: string): string =>
  /^\p{L}+\d+\.\d+$/u.test(word) ? word.replaceAll('.', '') : word;

/** Words that say how a thing is counted or summed up, and seldom tell one field from another. */
export const totalWords: ReadonlySet<string> = new Set([
  'total',
  'overall',
  'all',
  'both',
  'entire',
  'combined',
  'aggregate',
  'whole',
  'general',
]);

/** Words of a name that say that it is of the thing itself and not of a part of it: "body weight". */
export const wholeWords: ReadonlySet<string> = new Set(['body', 'own', 'itself']);

/** Nouns that a question adds to a field's name, or a field's name to a thing, without changing what is meant. */
export const softWords: ReadonlySet<string> = new Set([
  'number',
  'amount',
  'count',
  'value',
  'level',
  'figure',
  'content',
  'reading',
  'measurement',
  'quantity',
  'rate',
  'ratio',
  'percentage',
  'percent',
  'share',
  'proportion',
  'size',
  'length',
  'total',
  'overall',
  'field',
  'date',
  'year',
  'name',
  'access',
  'index',
  'score',
  'member',
]);

/** Words of a name that carry no meaning of their own. */
export const stopWords: ReadonlySet<string> = new Set([
  'of',
  'the',
  'a',
  'an',
  'and',
  'in',
  'at',
  'by',
  'for',
  'to',
  'on',
  'with',
  'or',
  'from',
  'as',
  'their',
  'its',
  'est',
  '(',
  ')',
  ',',
  '-',
  '&',
  "'s",
]);
