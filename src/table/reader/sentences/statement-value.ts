import type { ReadValue } from '../../reading.ts';
import type { FoundNumber } from '../../values/index.ts';

/** What a sentence states, before it is put into a reading. Offsets are within the document's text. */
export interface SentenceStatement {
  readonly label: readonly string[];
  readonly value: ReadValue;
  readonly period: string | null;
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly rule: string;
}

/** The value of a number in prose; `counted` is what it counts, where the noun is part of the label already. */
export function numberValue(number: FoundNumber, sign = 1): ReadValue {
  if (number.percentage) return { type: 'percentage', number: sign * number.number, bound: number.bound };
  return { type: 'number', number: sign * number.number, unit: number.unit, bound: number.bound };
}
