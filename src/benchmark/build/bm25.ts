import { toSearchText } from '../../strategies/retrieval/search-text.ts';

/* BM25 as Lucene has it: k1 = 1.2, b = 0.75, idf = log(1 + (N - n + 0.5) / (n + 0.5)). */
const saturation = 1.2;
const lengthWeight = 0.75;
const words = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** Documents and occurrences go into one number; more occurrences count like so many. */
const mostOccurrences = 255;

/**
 * Ranks whole documents by BM25. Statistics are those of the first N documents alone, so that each of several nested
 * sets is ranked as if there were no other.
 */
export class DocumentRanking {
  readonly #postings = new Map<string, number[]>();
  readonly #lengths: number[] = [];

  /** Adds a document; positions may come in any order. */
  add(position: number, text: string): void {
    const counts = new Map<string, number>();
    let length = 0;
    for (const [word] of toSearchText(text).toLowerCase().matchAll(words)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      length += 1;
    }
    this.#lengths[position] = length;
    for (const [word, count] of counts) {
      const posting = position * (mostOccurrences + 1) + Math.min(count, mostOccurrences);
      const postings = this.#postings.get(word);
      if (postings === undefined) this.#postings.set(word, [posting]);
      else postings.push(posting);
    }
  }

  /**
   * The positions of the best documents for any of the terms, best first, among those before `documents`.
   *
   * @param terms words in the form of `toSearchTerms`, in quotation marks.
   */
  best({
    terms,
    documents,
    limit,
  }: {
    terms: readonly string[];
    documents: number;
    limit: number;
  }): number[] {
    let total = 0;
    for (let position = 0; position < documents; position += 1) total += this.#lengths[position] ?? 0;
    const average = total / documents;
    const scores = new Map<number, number>();
    for (const term of terms) {
      const within = (this.#postings.get(term.slice(1, -1)) ?? [])
        .map((posting) => ({
          position: Math.floor(posting / (mostOccurrences + 1)),
          count: posting % (mostOccurrences + 1),
        }))
        .filter(({ position }) => position < documents);
      const weight = Math.log(1 + (documents - within.length + 0.5) / (within.length + 0.5));
      for (const { position, count } of within) {
        const norm = 1 - lengthWeight + (lengthWeight * (this.#lengths[position] ?? 0)) / average;
        const score = (weight * count * (saturation + 1)) / (count + saturation * norm);
        scores.set(position, (scores.get(position) ?? 0) + score);
      }
    }
    return [...scores]
      .toSorted(([one, score], [other, otherScore]) => otherScore - score || one - other)
      .slice(0, limit)
      .map(([position]) => position);
  }
}
