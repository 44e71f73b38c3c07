import type { ReadValue } from '../reading.ts';
import {
  convertUnit,
  findNumbers,
  foldLabel,
  isMissing,
  matchDateAt,
  readDate,
  readStatedValues,
} from '../values/index.ts';
import type { DeclaredField } from './declared-field.ts';

/** A value without its notation: numbers in full magnitude, dates as ISO 8601. */
export type CanonicalValue = Exclude<ReadValue, { type: 'missing' }>;

/** What a model's words say of a field: a value, that the document states none, or nothing that the field takes. */
export type Stated =
  | { readonly status: 'value'; readonly value: CanonicalValue }
  | { readonly status: 'not-stated' }
  | { readonly status: 'unfit' };

const notStated =
  /^(?:none|null|not (?:stated|given|mentioned|specified|available|provided)|unknown|unspecified)[.]?$/i;
const longestText = 1_000;

/** Reads what a model wrote as the value of a field. */
export function readModelValue(written: string, field: DeclaredField): Stated {
  const raw = written
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim();
  if (raw === '' || notStated.test(raw) || isMissing(raw)) return { status: 'not-stated' };
  const value = canonicalValue(raw, field);
  return value === null ? { status: 'unfit' } : { status: 'value', value };
}

function canonicalValue(raw: string, { type, values }: DeclaredField): CanonicalValue | null {
  switch (type) {
    case 'number':
    case 'percentage':
      return numberOf(raw, type);
    case 'date':
      return dateOf(raw);
    case 'boolean':
      return booleanOf(raw);
    case 'list': {
      const items = itemsOf(raw).map((item) => (values.length === 0 ? item : listedValue(item, values)));
      const known = items.filter((item) => item !== null);
      return known.length === 0 ? null : { type: 'list', items: known };
    }
    case 'text':
    case 'category': {
      const text = values.length === 0 ? raw : listedValue(raw, values);
      return text === null || text.length > longestText ? null : { type: 'text', text };
    }
    case null: {
      const [stated] = readStatedValues({ text: raw });
      if (stated === undefined || stated.value.type === 'missing') return null;
      return raw.length > longestText ? null : stated.value;
    }
  }
}

/** The one number of the words, in the type of the field: a percentage may have lost its sign. */
function numberOf(raw: string, type: 'number' | 'percentage'): CanonicalValue | null {
  const [stated] = readStatedValues({ text: raw });
  let value = stated?.value;
  if (value?.type !== 'number' && value?.type !== 'percentage') {
    const numbers = findNumbers(raw, { words: true });
    const [only] = numbers;
    if (only === undefined || numbers.length > 1) return null;
    const { number, bound, unit, percentage } = only;
    value = percentage ? { type: 'percentage', number, bound } : { type: 'number', number, unit, bound };
  }
  if (value.type === type) return value;
  const { number, bound } = value;
  return type === 'percentage' && value.type === 'number' && value.unit === null
    ? { type: 'percentage', number, bound }
    : null;
}

function dateOf(raw: string): CanonicalValue | null {
  if (/^\d{4}(?:-\d{2})?$/.test(raw)) return { type: 'date', date: raw };
  const whole = readDate(raw);
  if (whole !== null) return { type: 'date', date: whole };
  for (const { index } of raw.matchAll(/(?<![\p{L}\d])[\p{L}\d]/gu)) {
    const date = matchDateAt(raw, index)?.date;
    if (date !== undefined && date !== null) return { type: 'date', date };
  }
  return null;
}

function booleanOf(raw: string): CanonicalValue | null {
  const word = /^\p{L}+/u.exec(raw)?.[0].toLowerCase();
  if (word === 'yes' || word === 'true') return { type: 'boolean', boolean: true };
  return word === 'no' || word === 'false' ? { type: 'boolean', boolean: false } : null;
}

function itemsOf(raw: string): string[] {
  const separator = /[;\n]/.test(raw) ? /[;\n]/ : /,\s/;
  return raw
    .split(separator)
    .map((item) => item.trim().replace(/^[-*•]\s*/, ''))
    .filter((item) => item !== '');
}

/** The listed value that the words are, or the only one that they begin with or hold. */
function listedValue(raw: string, values: readonly string[]): string | null {
  const folded = foldLabel(raw);
  const same = values.find((value) => foldLabel(value) === folded);
  if (same !== undefined) return same;
  const held = values.filter((value) => ` ${folded} `.includes(` ${foldLabel(value)} `));
  return held.length === 1 ? (held[0] ?? null) : null;
}

/** Relative difference at which two numbers are one: conversions of units round. */
const roundingDifference = 1e-9;

/** Whether two values say the same: in whatever unit and notation, with or without its unit. */
export function sameValue(left: CanonicalValue, right: CanonicalValue): boolean {
  switch (left.type) {
    case 'number':
      return right.type === 'number' && sameNumber(left.number, inUnit(right, left.unit));
    case 'percentage':
      return right.type === 'percentage' && sameNumber(left.number, right.number);
    case 'date':
      return right.type === 'date' && left.date === right.date;
    case 'boolean':
      return right.type === 'boolean' && left.boolean === right.boolean;
    case 'text':
      return right.type === 'text' && foldLabel(left.text) === foldLabel(right.text);
    case 'list':
      return right.type === 'list' && foldItems(left.items) === foldItems(right.items);
  }
}

function inUnit({ number, unit }: { number: number; unit: string | null }, to: string | null): number | null {
  if (unit === null || to === null || unit === to) return number;
  return convertUnit({ number, from: unit, to }) ?? (foldLabel(unit) === foldLabel(to) ? number : null);
}

function sameNumber(left: number, right: number | null): boolean {
  if (right === null) return false;
  return Math.abs(left - right) <= roundingDifference * Math.max(Math.abs(left), Math.abs(right));
}

const foldItems = (items: readonly string[]): string => items.map(foldLabel).sort().join('\n');
