import { parseDecimal, type Decimal } from './decimal.ts';

/**
 * Digits with separators: `1,234.5`, `1.234,5`, `1 234,5`, `1'234.5`, `12,34,567.8`. A blank separates groups of three
 * only.
 */
export const digitRun = /\d{1,3}(?:[ '’]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)*|(?<![\p{L}\d.,])\.\d+/gu;

/** How digits can be read. */
export interface DigitReadings {
  /** What is meant, in English at least: `1,234` is 1234 and `1.234` a fraction, `12,5` and `0,125` are fractions. */
  readonly value: Decimal;
  /** What other locales mean by `1,234` and `1.234`. */
  readonly other: Decimal | null;
}

/** What a match of {@link digitRun} may mean; null for what is no one number, such as 1.2.3 or 1,2,3. */
export function readDigits(run: string): DigitReadings | null {
  const text = run.replaceAll(/[ '’]/gu, '');
  const isGrouped = text !== run;
  const dots = text.split('.').length - 1;
  const commas = text.split(',').length - 1;
  if (dots === 0 && commas === 0) return only(text);
  if (isGrouped) return only(text.replace(',', '.'));
  if (dots > 0 && commas > 0) return readBoth(text, { dots, commas });
  const separator = dots > 0 ? '.' : ',';
  const parts = text.split(separator);
  if (parts.length > 2) return areGroups(parts) ? only(parts.join('')) : null;
  const [whole = '', fraction = ''] = parts;
  const grouped =
    fraction.length === 3 && /^[1-9]\d{0,2}$/u.test(whole) ? parseDecimal(whole + fraction) : null;
  const point = parseDecimal(`${whole}.${fraction}`);
  if (point === null) return null;
  if (grouped === null) return { value: point, other: null };
  if (separator === '.') return { value: point, other: grouped };
  return { value: grouped, other: fraction === '000' ? null : point };
}

function only(text: string): DigitReadings | null {
  const value = parseDecimal(text);
  return value === null ? null : { value, other: null };
}

/** With both separators, the one that comes last and once is the point. */
function readBoth(text: string, { dots, commas }: { dots: number; commas: number }): DigitReadings | null {
  const point = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ',';
  const thousands = point === '.' ? ',' : '.';
  if ((point === '.' ? dots : commas) !== 1) return null;
  const [whole = '', fraction = ''] = text.split(point);
  const groups = whole.split(thousands);
  return areGroups(groups) ? only(`${groups.join('')}.${fraction}`) : null;
}

/** Groups of three digits after the first, or as in India: of two, then three. */
function areGroups([first = '', ...others]: readonly string[]): boolean {
  if (first.length > 3 || first === '') return false;
  const last = others.at(-1);
  if (last?.length !== 3) return false;
  const between = others.slice(0, -1);
  return (
    between.every((group) => group.length === 3) ||
    (first.length < 3 && between.every((group) => group.length === 2))
  );
}
