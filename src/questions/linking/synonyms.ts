import { lemmaOf, stemOf } from '../language/lemma.ts';

/** Groups of words that reports and questions use for one another, whatever the subject. */
const groups: readonly string[] = [
  'population inhabitant people resident citizen',
  'employee staff headcount worker workforce personnel',
  'revenue turnover sales',
  'income earnings',
  'profit gain',
  'cost price fee charge',
  'spending expenditure expense outlay',
  'area surface size extent',
  'size volume',
  'length duration',
  'height elevation altitude',
  'weight mass',
  'type kind category class',
  'country nation',
  'name title',
  'founded established founding foundation inception',
  'start begin launch beginning',
  'end finish completion closing',
  'author writer',
  'salary pay wage compensation',
  'student pupil enrollment enrolment',
  'rating grade',
  'location place site',
  'town city',
  'headquarters headquartered seat hq',
  'owner proprietor',
  'maker manufacturer producer',
  'language tongue',
  'error fault',
  'participant enrollee subject enrolled enrollment',
  'illness disease condition',
  'drug medication medicine',
  'homepage website url',
  'licence license',
  'dependency depends prerequisite requirement',
  'death mortality fatality',
  'birth natality',
  'debt liability borrowing',
  'road highway',
  'railway railroad',
  'airport airfield',
  'harbour harbor port',
  'power electricity',
  'literacy literate',
  'unemployment unemployed jobless',
  'military defence defense',
  'date day',
  'released published issued release publication',
  'vehicle car automobile',
  'bedroom bed',
  'teacher faculty',
  'user subscriber',
  'capita head person',
  'resolved resolution resolve',
];

/** Words and how field names shorten them. */
const abbreviations: readonly string[] = [
  'square sq',
  'foot ft footage',
  'percent pct',
  'temperature temp',
  'voltage volt v',
  'decibel db',
  'quantity qty',
  'department dept',
  'organisation organization org',
  'address addr',
  'description desc',
  'reference ref',
  'identifier id',
  'latitude lat',
  'longitude lon lng',
  'average avg',
  'amount amt',
];

const byStem = new Map<string, Set<string>>();
for (const group of [...groups, ...abbreviations]) {
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

/** Nouns that a question adds to a field's name, or a field's name to a thing, without changing what is meant. */
export const softWords: ReadonlySet<string> = new Set([
  'number',
  'amount',
  'count',
  'value',
  'level',
  'figure',
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
