/** Signs that name one currency, longest first where one ends another; a plain `$` is taken as US dollars. */
const currencySigns: readonly (readonly [string, string])[] = [
  ['US$', 'USD'],
  ['U.S.$', 'USD'],
  ['AU$', 'AUD'],
  ['NZ$', 'NZD'],
  ['HK$', 'HKD'],
  ['NT$', 'TWD'],
  ['MX$', 'MXN'],
  ['CA$', 'CAD'],
  ['A$', 'AUD'],
  ['C$', 'CAD'],
  ['S$', 'SGD'],
  ['R$', 'BRL'],
  ['RMB', 'CNY'],
  ['Rs.', 'INR'],
  ['Rs', 'INR'],
  ['Rp', 'IDR'],
  ['kr.', 'kr'],
  ['kr', 'kr'],
  ['Fr.', 'CHF'],
  ['$', 'USD'],
  ['＄', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['￡', 'GBP'],
  ['￥', 'CNY'],
  ['¥', 'JPY'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['₽', 'RUB'],
  ['₺', 'TRY'],
  ['₪', 'ILS'],
  ['฿', 'THB'],
  ['₫', 'VND'],
  ['₦', 'NGN'],
  ['₱', 'PHP'],
  ['₴', 'UAH'],
  ['₡', 'CRC'],
  ['₲', 'PYG'],
  ['₸', 'KZT'],
  ['₵', 'GHS'],
  ['zł', 'PLN'],
  ['Kč', 'CZK'],
];

/** Names that everyone uses for a currency but that are not its official name. */
const commonNames: readonly (readonly [string, string])[] = [
  ['dollar', 'USD'],
  ['dollars', 'USD'],
  ['u.s. dollars', 'USD'],
  ['u.s. dollar', 'USD'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['pounds sterling', 'GBP'],
  ['pound sterling', 'GBP'],
  ['sterling', 'GBP'],
  ['yen', 'JPY'],
  ['yuan', 'CNY'],
  ['renminbi', 'CNY'],
  ['rmb', 'CNY'],
  ['rupees', 'INR'],
  ['rupee', 'INR'],
  ['元', 'CNY'],
  ['円', 'JPY'],
  ['日圆', 'JPY'],
  ['usd', 'USD'],
  ['eur', 'EUR'],
  ['gbp', 'GBP'],
  ['jpy', 'JPY'],
  ['cny', 'CNY'],
  ['chf', 'CHF'],
  ['inr', 'INR'],
  ['人民币', 'CNY'],
  ['人民币元', 'CNY'],
  ['元人民币', 'CNY'],
  ['美金', 'USD'],
  ['港币', 'HKD'],
];

const codes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** ISO codes that are English words in capitals; in running capitals they are not read as money. */
const wordCodes: ReadonlySet<string> = new Set([
  'ALL',
  'TOP',
  'TRY',
  'CUP',
  'PEN',
  'MOP',
  'SOS',
  'GEL',
  'BOB',
  'MAD',
  'COP',
]);

let nameTable: ReadonlyMap<string, string> | null = null;
let firstWordTable: ReadonlySet<string> | null = null;

/** The words that names of currencies begin with. */
function firstWords(): ReadonlySet<string> {
  firstWordTable ??= new Set([...currencyNames().keys()].map((name) => name.split(' ')[0] ?? ''));
  return firstWordTable;
}

/** Currency names in English and Chinese, lower case, from the runtime's own locale data. */
function currencyNames(): ReadonlyMap<string, string> {
  if (nameTable !== null) return nameTable;
  const names = new Map<string, string>();
  const english = new Intl.DisplayNames('en', { type: 'currency' });
  const chinese = new Intl.DisplayNames('zh', { type: 'currency' });
  for (const code of codes) {
    const name = english.of(code)?.toLowerCase();
    if (name !== undefined) {
      names.set(name, code);
      names.set(`${name}s`, code);
    }
    const han = chinese.of(code);
    if (han !== undefined) names.set(han, code);
  }
  for (const [name, code] of commonNames) names.set(name, code);
  nameTable = names;
  return names;
}

export const isCurrencyCode = (unit: string): boolean => codes.has(unit) || unit === 'kr';

/**
 * The ISO 4217 code that a sign, code or name means (`US$`, `USD`, `Swiss francs`, `元`), or null. Signs that
 * several currencies share stay ambiguous only where no common reading exists (`kr` stays `kr`).
 */
export function currencyOf(notation: string): string | null {
  const trimmed = notation.trim();
  if (codes.has(trimmed)) return trimmed;
  const sign = currencySigns.find(([each]) => each === trimmed)?.[1];
  return sign ?? currencyNames().get(trimmed.toLowerCase()) ?? null;
}

const codesInNames: ReadonlySet<string> = new Set(
  'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF INR JPY KRW MXN NOK NZD PLN RUB SEK SGD THB TWD USD ZAR'.split(
    ' ',
  ),
);

/**
 * The ISO 4217 code that a part of a machine's name is, in any case: `usd`, `SEK`. Rarer codes are words or
 * abbreviations too often (`all`, `svc`), and give null.
 */
export function currencyCodeInName(part: string): string | null {
  const code = part.toUpperCase();
  return codesInNames.has(code) ? code : null;
}

const lastOfSigns: ReadonlySet<string> = new Set(currencySigns.map(([sign]) => sign.slice(-1)));

const isLetter = (char: string): boolean => char !== '' && /\p{Script=Latin}/u.test(char);
const capitalsBefore = /[A-Z]{2,}[\s]+$/;
const capitalsAfter = /\s+[A-Z]{2,}/y;

/** The currency whose sign or code ends at `end`, looking back no further than `from`. */
export function currencyBefore(
  text: string,
  end: number,
  from: number,
): { readonly start: number; readonly code: string } | null {
  const mayBeSign = end > from && lastOfSigns.has(text.charAt(end - 1));
  for (const [sign, code] of mayBeSign ? currencySigns : []) {
    const start = end - sign.length;
    if (start < from || !text.endsWith(sign, end)) continue;
    if (isLetter(sign.charAt(0)) && isLetter(text.charAt(start - 1))) continue;
    const inChinese = sign === '¥' && /\p{Script=Han}/u.test(text.slice(Math.max(0, start - 20), end + 40));
    return { start, code: inChinese ? 'CNY' : code };
  }
  const start = end - 3;
  if (start < from) return null;
  const candidate = text.slice(start, end);
  if (candidate === '人民币') return { start, code: 'CNY' };
  if (!codes.has(candidate) || isLetter(text.charAt(start - 1))) return null;
  if (wordCodes.has(candidate) && capitalsBefore.test(text.slice(Math.max(from, start - 12), start)))
    return null;
  return { start, code: candidate };
}

const wordsPattern = /[ \u00A0-]?((?:US|U\.S\.)?\p{Script=Latin}{2,20}(?: \p{Script=Latin}{2,20}){0,3})/uy;
const hanPattern = /\s?(\p{Script=Han}{1,8})/uy;

/** The currency that follows the number (and its scale) that ends at `position`. */
export function currencyAfter(
  text: string,
  position: number,
): { readonly end: number; readonly code: string } | null {
  const gap = text.charAt(position) === ' ' || text.charAt(position) === '\u00A0' ? 1 : 0;
  const at = position + gap;
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return null;
  if (code >= 0x3400 && code <= 0x9fff) {
    hanPattern.lastIndex = position;
    const han = hanPattern.exec(text)?.[1] ?? '';
    for (let length = han.length; length > 0; length -= 1) {
      const found = currencyNames().get(han.slice(0, length));
      if (found !== undefined) return { end: at + length, code: found };
    }
    return null;
  }
  if (code > 127 || code === 36) {
    for (const [sign, found] of currencySigns)
      if (text.startsWith(sign, at) && !/\d/.test(text.charAt(at + sign.length)))
        return { end: at + sign.length, code: found };
    return null;
  }
  wordsPattern.lastIndex = position;
  const words = wordsPattern.exec(text);
  if (words?.[1] === undefined) return null;
  const start = position + words[0].length - words[1].length;
  let phrase = words[1];
  const space = phrase.indexOf(' ');
  const first = space < 0 ? phrase : phrase.slice(0, space);
  if (!codes.has(first) && first !== 'kr' && !firstWords().has(first.toLowerCase())) return null;
  for (;;) {
    const end = start + phrase.length;
    if (codes.has(phrase)) {
      capitalsAfter.lastIndex = end;
      return wordCodes.has(phrase) && capitalsAfter.test(text) ? null : { end, code: phrase };
    }
    const found = phrase === 'kr' ? 'kr' : currencyNames().get(phrase.toLowerCase());
    if (found !== undefined) return { end, code: found };
    const lastSpace = phrase.lastIndexOf(' ');
    if (lastSpace < 0) return null;
    phrase = phrase.slice(0, lastSpace);
  }
}
