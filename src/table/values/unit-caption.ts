import { currencyOf } from './currencies.ts';
import { letterExponent, scaleExponent } from './scales.ts';
import { hanMeasureWord } from './unit-after.ts';
import { canonicalUnit, measureSymbol } from './units.ts';

/** What a caption says about the numbers below it: "(in millions of USD, except per share data)". */
export interface UnitCaption {
  /** What the numbers are to be multiplied by; 1 where only a unit is stated. */
  readonly scale: number;
  /** An ISO 4217 code, the symbol of a measure, `%` for percentages, or null. */
  readonly unit: string | null;
  /** Whether figures per share are excepted, so that the scale does not apply to them. */
  readonly exceptPerShare: boolean;
}

const longestCaption = 160;
const scaleToken =
  /(?<![\p{L}])(thousands?|hundreds?|millions?|billions?|trillions?|mn|mln|mio|bn|bln|tn|lakhs?|lacs?|crores?|cr|thsd|mrd)(?![\p{L}])\.?/iu;
const noughts = /['’]?(?<!\d)(000(?:[,.]?000)?)(?:['’]?s)?(?!\d)/;
const hanScale = /(百万|十亿|万亿|千万|[百千万亿])(?=\p{Script=Han}|$|[)）\s,，])/u;
const attachedScale = /(?:^|[\s(（])((?:[A-Z]{0,3}\p{Sc})|[A-Z]{3})\s?(k|K|m|M|mm|MM|b|B)(?=$|[\s)）,;])/u;
/** "TEUR", "k€", "M€": the scale stands before the currency. */
const prefixedCurrency = /(?<![\p{L}])([TkKMm])(€|£|\$|EUR|USD|CHF|GBP)(?![\p{L}])/u;
const prefixScales: ReadonlyMap<string, string> = new Map([
  ['T', 'thousand'],
  ['k', 'thousand'],
  ['K', 'thousand'],
  ['M', 'million'],
  ['m', 'million'],
]);
const exceptions = /[,;，（(]?\s*(?:unless|except|other than|excluding|除).*$/i;
const perShare = /(?:except|other than|excluding|除).*(?:share|每股)/i;
const hanUnit = /单位\s?[:：]?\s?(.{1,32})/;
/** Words of captions that say neither scale nor unit. */
const fillers =
  /(?<![\p{L}])(?:in|of|all|the|and|are|is|amounts?|figures?|numbers?|values?|data|sums?|stated|expressed|presented|shown|given|reported|units?|rounded|to|nearest|consolidated|unaudited|audited)(?![\p{L}])|本位币|币种|单位|金额|货币/giu;
const punctuation = /^[\s()（）[\]*_.,;:：'’=-]*$/;
/** Headers of columns that are no captions, though they name units. */
const header = /^(?:second|minute|min|hour|day|week|month|quarter|year|[ABNJ])s?$/i;

function readCaptionScale(text: string): { readonly exponent: number; readonly token: string } | null {
  const word = scaleToken.exec(text);
  if (word?.[1] !== undefined) {
    const exponent = scaleExponent(word[1]) ?? scaleExponent(word[1].replace(/s$/i, ''));
    return exponent === null ? null : { exponent, token: word[0] };
  }
  const nought = noughts.exec(text);
  if (nought?.[1] !== undefined)
    return { exponent: nought[1].replaceAll(/\D/g, '').length, token: nought[0] };
  const attached = attachedScale.exec(text);
  if (attached?.[1] !== undefined && attached[2] !== undefined && currencyOf(attached[1]) !== null) {
    const exponent = letterExponent(attached[2]);
    return exponent === null ? null : { exponent, token: attached[2] };
  }
  const han = hanScale.exec(text)?.[1];
  const exponent = han === undefined ? null : scaleExponent(han);
  return exponent === null || han === undefined ? null : { exponent, token: han };
}

function unitOfToken(token: string): string | null {
  const bare = token.replaceAll(/^['’]|['’]$/g, '');
  if (/^(?:in|a|all)$/i.test(bare)) return null;
  if (/^(?:[%％]|percent(?:ages?)?|per cent|pct)$/i.test(bare)) return '%';
  const simple = currencyOf(bare) ?? measureSymbol(bare) ?? hanMeasureWord(bare);
  if (simple !== null) return simple;
  const unit = canonicalUnit(bare);
  const stroke = unit.indexOf('/');
  if (stroke <= 0) return null;
  const above = unit.slice(0, stroke);
  const known = currencyOf(above) ?? measureSymbol(above);
  return known === null ? null : `${known}${unit.slice(stroke)}`;
}

function readCaptionUnit(text: string): { readonly unit: string; readonly token: string } | null {
  const words = text.split(/[\s()（）[\]:：;,，=]+/).filter((word) => word !== '');
  for (let length = Math.min(5, words.length); length > 0; length -= 1) {
    for (let first = 0; first + length <= words.length; first += 1) {
      const token = words.slice(first, first + length).join(' ');
      const unit = unitOfToken(token);
      if (unit !== null) return { unit, token };
    }
  }
  const sign = /([A-Z]{0,3}\p{Sc})/u.exec(text)?.[1];
  const unit = sign === undefined ? null : currencyOf(sign);
  return unit === null || sign === undefined ? null : { unit, token: sign };
}

/**
 * Reads a caption that states scale and unit of the numbers below it: "(in millions of USD, except per share
 * data)", "€ thousand", "in 000s", "单位：万元", "RMB'000", "US$ m". Null for text that says more than that.
 */
export function readUnitCaption(text: string): UnitCaption | null {
  if (text.length > longestCaption) return null;
  const caption = text.replaceAll(/[*_]+/g, '').trim();
  if (caption === '' || header.test(caption)) return null;
  let remaining = (hanUnit.exec(caption)?.[1] ?? caption)
    .replace(exceptions, ' ')
    .replace(
      prefixedCurrency,
      (_, prefix: string, currency: string) => `${currency} ${prefixScales.get(prefix) ?? ''}`,
    );
  const scale = readCaptionScale(remaining);
  if (scale !== null) remaining = remaining.replace(scale.token, ' ');
  const found = readCaptionUnit(remaining.replaceAll(fillers, ' '));
  if (scale === null && found === null) return null;
  if (found !== null) for (const word of found.token.split(' ')) remaining = remaining.replace(word, ' ');
  // A currency may be named twice: "USD, $", "元 币种：人民币".
  const second = found === null ? null : readCaptionUnit(remaining.replaceAll(fillers, ' '));
  if (found !== null && second?.unit === found.unit) remaining = remaining.replace(second.token, ' ');
  if (!punctuation.test(remaining.replaceAll(fillers, ' '))) return null;
  return {
    scale: scale === null ? 1 : 10 ** scale.exponent,
    unit: found?.unit ?? null,
    exceptPerShare: perShare.test(caption),
  };
}
