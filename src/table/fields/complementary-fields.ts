import { countShared, isSpoken, mainUnit, sameType } from './field-joins.ts';
import { factorBetween, type ValuedField } from './field-values.ts';
import { alikeWords } from './label-similarity.ts';
import { measureSymbol } from '../values/units.ts';

/** In fewer documents, fields may complete each other by accident. */
const fewestDocuments = 20;
const fewestShare = 0.08;
const mostFields = 4;
const fewestTogether = 0.95;
/** The middles of their values, as logarithms, lie within this share of the usual spread. */
const nearMiddle = 0.6;
const leeway = 0.05;
/** A kind of more measures has too many that may complete each other. */
const mostMeasures = 80;

/**
 * Words for one thing and its opposite, of which each document has either: what these complete is no attribute of one
 * name.
 */
const opposites: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(?:increas|rise|rose|grow|gain|up$|higher|climb)/,
    /^(?:decreas|decline|fall|fell|drop|reduc|down$|lower|shr)/,
  ],
  [/^(?:profit|surplus|income|credit|asset)/, /^(?:loss|lost|deficit|debit|liabilit)/],
  [/^(?:won|win|victor|success|pass)/, /^(?:lost|lose|loss|defeat|fail)/],
  [
    /^(?:above|over|before|first|north|east|import|buy|bought|arriv|male|men$|man$|boy)/,
    /^(?:below|under|after|last|south|west|export|sell|sold|depart|female|women$|woman$|girl)/,
  ],
];

/**
 * Finds fields that are one attribute in several wordings, since each document states exactly one of them: "the share
 * of women was 12 %" in some, "3 % were women" in the others. They never meet, together nearly all documents state one,
 * their values are alike, and there is only one way in which they complete each other.
 *
 * @returns the fields that belong together, a list an attribute.
 */
export function findComplements(measures: readonly ValuedField[], documentCount: number): ValuedField[][] {
  if (documentCount < fewestDocuments) return [];
  const likely = measures
    .filter(
      ({ group, values }) =>
        values.middle !== null && !values.date && group.documents.length >= documentCount * fewestShare,
    )
    .toSorted((a, b) => b.group.documents.length - a.group.documents.length);
  if (likely.length > mostMeasures) return [];
  const sets: ValuedField[][] = [];
  const extend = (set: readonly ValuedField[], stating: number, from: number): void => {
    if (set.length > 1 && stating >= documentCount * fewestTogether) sets.push([...set]);
    if (set.length === mostFields) return;
    for (let next = from; next < likely.length; next += 1) {
      const field = likely[next];
      if (field === undefined || !set.every((each) => mayComplete(each, field))) continue;
      if (isLabelled(field) && set.some(isLabelled)) continue;
      extend([...set, field], stating + field.group.documents.length, next + 1);
    }
  };
  extend([], 0, 0);
  return sets.filter((set) => {
    const rivals = sets.filter((other) => other !== set && other.some((field) => set.includes(field)));
    return rivals.every((rival) => likeness(set) > likeness(rival));
  });
}

const isLabelled = ({ group }: ValuedField): boolean => !isSpoken(group);

/** How alike the words of the fields are that are least alike. */
function likeness(set: readonly ValuedField[]): number {
  return Math.min(
    ...set.map(({ group }) =>
      Math.max(...set.map((other) => (other.group === group ? 0 : alikeWords(group, other.group)))),
    ),
  );
}

function mayComplete(a: ValuedField, b: ValuedField): boolean {
  if (countShared(a.group.documents, b.group.documents) > 0 || !areOfOneSort(a, b)) return false;
  const factor = factorBetween(a.group, b.group);
  const [middle, other] = [a.values.middle ?? Number.NaN, b.values.middle ?? Number.NaN];
  const inUnit = factor === 1 ? other : Math.sign(other) * Math.log1p(Math.expm1(Math.abs(other)) * factor);
  const spread = Math.max(a.values.spread, b.values.spread);
  return Math.abs(middle - inUnit) <= spread * nearMiddle + leeway && !areOpposite(a, b);
}

/** Of one type and unit; what is counted ("12 residents", "3 people") is only another word. */
function areOfOneSort(a: ValuedField, b: ValuedField): boolean {
  if (a.values.years !== b.values.years) return false;
  if (sameType(a.group, b.group)) return true;
  const units = [mainUnit(a.group), mainUnit(b.group)];
  const isCounted = (unit: string | null): boolean =>
    unit === null || (/^[\p{L} -]+$/u.test(unit) && measureSymbol(unit) === null && !/^[A-Z]{3}$/.test(unit));
  const isOfPercent = ({ group }: ValuedField): boolean =>
    group.paths.some(({ types }) => types.percentage > types.number);
  return units.every(isCounted) && isOfPercent(a) === isOfPercent(b);
}

function areOpposite({ group: a }: ValuedField, { group: b }: ValuedField): boolean {
  const [first, second] = [a, b].map(({ paths }) =>
    paths.flatMap(({ parts }) => (parts.at(-1) ?? '').split(/[^\p{L}]+/u)),
  );
  return opposites.some(([one, other]) => {
    const holds = (words: readonly string[] | undefined, pattern: RegExp): boolean =>
      words?.some((word) => pattern.test(word)) ?? false;
    return (holds(first, one) && holds(second, other)) || (holds(first, other) && holds(second, one));
  });
}
