import { decimalOf, type Decimal } from './decimal.ts';
import type { AnswerType } from './grade.ts';
import { parseJsonLoosely } from './loose-json.ts';
import { plainCharacters } from './plain-characters.ts';
import { readDates, type StatedDate } from './read-dates.ts';
import { readList } from './read-list.ts';
import { readWholeNumber } from './read-numbers.ts';
import { unwrap } from './unwrap.ts';

/** The right answer, as a value of its type. */
export type GoldAnswer =
  | { readonly type: 'number' | 'percentage'; readonly value: Decimal }
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'date'; readonly date: StatedDate }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'rows'; readonly rows: readonly (readonly string[])[] };

/**
 * Reads a right answer, a JSON value or text in the published notation. Without a type it is inferred: an array is a
 * list, or rows where all items are arrays; text is what it is as a whole: JSON, a number, a percentage, a date; else a
 * string. A text that is not of the given type is a string.
 *
 * @returns null where there is no answer.
 */
export function readGold(answer: unknown, answerType?: AnswerType): GoldAnswer | null {
  if (answer === null || answer === undefined) return null;
  if (typeof answer === 'number') return readNumber(answer, answerType);
  if (typeof answer === 'boolean') return { type: 'string', text: answer ? 'yes' : 'no' };
  if (Array.isArray(answer)) return readArray(answer, answerType);
  if (typeof answer === 'object')
    return { type: 'rows', rows: Object.entries(answer).map((row) => row.map(cellText)) };
  const text = String(answer).trim();
  if (
    answerType === 'list' ||
    answerType === 'rows' ||
    (answerType === undefined && /^\[[\s\S]*\]$/u.test(text))
  ) {
    const value = /^[[{]/u.test(text) ? parseJsonLoosely(text) : undefined;
    if (Array.isArray(value)) return readArray(value, answerType);
    if (typeof value === 'object' && value !== null) return readGold(value);
    if (answerType !== undefined) return { type: 'list', items: readList(text).items };
  }
  return readText(text, answerType);
}

function readNumber(value: number, answerType: AnswerType | undefined): GoldAnswer | null {
  if (!Number.isFinite(value)) return null;
  const text = String(value);
  if (answerType === 'date') return readText(text, answerType);
  if (answerType === 'string') return { type: 'string', text };
  if (answerType === 'list') return { type: 'list', items: [text] };
  return { type: answerType === 'percentage' ? 'percentage' : 'number', value: decimalOf(value) };
}

function readArray(items: readonly unknown[], answerType: AnswerType | undefined): GoldAnswer {
  const isRows = items.length > 0 && items.every((item) => typeof item === 'object' && item !== null);
  if (answerType === 'rows' || (answerType !== 'list' && isRows)) {
    return { type: 'rows', rows: items.map(cellsOf) };
  }
  const [only] = items;
  const isScalar = answerType !== undefined && answerType !== 'list';
  if (isScalar && items.length === 1) return readGold(only, answerType) ?? { type: 'list', items: [] };
  return { type: 'list', items: items.map(cellText) };
}

function cellsOf(row: unknown): string[] {
  if (Array.isArray(row)) return row.map(cellText);
  if (typeof row === 'object' && row !== null) return Object.values(row).map(cellText);
  return [cellText(row)];
}

/** A cell or item as text; a missing one is empty. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function readText(text: string, answerType: AnswerType | undefined): GoldAnswer | null {
  if (text === '') return null;
  const plain = plainCharacters(unwrap(text));
  if ((answerType === undefined && !plainNumber.test(plain)) || answerType === 'date') {
    const date = readWholeDate(plain);
    if (date !== null && (answerType === 'date' || date.month !== null)) return { type: 'date', date };
  }
  if (answerType === undefined || answerType === 'number' || answerType === 'percentage') {
    const number = /\d/u.test(plain) || answerType !== undefined ? readWholeNumber(plain) : null;
    const isNumber = number !== null && (!number.isWeak || answerType !== undefined);
    if (isNumber) {
      const isPercentage = number.isPercentage || answerType === 'percentage';
      return { type: isPercentage ? 'percentage' : 'number', value: number.values[0] };
    }
  }
  return { type: 'string', text: unwrap(text) };
}

/** 2021.5 is a number, although 2021.05 may be a date elsewhere. */
export const plainNumber = /^[-+]?[\d,]*\.?\d+$/u;

/** The date that a text is as a whole; null where it is something else. */
export function readWholeDate(text: string): StatedDate | null {
  const trimmed = text.trim();
  const [only, ...others] = readDates(trimmed);
  if (only === undefined || others.length > 0) return null;
  return only.start === 0 && only.end === trimmed.length ? only : null;
}
