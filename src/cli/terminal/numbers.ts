const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12, useGrouping: false });

/** A number for reading. Thousands are separated from 10,000 on, so that a year stays a year. */
export function formatNumber(number: number): string {
  const magnitude = Math.abs(number);
  if (magnitude !== 0 && (magnitude < 1e-6 || magnitude >= 1e21)) return String(number);
  return (magnitude < 10_000 ? plain : grouped).format(number);
}

/** A count of things: `1,204 files`, `1 file`. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped.format(count)} ${count === 1 ? noun : plural}`;
}

/** A count in three digits: `950`, `12.3k`, `1.1M`. */
export function formatShort(count: number): string {
  if (count < 1000) return String(Math.round(count));
  const [scaled, suffix] = count < 999_500 ? [count / 1e3, 'k'] : [count / 1e6, 'M'];
  return `${scaled < 10 ? scaled.toFixed(1) : Math.round(scaled)}${suffix}`;
}

export function formatSeconds(seconds: number): string {
  if (seconds < 0.1) return `${(seconds * 1000).toFixed(0)} ms`;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** A share of 0 to 1 as a percentage. Only everything is "100 %", only nothing "0 %". */
export function formatShare(share: number): string {
  if (share > 0.99 && share < 1) return '>99 %';
  if (share > 0 && share < 0.01) return '<1 %';
  return `${Math.round(share * 100)} %`;
}
