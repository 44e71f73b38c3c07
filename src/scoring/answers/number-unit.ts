/** The sign or word that makes a number one of percent, or money. */
export interface NumberUnit {
  /** Where it ends in the text. */
  readonly end: number;
  /** The power of ten that turns the number into one of percent; null where it is none. */
  readonly percentPower: number | null;
  /** `USD`; `¥` stands for yuan and yen alike; null where there is none. */
  readonly currency: string | null;
}

const percentages: readonly (readonly [RegExp, number])[] = [
  [/^\s*(?:%|percent(?:age)?(?:\s+points?)?(?!\p{L})|per\s+cent(?!\p{L})|pct\.?(?!\p{L})|个?百分点)/iu, 0],
  [/^\s*‰/u, -1],
  [/^\s*成(?!\p{L})/u, 1],
  [/^\s*(?:bps|basis\s+points?)(?!\p{L})/iu, -2],
];

const signs = new Map([
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', '¥'],
  ['￥', '¥'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
]);
/** The codes of currencies, as alternatives of a pattern. */
export const currencyCodes =
  'USD|EUR|GBP|JPY|CNY|RMB|INR|KRW|CHF|CAD|AUD|HKD|SGD|TWD|SEK|NOK|DKK|BRL|MXN|ZAR|RUB';
const currencies: readonly (readonly [RegExp, string | null])[] = [
  [new RegExp(`^\\s*(?<name>${currencyCodes})(?!\\p{L})`, 'u'), null],
  [/^\s*(?<name>[$€£¥￥₹₩])/u, null],
  [/^\s*(?:us\s*)?dollars?(?!\p{L})|^\s*美元/iu, 'USD'],
  [/^\s*euros?(?!\p{L})|^\s*欧元/iu, 'EUR'],
  [/^\s*(?:pounds?(?:\s+sterling)?)(?!\p{L})|^\s*英镑/iu, 'GBP'],
  [/^\s*(?:yuan|renminbi)(?!\p{L})|^\s*元?人民币/iu, 'CNY'],
  [/^\s*(?:yen)(?!\p{L})|^\s*日元/iu, 'JPY'],
  [/^\s*港元/iu, 'HKD'],
  [/^\s*元/u, '¥'],
];
const longestUnit = 40;

/** The unit that stands behind a number that ends at a place. */
export function readUnit(text: string, end: number): NumberUnit {
  const rest = text.slice(end, end + longestUnit);
  for (const [pattern, percentPower] of percentages) {
    const length = pattern.exec(rest)?.[0].length;
    if (length !== undefined) return { end: end + length, percentPower, currency: null };
  }
  for (const [pattern, currency] of currencies) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    const name = currency ?? currencyOf(match.groups?.['name'] ?? '');
    return { end: end + match[0].length, percentPower: null, currency: name };
  }
  return { end, percentPower: null, currency: null };
}

/** The currency that a sign or a code means; null where it is not known. */
export function currencyOf(text: string): string | null {
  const sign = signs.get(text);
  if (sign !== undefined) return sign;
  const code = text.toUpperCase();
  if (code === 'RMB' || code === '人民币') return 'CNY';
  if (code === 'US$') return 'USD';
  return /^[A-Z]{3}$/u.test(code) ? code : null;
}
