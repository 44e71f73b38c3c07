import { convertUnit } from '../../table/values/units.ts';

/** What is measured, with a unit of its sort, where a field may be called otherwise: a "High °C" is a temperature. */
const samples: ReadonlyMap<string, readonly string[]> = new Map([
  ['temperature', ['°C', '°F', 'K']],
  ['speed', ['km/h', 'mph', 'knots']],
  ['velocity', ['km/h', 'mph', 'knots']],
  ['length', ['m']],
  ['distance', ['m']],
  ['depth', ['m']],
  ['height', ['m']],
  ['elevation', ['m']],
  ['altitude', ['m']],
  ['weight', ['kg']],
  ['mass', ['kg']],
  ['area', ['sq m']],
  ['duration', ['s']],
  ['time', ['s']],
]);

/** Whether the noun is of what is measured in the unit. */
export const isMeasuredIn = (noun: string, unit: string | null): boolean =>
  unit !== null &&
  (samples.get(noun) ?? []).some((sample) => convertUnit({ number: 1, from: unit, to: sample }) !== null);

/** Whether the noun says what is measured and no field in particular. */
export const isMeasureNoun = (noun: string): boolean => samples.has(noun);

/** Nouns of what nothing else is measured in the units of: metres are of heights and of distances, degrees of heat alone. */
export const tellingMeasureNouns: ReadonlySet<string> = new Set(
  'temperature speed velocity area weight mass'.split(' '),
);
