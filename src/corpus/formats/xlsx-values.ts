import { SSF } from '@e965/xlsx';
import type { CellObject } from '@e965/xlsx';

/** What a cell holds, as far as it tells headers from data and one column from another. */
export type CellType = 'text' | 'number' | 'percentage' | 'date' | 'boolean';

/** A cell's value as text and what kind of value it is. */
export interface CellValue {
  readonly text: string;
  readonly type: CellType;
}

interface NumberFormats {
  readonly is_date: (format: string) => boolean;
  readonly format: (format: string, value: number) => string;
  readonly parse_date_code: (
    value: number,
    options: { readonly date1904: boolean },
  ) => {
    readonly y: number;
    readonly m: number;
    readonly d: number;
    readonly H: number;
    readonly M: number;
    readonly S: number;
  } | null;
}

const numberFormats: NumberFormats = SSF;

/** What a number format adds to a number, once for each format. */
interface FormatMeaning {
  readonly kind: 'plain' | 'percentage' | 'date' | 'digits';
  readonly prefix: string;
  readonly suffix: string;
  readonly hasTime: boolean;
  readonly hasDay: boolean;
  readonly hasMonth: boolean;
  readonly hasYear: boolean;
}

const significantDigits = 15;

/** Writes cells as text: numbers in full precision with the unit that their format shows, dates in ISO 8601. */
export class CellTexts {
  readonly #date1904: boolean;
  readonly #meanings = new Map<string, FormatMeaning>();

  constructor(options: { readonly date1904: boolean }) {
    this.#date1904 = options.date1904;
  }

  /** @returns null for a cell that is empty or holds an error such as `#DIV/0!`. */
  valueOf(cell: CellObject): CellValue | null {
    const { t: type, v: value } = cell;
    if (typeof value === 'string' && type === 's') {
      const text = value.replaceAll(/[\u00ad\u200b\ufeff]/gu, '').trimEnd();
      return text.trim() === '' ? null : { text, type: 'text' };
    }
    if (typeof value === 'boolean') return { text: value ? 'true' : 'false', type: 'boolean' };
    if (typeof value !== 'number' || type !== 'n') return null;
    return this.#numberValue(value, typeof cell.z === 'string' ? cell.z : 'General');
  }

  #numberValue(value: number, format: string): CellValue {
    const meaning = this.#meaning(format);
    switch (meaning.kind) {
      case 'date': {
        const text = this.#dateText(value, meaning);
        return text === null ? { text: plainNumber(value), type: 'number' } : { text, type: 'date' };
      }
      case 'percentage':
        return { text: `${plainNumber(value * 100)}%`, type: 'percentage' };
      case 'digits':
        return { text: numberFormats.format(format, value), type: 'text' };
      case 'plain': {
        const sign = value < 0 ? '-' : '';
        const text = `${sign}${meaning.prefix}${plainNumber(Math.abs(value))}${meaning.suffix}`;
        return { text, type: 'number' };
      }
    }
  }

  #dateText(value: number, meaning: FormatMeaning): string | null {
    const date = numberFormats.parse_date_code(value, { date1904: this.#date1904 });
    if (date === null || date === undefined) return null;
    const time = `${twoDigits(date.H)}:${twoDigits(date.M)}${date.S === 0 ? '' : `:${twoDigits(date.S)}`}`;
    if (!meaning.hasYear && !meaning.hasDay && meaning.hasTime) return time;
    const year = String(date.y).padStart(4, '0');
    if (meaning.hasYear && !meaning.hasDay) return meaning.hasMonth ? `${year}-${twoDigits(date.m)}` : year;
    const day = `${year}-${twoDigits(date.m)}-${twoDigits(date.d)}`;
    return meaning.hasTime && value % 1 !== 0 ? `${day} ${time}` : day;
  }

  #meaning(format: string): FormatMeaning {
    const known = this.#meanings.get(format);
    if (known !== undefined) return known;
    const meaning = readFormat(format);
    this.#meanings.set(format, meaning);
    return meaning;
  }
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** A number without the noise of binary fractions and without an exponent. */
function plainNumber(value: number): string {
  const rounded = Number(value.toPrecision(significantDigits));
  const text = String(rounded);
  if (!text.includes('e')) return text;
  const fixed =
    Math.abs(rounded) < 1 ? rounded.toFixed(20).replace(/0+$/u, '') : rounded.toLocaleString('en-US');
  return fixed.replaceAll(',', '');
}

function readFormat(format: string): FormatMeaning {
  const section = firstSection(format);
  const plain = { prefix: '', suffix: '', hasTime: false, hasDay: false, hasMonth: false, hasYear: false };
  const code = section
    .replaceAll(/"[^"]*"/gu, '')
    .replaceAll(/\\./gu, '')
    .replaceAll(/[_*]./gu, '')
    .replaceAll(/\[[^\]]*\]/gu, '');
  if (numberFormats.is_date(section)) {
    const hasTime = /[hs]/iu.test(code) || /\[[hms]+\]/iu.test(section);
    const hasDay = /d/iu.test(code);
    const hasYear = /y/iu.test(code);
    return { ...plain, kind: 'date', hasTime, hasDay, hasYear, hasMonth: /m/iu.test(code) };
  }
  if (code.includes('%')) return { ...plain, kind: 'percentage' };
  if (/^0{2,}$|^0+(?:[-/ ]0+)+$/u.test(code)) return { ...plain, kind: 'digits' };
  // A format in thousands or millions shows a word for them, but the cell holds the full number.
  if (/[0#?],+(?:\.|[^0#?,.]|$)/u.test(code)) return { ...plain, kind: 'plain', ...currencyOnly(section) };
  return { ...plain, kind: 'plain', ...affixes(section) };
}

/** The part of a format for positive numbers; a semicolon within quotes ends nothing. */
function firstSection(format: string): string {
  const end = /^(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\[])*/u.exec(format);
  return end === null || end[0] === '' ? format : end[0];
}

const affixPattern =
  /"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|[_*].|([$€£¥₹])|([0#?][0#?.,]*)|(E[+-]0+)|./giu;

/** The texts that a format sets before and after the number. */
function affixes(section: string): { prefix: string; suffix: string } {
  let prefix = '';
  let suffix = '';
  let numberSeen = false;
  for (const match of section.matchAll(affixPattern)) {
    if (match[5] !== undefined) numberSeen = true;
    const text = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    if (numberSeen) suffix += text;
    else prefix += text;
  }
  return { prefix: affix(prefix), suffix: affix(suffix) === '' ? '' : ` ${affix(suffix)}` };
}

/** Parentheses and signs say that a number is negative, which its sign says already. */
function affix(text: string): string {
  const trimmed = text.trim();
  return /[\p{L}\p{Sc}°%‰²³/]/u.test(trimmed) && !/[()]/u.test(trimmed) ? trimmed : '';
}

function currencyOnly(section: string): { prefix: string; suffix: string } {
  const { prefix, suffix } = affixes(section);
  const currency = /\p{Sc}|\b[A-Z]{3}\b/u;
  return {
    prefix: currency.exec(prefix)?.[0] ?? '',
    suffix: currency.test(suffix) ? ` ${currency.exec(suffix)?.[0] ?? ''}` : '',
  };
}
