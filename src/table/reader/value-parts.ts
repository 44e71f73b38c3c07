import { readDate } from '../values/dates.ts';
import { convertUnit, measureSymbol } from '../values/units.ts';
import { readStatedValues } from '../values/stated-values.ts';

/** A part of a value that is a value of its own; without a label it is that of the attribute itself. */
export interface ValuePart {
  readonly label: string | null;
  readonly start: number;
  readonly end: number;
}

const longestValue = 120;

/**
 * The values that one text states side by side, or null where it is one value:
 * - measures behind letters: `H 52 cm, W 93 cm`, `P32 W19 D7 L6`
 * - counts of several things: `49 for, 31 against`
 * - a number of things and what they are: `15 x Enercon E-82 (2.3 MW)`
 * - words with a figure or a day in brackets: `Ada Brandt (27)`, `Good (checked 19 April 2019)`
 * - words and a numbered place: `On display, Room 22`
 * - a day and who did it: `10 April 2019 by Ada Brandt`
 * - a measure and another by its name: `20.4 °C, 57 % RH`
 * - a number out of what is possible: `36 of 62 places`, `3.5 out of 5`, `4/5`
 */
export function partsOfValue(text: string): ValuePart[] | null {
  if (text.length > longestValue || text.length < 3 || !/\d/u.test(text) || text.includes('\n')) return null;
  return (
    numberOutOf(text) ??
    measuresByName(text) ??
    countsOfSeveral(text) ??
    numberOfThings(text) ??
    wordsWithBrackets(text) ??
    wordsWithPlace(text) ??
    dayAndPerson(text) ??
    namedMeasure(text)
  );
}

const outOf =
  /^(\d[\d,]*(?:\.\d+)?)(?:\s(?:out\s)?of\s|\s?\/\s?)(?:a\s)?(?:possible\s|maximum\s|total\s)?(\d[\d,]*)(?:\s(\p{Ll}[\p{Ll}-]{2,20}))?$/u;
/** `3-star hotel`, `4.5 stars`. */
const starred = /^(\d(?:\.\d)?)[\s-]?stars?(?:\s\p{Ll}+)?$/iu;
/** What marks are given out of. */
const fullMarks: ReadonlySet<string> = new Set(['5', '10', '100']);

function numberOutOf(text: string): ValuePart[] | null {
  const stars = starred.exec(text)?.[1];
  if (stars !== undefined) return [{ label: null, start: 0, end: stars.length }];
  const [whole, number, most, noun] = outOf.exec(text) ?? [];
  if (whole === undefined || number === undefined || most === undefined) return null;
  if (Number(number.replaceAll(',', '')) > Number(most.replaceAll(',', ''))) return null;
  const isMark = fullMarks.has(most);
  // "3/7" alone may be a day or a fraction.
  if (whole.includes('/') && !isMark) return null;
  const own = { label: null, start: 0, end: number.length };
  if (noun === undefined || isMark) return [own];
  const start = whole.indexOf(most, number.length);
  return [own, { label: noun, start, end: start + most.length }];
}

const lettered =
  /(?:^|[,;×x\s]+)(\p{Lu}{1,3}|[Ø⌀]|[Hh]eight|[Ww]idth|[Ll]ength|[Dd]epth|[Dd]iameter|[Ww]eight)\s?[:=]?\s?(\d+(?:[.,]\d+)?(?:\s?([a-zµ"″']{1,3}))?)(?=$|[,;×\s])/gu;
const dimensions: ReadonlyMap<string, string> = new Map([
  ['H', 'height'],
  ['W', 'width'],
  ['L', 'length'],
  ['D', 'depth'],
  ['Ø', 'diameter'],
  ['⌀', 'diameter'],
]);
const fewestWithoutUnit = 3;

/** Measures behind their names or letters, and nothing else: `Height 52 mm; width 93 mm`. */
export function measuresByName(text: string): ValuePart[] | null {
  if (!/^(?:\p{Lu}{1,3}|[Ø⌀]|Height|Width|Length|Depth|Diameter|Weight)\s?[:=]?\s?\d/u.test(text))
    return null;
  const parts: ValuePart[] = [];
  const letters = new Set<string>();
  let covered = 0;
  let units = 0;
  for (const match of text.matchAll(lettered)) {
    const [whole, letter = '', value = '', unit] = match;
    if (match.index !== covered || letters.has(letter)) return null;
    const isMeasure = unit !== undefined && measureSymbol(unit) !== null;
    if (unit !== undefined && !isMeasure) return null;
    if (isMeasure) units += 1;
    letters.add(letter);
    covered = match.index + whole.length;
    const label = isMeasure ? (dimensions.get(letter) ?? letter.toLowerCase()) : letter;
    parts.push({ label, start: covered - value.length, end: covered });
  }
  if (covered !== text.length || parts.length < 2) return null;
  return units === parts.length || (units === 0 && parts.length >= fewestWithoutUnit) ? parts : null;
}

const counted =
  /(?:^|,\s(?:and\s)?|\sand\s)((?:\d{1,3}(?:,\d{3})+|\d+)\s(\p{Ll}[\p{Ll}-]{2,20}))(?=$|,\s|\sand\s)/gu;

function countsOfSeveral(text: string): ValuePart[] | null {
  if (!/^\d[\d,]*\s\p{Ll}/u.test(text)) return null;
  const parts: ValuePart[] = [];
  const words = new Set<string>();
  let covered = 0;
  for (const match of text.matchAll(counted)) {
    const [whole, part = '', word = ''] = match;
    if (match.index !== covered || words.has(word) || measureSymbol(word) !== null || scale.test(word))
      return null;
    words.add(word);
    covered = match.index + whole.length;
    const start = covered - part.length;
    parts.push({ label: word, start, end: start + part.length - word.length - 1 });
  }
  return covered === text.length && parts.length > 1 ? parts : null;
}

const scale =
  /^(?:hundred|thousand|million|billion|trillion|dozen|percent|years?|months?|weeks?|days?|hours?|minutes?|seconds?|feet|inch(?:es)?|pounds?|dollars?|euros?)$/u;
const multiple = /^(\d{1,5})\s?[x×]\s(\p{Lu}[\p{L}\d&.' /-]{1,60}?)(?:\s\([^()]{1,30}\))?$/u;

function numberOfThings(text: string): ValuePart[] | null {
  const match = multiple.exec(text);
  const [, number, thing] = match ?? [];
  if (number === undefined || thing === undefined) return null;
  const start = text.indexOf(thing, number.length);
  return [
    { label: null, start: 0, end: number.length },
    { label: 'type', start, end: start + thing.length },
  ];
}

const bracketed = /^(\p{L}[^\d()[\]:;]{1,60}?)\s\((?:(\p{L}[\p{L} .'-]{1,30}?)\s)?([^()\s][^()]{0,30})\)$/u;
const plainNumber = /^\d{1,3}(?:,\d{3})*$/u;

function wordsWithBrackets(text: string): ValuePart[] | null {
  const match = bracketed.exec(text);
  const [, words, label, value] = match ?? [];
  if (words === undefined || value === undefined) return null;
  const start = text.length - value.length - 1;
  const own = { label: null, start: 0, end: words.length };
  if (label === undefined)
    return plainNumber.test(value) ? [own, { label: 'number', start, end: start + value.length }] : null;
  if (!/^\p{Ll}/u.test(label) || !statesFigure(value)) return null;
  return [own, { label, start, end: start + value.length }];
}

function statesFigure(text: string): boolean {
  const [only, second] = readStatedValues({ text });
  const type = only?.value.type;
  return (
    second === undefined &&
    only?.start === 0 &&
    (type === 'date' || type === 'number' || type === 'percentage')
  );
}

const places =
  /^(?:Room|Hall|Gallery|Floor|Level|Shelf|Bay|Building|House|Block|Case|Cabinet|Wing|Gate|Platform|Section|Suite|Ward|Aisle|Rack|Berth|Pier|Dock|Track|Row|Box|Drawer|Lot|Zone|Unit|Stand|Hangar|Bed|Table|Store|Vault|Site|Plot)$/;
const placed = /^(\p{L}[\p{L}' -]{2,40}),\s(\p{Lu}\p{Ll}{2,15})\s(\d{1,4})$/u;

function wordsWithPlace(text: string): ValuePart[] | null {
  const [, words, place, number] = placed.exec(text) ?? [];
  if (words === undefined || place === undefined || number === undefined) return null;
  if (words.split(' ').length > 3 || !places.test(place)) return null;
  const start = text.length - number.length;
  return [
    { label: null, start: 0, end: words.length },
    { label: place, start, end: text.length },
  ];
}

const person = String.raw`\p{Lu}[\p{L}.'’-]*(?:\s(?:\p{Lu}[\p{L}.'’-]*|de|da|del|van|von|der|la|le|bin|al)){1,3}`;
const dayBy = new RegExp(String.raw`^(\d[^,;()]{3,24}?\d{2})\sby\s(${person})$`, 'u');

function dayAndPerson(text: string): ValuePart[] | null {
  const [, day, name] = dayBy.exec(text) ?? [];
  if (day === undefined || name === undefined || readDate(day) === null) return null;
  return [
    { label: null, start: 0, end: day.length },
    { label: 'by', start: text.length - name.length, end: text.length },
  ];
}

const measureAndNamed =
  /^(-?\d+(?:[.,]\d+)?\s?[^\s\d,;]{1,4}(?:\s\p{L}{1,10})?)[,;]\s(\d+(?:[.,]\d+)?\s?(%|\p{L}{1,4}))\s(\p{L}{2,}(?:\s\p{Ll}{3,})?)$/u;

function namedMeasure(text: string): ValuePart[] | null {
  const [, own, other, unit, name] = measureAndNamed.exec(text) ?? [];
  if (own === undefined || other === undefined || unit === undefined || name === undefined) return null;
  const [first, second] = [own, other].map((part) => readStatedValues({ text: part })[0]?.value);
  const unitOf = (value: typeof first): string | null =>
    value?.type === 'percentage' ? '%' : value?.type === 'number' ? value.unit : null;
  const [ownUnit, otherUnit] = [unitOf(first), unitOf(second)];
  const areMeasures = [ownUnit, otherUnit].every(
    (each) => each === '%' || (each !== null && measureSymbol(each) !== null),
  );
  // "1 h, 20 min walk" is one duration.
  if (!areMeasures || convertUnit({ number: 1, from: ownUnit ?? '', to: otherUnit ?? '' }) !== null)
    return null;
  const start = text.lastIndexOf(other);
  return [
    { label: null, start: 0, end: own.length },
    { label: name, start, end: start + other.length },
  ];
}

const numbered = /^(\p{L}{3,})[\s-]?(\d{1,3})$/u;

/** Where the number begins in a value that repeats its label before it: `SEV3` and `Severity 3` under "Severity". */
export function numberBehindLabel(text: string, label: string): number | null {
  const [, word, number] = numbered.exec(text) ?? [];
  if (word === undefined || number === undefined) return null;
  return label.toLowerCase().startsWith(word.toLowerCase()) ? text.length - number.length : null;
}
