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

/** What a copy says instead of the original. */
export interface TextCopy {
  readonly text: string;
  /** The numbers that the original states, as the copy does, in the order of the text. */
  readonly numbers: readonly { readonly label: string; readonly value: number }[];
  /**
   * The number that now stands where the original has one; null where the copy says two things of one field that the
   * original states twice alike, since the notations differ; undefined where no number was recognised.
   */
  numberAt(start: number): number | null | undefined;
  /** Where a place of the original is in the copy. */
  place(offset: number): number;
  /** Whether a span of the original stands in the copy as it was. */
  isKept(start: number, end: number): boolean;
}

/** A piece of the original that copies replace. */
type Change = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'name' }
  | { readonly kind: 'number'; readonly stated: StatedNumber; readonly notation: Notation }
);

/**
 * A text of which counterfactual copies are made: the thing it is about gets another name, and every number that was
 * recognised is drawn anew within the range of its field and at most threefold or a third, written in the notation of
 * the original. A number that is stated twice is the same number twice.
 */
export class CopiedText {
  readonly #text: string;
  readonly #numbers: readonly StatedNumber[];
  /** In the order of the text; they do not overlap. */
  readonly #changes: readonly Change[];

  /**
   * @param options.names what the thing is called, longest first; whole words alone are replaced.
   */
  constructor({
    text,
    numbers,
    ranges,
    names,
  }: {
    text: string;
    numbers: readonly StatedNumber[];
    ranges: FieldRanges;
    names: readonly string[];
  }) {
    this.#text = text;
    this.#numbers = numbers.toSorted((one, other) => one.start - other.start);
    const changes: Change[] = [];
    const isFree = (start: number, end: number): boolean =>
      changes.every((change) => change.end <= start || change.start >= end);
    for (const name of names) {
      for (const start of occurrences(text, name)) {
        const end = start + name.length;
        if (isFree(start, end)) changes.push({ kind: 'name', start, end });
      }
    }
    const named = changes.toSorted((one, other) => one.start - other.start);
    let done = 0;
    let next = 0;
    for (const stated of this.#numbers) {
      const { start, end, label, number } = stated;
      while ((named[next]?.end ?? Infinity) <= start) next += 1;
      if (start < done || (named[next]?.start ?? Infinity) < end) continue;
      const notation = notationOf({ written: text.slice(start, end), number, range: ranges.get(label) });
      if (notation === null) continue;
      changes.push({ kind: 'number', start, end, stated, notation });
      done = end;
    }
    this.#changes = changes.toSorted((one, other) => one.start - other.start);
  }

  /** Whether the text has the name of the thing. */
  get isNamed(): boolean {
    return this.#changes.some(({ kind }) => kind === 'name');
  }

  /**
   * @param options.seed the same seed draws the same numbers: documents about one thing share it.
   */
  copy({ newName, seed }: { newName: string; seed: string }): TextCopy {
    const parts: string[] = [];
    const drawn = new Map<number, Drawn>();
    const edits: Edit[] = [];
    let done = 0;
    let shift = 0;
    for (const change of this.#changes) {
      const { start, end } = change;
      let written = newName;
      if (change.kind === 'number') {
        const { label, number } = change.stated;
        const made = draw(change.notation, createRandom(`${seed}/${label}/${number}`)());
        if (made === null) continue;
        written = made.written;
        drawn.set(start, { end, original: number, value: made.number });
      }
      parts.push(this.#text.slice(done, start), written);
      shift += written.length - (end - start);
      edits.push({ start, end, shift });
      done = end;
    }
    parts.push(this.#text.slice(done));
    const standing = this.#standing(drawn, edits);
    return {
      text: parts.join(''),
      numbers: this.#numbers.map(({ label, number, start }) => ({
        label,
        value: drawn.get(start)?.value ?? number,
      })),
      numberAt: (start) => standing.get(start),
      place: (offset) => offset + shiftAt(edits, offset),
      isKept: (start, end) => !edits.some((edit) => edit.start < end && edit.end > start),
    };
  }

  /** What now stands for each number of the original, by its start; null where the copy contradicts itself. */
  #standing(drawn: ReadonlyMap<number, Drawn>, edits: readonly Edit[]): ReadonlyMap<number, number | null> {
    const standing = new Map<number, number | null>();
    const stated = new Map<string, number | null>();
    let next = 0;
    for (const { label, number, start, end } of this.#numbers) {
      while ((edits[next]?.end ?? Infinity) <= start) next += 1;
      const made = drawn.get(start);
      const isTouched = (edits[next]?.start ?? Infinity) < end;
      // Two readings of one number share what was drawn; a number of which a part was replaced is none any more.
      const isSame = made !== undefined && made.end === end && made.original === number;
      const value = isSame ? made.value : isTouched ? null : number;
      const key = `${number} ${label}`;
      const before = stated.get(key);
      stated.set(key, before === undefined || before === value ? value : null);
    }
    for (const { label, number, start } of this.#numbers) {
      const value = stated.get(`${number} ${label}`) ?? null;
      const known = standing.get(start);
      standing.set(start, known === undefined || known === value ? value : null);
    }
    return standing;
  }
}

interface Drawn {
  readonly end: number;
  readonly original: number;
  readonly value: number;
}

/** A piece of the original that was replaced, and by how much all behind it has moved. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly shift: number;
}

function shiftAt(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const edit of edits) {
    if (edit.start >= offset) break;
    // Within what was replaced there is no place but its end.
    shift = edit.end <= offset ? edit.shift : edit.shift + edit.end - offset;
  }
  return shift;
}

/** Where a name stands as whole words. */
function* occurrences(text: string, name: string): Generator<number> {
  if (name.trim() === '') return;
  for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + name.length)) {
    const end = start + name.length;
    if (
      !endsInWord.test(text.slice(Math.max(0, start - 2), start)) &&
      !beginsInWord.test(text.slice(end, end + 2))
    )
      yield start;
  }
}

const endsInWord = /[\p{L}\p{N}]$/u;
const beginsInWord = /^[\p{L}\p{N}]/u;

/** How a number is written, and between what bounds it may be drawn anew. */
interface Notation {
  readonly before: string;
  readonly after: string;
  readonly decimals: number;
  readonly grouped: boolean;
  readonly sign: number;
  /** What the written digits are multiplied by. */
  readonly scale: number;
  readonly from: number;
  readonly to: number;
}

/** The same decimals, separators, scale word and unit; null where it cannot be drawn anew. */
function notationOf({
  written,
  number,
  range,
}: {
  written: string;
  number: number;
  range: { readonly low: number; readonly high: number } | undefined;
}): Notation | null {
  const digits = /\d[\d,]*(?:\.\d+)?/.exec(written);
  if (digits === null || range === undefined || number === 0) return null;
  const shown = Number(digits[0].replaceAll(',', ''));
  const scale = Math.abs(number) / shown;
  if (!Number.isFinite(scale) || scale === 0) return null;
  const [low, high] = number > 0 ? [range.low, range.high] : [-range.high, -range.low];
  return {
    before: written.slice(0, digits.index),
    after: written.slice(digits.index + digits[0].length),
    decimals: /\.(\d+)$/.exec(digits[0])?.[1]?.length ?? 0,
    grouped: digits[0].includes(','),
    sign: Math.sign(number),
    scale,
    from: Math.max(Math.abs(number) / 3, low),
    to: Math.min(Math.abs(number) * 3, high),
  };
}

/** @param place in [0, 1): how far from the least to the most. */
function draw(
  { before, after, decimals, grouped, sign, scale, from, to }: Notation,
  place: number,
): { readonly written: string; readonly number: number } | null {
  const rounded = Number(((from * (to / from) ** place) / scale).toFixed(decimals));
  if (!Number.isFinite(rounded) || rounded <= 0) return null;
  const digits = rounded.toFixed(decimals);
  return {
    written: before + (grouped ? withSeparators(digits) : digits) + after,
    // A scale is the quotient of two numbers: its last digits are noise.
    number: sign * Number((rounded * scale).toPrecision(15)),
  };
}

function withSeparators(digits: string): string {
  const [whole = '', ...fraction] = digits.split('.');
  return [whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ','), ...fraction].join('.');
}
