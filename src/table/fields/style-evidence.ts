import { convertUnit } from '../values/units.ts';
import type { FieldGroup } from './field-identity.ts';
import { countShared, mainUnit, sameType } from './field-joins.ts';
import { factorBetween, type FieldValues } from './field-values.ts';
import { unitInName } from './field-types.ts';
import { isGeneric } from './generic-words.ts';
import { alikeWords } from './label-similarity.ts';
import { unitInBrackets } from './label-part.ts';
import { oppositesOf } from './opposite-texts.ts';
import type { StyledField } from './style-matches.ts';

/** The evidence for what cannot be. */
export const impossible = -99;

/** What labels say for it that are the same, and against it where they have no word in common. */
const sameWords = 4.5;
const otherWords = -0.7;
/** Every document has dates, so that of others only the words tell what they are of. */
const otherWordsOfDates = -1.2;
/** Middles of values may differ by this share of the usual spread though of one attribute, besides by chance. */
const systematic = 0.5;
const fewestSpread = 0.05;
/** The deviation of a median from that of all, for a spread of one between the quartiles and one value. */
const deviationOfMedian = 0.93;
/** Logarithms of the middles of unlike attributes differ about so much. */
const usuallyApart = 3;
const [leastOfNumbers, mostOfNumbers] = [-4, 3];
const sameDates = 1;
const sameBooleans = 1;
const otherSort = -3;
const sharedVocabulary = 4;
const otherVocabulary = -3;
const sharedForFull = 3;
const bothPersons = 1.5;
const sameShape = 2;
const sameShapeAndWord = 4;
const otherShape = -2;
const mostOfUnit = 2.5;
const unitOnOneSide = -0.2;

/**
 * How much more likely what two fields of two house styles are like is if they are one attribute than if they are two,
 * as a natural logarithm: their words, values, unit, place and frequency, less how many partners each could have had.
 */
export function evidenceOfOne(
  a: StyledField,
  b: StyledField,
  { own, others }: { readonly own: readonly StyledField[]; readonly others: readonly StyledField[] },
): number {
  if (!areOfOneType(a, b) || countShared(a.group.documents, b.group.documents) > 0) return impossible;
  const words = evidenceOfWords(a, b);
  const place =
    a.position === null || b.position === null
      ? 0
      : Math.max(-1.5, 1.2 - 5 * Math.abs(a.position - b.position));
  const coverage = Math.max(-0.8, 0.5 - 2 * Math.abs(a.coverage - b.coverage));
  const partners = Math.max(countOfSort(a, others), countOfSort(b, own));
  return words + evidenceOfValues(a, b) + evidenceOfUnits(a, b) + place + coverage - Math.log(1 + partners);
}

/** A label that any field may have, such as "date", has no other words than another. */
function evidenceOfWords(a: StyledField, b: StyledField): number {
  const isTelling = ({ group }: StyledField): boolean => !isGeneric(group.paths[0]?.parts.at(-1) ?? '');
  const others = !isTelling(a) || !isTelling(b) ? 0 : a.values.date ? otherWordsOfDates : otherWords;
  return others + (sameWords - others) * alikeWords(a.group, b.group);
}

/** How many fields are of the type and unit of one. */
const countOfSort = (field: StyledField, fields: readonly StyledField[]): number =>
  fields.filter((other) => areOfOneType(other, field) && other.values.date === field.values.date).length;

/** Of one type and unit, or both of yes and no in whatever words. */
const areOfOneType = (a: StyledField, b: StyledField): boolean =>
  sameType(a.group, b.group) || (saysYesOrNo(a) && saysYesOrNo(b));

const saysYesOrNo = ({ values }: StyledField): boolean => values.boolean || oppositesOf(values) !== null;

/** A unit that both have is no accident, and a rare one less than one that is everywhere. */
function evidenceOfUnits(a: StyledField, b: StyledField): number {
  const [unitA, unitB] = [unitOf(a.group), unitOf(b.group)];
  if (unitA === null && unitB === null) return 0;
  if (unitA === null || unitB === null) return unitOnOneSide;
  if (unitA !== unitB && convertUnit({ number: 1, from: unitA, to: unitB }) === null) return impossible;
  return unitA === '%' ? 0.5 : mostOfUnit;
}

/** The unit of a field's values, or that its label states. */
function unitOf(group: FieldGroup): string | null {
  const stated = mainUnit(group);
  const [path] = group.paths;
  const label = path?.raw.at(-1);
  if (stated !== null || path === undefined || label === undefined) return stated;
  if (path.types.number + path.types.percentage === 0) return null;
  return unitInName(label) ?? unitInBrackets(label);
}

function evidenceOfValues(a: StyledField, b: StyledField): number {
  const [own, other] = [a.values, b.values];
  if (own.date !== other.date) return otherSort;
  if (own.boolean || other.boolean) return saysYesOrNo(a) && saysYesOrNo(b) ? sameBooleans : otherSort;
  if ((own.middle === null) !== (other.middle === null)) return otherSort;
  if (own.middle === null) return evidenceOfTexts(own, other);
  return own.date ? sameDates : evidenceOfNumbers(a, b);
}

function evidenceOfNumbers(a: StyledField, b: StyledField): number {
  if (a.values.years !== b.values.years) return otherSort;
  const factor = factorBetween(a.group, b.group);
  const [middle, raw] = [a.values.middle ?? 0, b.values.middle ?? 0];
  const other = factor === 1 ? raw : Math.sign(raw) * Math.log1p(Math.expm1(Math.abs(raw)) * factor);
  const spread = Math.max(fewestSpread, (a.values.spread + b.values.spread) / 2);
  const chance = deviationOfMedian * Math.sqrt(1 / a.group.documents.length + 1 / b.group.documents.length);
  // Small counts are whole: the next is far off.
  const isCounted = a.values.figures.size > 0 && b.values.figures.size > 0 && factor === 1;
  const step = isCounted ? Math.log1p(Math.exp(-Math.abs(middle))) / 2 : 0;
  const deviation = Math.hypot(spread * Math.hypot(chance, systematic), step);
  const found = Math.log(usuallyApart / deviation) - ((middle - other) / deviation) ** 2 / 2;
  return Math.max(leastOfNumbers, Math.min(mostOfNumbers, found));
}

function evidenceOfTexts(a: FieldValues, b: FieldValues): number {
  const fewerTexts = Math.min(a.texts.size, b.texts.size);
  if (fewerTexts > 0) {
    const shared = a.texts.intersection(b.texts).size;
    if (shared === 0) return otherVocabulary;
    const isSame = shared > 1 && a.texts.size === shared && b.texts.size === shared;
    const enough = isSame ? 1 : Math.min(1, shared / sharedForFull);
    return (sharedVocabulary + 1) * (shared / fewerTexts) * enough - 1;
  }
  if (a.names && b.names) return bothPersons;
  if (/\d/.test(a.shape + b.shape)) {
    if (a.shape !== b.shape) return otherShape;
    const words = [...a.words.intersection(b.words)];
    return words.some((word) => /^\p{L}+$/u.test(word)) ? sameShapeAndWord : sameShape;
  }
  if (a.texts.size !== b.texts.size) return -1;
  const fewer = Math.min(a.words.size, b.words.size);
  return fewer === 0 ? 0 : 3 * (a.words.intersection(b.words).size / fewer) - 1;
}
