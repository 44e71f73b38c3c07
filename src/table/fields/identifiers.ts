import { withWordsApart } from '../values/labels.ts';

/** Words that DuckDB reserves: they name a table or column only in quotes, which is easily forgotten. */
const reservedWords: ReadonlySet<string> = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create ' +
    'default deferrable desc describe distinct do else end except false fetch for foreign from group having in ' +
    'initially intersect into is lambda lateral leading limit not null offset on only or order pivot pivot_longer ' +
    'pivot_wider placing primary qualify references returning select show some summarize symmetric table then to ' +
    'trailing true union unique unpivot using variadic when where window with left right inner outer full cross ' +
    'join natural values between like exists interval'
  ).split(' '),
);

const longestIdentifier = 60;
const marks = /\p{M}+/gu;
const separators = /[^\p{L}\p{N}]+/gu;

/**
 * A name as an SQL identifier in snake_case: lower case, without accents, at most 60 characters; `_` before a
 * leading digit and behind a reserved word. Empty for a text without letters and digits.
 */
export function toIdentifier(text: string): string {
  const words = withWordsApart(text)
    .replaceAll('%', ' percent ')
    .normalize('NFKD')
    .replaceAll(marks, '')
    .toLowerCase();
  let name = words.replaceAll(separators, '_').replaceAll(/^_|_$/g, '');
  if (name.length > longestIdentifier) {
    const cut = name.slice(0, longestIdentifier);
    const lastWord = cut.lastIndexOf('_');
    name = lastWord > longestIdentifier / 2 ? cut.slice(0, lastWord) : cut;
  }
  if (/^\p{N}/u.test(name)) name = `_${name}`;
  return reservedWords.has(name) ? `${name}_` : name;
}

/** Gives out names once: a second `total` becomes `total_2`. Names differ in more than case. */
export class UniqueNames {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set([...taken].map((name) => name.toLowerCase()));
  }

  has(name: string): boolean {
    return this.#taken.has(name.toLowerCase());
  }

  /** The name itself where it is free, else with the first free number behind it. */
  take(name: string): string {
    let free = name;
    for (let number = 2; this.has(free); number += 1) free = `${name}_${number}`;
    this.#taken.add(free.toLowerCase());
    return free;
  }
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
