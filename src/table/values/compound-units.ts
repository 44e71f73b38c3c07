import { isDigitCode } from './characters.ts';
import { readMeasure } from './unit-after.ts';
import { convertUnit } from './units.ts';

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
