import { currencyCodeInName } from '../values/currencies.ts';
import { letterExponent, scaleExponent } from '../values/scales.ts';

/** A label whose end says in what its numbers are told. */
export interface ScaledName {
  readonly label: string;
  readonly scale: number;
  readonly unit: string | null;
}

/** `musd`, `keur`, `bnusd` and `usdm`, `eurk`. */
const joined = /^(?:(k|m|mm|mn|mio|mln|bn|b)([a-z]{3})|([a-z]{3})(k|m|mm|mn|mio|mln|bn|b))$/i;
const scaleWord = /^(?:thousands?|millions?|billions?|trillions?|mn|mln|mio|bn|bln)$/i;
const counted =
  /(?:population|people|persons?|inhabitants|residents|citizens|users|visitors|visits|passengers|customers|subscribers|members|followers|fans|viewers|listeners|downloads|employees|workers|jobs|students|pupils|tourists|arrivals|households|homes|copies|votes|tickets|admissions|streams|plays|views|trips|journeys|rides|parcels|shipments|orders|transactions|units(?: sold)?|sales|revenues?|turnover|income|profits?|costs?|expenses|expenditure|spend(?:ing)?|budget|funding|assets|capital|valuation|market cap|price|value|gdp)$/i;

function exponentOf(token: string): number | null {
  return letterExponent(token) ?? (/^[a-z]{2,}$/i.test(token) ? scaleExponent(token) : null);
}

/**
 * The scale and currency that a machine's name for a column ends in: `raised_musd`, `rent_keur`, `sales_usd_m`,
 * `budget_eur_millions`, `assets_in_thousands`. Null for names that end in neither.
 */
export function scaleInName(name: string): ScaledName | null {
  const words = name.split('_');
  if (words.length < 2 || /\s/.test(name)) return null;
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  const match = joined.exec(last);
  const joinedExponent = exponentOf(match?.[1] ?? match?.[4] ?? '');
  const joinedUnit = currencyCodeInName(match?.[2] ?? match?.[3] ?? '');
  if (joinedExponent !== null && joinedUnit !== null)
    return scaled(words.slice(0, -1), joinedExponent, joinedUnit);
  if (words.length > 2) {
    const forward = { exponent: exponentOf(last), unit: currencyCodeInName(before) };
    const backward = { exponent: exponentOf(before), unit: currencyCodeInName(last) };
    for (const { exponent, unit } of [forward, backward])
      if (exponent !== null && unit !== null) return scaled(words.slice(0, -2), exponent, unit);
  }
  const exponent = scaleWord.test(last)
    ? exponentOf(last)
    : scaleOfCounted(last, words.slice(0, -1).join(' '));
  return exponent === null ? null : scaled(words.slice(0, -1), exponent, null);
}

function scaled(words: readonly string[], exponent: number, unit: string | null): ScaledName | null {
  const label = words.join('_').replace(/_in$/i, '');
  return label === '' ? null : { label, scale: 10 ** exponent, unit };
}

/**
 * The power of ten that a letter alone means behind a name of what is counted or paid: "Population (m)" is told in
 * millions, "Height (m)" in metres. Null where it may mean something else.
 */
export function scaleOfCounted(letter: string, name: string): number | null {
  return /^[km]$/i.test(letter) && counted.test(name.trim()) ? letterExponent(letter) : null;
}
