import type { FieldType } from '../../table/index.ts';
import { fold, type LabelledText } from './labelled-text.ts';

/** A value that the first reading found, and how its field is called. */
export interface FirstReading {
  readonly labels: readonly string[];
  readonly type: FieldType;
  readonly value: number | string | boolean;
  /** Where the value is of a period: `2021`, `2021-03`, `2020/2021`. */
  readonly period: string | null;
}

/**
 * Whether a second reading, by labels alone, finds the same value: the first that stands behind one of the field's
 * labels, or the one beside which the period stands.
 */
export function isReadAgain(reading: FirstReading, text: LabelledText): boolean {
  const { labels, period } = reading;
  // In a table, the period may be the header of the column.
  const ofPeriod = period === null ? [] : labels.map((label) => `${label} > ${period}`);
  return (
    labels.some((label) => text.regions(label).some((region) => states(region, reading))) ||
    ofPeriod.some((label) =>
      text.regions(label).some((region) => states(region, { ...reading, period: null })),
    )
  );
}

function states(region: string, { type, value, period }: FirstReading): boolean {
  switch (type) {
    case 'number':
    case 'percentage':
      return typeof value === 'number' && statesNumber(region, value, period);
    case 'date':
      return typeof value === 'string' && statesDate(region, value);
    case 'boolean':
      return statesBoolean(region) === value;
    case 'category':
    case 'text':
      return typeof value === 'string' && fold(region).slice(0, 300).startsWith(fold(value));
    case 'list':
      return false;
  }
}

interface StatedNumber {
  readonly numbers: readonly number[];
  /** What follows up to the end of the line or the next semicolon. */
  readonly rest: string;
}

const scales: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  k: 1e3,
  m: 1e6,
  mn: 1e6,
  bn: 1e9,
  b: 1e9,
};

const numberPattern =
  /(?<sign>[-−–]\s?|\()?[$€£¥]?\s?(?<digits>\d{1,3}(?:[,  ']\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)\s?(?<scale>thousand|million|billion|trillion|mn|bn|k|m|b)?(?![\p{L}\d])/giu;

function statesNumber(region: string, value: number, period: string | null): boolean {
  const stated = [...region.matchAll(numberPattern)].map((match): StatedNumber => {
    const end = match.index + match[0].length;
    return { numbers: readings(match), rest: /^[^\n;]*/.exec(region.slice(end))?.[0] ?? '' };
  });
  const isValue = ({ numbers }: StatedNumber): boolean => numbers.some((each) => isSame(each, value));
  const years: readonly string[] = period?.match(/\d{4}/g) ?? [];
  const [first] = stated;
  if (first === undefined) return false;
  if (
    years.length > 0 &&
    stated.some((each) => isValue(each) && years.some((year: string) => each.rest.includes(year)))
  )
    return true;
  const other = /\b(?:19|20)\d\d\b/.exec(first.rest);
  return isValue(first) && (years.length === 0 || other === null || years.includes(other[0]));
}

/** What a number's notation may mean: a comma may part thousands or decimals, and a caption may give the scale. */
function readings(match: RegExpExecArray): number[] {
  const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
  const { sign, digits = '', scale } = groups;
  const plain = digits.replaceAll(/[\s']/g, '');
  const variants: string[] = [plain.replaceAll(',', '')];
  if (/^\d+,\d+$/.test(plain)) variants.push(plain.replace(',', '.'));
  const factor = scales[scale?.toLowerCase() ?? ''] ?? 1;
  const unscaled = scale !== undefined && scale.length < 2 ? [1, factor] : [factor];
  return variants.flatMap((variant) =>
    unscaled.map((each) => (sign === undefined ? 1 : -1) * Number(variant) * each),
  );
}

/** "In millions" may stand in a caption, far from the number. */
const captionScales = [1, 1e3, 1e6, 1e9];

function isSame(read: number, value: number): boolean {
  // A dash before a positive number may part it from its label, and brackets may be brackets.
  if (value < 0 && read >= 0) return false;
  return captionScales.some(
    (scale) => Math.abs(Math.abs(read * scale) - Math.abs(value)) <= Math.abs(value) * 1e-9,
  );
}

const months: readonly string[] =
  'january february march april may june july august september october november december'.split(' ');

function statesDate(region: string, date: string): boolean {
  const [year = '', month, day] = date.split('-');
  const folded = fold(region).slice(0, 80);
  const words = new Set(folded.split(' '));
  const has = (number: string): boolean => words.has(number) || words.has(String(Number(number)));
  if (!words.has(year)) return false;
  if (month === undefined) return true;
  const name = months[Number(month) - 1] ?? '';
  const isNamed = [...words].some((word) => word.length >= 3 && name.startsWith(word));
  return (isNamed || has(month)) && (day === undefined || has(day));
}

function statesBoolean(region: string): boolean | null {
  const word = fold(region).split(' ')[0] ?? '';
  if (['yes', 'true', 'y'].includes(word) || /^\s*[✓✔☑]/.test(region)) return true;
  return ['no', 'false', 'n'].includes(word) || /^\s*[✗✘☐]/.test(region) ? false : null;
}
