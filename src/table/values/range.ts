import { isDigitCode } from './characters.ts';
import { readDigits } from './digits.ts';
import type { DecimalMark } from './digits.ts';
import { readScale } from './scales.ts';

const connector = /\s?[-–—−~～至到]\s?(?=[\p{Sc}\d])|\sto\s(?=[\p{Sc}\d])/iuy;
const betweenConnector = /\sand\s(?=[\p{Sc}\d])/iuy;
const money = /(?:[A-Z]{1,3})?\p{Sc}\s?/uy;
const percent = /\s?[%％]|\s?(?:percent|per cent|pct)(?!\p{L})/iuy;

/** The upper end of a range. */
interface RangeEnd {
  readonly number: number;
  readonly exponent: number;
  readonly percentage: boolean;
  readonly end: number;
}

/**
 * Reads the rest of a range after its lower number: "-52", "–5%", " to 12 million", and after "between" also
 * " and 10". Null where no range follows; 'code' where the digits are no quantity at all: years ("1992-98"),
 * codes ("555-0123"), chains ("1-2-3").
 */
export function readRangeEnd(
  text: string,
  options: {
    readonly position: number;
    readonly decimalMark: DecimalMark | null;
    readonly between: boolean;
    /** "from 5 to 10" is a change more often than a range. */
    readonly leadFrom: boolean;
  },
): RangeEnd | 'code' | null {
  const { position, decimalMark, between, leadFrom } = options;
  const pattern = between ? betweenConnector : connector;
  pattern.lastIndex = position;
  const link = pattern.exec(text);
  if (link === null) return null;
  const isWord = /[a-z]/i.test(link[0]);
  if (isWord && leadFrom) return null;
  const tight = !isWord && !/\s/.test(link[0]);
  let at = pattern.lastIndex;
  money.lastIndex = at;
  if (money.test(text)) at = money.lastIndex;
  if (!isDigitCode(text.charCodeAt(at))) return null;
  const right = readDigits(text, at, decimalMark);
  const lowDigits = digitsBefore(text, position);
  const isCode =
    right === null ||
    (right.digits.length > 1 && right.digits.startsWith('0') && !right.decimals) ||
    (/[\p{L}_]/u.test(text.charAt(right.end)) &&
      readScale(text, right.end, false) === null &&
      tight &&
      /^\p{Lu}/u.test(text.slice(right.end))) ||
    (tight && text.charAt(right.end) === '-' && isDigitCode(text.charCodeAt(right.end + 1)));
  if (isCode) return tight ? 'code' : null;
  const plainRight = !right.grouped && !right.decimals;
  if (
    /^(?:1[5-9]|20)\d{2}$/.test(lowDigits) &&
    plainRight &&
    (right.digits.length === 4 || right.digits.length === 2)
  )
    return right.digits.length === 2 || /^(?:1[5-9]|20)\d{2}$/.test(right.digits)
      ? tight || !isWord
        ? 'code'
        : null
      : null;
  // A telephone number: three digits, a hyphen, four.
  if (tight && link[0] === '-' && lowDigits.length === 3 && plainRight && right.digits.length === 4)
    return 'code';
  const scale = readScale(text, right.end, true);
  const isMetre = scale !== null && /^\s?m$/.test(text.slice(right.end, scale.end));
  const used = isMetre ? null : scale;
  let end = used?.end ?? right.end;
  percent.lastIndex = end;
  const percentage = percent.test(text);
  if (percentage) end = percent.lastIndex;
  const number = Number(used === null ? right.digits : `${right.digits}e${used.exponent}`);
  return { number, exponent: used?.exponent ?? 0, percentage, end };
}

function digitsBefore(text: string, position: number): string {
  let at = position;
  while (at > 0 && position - at < 6 && isDigitCode(text.charCodeAt(at - 1))) at -= 1;
  return text.slice(at, position);
}
