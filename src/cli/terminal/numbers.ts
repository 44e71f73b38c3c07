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

/** A count in three digits: `950`, `12.3k`, `1.1M`, `4.0B`. */
export function formatShort(count: number): string {
  if (count < 1000) return String(Math.round(count));
  return scaled(count, ['', 'k', 'M', 'B']);
}

/** A size in three digits: `812 B`, `1.2 MB`, `61 GB`; a kilobyte has 1,000 bytes. */
export function formatBytes(bytes: number): string {
  return scaled(bytes, [' B', ' kB', ' MB', ' GB', ' TB']);
}

function scaled(value: number, units: readonly string[]): string {
  let [size, unit] = [value, 0];
  for (; size >= 999.5 && unit < units.length - 1; unit++) size /= 1000;
  return `${unit > 0 && size < 9.95 ? size.toFixed(1) : Math.round(size)}${units[unit]}`;
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
