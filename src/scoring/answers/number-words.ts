import { add, decimalOf, multiply, parseDecimal, timesPowerOfTen, type Decimal } from './decimal.ts';

const smallWords = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const wordValues = new Map<string, number>([
  ...smallWords.map((word, value) => [word, value] as const),
  ...tens.map((word, index) => [word, (index + 2) * 10] as const),
]);
const wordScales = new Map([
  ['thousand', 1000],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);

const zero = decimalOf(0);
const word = [...wordValues.keys(), ...wordScales.keys(), 'hundred'].join('|');
/** An English number in words, such as "three thousand five hundred and two". */
export const englishNumber = new RegExp(
  `\\b(?:half|(?:${word})(?:[\\s-]+(?:and\\s+)?(?:${word}))*(?:\\s+point(?:\\s+(?:${smallWords.slice(0, 10).join('|')}))+)?)\\b`,
  'giu',
);

/** The value of a match of {@link englishNumber}; null for what is no number ("two three"). */
export function readEnglishNumber(text: string): Decimal | null {
  if (text.toLowerCase() === 'half') return parseDecimal('0.5');
  const [wholePart = '', digits] = text.toLowerCase().split(/\s+point\s+/u);
  const whole = readEnglishWhole(wholePart);
  if (digits === undefined || whole === null) return whole;
  const fraction = digits.split(/\s+/u).map((digit) => wordValues.get(digit));
  return add(whole, parseDecimal(`0.${fraction.join('')}`) ?? zero);
}

/** What is greater is no number that anybody writes in words. */
const largestInWords = 1e15;

function readEnglishWhole(text: string): Decimal | null {
  let [total, section, last] = [0, 0, Number.POSITIVE_INFINITY];
  for (const part of text.split(/[\s-]+/u)) {
    if (part === 'and') continue;
    const value = wordValues.get(part);
    const scale = wordScales.get(part);
    if (value !== undefined) {
      // After tens a digit may follow, after hundreds anything below; two digits in a row are no number.
      if (last < 10 || (last < 100 && (value >= 10 || last < 20))) return null;
      section += value;
      last = value === 0 ? 1 : value;
    } else if (part === 'hundred') {
      section = Math.max(1, section) * 100;
      last = 100;
    } else if (scale !== undefined) {
      total += Math.max(1, section) * scale;
      section = 0;
      last = scale;
    }
  }
  return total + section <= largestInWords ? decimalOf(total + section) : null;
}

const hanDigits = new Map<string, number>(
  ['〇零', '一壹', '二贰貳两兩', '三叁參', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖'].flatMap(
    (chars, value) => [...chars].map((char) => [char, value] as const),
  ),
);
const hanScales = new Map<string, number>([
  ['十', 1],
  ['拾', 1],
  ['百', 2],
  ['佰', 2],
  ['千', 3],
  ['仟', 3],
  ['万', 4],
  ['萬', 4],
  ['亿', 8],
  ['億', 8],
]);

const hanDigit = [...hanDigits.keys()].join('');
const hanScale = [...hanScales.keys()].join('');
/** A number in Chinese characters, alone or mixed with digits: 三千五百, 一百二十万, 3亿2000万, 三点五. */
export const hanNumber = new RegExp(
  `(?:\\d+(?:,\\d{3})*(?:\\.\\d+)?[${hanScale}]+|[${hanDigit}${hanScale}])(?:\\d+(?:,\\d{3})*(?:\\.\\d+)?(?=[${hanScale}])|\\d+(?:\\.\\d+)?(?![\\d.])|[${hanDigit}${hanScale}]|点(?=[${hanDigit}]))*`,
  'gu',
);
const hanToken = new RegExp(`\\d+(?:,\\d{3})*(?:\\.\\d+)?|[${hanDigit}${hanScale}点]`, 'gu');

/** The value of a match of {@link hanNumber}; null for what is no number. */
export function readHanNumber(text: string): Decimal | null {
  const tokens: readonly string[] = text.match(hanToken) ?? [];
  const point = tokens.indexOf('点');
  if (point >= 0) return readHanFraction(tokens, point);
  const isDigitByDigit = tokens.length > 1 && tokens.every((token) => hanDigits.has(token));
  if (isDigitByDigit) return parseDecimal(tokens.map((token) => hanDigits.get(token)).join(''));
  return readHanWhole(tokens);
}

/** 三点五, 三点五万: digits after the point, then scales. */
function readHanFraction(tokens: readonly string[], point: number): Decimal | null {
  const whole = readHanWhole(tokens.slice(0, point));
  const after = tokens.slice(point + 1);
  const firstScale = after.findIndex((token) => hanScales.has(token));
  const digits = firstScale < 0 ? after : after.slice(0, firstScale);
  const scales = firstScale < 0 ? [] : after.slice(firstScale);
  if (whole === null || digits.some((token) => !hanDigits.has(token))) return null;
  if (scales.some((token) => !hanScales.has(token))) return null;
  const fraction = parseDecimal(`0.${digits.map((token) => hanDigits.get(token)).join('')}`);
  const power = scales.reduce((sum, token) => sum + (hanScales.get(token) ?? 0), 0);
  return fraction === null ? null : timesPowerOfTen(add(whole, fraction), power);
}

function readHanWhole(tokens: readonly string[]): Decimal | null {
  let [total, section] = [zero, zero];
  let digit: Decimal | null = null;
  let lastScale: number | null = null;
  for (const token of tokens) {
    const value = hanDigits.get(token);
    const scale = hanScales.get(token);
    if (scale === undefined) {
      const read: Decimal | null =
        value === undefined ? parseDecimal(token.replaceAll(',', '')) : decimalOf(value);
      // Two digits in a row are no number, but for the zero of 一百零五.
      if (read === null || (digit !== null && digit.coefficient !== 0n)) return null;
      digit = read;
      if (value === 0) lastScale = null;
    } else if (scale < 4) {
      const isBare = digit === null || digit.coefficient === 0n;
      section = add(section, timesPowerOfTen(digit === null || isBare ? decimalOf(1) : digit, scale));
      digit = null;
      lastScale = scale;
    } else {
      const below: Decimal = digit === null ? section : add(section, digit);
      const isBare = below.coefficient === 0n;
      // 万亿: the scale of all that came before, where nothing lies between.
      total = isBare
        ? multiply(total.coefficient === 0n ? decimalOf(1) : total, decimalOf(10 ** scale))
        : add(total, timesPowerOfTen(below, scale));
      [section, digit, lastScale] = [zero, null, scale];
    }
  }
  if (digit === null) return add(total, section);
  // 三千五 is 3,500, 一万二 is 12,000: a last digit counts one scale below the one before.
  const counted = lastScale !== null && lastScale > 1 ? timesPowerOfTen(digit, lastScale - 1) : digit;
  return add(add(total, section), counted);
}
