import type { Average } from '../../scoring/statistics/averages.ts';

/** `63.3 ± 6.3`: percent, with its standard error where it is known. */
export function formatAccuracy({ mean, standardError, count }: Average): string {
  if (count === 0) return '–';
  const percent = (share: number): string => (share * 100).toFixed(1);
  return standardError === null ? percent(mean) : `${percent(mean)} ± ${percent(standardError)}`;
}

/** `0.032`; a very small one as `< 0.001`. */
export function formatProbability(probability: number): string {
  return probability < 0.001 ? '< 0.001' : probability.toFixed(3);
}

/** Counts by thousands: `12,345`. */
export function formatWhole(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

export function formatUsd(usd: number): string {
  return usd === 0 ? '0' : usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2);
}

/** `0.3 s`, `12 s`, `3 min 20 s`. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 10) return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
