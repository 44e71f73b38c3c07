/**
 * An exact decimal number: `coefficient × 10^exponent`. Answers are rounded and compared as written; binary
 * fractions would round 1.005 down.
 */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const plain = /^(?<sign>[-+]?)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?:e(?<exponent>[-+]?\d{1,4}))?$/i;

/** Reads `-1234.50` or `1.5e6`; null for anything else. */
export function parseDecimal(text: string): Decimal | null {
  const groups = plain.exec(text)?.groups;
  if (groups === undefined) return null;
  const { sign = '', whole = '', fraction = '', exponent = '0' } = groups;
  if (whole === '' && fraction === '') return null;
  const magnitude = BigInt(`${whole}${fraction}`);
  return {
    coefficient: sign === '-' ? -magnitude : magnitude,
    exponent: Number(exponent) - fraction.length,
  };
}

/** The decimal that a finite number prints as. */
export function decimalOf(value: number): Decimal {
  const decimal = parseDecimal(String(value));
  if (decimal === null) throw new RangeError(`${value} is no finite number.`);
  return decimal;
}

export function multiply(one: Decimal, other: Decimal): Decimal {
  return { coefficient: one.coefficient * other.coefficient, exponent: one.exponent + other.exponent };
}

export function timesPowerOfTen({ coefficient, exponent }: Decimal, power: number): Decimal {
  return { coefficient, exponent: exponent + power };
}

export function negate({ coefficient, exponent }: Decimal): Decimal {
  return { coefficient: -coefficient, exponent };
}

export function add(one: Decimal, other: Decimal): Decimal {
  const exponent = Math.min(one.exponent, other.exponent);
  return { coefficient: unitsAt(one, exponent) + unitsAt(other, exponent), exponent };
}

/** -1, 0 or 1, as `one` is smaller than, equal to or greater than `other`. */
export function compareDecimals(one: Decimal, other: Decimal): -1 | 0 | 1 {
  const { coefficient } = add(one, negate(other));
  if (coefficient === 0n) return 0;
  return coefficient < 0n ? -1 : 1;
}

export function absolute(value: Decimal): Decimal {
  return value.coefficient < 0n ? negate(value) : value;
}

/** How many digits after the point the number needs: 2 for 12.34 and 12.340, 0 for 1200. */
export function decimalPlaces({ coefficient, exponent }: Decimal): number {
  if (coefficient === 0n) return 0;
  let [rest, places] = [coefficient, -exponent];
  while (places > 0 && rest % 10n === 0n) {
    rest /= 10n;
    places -= 1;
  }
  return Math.max(0, places);
}

/** Rounds to so many digits after the point, halves away from zero. */
export function roundDecimal(value: Decimal, places: number): Decimal {
  const surplus = -value.exponent - places;
  if (surplus <= 0) return value;
  const divisor = 10n ** BigInt(surplus);
  const magnitude = value.coefficient < 0n ? -value.coefficient : value.coefficient;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return { coefficient: value.coefficient < 0n ? -rounded : rounded, exponent: -places };
}

export function toNumber({ coefficient, exponent }: Decimal): number {
  return Number(`${coefficient}e${exponent}`);
}

function unitsAt({ coefficient, exponent }: Decimal, target: number): bigint {
  return coefficient * 10n ** BigInt(exponent - target);
}
