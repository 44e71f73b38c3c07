import { isDigitCode } from './characters.ts';
import { readDigits } from './digits.ts';
import type { DecimalMark } from './digits.ts';
import { readScale } from './scales.ts';

const connector = /\s?[-–—−~～至到]\s?(?=[\p{Sc}\d])|\sto\s(?=(?:[A-Z]{1,2})?[\p{Sc}\d])/iuy;
const betweenConnector = /\sand\s(?=(?:[A-Z]{1,2})?[\p{Sc}\d])/iuy;
const currencySign = /(?:[A-Z]{1,2})?\p{Sc}\s?/uy;
const minus = /(?:[-−–－]|minus\s)(?=\d)/iuy;
const signedConnector = /\s(?:to|bis|à|a|hasta|至|到)\s|\s?(?:\.{2,3}|…|~)\s?/iuy;
const percent = /\s?[%％]|\s?(?:percent|per cent|pct)(?!\p{L})/iuy;
const yearDigits = /^(?:1[5-9]|20)\d{2}$/;

/** The upper end of a range. */
interface RangeEnd {
  readonly number: number;
  readonly exponent: number;
  readonly percentage: boolean;
  readonly end: number;
}

export interface RangeOptions {
  /** The end of the lower number, its scale and percent sign included. */
  readonly position: number;
  readonly decimalMark: DecimalMark | null;
  readonly opening: 'between' | 'from' | null;
  /** Whether a currency stands before the lower number; a range is money at both ends or at none. */
  readonly money: boolean;
  readonly percentage: boolean;
  /** Whether the lower number is below zero; only then the upper one may be, too. */
  readonly negative: boolean;
}

/** "-20 to -5", "−40…−10". */
function readNegativeEnd(text: string, position: number, decimalMark: DecimalMark | null): RangeEnd | null {
  signedConnector.lastIndex = position;
  if (!signedConnector.test(text)) return null;
  minus.lastIndex = signedConnector.lastIndex;
  if (!minus.test(text)) return null;
  const digits = readDigits(text, minus.lastIndex, decimalMark);
  if (digits === null) return null;
  return { number: -Number(digits.digits), exponent: 0, percentage: false, end: digits.end };
}

/**
 * Reads the rest of a range after its lower number: "-52", "–5%", " to 12 million", and after "between" also
 * " and 10". Null where no range follows; 'code' where the digits are no quantity at all: years ("1992-98"),
 * codes ("555-0123"), chains ("1-2-3").
 */
export function readRangeEnd(text: string, options: RangeOptions): RangeEnd | 'code' | null {
  const { position, decimalMark, opening } = options;
  const pattern = opening === 'between' ? betweenConnector : connector;
  pattern.lastIndex = position;
  const link = pattern.exec(text)?.[0];
  if (link === undefined) return options.negative ? readNegativeEnd(text, position, decimalMark) : null;
  const isWord = /[a-z]/i.test(link);
  // "from 5 to 10" is a change more often than a range.
  if (isWord && opening === 'from') return null;
  let at = pattern.lastIndex;
  currencySign.lastIndex = at;
  if (currencySign.test(text)) {
    if (!options.money) return null;
    at = currencySign.lastIndex;
  }
  if (!isDigitCode(text.charCodeAt(at))) return null;
  const right = readDigits(text, at, decimalMark);
  const tight = !isWord && !/\s/.test(link);
  if (right === null) return tight ? 'code' : null;
  const isPlain = !right.grouped && !right.decimals;
  const isChain = tight && text.charAt(right.end) === '-' && isDigitCode(text.charCodeAt(right.end + 1));
  const isPadded = isPlain && right.digits.length > 1 && right.digits.startsWith('0');
  const isCode = tight && (/[A-Z_]/.test(text.charAt(right.end)) || isChain || isPadded);
  if (isCode) return 'code';
  const low = digitsBefore(text, position);
  if (yearDigits.test(low) && isPlain && (yearDigits.test(right.digits) || right.digits.length === 2))
    return 'code';
  // A telephone number: three digits, a hyphen, four.
  if (tight && link === '-' && low.length === 3 && isPlain && right.digits.length === 4) return 'code';
  // A group's number and one within it, "3160-260535": no range is so wide and so exact.
  const isWide = low.length >= 3 && right.digits.length >= low.length + 2;
  if (tight && link === '-' && isPlain && isWide && !right.digits.endsWith('00')) return 'code';
  const scale = readScale(text, right.end, options.money);
  let end = scale?.end ?? right.end;
  percent.lastIndex = end;
  const percentage = percent.test(text);
  if (percentage) end = percent.lastIndex;
  if (options.percentage && !percentage) return null;
  const number = Number(scale === null ? right.digits : `${right.digits}e${scale.exponent}`);
  return { number, exponent: scale?.exponent ?? 0, percentage, end };
}

function digitsBefore(text: string, position: number): string {
  let at = position;
  while (at > 0 && position - at < 6 && isDigitCode(text.charCodeAt(at - 1))) at -= 1;
  return text.slice(at, position);
}
