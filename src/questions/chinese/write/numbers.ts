import { NoWordingError } from '../../write/wording.ts';
import type { WrittenUnit } from '../../write/units.ts';
import { unitsInChinese } from '../vocabulary.ts';
import type { ChineseWording } from './wording.ts';

const scales = [
  { name: '万亿', value: 1e12 },
  { name: '亿', value: 1e8 },
  { name: '万', value: 1e4 },
] as const;

/** A number in digits. */
export function digits(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  if (Math.abs(value) < 1 || !Number.isFinite(value)) throw new NoWordingError(`the number ${text}`);
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 0 });
}

/** A number in digits, or with 万 or 亿 where that is short. */
function numberPhrase(value: number, { choose }: Pick<ChineseWording, 'choose'>): string {
  const scale = scales.find((each) => Math.abs(value) >= each.value);
  if (scale === undefined) return digits(value);
  const scaled = Number((value / scale.value).toPrecision(15));
  const isShort = Number.isInteger(scaled * 100) && Math.abs(scaled) < 1e5;
  if (!isShort) return digits(value);
  const short = `${digits(scaled)}${scale.name}`;
  return scale.name === '万' ? choose([short, digits(value)]) : short;
}

/** A number in the unit of what it is compared with: `60%`, `5亿元`, `300 sq mi`. */
export function amountPhrase(
  value: number,
  { percentage, unit }: WrittenUnit,
  wording: Pick<ChineseWording, 'choose'>,
): string {
  const number = numberPhrase(value, wording);
  if (percentage) return value < 0 ? `${number}%` : wording.choose([`${number}%`, `百分之${digits(value)}`]);
  if (unit === null) return number;
  const name = unitsInChinese.get(unit);
  return wording.choose([name === undefined ? `${number} ${unit}` : `${number}${name}`, number]);
}

const smallNumbers = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'];

/** How many rows: `5家`, `五家`. */
export function countPhrase(
  count: number,
  { choose, counter }: Pick<ChineseWording, 'choose' | 'counter'>,
): string {
  const word = smallNumbers[count];
  return word === undefined ? `${count}${counter}` : choose([`${count}${counter}`, `${word}${counter}`]);
}

/** `二` of 第二; digits beyond ten. */
export const placePhrase = (place: number): string =>
  place === 2 ? '二' : (smallNumbers[place] ?? String(place));

/** A date with the precision it has: `2021年3月9日`. */
export function datePhrase(date: string, { choose }: Pick<ChineseWording, 'choose'>): string {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return `${year}年`;
  const stem = `${year}年${Number(month)}月`;
  return day === undefined ? stem : choose([`${stem}${Number(day)}日`, date]);
}

/** A period of a field: `2022年的`, `2022年第三季度的`. */
export function periodPhrase(period: string): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter !== null) return `${quarter[1]}年第${placePhrase(Number(quarter[2]))}季度的`;
  return /^\d{4}$/.test(period) ? `${period}年的` : `${period}的`;
}
