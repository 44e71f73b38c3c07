import type { Bound } from '../reading.ts';
import { decimalMarkOf } from './digits.ts';
import { numberWordStarts, readNumberWords } from './number-words.ts';
import { codeEnd, otherNotationEnd } from './not-a-quantity.ts';
import { readQuantity } from './quantity.ts';
import type { Quantity } from './quantity.ts';
import { readMeasure, readNounUnit } from './unit-after.ts';

/** A number in a text. Offsets are within that text. */
export interface FoundNumber {
  /** From the bound, sign or currency before the digits to the end of the unit. */
  readonly start: number;
  readonly end: number;
  /** The digits with scale and percent sign. */
  readonly numberStart: number;
  readonly numberEnd: number;
  /** Full magnitude; 12.34 for 12.34 %. */
  readonly number: number;
  readonly percentage: boolean;
  /** An ISO 4217 code, a measure's symbol, or (with `nouns`) what is counted. */
  readonly unit: string | null;
  readonly unitKind: 'currency' | 'measure' | 'noun' | null;
  readonly bound: Bound | null;
  /** Spelled in words: "twenty-five". */
  readonly spelled: boolean;
}

export interface FindNumbersOptions {
  /** A BCP 47 tag that settles whether `1,234` groups or has decimals; English by default. */
  readonly locale?: string;
  /** Also numbers spelled in English words, for running prose; off by default. */
  readonly words?: boolean;
  /** Whether the noun phrase after a number is its unit; off by default, so that only measures are units. */
  readonly nouns?: boolean;
}

const firstNumeral =
  /[\d０-９½¼¾⅓⅔⅛]|[〇零一二两三四五六七八九十百千](?=[〇零一二两三四五六七八九十百千万亿])/gu;
const firstNumeralOrWord = new RegExp(
  `[\\d０-９½¼¾⅓⅔⅛]|[〇零一二两三四五六七八九十百千](?=[〇零一二两三四五六七八九十百千万亿])|(?<![\\p{L}\\d-])(?:${numberWordStarts})(?![\\p{L}])`,
  'giu',
);

const isYear = (found: Quantity): boolean =>
  found.plain && found.number >= 1000 && found.number < 2200 && found.numberEnd - found.numberStart === 4;

/** Nouns that a bare number after them identifies and does not count. */
const numbered =
  /(?:^|[^\p{L}])(?:no|nos|number|section|sections|chapter|table|tables|figure|figures|fig|page|pages|pp?|article|item|note|notes|step|phase|type|grade|version|v|room|flight|route|highway|channel|volume|vol|issue|part|appendix|exhibit|rule|form|building|gate|line|lot|unit|level|class|group|cohort|arm|study|day|week|question|code)\.?\s$/iu;
const yearContext =
  /(?:^|[^\p{L}])(?:in|since|of|by|from|until|till|during|before|after|year|years|the|and|to|for|early|late|mid|around|about|circa|through|between|season|q[1-4]|fy|fiscal)\s$/iu;

function isIdentifier(text: string, found: Quantity): boolean {
  if (!found.plain || found.unitKind === 'measure') return false;
  const before = text.slice(Math.max(0, found.start - 16), found.start);
  if (isYear(found)) return found.unitKind === null || yearContext.test(before);
  return before.length > 1 && numbered.test(before);
}

/**
 * Finds all numbers that state a quantity, with their spans, units and bounds, in order. Years, dates, times,
 * coordinates, telephone numbers, versions, codes and ordinals are left out. Linear in the text's length.
 */
export function findNumbers(text: string, options: FindNumbersOptions = {}): FoundNumber[] {
  const decimalMark = decimalMarkOf(options.locale);
  const nouns = options.nouns ?? false;
  const pattern = options.words === true ? firstNumeralOrWord : firstNumeral;
  const found: FoundNumber[] = [];
  let from = 0;
  let at = 0;
  for (;;) {
    pattern.lastIndex = at;
    const next = pattern.exec(text);
    if (next === null) return found;
    const { index } = next;
    if (/\p{Script=Latin}/u.test(next[0])) {
      const spelled = readSpelled(text, index, nouns);
      at = spelled?.end ?? index + next[0].length;
      if (spelled !== null) {
        found.push(spelled);
        from = spelled.end;
      }
      continue;
    }
    const quantity = readQuantity(text, index, { from, decimalMark, nouns });
    if (quantity === null) {
      at = Math.max(otherNotationEnd(text, index, from) ?? 0, codeEnd(text, index));
      continue;
    }
    at = quantity.end;
    if (isIdentifier(text, quantity)) continue;
    from = quantity.end;
    const accountants = quantity.bracketed && quantity.unitKind === 'currency';
    found.push({
      start: quantity.start,
      end: quantity.end,
      numberStart: quantity.numberStart,
      numberEnd: quantity.numberEnd,
      number: accountants ? -quantity.number : quantity.number,
      percentage: quantity.percentage,
      unit: quantity.unit,
      unitKind: quantity.unitKind,
      bound: quantity.bound,
      spelled: false,
    });
  }
}

const percentWords = /\s(?:percent|per cent|percentage points?)(?!\p{L})/iuy;

function readSpelled(text: string, position: number, nouns: boolean): FoundNumber | null {
  const words = readNumberWords(text, position);
  if (words === null) return null;
  percentWords.lastIndex = words.end;
  const percentage = percentWords.test(text);
  const numberEnd = percentage ? percentWords.lastIndex : words.end;
  const unit = percentage
    ? null
    : (readMeasure(text, words.end) ?? (nouns ? readNounUnit(text, words.end) : null));
  return {
    start: position,
    end: unit?.end ?? numberEnd,
    numberStart: position,
    numberEnd,
    number: words.number,
    percentage,
    unit: unit?.unit ?? null,
    unitKind: unit?.kind ?? null,
    bound: null,
    spelled: true,
  };
}
