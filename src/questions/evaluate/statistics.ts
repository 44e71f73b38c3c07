import type { Measure } from '../plan.ts';
import { asNumber, compareValues, type Row, type Value, type World } from './values.ts';

/** A measure over rows; missing values are skipped. */
export function measure(what: Measure, rows: readonly Row[], world: Pick<World, 'valueOf'>): Value {
  const { of } = what;
  if (of === undefined) return rows.length;
  const values = rows.map((row) => world.valueOf(of, row)).filter((value) => value !== null);
  const numbers = values.filter((value) => typeof value === 'number');
  switch (what.function) {
    case 'count':
      return values.length;
    case 'count-distinct':
      return new Set(values.map((value) => JSON.stringify(value))).size;
    case 'minimum':
      return values.toSorted(compareValues)[0] ?? null;
    case 'maximum':
      return values.toSorted(compareValues).at(-1) ?? null;
    case 'sum':
      return numbers.length === 0 ? null : sum(numbers);
    case 'average':
      return numbers.length === 0 ? null : sum(numbers) / numbers.length;
    case 'median':
      return quantile(numbers, 0.5);
    case 'percentile':
      return quantile(numbers, (what.percentile ?? 50) / 100);
    case 'variance':
      return variance(numbers, what.deviation === 'sample');
    case 'standard-deviation': {
      const square = variance(numbers, what.deviation === 'sample');
      return square === null ? null : Math.sqrt(square);
    }
    case 'correlation': {
      const other = what.with ?? of;
      return correlation(rows.map((row) => [world.valueOf(of, row), world.valueOf(other, row)]));
    }
  }
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function quantile(numbers: readonly number[], share: number): number | null {
  const sorted = numbers.toSorted((one, other) => one - other);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (position - Math.floor(position));
}

function variance(numbers: readonly number[], sample: boolean): number | null {
  const degrees = sample ? numbers.length - 1 : numbers.length;
  if (degrees < 1) return null;
  const mean = sum(numbers) / numbers.length;
  return sum(numbers.map((number) => (number - mean) ** 2)) / degrees;
}

function correlation(pairs: readonly (readonly [Value, Value])[]): number | null {
  const complete = pairs
    .map(([one, other]) => [asNumber(one), asNumber(other)] as const)
    .filter((pair): pair is readonly [number, number] => pair[0] !== null && pair[1] !== null);
  const ones = complete.map(([one]) => one);
  const others = complete.map(([, other]) => other);
  const [oneSpread, otherSpread] = [variance(ones, false), variance(others, false)];
  if (!oneSpread || !otherSpread) return null;
  const [oneMean, otherMean] = [sum(ones) / ones.length, sum(others) / others.length];
  const covariance = sum(complete.map(([one, other]) => (one - oneMean) * (other - otherMean))) / ones.length;
  return covariance / Math.sqrt(oneSpread * otherSpread);
}
