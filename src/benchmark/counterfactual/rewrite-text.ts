import { createRandom } from '../random.ts';

/** A number that a text states, where it stands, and what field it is of. */
export interface StatedNumber {
  readonly label: string;
  readonly number: number;
  /** UTF-16 code units, `[start, end)`. */
  readonly start: number;
  readonly end: number;
}

/** The lowest and the highest value of each field. */
export type FieldRanges = ReadonlyMap<string, { readonly low: number; readonly high: number }>;

export function findRanges(numbers: Iterable<Pick<StatedNumber, 'label' | 'number'>>): FieldRanges {
  const ranges = new Map<string, { low: number; high: number }>();
  for (const { label, number } of numbers) {
    const { low, high } = ranges.get(label) ?? { low: number, high: number };
    ranges.set(label, { low: Math.min(low, number), high: Math.max(high, number) });
  }
  return ranges;
}

/**
 * A counterfactual copy of a text: the thing it is about gets another name, and every number that was recognised is
 * drawn anew within the range of its field and at most threefold or a third, written in the notation of the original.
 * A number that is stated twice is the same number twice.
 *
 * @param options.seed the same seed draws the same numbers: documents about one thing share it.
 * @param options.names what the thing is called, longest first; whole words alone are replaced.
 */
export function rewriteText({
  text,
  numbers,
  ranges,
  names,
  newName,
  seed,
}: {
  text: string;
  numbers: readonly StatedNumber[];
  ranges: FieldRanges;
  names: readonly string[];
  newName: string;
  seed: string;
}): { readonly text: string; readonly numbers: readonly { label: string; value: number }[] } {
  const parts: string[] = [];
  const redrawn: { label: string; value: number }[] = [];
  let done = 0;
  for (const { label, number, start, end } of numbers.toSorted((one, other) => one.start - other.start)) {
    if (start < done) continue;
    const written = text.slice(start, end);
    const made = redraw({ written, number, range: ranges.get(label), seed: `${seed}/${label}/${number}` });
    if (made === null) continue;
    parts.push(text.slice(done, start), made.written);
    redrawn.push({ label, value: made.number });
    done = end;
  }
  parts.push(text.slice(done));
  const renamed = names.reduce((result, name) => rename(result, name, newName), parts.join(''));
  return { text: renamed, numbers: redrawn };
}

function rename(text: string, name: string, newName: string): string {
  if (name.trim() === '' || !text.includes(name)) return text;
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu'), () => newName);
}

/** A new number in the notation of the old one: the same decimals, separators, scale word and unit. */
function redraw({
  written,
  number,
  range,
  seed,
}: {
  written: string;
  number: number;
  range: { readonly low: number; readonly high: number } | undefined;
  seed: string;
}): { readonly written: string; readonly number: number } | null {
  const digits = /\d[\d,]*(?:\.\d+)?/.exec(written);
  if (digits === null || range === undefined || number === 0) return null;
  const shown = Number(digits[0].replaceAll(',', ''));
  const scale = Math.abs(number) / shown;
  if (!Number.isFinite(scale) || scale === 0) return null;
  const decimals = /\.(\d+)$/.exec(digits[0])?.[1]?.length ?? 0;
  const [low, high] = number > 0 ? [range.low, range.high] : [-range.high, -range.low];
  const from = Math.max(Math.abs(number) / 3, low);
  const to = Math.min(Math.abs(number) * 3, high);
  const drawn = (from * (to / from) ** createRandom(seed)()) / scale;
  const rounded = Number(drawn.toFixed(decimals));
  if (!Number.isFinite(rounded) || rounded <= 0) return null;
  const text = rounded.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: digits[0].includes(','),
  });
  return {
    written: written.slice(0, digits.index) + text + written.slice(digits.index + digits[0].length),
    number: Math.sign(number) * rounded * scale,
  };
}
