/** A run of a text, `[start, end)` in UTF-16 code units. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * A text with what notation may change taken away: case, accents, white space, Markdown and all marks but those
 * within numbers. Words that a model copied from it, not to the letter, are found again at their place.
 */
export class FoldedText {
  readonly text: string;
  readonly #folded: Folded;

  constructor(text: string) {
    this.text = text;
    this.#folded = fold(text);
  }

  /** The places where the words stand as whole words: those that equal them to the letter first, then as folded. */
  find(words: string): TextSpan[] {
    const exact = this.#findExact(words.trim());
    const { characters, starts, ends } = this.#folded;
    const sought = fold(words).characters;
    const found = [...exact];
    for (let at = nextIndex(characters, sought, 0); at >= 0; at = nextIndex(characters, sought, at + 1)) {
      const span = { start: starts[at] ?? 0, end: ends[at + sought.length - 1] ?? 0 };
      const known = exact.some(({ start, end }) => start <= span.start && span.start < end);
      if (!known && this.#isWhole(span)) found.push(span);
    }
    return found;
  }

  #findExact(words: string): TextSpan[] {
    const found: TextSpan[] = [];
    for (let at = nextIndex(this.text, words, 0); at >= 0; at = nextIndex(this.text, words, at + 1)) {
      const span = { start: at, end: at + words.length };
      if (this.#isWhole(span)) found.push(span);
    }
    return found;
  }

  /** Whether no word or number goes on beyond either end. */
  #isWhole({ start, end }: TextSpan): boolean {
    const before = this.text.slice(Math.max(0, start - 2), start + 1);
    const after = this.text.slice(end - 1, end + 2);
    return !goesOnBefore.test(before) && !goesOnAfter.test(after);
  }
}

const goesOnBefore = /(?:[\p{Script=Latin}\p{N}]{2}|\p{N}[.,]\p{N})$/u;
const goesOnAfter = /^(?:[\p{Script=Latin}\p{N}]{2}|\p{N}[.,]\p{N})/u;

function nextIndex(text: string, words: string, from: number): number {
  return words === '' ? -1 : text.indexOf(words, from);
}

interface Folded {
  readonly characters: string;
  /** Where in the original each character comes from, `[start, end)`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

const kept = /[\p{L}\p{N}]|(?<=\p{N})[.,](?=\p{N})|[-−](?=\p{N})/gu;

function fold(text: string): Folded {
  const characters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: original, index } of text.matchAll(kept)) {
    const folded =
      original === '−' ? '-' : original.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
    characters.push(folded);
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(index);
      ends.push(index + original.length);
    }
  }
  return { characters: characters.join(''), starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}
