import type { Tokenizer } from '../../corpus/index.ts';
import type { Random } from '../random.ts';

/** Counts tokens of sentences that come again and again. */
export class SentenceCounts {
  readonly #tokenizer: Tokenizer;
  readonly #known = new Map<string, number>();

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  of(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const count = this.#tokenizer.count(text);
    if (this.#known.size < 50_000) this.#known.set(text, count);
    return count;
  }
}

export interface Filling {
  /** What must be there, in this order, at random places. */
  readonly statements: readonly string[];
  /** Draws what stands around it. */
  readonly noise: () => string;
  readonly separator: string;
  /** The tokens of the whole text. */
  readonly tokens: number;
  readonly counts: SentenceCounts;
  readonly random: Random;
}

/**
 * A text of statements at random places in noise, of so many tokens at most and hardly fewer. Tokens are counted sentence
 * by sentence.
 */
export function fillContext({ statements, noise, separator, tokens, counts, random }: Filling): string {
  const cost = (sentence: string): number => counts.of(separator + sentence);
  let left = tokens - statements.reduce((sum, statement) => sum + cost(statement), 0);
  const sentences: string[] = [];
  for (let sentence = noise(); cost(sentence) <= left; sentence = noise()) {
    sentences.push(sentence);
    left -= cost(sentence);
  }
  const places = statements
    .map(() => Math.floor(random() * (sentences.length + 1)))
    .sort((one, other) => one - other);
  const parts: string[] = [];
  let from = 0;
  for (const [index, statement] of statements.entries()) {
    const place = places[index] ?? sentences.length;
    for (; from < place; from++) parts.push(sentences[from] ?? '');
    parts.push(statement);
  }
  for (; from < sentences.length; from++) parts.push(sentences[from] ?? '');
  return parts.join(separator);
}
