import { isGeneric, startsGeneric } from '../table/fields/generic-words.ts';
import type { Reading, ReadValue } from '../table/index.ts';
import { foldLabel } from '../table/values/labels.ts';

/** A reading with names for the field that it states. */
export interface NamedReading {
  /** What it is about: the row of a table whose rows are things of their own, else null for the document. */
  readonly row: string | null;
  /** The shortest name first; the second, where there is one, has one more of the headings above. */
  readonly names: readonly string[];
  readonly isSentence: boolean;
  readonly reading: Reading;
}

/** Parts the headings and the label in a field's name, outermost first. */
export const pathSeparator = ' > ';

/** Texts beyond this length are prose, which no question compares. */
const longestText = 160;

/**
 * Names the fields of readings: by their label where no other has it and it says something alone, else with as many of
 * the headings above as that takes ("total" is "Area > total"). A cell of a table may be about the document ("Revenue"
 * in the row, 2023 above) or about the row (a company in the row, "Revenue" above), so it comes twice; the question
 * decides.
 *
 * @param known names that fields have already; readings that fit one are named so.
 */
export function nameReadings(readings: readonly Reading[], known: readonly string[]): NamedReading[] {
  const whole = readings.filter(({ value }) => isComparable(value)).flatMap(withWholePath);
  const places = countPlaces(whole);
  const knownBySuffix = new Map(
    known.map((name) => {
      const path = name.split(pathSeparator);
      return [suffixKey(path, path.length), name];
    }),
  );
  const isUnclear = (path: readonly string[], length: number): boolean =>
    length < path.length && (saysLittle(path.at(-length)) || (places.get(suffixKey(path, length)) ?? 0) > 1);
  return whole.map(({ path, row, reading }) => {
    const isSentence = isFromSentence(reading);
    for (let length = path.length; length > 0; length -= 1) {
      const name = knownBySuffix.get(suffixKey(path, length));
      if (name !== undefined) return { row, reading, isSentence, names: [name] };
    }
    let length = 1;
    while (isUnclear(path, length)) length += 1;
    const lengths = length < path.length ? [length, length + 1] : [length];
    return { row, reading, isSentence, names: lengths.map((each) => path.slice(-each).join(pathSeparator)) };
  });
}

function isComparable(value: ReadValue): boolean {
  return value.type === 'text' ? value.text.length <= longestText : value.type !== 'missing';
}

function isFromSentence({ rule }: Reading): boolean {
  return rule.startsWith('sentence');
}

interface PlacedReading {
  readonly row: string | null;
  /** All headings and the label, outermost first. */
  readonly path: readonly string[];
  readonly reading: Reading;
}

function withWholePath(reading: Reading): PlacedReading[] {
  const { label, entity } = reading;
  // A sentence means the same below any heading.
  const section = isFromSentence(reading) ? [] : reading.section;
  if (entity === null) return [{ row: null, path: [...section, ...label], reading }];
  return [
    { row: null, path: [...section, entity, ...label], reading },
    { row: entity, path: [...label], reading },
  ];
}

/** In how many places labels, alone or with headings, stand; what sentences say has none. */
function countPlaces(readings: readonly PlacedReading[]): Map<string, number> {
  const places = new Map<string, Set<string>>();
  for (const { path, reading } of readings) {
    if (isFromSentence(reading)) continue;
    const place = suffixKey(path, path.length);
    for (let length = 1; length <= path.length; length += 1) {
      const suffix = suffixKey(path, length);
      places.set(suffix, (places.get(suffix) ?? new Set()).add(place));
    }
  }
  return new Map([...places].map(([suffix, { size }]) => [suffix, size]));
}

function suffixKey(path: readonly string[], length: number): string {
  return path.slice(-length).map(foldLabel).join('\n');
}

function saysLittle(label: string | undefined): boolean {
  const folded = foldLabel(label ?? '');
  return isGeneric(folded) || startsGeneric(folded);
}
