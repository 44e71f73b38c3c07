import { currencyOf } from './currencies.ts';
import { scaleExponent } from './scales.ts';
import { measureSymbol } from './units.ts';

/** What a caption says about the numbers below it: "(in millions of USD, except per share data)". */
export interface UnitCaption {
  /** What the numbers are to be multiplied by; 1 where only a unit is stated. */
  readonly scale: number;
  /** An ISO 4217 code, the symbol of a measure, or null. */
  readonly unit: string | null;
  /** Whether figures per share are excepted, so that neither the scale applies to them. */
  readonly exceptPerShare: boolean;
}

const longestCaption = 160;
const scaleToken =
  /(?<![\p{L}])(thousands?|hundreds?|millions?|billions?|trillions?|mn|mln|mio|bn|bln|tn|lakhs?|lacs?|crores?|cr|thsd|mrd)(?![\p{L}])/iu;
const zeros = /['’]?(000(?:[,.]?000)?)(?:['’]?s)?(?!\d)/;
const hanScale = /(百万|十亿|万亿|千万|[百千万亿])(?=[\p{Script=Han}]|$|[)）\s,，])/u;
const attachedScale = /(?:^|[\s(（])(\p{Sc}|[A-Z]{2,3}\p{Sc}?|RMB)\s?(k|K|m|M|mm|MM|b|B)(?=$|[\s)）,;])/u;
const letterScales = new Map([
  ['k', 3],
  ['m', 6],
  ['mm', 6],
  ['b', 9],
]);
const perShare = /except|other than|excluding|除.{0,12}外/i;
const hanUnit = /(?:金额)?单位\s?[:：]?\s?(.{1,24})/;
const frame =
  /^(?:[\s(（[*_]*)(?:(?:all |the )?(?:amounts?|figures?|numbers?|values?|data|dollars?|sums?)?\s?(?:are |is |were )?(?:stated |expressed |presented |shown |given |reported )?in\s|units?\s?[:：]|expressed in|unit\s?=)/i;
const rest = /^[\s()（）[\]*_.,;:：]*$/;
const fillers =
  /(?<![\p{L}])(?:in|of|and|the|all|amounts?|figures?|numbers?|values?|data|are|is|were|stated|expressed|presented|shown|given|reported|units?|unless|otherwise|indicated|noted|specified|where|as|except|for|per|share|shares|other|than|excluding|ratios?|percentages?|percent|earnings|number|items|information|currency|rounded|to|nearest|consolidated|unaudited|audited|本位币|币种|单位|金额)(?![\p{L}])/giu;

function exponentOf(text: string): { readonly exponent: number; readonly token: string } | null {
  const word = scaleToken.exec(text);
  if (word?.[1] !== undefined)
    return {
      exponent: scaleExponent(word[1]) ?? scaleExponent(word[1].replace(/s$/i, '')) ?? 0,
      token: word[0],
    };
  const nought = zeros.exec(text);
  if (nought?.[1] !== undefined && !/\d/.test(text.charAt(nought.index - 1)))
    return { exponent: nought[1].replaceAll(/\D/g, '').length, token: nought[0] };
  const attached = attachedScale.exec(text);
  if (attached?.[2] !== undefined)
    return { exponent: letterScales.get(attached[2].toLowerCase()) ?? 0, token: attached[2] };
  const han = hanScale.exec(text);
  if (han?.[1] !== undefined) return { exponent: scaleExponent(han[1]) ?? 0, token: han[1] };
  return null;
}

function unitOf(text: string): { readonly unit: string; readonly token: string } | null {
  const words = text.split(/[\s()（）[\]:：;,，=]+/).filter((word) => word !== '');
  for (let length = Math.min(4, words.length); length > 0; length -= 1) {
    for (let first = 0; first + length <= words.length; first += 1) {
      const token = words.slice(first, first + length).join(' ');
      const unit =
        currencyOf(token.replaceAll(/^['’]|['’]$/g, '')) ??
        (length > 1 || token.length > 0 ? measureSymbol(token) : null);
      if (unit !== null && !/^(?:in|a)$/i.test(token)) return { unit, token };
    }
  }
  const inner = /(US\$|\p{Sc})/u.exec(text)?.[1];
  const unit = inner === undefined ? null : currencyOf(inner);
  return unit === null || inner === undefined ? null : { unit, token: inner };
}

/**
 * Reads a caption that states scale and unit of the numbers below it: "(in millions of USD, except per share
 * data)", "€ thousand", "in 000s", "单位：万元", "RMB'000", "US$ m". Null for text that says more than that.
 */
export function readUnitCaption(text: string): UnitCaption | null {
  if (text.length > longestCaption || text.length === 0) return null;
  const caption = text.trim().replaceAll(/[*_]+/g, '');
  const exceptPerShare = perShare.test(caption) && /share|每股/i.test(caption);
  let remaining = hanUnit.exec(caption)?.[1] ?? caption.replace(frame, ' ');
  if (exceptPerShare) remaining = remaining.replace(/[,;，]?\s*(?:except|other than|excluding|除).*$/i, ' ');
  else remaining = remaining.replace(/[,;]?\s*(?:unless|except|other than|excluding)\s.*$/i, ' ');
  const scale = exponentOf(remaining);
  if (scale !== null) remaining = remaining.replace(scale.token, ' ');
  const unit = unitOf(remaining);
  if (unit !== null) for (const word of unit.token.split(' ')) remaining = remaining.replace(word, ' ');
  if (scale === null && unit === null) return null;
  remaining = remaining.replaceAll(fillers, ' ');
  if (!rest.test(remaining)) return null;
  return { scale: scale === null ? 1 : 10 ** scale.exponent, unit: unit?.unit ?? null, exceptPerShare };
}
