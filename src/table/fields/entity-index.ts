import { fillerWords } from './generic-words.ts';

const separators = /[^\p{L}\p{N}]+/gu;
const marks = /\p{M}+/gu;
/** Numbers marked as such, and letters with a number behind them. */
const codes = /#\d{3,}|(?<![\p{L}\p{N}-])\p{Lu}{1,6}-\d{2,}(?![\p{L}\p{N}-])/gu;
const shortestPrefix = 3;
const hanRun = /\p{Script=Han}{3,}/gu;
const runLength = 3;
const shortestPart = 4;
const hanOnly = /^\p{Script=Han}{2,}$/u;

/** Finds entities by their names, as people write them. */
export class EntityIndex {
  readonly #exact: ReadonlySet<string>;
  /** Names by their folded form; null where several fold to the same. */
  readonly #folded = new Map<string, string | null>();
  /** Names by their words in alphabetical order, so that "Congo, Republic of the" is "Republic of the Congo". */
  readonly #words = new Map<string, string | null>();
  /** Names by a number or code within them: "Ticket #4711: no light". */
  readonly #codes = new Map<string, string | null>();
  /** Folded names in order, for the search by their beginning. */
  readonly #sorted: string[];

  /** Names by every run of so many Chinese characters in them; made for the first that is looked for. */
  #runs: ReadonlyMap<string, readonly string[]> | null = null;

  constructor(names: readonly string[]) {
    this.#exact = new Set(names);
    for (const name of names) {
      const folded = fold(name);
      addUnique(this.#folded, folded, name);
      addUnique(this.#words, sortedWords(folded), name);
      for (const [code] of name.matchAll(codes)) addUnique(this.#codes, fold(code), name);
    }
    this.#sorted = [...this.#folded.keys()].sort();
  }

  /**
   * The entity that a text names: exactly; but for case, accents and punctuation; by the same words in another
   * order; by the number or code in its name; or by the beginning of its name. Null when there is none, or when several fit.
   */
  find(text: string): string | null {
    if (this.#exact.has(text)) return text;
    const folded = fold(text);
    if (folded === '') return null;
    const same = this.#folded.get(folded);
    if (same !== undefined) return same;
    const reordered = this.#words.get(sortedWords(folded));
    if (reordered !== undefined) return reordered;
    const coded = this.#codes.get(folded);
    if (coded !== undefined) return coded;
    // Chinese sets no words apart: 华东制药 is the beginning of 华东制药股份有限公司.
    if (hanOnly.test(folded)) return this.#beginningWith(folded) ?? this.#containing(folded);
    return folded.length < shortestPrefix ? null : this.#beginningWith(`${folded} `);
  }

  /** The only name that the text is a part of: a mine in the title of a notice. */
  #containing(part: string): string | null {
    if (part.length < shortestPart) return null;
    this.#runs ??= runsOf(this.#exact);
    const fitting = (this.#runs.get(part.slice(0, runLength)) ?? []).filter((name) => name.includes(part));
    const [only] = fitting;
    return only === undefined || fitting.length > 1 ? null : only;
  }

  #beginningWith(prefix: string): string | null {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    const first = this.#sorted[low];
    if (first === undefined || !first.startsWith(prefix)) return null;
    return this.#sorted[low + 1]?.startsWith(prefix) === true ? null : (this.#folded.get(first) ?? null);
  }
}

function runsOf(names: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const runs = new Map<string, string[]>();
  for (const name of names)
    for (const [text] of name.matchAll(hanRun))
      for (let at = 0; at + runLength <= text.length; at += 1) {
        const run = text.slice(at, at + runLength);
        const known = runs.get(run);
        if (known === undefined) runs.set(run, [name]);
        else if (known.at(-1) !== name) known.push(name);
      }
  return runs;
}

function addUnique(index: Map<string, string | null>, key: string, name: string): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, name);
  else if (known !== name) index.set(key, null);
}

function fold(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(marks, '').toLowerCase().replaceAll('&', ' and ');
  return plain.replaceAll(separators, ' ').trim().replace(/^the /, '');
}

function sortedWords(folded: string): string {
  const words = folded.split(' ');
  const telling = words.filter((word) => !fillerWords.has(word));
  return (telling.length === 0 ? words : telling).sort().join(' ');
}
