import type { Random } from '../random.ts';

/** One needle: what is hidden in the text. */
export interface Needle {
  readonly key: string;
  readonly value: string;
}

/** A made-up person, for questions over documents. */
export interface Person {
  readonly name: string;
  readonly town: string;
  readonly trade: string;
  readonly year: number;
}

/** What a text in one language is made of. The sentences are our own; the tasks are RULER's. */
export interface RulerLanguage {
  readonly code: 'en' | 'zh';
  /** Stands between two sentences. */
  readonly space: string;
  /** Stands between two words of a list. */
  readonly listSpace: string;
  /** A sentence that says nothing of weight. */
  noise(random: Random): string;
  key(random: Random): string;
  needle(needle: Needle): string;
  assignment(variable: string, value: string): string;
  /** A word that means nothing; there are as many as are needed. */
  word(random: Random): string;
  person(random: Random): Person;
  /** Sentences about a person, all facts among them. */
  portrait(person: Person): string;
  readonly queries: {
    needles(keys: readonly string[]): string;
    variables(value: string): string;
    commonWords(count: number): string;
    frequentWords(count: number): string;
    person(person: Person, asked: 'town' | 'trade' | 'year'): string;
  };
}

export function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** A number of so many digits. */
export function digits(random: Random, count: number): string {
  const smallest = 10 ** (count - 1);
  return String(smallest + Math.floor(random() * 9 * smallest));
}

/** So many different ones of what a function draws. */
export function distinct(count: number, draw: () => string): string[] {
  const found = new Set<string>();
  while (found.size < count) found.add(draw());
  return [...found];
}

/** The items in a random order (Fisher and Yates). */
export function shuffle<Item>(random: Random, items: readonly Item[]): Item[] {
  const order = items.map((item) => ({ item, place: random() }));
  return order.sort((one, other) => one.place - other.place).map(({ item }) => item);
}
