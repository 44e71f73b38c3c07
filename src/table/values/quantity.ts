import type { Bound } from '../reading.ts';
import { boundAfter } from './bounds.ts';
import { skipSpaces } from './characters.ts';
import { readMeasuredEnd, readSmallerPart } from './compound-units.ts';
import { currencyAfter } from './currencies.ts';
import type { DecimalMark } from './digits.ts';
import { readLead } from './lead.ts';
import { readMagnitude } from './magnitude.ts';
import { isCodeAfter, isHeadOfCode, isTailOfCode, otherNotationEnd } from './not-a-quantity.ts';
import { readRangeEnd } from './range.ts';
import { readScale } from './scales.ts';
import { readHanMeasure, readMeasure, readNounUnit, readPerUnit } from './unit-after.ts';

/** A number with all that belongs to it: bound, sign, currency, scale, unit. */
export interface Quantity {
  /** From the bound, sign or currency before the digits to the end of the unit. */
  readonly start: number;
  readonly end: number;
  /** The digits with scale and percent sign; of a range, both numbers. */
  readonly numberStart: number;
  readonly numberEnd: number;
  readonly number: number;
  readonly percentage: boolean;
  readonly unit: string | null;
  readonly unitKind: 'currency' | 'measure' | 'noun' | null;
  readonly bound: Bound | null;
  /** Digits alone, without separators, decimals, sign, scale or measure: may be a year or an identifier. */
  readonly plain: boolean;
  /** Whether the text itself scales the number ("million", "k"). */
  readonly scaled: boolean;
  /** Whether the number stands alone in round brackets, as accountants write negatives. */
  readonly bracketed: boolean;
}

export interface QuantityContext {
  /** Nothing before this position belongs to the quantity. */
  readonly from: number;
  readonly decimalMark: DecimalMark | null;
  /** Whether a noun phrase after the number is its unit. */
  readonly nouns: boolean;
}

const percentSign =
  /\s?[%％]|[\s-]?(?:percent|per cent|pct\.?|percentage points?|百分点|个百分点)(?!\p{L})/iuy;

interface Unit {
  readonly unit: string | null;
  readonly kind: Quantity['unitKind'];
  readonly end: number;
}

function readUnit(
  text: string,
  position: number,
  options: { readonly currency: string | null; readonly nouns: boolean },
): Unit | null {
  const after = currencyAfter(text, position);
  const code = options.currency ?? after?.code ?? null;
  if (code !== null) {
    const end = after !== null && after.code === code ? after.end : position;
    const per = readPerUnit(text, end);
    return { unit: per === null ? code : `${code}/${per.per}`, kind: 'currency', end: per?.end ?? end };
  }
  const measure = readMeasure(text, position) ?? readHanMeasure(text, position);
  if (measure !== null || !options.nouns) return measure;
  const per = readPerUnit(text, position);
  if (per !== null) return { unit: `/${per.per}`, kind: 'noun', end: per.end };
  return readNounUnit(text, position);
}

function percentEnd(text: string, position: number): number {
  percentSign.lastIndex = position;
  return percentSign.test(text) ? percentSign.lastIndex : -1;
}

/** The number so far and where it ends. */
interface Progress {
  readonly number: number;
  readonly end: number;
  readonly bound: Bound | null;
  readonly percentage: boolean;
  readonly scaled: boolean;
}

/** The number at `position` with its percent sign, or the middle of the range that begins there. */
function readNumberOrRange(
  text: string,
  position: number,
  options: { readonly lead: ReturnType<typeof readLead>; readonly decimalMark: DecimalMark | null },
): (Progress & { readonly plain: boolean }) | null {
  const { lead, decimalMark } = options;
  const money = lead.currency !== null;
  const magnitude = readMagnitude(text, position, { decimalMark, money });
  if (magnitude === null) return null;
  const percent = percentEnd(text, magnitude.end);
  const percentage = percent >= 0;
  const end = percentage ? percent : magnitude.end;
  const range = readRangeEnd(text, {
    position: end,
    decimalMark,
    opening: lead.opening,
    money,
    percentage,
    negative: lead.negative,
  });
  if (range === 'code') return null;
  const { number, scaled } = magnitude;
  if (range === null)
    return {
      number,
      end,
      bound: lead.bound,
      percentage,
      scaled,
      plain: !magnitude.written && !scaled && !percentage,
    };
  // "$4-5 billion": the scale belongs to both ends.
  const lowest = !scaled && range.exponent > 0 ? magnitude.times(range.exponent) : number;
  // "-20 to 60": the sign is that of the lower end alone.
  const low = lead.negative ? -lowest : lowest;
  if (range.number < low) return null;
  return {
    number: Number(((low + range.number) / 2).toPrecision(14)),
    end: range.end,
    bound: 'range',
    percentage: percentage || range.percentage,
    scaled: scaled || range.exponent > 0,
    plain: false,
  };
}

/**
 * Reads the quantity whose first digit (or numeral) is at `position`, with what belongs to it on both sides.
 * Null for digits of dates, times, coordinates, telephone numbers, dimensions, versions, codes and ordinals.
 */
export function readQuantity(text: string, position: number, context: QuantityContext): Quantity | null {
  const { from, decimalMark, nouns } = context;
  const isTail = isTailOfCode(text, position, from);
  const pointFirst = position > from && text.charAt(position - 1) === '.' && !isTail;
  if (isTail || otherNotationEnd(text, position, from) !== null) return null;
  const numberStart = pointFirst ? position - 1 : position;
  const lead = readLead(text, numberStart, from);
  const read = readNumberOrRange(text, position, { lead, decimalMark });
  if (read === null) return null;
  const shift = pointFirst ? 10 ** -(read.end - position) : 1;
  let { number, bound, end } = read;
  let scaled = read.scaled;
  let isRange = bound === 'range';
  if (pointFirst) number = Number((number * shift).toPrecision(12));
  const readBound = (): void => {
    const after = boundAfter(text, end);
    if (after === null) return;
    ({ end } = after);
    bound ??= after.bound;
  };
  readBound();
  const unit = read.percentage ? null : readUnit(text, end, { currency: lead.currency, nouns });
  if (unit !== null) ({ end } = unit);
  else if (end === read.end && !read.percentage && isHeadOfCode(text, end)) return null;
  if (unit?.kind === 'measure' && unit.unit !== null) {
    const smaller = readSmallerPart(text, end, unit.unit);
    if (smaller !== null) {
      number = Number((number + smaller.number).toPrecision(14));
      ({ end } = smaller);
    }
    const low = lead.negative ? -number : number;
    const upper =
      bound === null && lead.opening !== 'from'
        ? readMeasuredEnd(text, end, { unit: unit.unit, decimalMark })
        : null;
    if (upper !== null && upper.number > low) {
      number = Number(((low + upper.number) / 2).toPrecision(14));
      ({ end } = upper);
      bound = 'range';
      isRange = true;
    }
  } else if (unit?.kind === 'currency' && !scaled && end > read.end) {
    // "12.5 EUR million"
    const scale = readScale(text, end, true);
    if (scale !== null) {
      number = Number((number * 10 ** scale.exponent).toPrecision(15));
      ({ end } = scale);
      scaled = true;
    }
  }
  readBound();
  if (isCodeAfter(text, end)) return null;
  const isOpen = (at: number): boolean => at > from && text.charAt(at - 1) === '(';
  return {
    start: lead.start,
    end,
    numberStart,
    numberEnd: read.end,
    number: lead.negative && !isRange ? -number : number,
    percentage: read.percentage,
    unit: unit?.unit ?? null,
    unitKind: unit?.kind ?? null,
    bound,
    plain:
      read.plain && !pointFirst && !lead.negative && unit?.kind !== 'currency' && unit?.kind !== 'measure',
    scaled,
    bracketed: (isOpen(lead.start) || isOpen(numberStart)) && text.charAt(skipSpaces(text, end)) === ')',
  };
}
