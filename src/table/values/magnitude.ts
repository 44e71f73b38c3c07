import { isHanCode } from './characters.ts';
import { readDigits } from './digits.ts';
import type { DecimalMark } from './digits.ts';
import { readHanNumeral } from './han-numerals.ts';
import { readScale } from './scales.ts';

/** Digits with their fraction, power of ten and scale word, as one number. */
export interface Magnitude {
  readonly end: number;
  readonly number: number;
  /** The same number times a further power of ten, exact where the digits are. */
  readonly times: (exponent: number) => number;
  /** Has separators or decimals, so that it cannot be a year or an identifier. */
  readonly written: boolean;
  /** Has a scale of its own: "million", "k", 万. */
  readonly scaled: boolean;
}

const exponentSuffix =
  /[eE]([+-]?\d{1,2})(?![\p{L}\d.])|\s?[x×*]\s?10(?:\^|\*\*)?([-−]?\d{1,2}|⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?!\d)/uy;
const vulgarFractions: ReadonlyMap<string, number> = new Map([
  ['½', 1 / 2],
  ['¼', 1 / 4],
  ['¾', 3 / 4],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
  ['⅛', 1 / 8],
]);
const mixedFraction = /[ -]([1-7])\/([2-8]|16)(?![\d/.,])/y;
const properFraction = /\/([2-9]|10|12|16)(?![\d/.,:%])(?=\s\p{Ll})/uy;
const andHalf = / and a half(?= \p{L})/uy;
const doubleScale = /\s(thousand|hundred) (million|billion)(?![a-z])/iy;
const tolerance = /\s?(?:±|\+\/-|\+-)\s?\d[\d.,]{0,12}(?<=\d)/y;
const longestInteger = 15;

interface Digits {
  readonly digits: string;
  readonly end: number;
  readonly written: boolean;
  readonly fraction: number;
}

function execute(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

function readFraction(text: string, position: number, digits: string): Digits | null | undefined {
  const sign = vulgarFractions.get(text.charAt(position));
  if (sign !== undefined) return { digits, end: position + 1, written: true, fraction: sign };
  const mixed = text.charAt(position + 2) === '/' ? execute(mixedFraction, text, position) : null;
  if (mixed?.[1] !== undefined && mixed[2] !== undefined && Number(mixed[1]) < Number(mixed[2])) {
    const fraction = Number(mixed[1]) / Number(mixed[2]);
    return { digits, end: mixedFraction.lastIndex, written: true, fraction };
  }
  if (execute(andHalf, text, position) !== null)
    return { digits, end: andHalf.lastIndex, written: true, fraction: 1 / 2 };
  if (text.charAt(position) !== '/') return undefined;
  const under = Number(execute(properFraction, text, position)?.[1] ?? Number.NaN);
  if (!(Number(digits) < under)) return /\d/.test(text.charAt(position + 1)) ? null : undefined;
  return { digits: '0', end: properFraction.lastIndex, written: true, fraction: Number(digits) / under };
}

function readPlainDigits(text: string, position: number, decimalMark: DecimalMark | null): Digits | null {
  const code = text.charCodeAt(position);
  if (isHanCode(code) || code === 0x3007) {
    const han = readHanNumeral(text, position);
    return han === null ? null : { ...han, written: true, fraction: 0 };
  }
  const fraction = vulgarFractions.get(text.charAt(position));
  if (fraction !== undefined) return { digits: '0', end: position + 1, written: true, fraction };
  const read = readDigits(text, position, decimalMark);
  if (read === null) return null;
  const { digits, end } = read;
  if (!read.decimals) {
    // A leading zero or too many digits to be exact: an identifier.
    if (digits.length > 1 && digits.charCodeAt(0) === 48) return null;
    if (digits.length > longestInteger && !read.grouped) return null;
    const withFraction = readFraction(text, end, digits);
    if (withFraction !== undefined) return withFraction;
  }
  return { digits, end, written: read.grouped || read.decimals, fraction: 0 };
}

const powerOf = (notation: string): number => Number(notation.normalize('NFKC').replaceAll(/[−⁻]/g, '-'));

function readOwnScale(
  text: string,
  position: number,
  money: boolean,
): { readonly exponent: number; readonly end: number } | null {
  const double = execute(doubleScale, text, position);
  if (double?.[1] !== undefined && double[2] !== undefined) {
    const exponent =
      (double[1].toLowerCase() === 'thousand' ? 3 : 2) + (double[2].toLowerCase() === 'million' ? 6 : 9);
    return { exponent, end: doubleScale.lastIndex };
  }
  return readScale(text, position, money);
}

const hanScale = /[百千万萬亿億兆]$/u;

/**
 * Reads digits (or a Chinese numeral) at `position` with what multiplies them. `money` says that a currency
 * stands before, so that `m` is millions. Null for identifiers, versions and scores ("4/5").
 */
export function readMagnitude(
  text: string,
  position: number,
  options: { readonly decimalMark: DecimalMark | null; readonly money: boolean },
): Magnitude | null {
  const read = readPlainDigits(text, position, options.decimalMark);
  if (read === null) return null;
  let { end } = read;
  let exponent = 0;
  const power = execute(exponentSuffix, text, end);
  if (power !== null) {
    exponent = powerOf(power[1] ?? power[2] ?? '0');
    end = exponentSuffix.lastIndex;
  }
  const scale = readOwnScale(text, end, options.money);
  if (scale !== null) {
    exponent += scale.exponent;
    ({ end } = scale);
  }
  // "3亿5000万" is one number.
  const rest =
    scale !== null && hanScale.test(text.slice(end - 1, end)) && /\d/.test(text.charAt(end))
      ? readMagnitude(text, end, options)
      : null;
  if (rest !== null) ({ end } = rest);
  if (execute(tolerance, text, end) !== null) end = tolerance.lastIndex;
  const times = (further: number): number => {
    const shift = exponent + further;
    const own =
      read.fraction > 0
        ? (Number(read.digits) + read.fraction) * 10 ** shift
        : shift === 0
          ? Number(read.digits)
          : Number(`${read.digits}e${shift}`);
    return rest === null ? own : own + rest.times(further);
  };
  return { end, number: times(0), times, written: read.written, scaled: scale !== null };
}
