import { convertUnit, isCurrencyCode } from '../../values/index.ts';
import { areSynonyms, stemOf } from '../label-words.ts';
import { columnsOf, isMeasure, type Column } from './slot-columns.ts';
import type { Found } from './separate-slots.ts';
import { unnamed } from './template.ts';

/** So often would two of them stand in one document by chance, were they of different things. */
const fewestExpected = 3;
const fewestExpectedOfUnit = 4;
const mostTogether = 0.02;
/** What the words that two share weigh at least: one that no third has weighs 1, one that a third has 1/2. */
const fewestShared = 0.5;
/** What any other weighs at most beside it. */
const mostOfRival = 0.5;
/** The middle of the values without this share at either end. */
const tail = 0.1;

/**
 * Finds figures and dates of several wordings that are one attribute: documents that state the one do not state the
 * other, they are of one unit and range, and their sentences share words that those of no third do: "the liability
 * of the lender shall not exceed ⟨…⟩", "our liability is capped at ⟨…⟩". Without a word in common they are one where
 * nothing else is measured in their unit.
 *
 * @returns the figures, those without a name by the name of the others, and groups of labels that mean the same.
 */
export function joinFigures(
  found: readonly Found[],
  documentCount: number,
): { named: Found[]; alike: string[][] } {
  const columns = columnsOf(found.filter(({ typed }) => typed !== null));
  const pairs = [
    ...matched(columns, { weigh: weighWords(columns), fewest: fewestShared, documentCount }),
    ...matched(columns, { weigh: weighUnits, fewest: fewestShared, documentCount }),
  ];
  const labels = new Map<object, string>();
  const alike: string[][] = [];
  for (const [a, b] of pairs) {
    if (a.label === unnamed && b.label === unnamed) continue;
    if (a.label === unnamed) labels.set(a.slot, b.label);
    else if (b.label === unnamed) labels.set(b.slot, a.label);
    else if (a.label !== b.label) alike.push([a.label, b.label]);
  }
  const yearly = new Set(
    pairs.flatMap(yearlyOf).map(({ label, slot }) => (label === unnamed ? slot : label)),
  );
  const named = found.map((each) => {
    const label = labels.get(each.slot) ?? each.label;
    const isYearly = yearly.has(each.label === unnamed ? each.slot : each.label);
    return { ...each, label, typed: isYearly ? withoutYear(each.typed) : each.typed };
  });
  return { named, alike: connected(alike) };
}

const perYear = /\/year$/;

/** Of "an annual fee of £900" and "£900 a year" the one whose unit says what the other's words do. */
function yearlyOf([a, b]: readonly [Column, Column]): Column[] {
  return [a, b].filter(({ unit }, index) => {
    const other = [b, a][index];
    return unit !== null && perYear.test(unit) && other?.unit === unit.replace(perYear, '');
  });
}

function withoutYear(typed: Found['typed']): Found['typed'] {
  if (typed?.value.type !== 'number') return typed;
  return { ...typed, value: { ...typed.value, unit: typed.value.unit?.replace(perYear, '') ?? null } };
}

const annual = /^(?:annual(?:ly)?|yearly|annum)$/;

/** The unit with what words say of it. */
function unitOf({ unit, words }: Column): string | null {
  if (unit === null || unit.includes('/') || !words.some((word) => annual.test(word))) return unit;
  return isCurrencyCode(unit) ? `${unit}/year` : unit;
}

type Weigh = (a: Column, b: Column, documentCount: number) => number;

/** The pairs that are each other's only likely partner. */
function matched(
  columns: readonly Column[],
  { weigh, fewest, documentCount }: { weigh: Weigh; fewest: number; documentCount: number },
): (readonly [Column, Column])[] {
  const weights = columns.map((a) => columns.map((b) => (a === b ? 0 : weigh(a, b, documentCount))));
  const pairs: (readonly [Column, Column])[] = [];
  for (const [row, a] of columns.entries())
    for (const [column, b] of columns.entries()) {
      const weight = weights[row]?.[column] ?? 0;
      if (column <= row || weight < fewest || !mayBeOne(a, b, documentCount)) continue;
      const rivals = columns.keys().filter((at) => at !== row && at !== column);
      const most = Math.max(
        0,
        ...rivals.flatMap((at) => {
          const other = columns[at];
          if (other === undefined) return [];
          return [
            mayBeOne(a, other, 0) ? (weights[row]?.[at] ?? 0) : 0,
            mayBeOne(b, other, 0) ? (weights[column]?.[at] ?? 0) : 0,
          ];
        }),
      );
      if (most <= weight * mostOfRival) pairs.push([a, b]);
    }
  return pairs;
}

/** Words that few of all columns have say most. */
function weighWords(columns: readonly Column[]): Weigh {
  const stems = new Map(columns.map((column) => [column, [...new Set(column.words.map(stemOf))]]));
  const isSame = (a: string, b: string): boolean => a === b || areSynonyms(a, b);
  const having = (word: string): number =>
    columns.filter((column) => stems.get(column)?.some((other) => isSame(word, other)) === true).length;
  return (a, b) => {
    const shared = (stems.get(a) ?? []).filter((word) => stems.get(b)?.some((other) => isSame(word, other)));
    return shared.reduce((sum, word) => sum + 1 / Math.max(1, having(word) - 1), 0);
  };
}

/** What alone is measured in a unit can hardly be anything else. */
const weighUnits: Weigh = (a, b, documentCount) => {
  const isOfUnit = a.unit !== null && b.unit !== null && isMeasure(a.unit) && isMeasure(b.unit);
  const isOfMost = a.outOf !== null && a.outOf === b.outOf;
  return (isOfUnit || isOfMost) && expected(a, b, documentCount) >= fewestExpectedOfUnit ? 1 : 0;
};

const expected = (a: Column, b: Column, documentCount: number): number =>
  (a.documents.size * b.documents.size) / Math.max(1, documentCount);

function mayBeOne(a: Column, b: Column, documentCount: number): boolean {
  if (a.type !== b.type || !areOfOneUnit(a, b) || !overlap(a, b)) return false;
  if (documentCount > 0 && expected(a, b, documentCount) < fewestExpected) return false;
  const together = a.documents.intersection(b.documents).size;
  return together <= Math.min(a.documents.size, b.documents.size) * mostTogether;
}

function areOfOneUnit(a: Column, b: Column): boolean {
  if (a.outOf !== b.outOf) return false;
  if (a.unit !== null && a.unit === b.unit) return true;
  const [from, to] = [unitOf(a), unitOf(b)];
  if (from === null || to === null || !isMeasure(from) || !isMeasure(to))
    return [from, to].every((unit) => unit === null || !isMeasure(unit)) || from === null || to === null;
  return convertUnit({ number: 1, from, to }) !== null;
}

/** Whether the middles of the values of two columns have values in common. */
function overlap(a: Column, b: Column): boolean {
  if (a.numbers.length === 0 || b.numbers.length === 0) return true;
  const factor =
    a.unit === null || b.unit === null ? 1 : (convertUnit({ number: 1, from: b.unit, to: a.unit }) ?? 1);
  const [least, most] = middleOf(a.numbers);
  const [fewest, largest] = middleOf(b.numbers).map((number) => number * factor);
  return (fewest ?? 0) <= most && (largest ?? 0) >= least;
}

function middleOf(numbers: readonly number[]): readonly [number, number] {
  const sorted = numbers.toSorted((x, y) => x - y);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
  return [at(tail), at(1 - tail)];
}

/** Groups that have a label in common are one. */
function connected(groups: readonly string[][]): string[][] {
  const joined: string[][] = [];
  for (const group of groups) {
    const touching = joined.filter((other) => other.some((label) => group.includes(label)));
    for (const other of touching) joined.splice(joined.indexOf(other), 1);
    joined.push([...new Set([...touching.flat(), ...group])]);
  }
  return joined;
}
