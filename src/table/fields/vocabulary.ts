/** A value found in a text; offsets are within it. */
export interface VocabularyValue {
  /** As the labels of other documents write it. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What may stand in any text without meaning the field's value. */
const says_nothing =
  /^(?:yes|no|none|nil|true|false|other|others|unknown|various|all|any|both|total|general|main|new|old|open|closed|n\/?a|tbd|[\d\W_]+|.)$/iu;
/** Words around an occurrence tell fixed phrases of the form, such as the sender's name, from statements. */
const contextWords = /[\p{L}\p{N}]+/gu;
const contextLength = 24;
/** A phrase that so many documents have whatever their value is the form's. */
const boilerplateShare = 0.5;
const fewestLearnt = 5;
/** A label's word stands this near the value that it names. */
const nearLabel = 32;

/** The values that a field has in documents that state it, as words to look for in those that do not. */
export class Vocabulary {
  readonly #pattern: RegExp;
  /** The usual spelling of each value, by its folded form. */
  readonly #values: ReadonlyMap<string, string>;
  readonly #label: RegExp | null;
  readonly #phrases = new Map<string, number>();
  #learnt = 0;
  readonly #seen: { readonly own: ReadonlySet<string>; readonly found: readonly Found[] }[] = [];

  private constructor(values: ReadonlyMap<string, string>, labelWords: readonly string[]) {
    this.#values = values;
    const longestFirst = [...values.keys()].sort((a, b) => b.length - a.length);
    const words = longestFirst.map((value) =>
      value
        .split(/[\s-]+/u)
        .map(escape)
        .join('[\\s-]+'),
    );
    this.#pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
    this.#label = labelWords.length === 0 ? null : new RegExp(labelWords.map(escape).join('|'), 'iu');
  }

  /** @returns null where fewer than two values are words of their own. */
  static of({
    texts,
    labelWords,
  }: {
    texts: readonly string[];
    labelWords: readonly string[];
  }): Vocabulary | null {
    const spellings = Map.groupBy(texts, fold);
    const values = new Map<string, string>();
    for (const [folded, same] of spellings) {
      if (says_nothing.test(folded)) continue;
      const counts = Map.groupBy(same, (text) => text);
      const [usual] = [...counts].sort(([, a], [, b]) => b.length - a.length);
      if (usual !== undefined) values.set(folded, usual[0]);
    }
    return values.size < 2 ? null : new Vocabulary(values, labelWords);
  }

  /** Looks at a document of the kind; `stated` is where and what it states by label, if it does. */
  learn(text: string, stated: readonly { start: number; end: number; value: string }[]): void {
    const found = this.#occurrences(text).filter(
      ({ start, end }) => !stated.some((span) => start < span.end && end > span.start),
    );
    for (const phrase of new Set(found.map(({ phrase }) => phrase)))
      this.#phrases.set(phrase, (this.#phrases.get(phrase) ?? 0) + 1);
    this.#learnt += 1;
    if (stated.length > 0) this.#seen.push({ own: new Set(stated.map(({ value }) => fold(value))), found });
  }

  /** The share of the documents with the label that speak of another value than their own; 1 where too few are known. */
  conflicts(): number {
    if (this.#seen.length < fewestLearnt) return 1;
    const conflicting = this.#seen.filter(({ own, found }) =>
      found.some(({ key, phrase }) => !this.#isBoilerplate(phrase) && !own.has(key)),
    );
    return conflicting.length / this.#seen.length;
  }

  /** The one value that the text speaks of; of several, the one beside a word of the label; null where none is clear. */
  find(text: string): VocabularyValue | null {
    const found = this.#occurrences(text).filter(({ phrase }) => !this.#isBoilerplate(phrase));
    const only = (candidates: readonly Found[]): Found | null =>
      new Set(candidates.map(({ key }) => key)).size === 1 ? (candidates[0] ?? null) : null;
    const clear = only(found) ?? only(found.filter((each) => this.#isNearLabel(text, each)));
    if (clear === null) return null;
    return { value: this.#values.get(clear.key) ?? clear.key, start: clear.start, end: clear.end };
  }

  #occurrences(text: string): Found[] {
    return [...text.matchAll(this.#pattern)].map((match) => {
      const start = match.index;
      const end = start + match[0].length;
      const before =
        text
          .slice(Math.max(0, start - contextLength), start)
          .match(contextWords)
          ?.at(-1) ?? '';
      const after = text.slice(end, end + contextLength).match(contextWords)?.[0] ?? '';
      const key = fold(match[0]);
      return { key, start, end, phrase: `${before} ${key} ${after}`.toLowerCase() };
    });
  }

  #isBoilerplate(phrase: string): boolean {
    return (this.#phrases.get(phrase) ?? 0) >= Math.max(3, this.#learnt * boilerplateShare);
  }

  #isNearLabel(text: string, { start, end }: Found): boolean {
    return this.#label?.test(text.slice(Math.max(0, start - nearLabel), end + nearLabel)) ?? false;
  }
}

interface Found {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** The occurrence with the words around it. */
  readonly phrase: string;
}

const fold = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, ' ');

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
