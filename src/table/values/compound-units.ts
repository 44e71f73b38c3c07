import { isDigitCode } from './characters.ts';
import type { DecimalMark } from './digits.ts';
import { readDigits } from './digits.ts';
import { readMeasure } from './unit-after.ts';
import { convertUnit } from './units.ts';

const until = /\s[-–—−~～]\s|[–—~～…]|\s(?:to|bis|à)\s|[至到]/iuy;
const sign = /[-−–]?(?=\d)/uy;

/**
 * The upper end of a range whose ends both have their unit, " – 20 kHz" of "20 Hz – 20 kHz", in the unit of the
 * lower one. Null where none follows.
 */
export function readMeasuredEnd(
  text: string,
  position: number,
  lower: { readonly unit: string; readonly decimalMark: DecimalMark | null },
): { readonly number: number; readonly end: number } | null {
  until.lastIndex = position;
  if (!until.test(text)) return null;
  sign.lastIndex = until.lastIndex;
  const minus = sign.exec(text)?.[0];
  if (minus === undefined) return null;
  const digits = readDigits(text, sign.lastIndex, lower.decimalMark);
  const measure = digits === null ? null : readMeasure(text, digits.end);
  if (digits === null || measure === null) return null;
  const number = (minus === '' ? 1 : -1) * Number(digits.digits);
  const converted = convertUnit({ number, from: measure.unit, to: lower.unit });
  return converted === null ? null : { number: converted, end: measure.end };
}

const joint = /(?:,?\s(?:and\s)?|)(?=\d{1,3}\s?\p{L})/uy;
const part = /\d{1,3}(?:\.\d{1,3})?/y;

/**
 * The smaller parts of a measure in several units after the first: " 11 in" of "5 ft 11 in", " 30 min" of
 * "2 h 30 min", in the first one's unit. Null where none follow.
 */
export function readSmallerPart(
  text: string,
  position: number,
  unit: string,
): { readonly number: number; readonly end: number } | null {
  joint.lastIndex = position;
  if (!joint.test(text) || !isDigitCode(text.charCodeAt(joint.lastIndex))) return null;
  part.lastIndex = joint.lastIndex;
  const digits = part.exec(text)?.[0];
  if (digits === undefined) return null;
  const measure = readMeasure(text, part.lastIndex);
  if (measure === null || measure.unit === unit) return null;
  // "1h 30m": behind hours, m are minutes.
  const from = unit === 'h' && measure.unit === 'm' ? 'min' : measure.unit;
  const one = convertUnit({ number: 1, from, to: unit });
  if (one === null || one >= 1 || Number(digits) * one >= 1) return null;
  return { number: Number(digits) * one, end: measure.end };
}
