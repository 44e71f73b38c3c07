/*
 * Byte-pair encoding over bytes.
 *
 * Source: Neural machine translation of rare words with subword units (arXiv 1508.07909) Algorithm 1, on the bytes
 * of UTF-8 as in GPT-2. Text is cut into words; from single bytes on, the pair of neighbouring tokens that occurs most
 * often becomes a token of its own, until the vocabulary is full.
 *
 * Of pairs that occur equally often, the one with the smaller ids is taken, so that the same text gives the same
 * tokenizer. Numbering and ties are those of Hugging Face's `BpeTrainer`: special tokens first, then the 256 bytes
 * in the order of their characters, then merges; the same text gives the same vocabulary there.
 *
 * Difference: words longer than 1,024 bytes are left out. They are data (base64, a page without spaces), and each
 * would be gone through again for every merge that touches it.
 */
import { byteCharacters } from './byte-characters.ts';
import { PairQueue } from './pair-queue.ts';
import type { Pair } from './pair-queue.ts';
import { TokenizerTrainingError } from './tokenizer-training-error.ts';
import { splitIntoWords } from './word-pattern.ts';

export interface ByteLevelBpe {
  /** The tokens by id, special tokens first; bytes written as {@link byteCharacters}. */
  readonly tokens: readonly string[];
  /** Pairs of tokens that become one, the first first. */
  readonly merges: readonly (readonly [left: string, right: string])[];
  readonly specialTokens: readonly string[];
}

export interface ByteLevelBpeSettings {
  /** Tokens at most, special tokens and the 256 bytes included; fewer where the text has no more pairs. */
  readonly vocabularySize: number;
  /** Tokens that no text gives, in the order of their ids from 0. */
  readonly specialTokens?: readonly string[];
  /** A pair that occurs less often becomes no token; 2 unless told. */
  readonly minimumCount?: number;
}

/** Bounds the keys of pairs; no tokenizer has as many tokens. */
const maximumVocabularySize = 2 ** 20;
const longestWordBytes = 1024;

/**
 * Learns a vocabulary from text. Memory grows with the number of distinct words, not with the text.
 *
 * @throws TokenizerTrainingError Settings that cannot be.
 */
export async function trainByteLevelBpe(
  texts: Iterable<string> | AsyncIterable<string>,
  settings: ByteLevelBpeSettings,
): Promise<ByteLevelBpe> {
  const { vocabularySize, specialTokens = [], minimumCount = 2 } = settings;
  requirePossible(vocabularySize, specialTokens);
  const tokens = [...specialTokens, ...byteCharacters.toSorted()];
  const idOfToken = new Map(tokens.map((token, id) => [token, id]));
  const words = new Words(await countWords(texts), idOfToken);
  const merges: [string, string][] = [];
  while (tokens.length < vocabularySize) {
    const pair = words.takeMostFrequentPair();
    if (pair === undefined || pair.count < Math.max(minimumCount, 1)) break;
    const left = tokens[pair.left] ?? '';
    const right = tokens[pair.right] ?? '';
    merges.push([left, right]);
    // Another pair may have made the same token: then this is a second way to it.
    const known = idOfToken.get(left + right);
    const id = known ?? tokens.push(left + right) - 1;
    idOfToken.set(left + right, id);
    words.merge(pair, id);
  }
  return { tokens, merges, specialTokens };
}

function requirePossible(vocabularySize: number, specialTokens: readonly string[]): void {
  const least = byteCharacters.length + specialTokens.length;
  if (!Number.isInteger(vocabularySize) || vocabularySize < least || vocabularySize > maximumVocabularySize) {
    throw new TokenizerTrainingError(
      `A vocabulary of ${vocabularySize} tokens cannot be: it must be a whole number from ${least} (the 256 bytes and ` +
        `${specialTokens.length} special tokens) to ${maximumVocabularySize}.`,
    );
  }
  const bad = specialTokens.find(
    (token, index) =>
      token === '' || specialTokens.indexOf(token) !== index || byteCharacters.includes(token),
  );
  if (bad !== undefined) {
    throw new TokenizerTrainingError(
      `"${bad}" cannot be a special token: they must differ from each other, from nothing and from single characters.`,
    );
  }
}

/** How often each word occurs. */
async function countWords(
  texts: Iterable<string> | AsyncIterable<string>,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for await (const text of texts) {
    for (const word of splitIntoWords(text)) {
      const count = counts.get(word);
      // A piece of a text keeps the whole text in memory; a copy does not.
      const key = count === undefined ? Buffer.from(word).toString() : word;
      counts.set(key, (count ?? counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/** The distinct words as lists of tokens, and the pairs of neighbouring tokens in them. */
class Words {
  /** Word after word in bytes' room; a word that gets shorter leaves room behind it. */
  readonly #tokens: Int32Array;
  readonly #starts: Int32Array;
  readonly #lengths: Int32Array;
  readonly #counts: Float64Array;
  readonly #pairs = new Map<number, Pair>();
  readonly #queue = new PairQueue();

  constructor(counts: ReadonlyMap<string, number>, idOfToken: ReadonlyMap<string, number>) {
    const byteIds = Int32Array.from(byteCharacters, (character) => idOfToken.get(character) ?? 0);
    const words = [...counts]
      .map(([word, count]) => ({ bytes: Buffer.from(word), count }))
      .filter(({ bytes }) => bytes.byteLength > 1 && bytes.byteLength <= longestWordBytes);
    this.#tokens = new Int32Array(words.reduce((sum, { bytes }) => sum + bytes.byteLength, 0));
    this.#starts = new Int32Array(words.length);
    this.#lengths = new Int32Array(words.length);
    this.#counts = new Float64Array(words.length);
    let start = 0;
    for (const [word, { bytes, count }] of words.entries()) {
      this.#starts[word] = start;
      this.#lengths[word] = bytes.byteLength;
      this.#counts[word] = count;
      for (const [index, byte] of bytes.entries()) this.#tokens[start + index] = byteIds[byte] ?? 0;
      for (let index = start; index < start + bytes.byteLength - 1; index++) {
        this.#add({ left: this.#tokens[index] ?? 0, right: this.#tokens[index + 1] ?? 0, word });
      }
      start += bytes.byteLength;
    }
    for (const pair of this.#pairs.values()) this.#queue.push(pair);
  }

  takeMostFrequentPair(): Pair | undefined {
    return this.#queue.pop();
  }

  /** Puts the token `id` wherever the pair stands. */
  merge(pair: Pair, id: number): void {
    const added = new Set<Pair>();
    for (const word of pair.words) this.#mergeIn(word, { pair, id, added });
    this.#pairs.delete(keyOf(pair.left, pair.right));
    pair.count = 0;
    for (const each of added) this.#queue.push(each);
  }

  #mergeIn(word: number, { pair, id, added }: { pair: Pair; id: number; added: Set<Pair> }): void {
    const tokens = this.#tokens;
    const start = this.#starts[word] ?? 0;
    const end = start + (this.#lengths[word] ?? 0);
    let written = start;
    for (let read = start; read < end; read++) {
      const token = tokens[read] ?? 0;
      if (token !== pair.left || read + 1 >= end || tokens[read + 1] !== pair.right) {
        tokens[written++] = token;
        continue;
      }
      if (written > start) {
        const before = tokens[written - 1] ?? 0;
        this.#remove({ left: before, right: pair.left, word });
        added.add(this.#add({ left: before, right: id, word }));
      }
      if (read + 2 < end) {
        const after = tokens[read + 2] ?? 0;
        this.#remove({ left: pair.right, right: after, word });
        added.add(this.#add({ left: id, right: after, word }));
      }
      tokens[written++] = id;
      read++;
    }
    this.#lengths[word] = written - start;
  }

  #add({ left, right, word }: { left: number; right: number; word: number }): Pair {
    const key = keyOf(left, right);
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      pair = { left, right, count: 0, words: [] };
      this.#pairs.set(key, pair);
    }
    pair.count += this.#counts[word] ?? 0;
    if (pair.words.at(-1) !== word) pair.words.push(word);
    return pair;
  }

  #remove({ left, right, word }: { left: number; right: number; word: number }): void {
    const pair = this.#pairs.get(keyOf(left, right));
    if (pair !== undefined) pair.count -= this.#counts[word] ?? 0;
  }
}

function keyOf(left: number, right: number): number {
  return left * maximumVocabularySize + right;
}
