import {
  addCosts,
  type Cost,
  type EmbeddingClient,
  noCost,
  type PlannedEmbeddings,
} from '../../models/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import { SharedWork } from '../prompt-corpus/shared-work.ts';
import type { StrategyProgress } from '../strategy.ts';
import { buildPassages } from './build-passages.ts';
import { defaultPassageTokens } from './cut-passages.ts';
import { embedPassages, hashText } from './embed-passages.ts';
import { fuseRanks, type FusedPassage, type Ranked } from './fuse-ranks.ts';
import { openPassageDatabase } from './passage-database.ts';
import { PassageIndex, type StoredPassage } from './passage-index.ts';
import { toSearchTerms } from './search-text.ts';
import { VectorIndex } from './vector-index.ts';

/** A passage that was found, with what speaks for it. */
export interface FoundPassage extends StoredPassage, Omit<FusedPassage, 'passage'> {}

export interface WorkOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StrategyProgress) => void) | undefined;
}

/** Several questions to one corpus wait for the same index; each build takes all cores. */
const building = new SharedWork<StrategyProgress>();

/** Deeper than a few passages are wanted, since a passage that both rankings have further down may come first. */
const fewestRanked = 100;

/**
 * Finds the passages of a corpus that a question is about: by BM25 over their words and, with an embedding model, by
 * the nearness of their vectors, the two rankings joined.
 */
export class Retriever {
  readonly #corpus: OpenCorpus;
  readonly #passageTokens: number;
  readonly #embeddings: EmbeddingClient | null;
  readonly #index: PassageIndex;
  readonly #vectors: VectorIndex | null;
  #isBuilt = false;
  #isEmbedded = false;
  #cost = noCost;

  /** @throws {StoreError} when the passage index cannot be written. */
  constructor({
    corpus,
    passageTokens = defaultPassageTokens,
    embeddings = null,
  }: {
    corpus: OpenCorpus;
    /** Length of the passages in tokens of o200k. */
    passageTokens?: number | undefined;
    /** Ranks passages by meaning too; without it, by words alone. */
    embeddings?: EmbeddingClient | null | undefined;
  }) {
    this.#corpus = corpus;
    this.#passageTokens = passageTokens;
    this.#embeddings = embeddings;
    const database = openPassageDatabase({ storeFolder: corpus.location.storeFolder, passageTokens });
    this.#index = new PassageIndex(database);
    this.#vectors =
      embeddings === null ? null : new VectorIndex({ database, identity: embeddings.model.identity });
  }

  /** What was spent on vectors since this was asked for last: whoever asks first bears what all gain by. */
  takeCost(): Cost {
    const cost = this.#cost;
    this.#cost = noCost;
    return cost;
  }

  totals(): ReturnType<PassageIndex['totals']> {
    return this.#index.totals();
  }

  /** Cuts what is new or changed in the corpus into passages. Nothing is sent anywhere. */
  async build(options: WorkOptions = {}): Promise<void> {
    if (this.#isBuilt) return;
    await this.#share('passages', options, (onProgress, signal) =>
      buildPassages({
        corpus: this.#corpus,
        index: this.#index,
        passageTokens: this.#passageTokens,
        signal,
        onProgress,
      }),
    );
    this.#isBuilt = true;
  }

  /**
   * Gives every passage its vectors, where there is an embedding model.
   *
   * @throws {ModelError}
   */
  async embed(options: WorkOptions = {}): Promise<void> {
    const [client, vectors] = [this.#embeddings, this.#vectors];
    if (client === null || vectors === null || this.#isEmbedded) return;
    await this.#share('vectors', options, async (onProgress, signal) => {
      const [corpus, index] = [this.#corpus, this.#index];
      const cost = await embedPassages({ corpus, index, vectors, client, signal, onProgress });
      this.#cost = addCosts(this.#cost, cost);
    });
    this.#isEmbedded = true;
  }

  /** What {@link embed} and one question will take; null where no call is made. */
  async planEmbedding(question: string): Promise<PlannedEmbeddings | null> {
    const [client, vectors] = [this.#embeddings, this.#vectors];
    if (client === null || vectors === null || client.model.isLocal) return null;
    const { id, tokenizer, usdPerMillionTokens: price } = client.model;
    const missing = vectors.missing();
    const text = queryText(client, question);
    const isKnown = vectors.find(hashText(text)) !== null;
    const calls = Math.ceil(missing.passages / (await client.textsACall())) + (isKnown ? 0 : 1);
    const inputTokens = missing.tokens + (isKnown ? 0 : tokenizer.count(text));
    const usd = price === null ? null : (inputTokens * price) / 1_000_000;
    return calls === 0 ? null : { model: id, tokenizer: tokenizer.id, calls, inputTokens, usd };
  }

  /**
   * The passages that a question is most likely about, the best first.
   *
   * @throws {ModelError} from the embedding model.
   */
  async find({
    question,
    limit,
    byMeaning = true,
    signal,
  }: {
    question: string;
    limit: number;
    /** False: by words alone, for which nothing is sent anywhere. */
    byMeaning?: boolean;
    signal?: AbortSignal | undefined;
  }): Promise<FoundPassage[]> {
    const depth = Math.max(limit, fewestRanked);
    const words = this.rankByWords(question, depth);
    const meaning = byMeaning ? await this.rankByMeaning(question, depth, signal) : [];
    const fused = fuseRanks({ words, meaning }).slice(0, limit);
    const passages = new Map(
      this.passages(fused.map(({ passage }) => passage)).map((passage) => [passage.number, passage]),
    );
    return fused.flatMap(({ passage, ...places }) => {
      const stored = passages.get(passage);
      return stored === undefined ? [] : [{ ...stored, ...places }];
    });
  }

  /** The passages of the given numbers, in their order. */
  passages(numbers: readonly number[]): StoredPassage[] {
    return this.#index.passages(numbers);
  }

  rankByWords(question: string, limit: number): Ranked[] {
    return this.#index.rankByWords(toSearchTerms(question), limit);
  }

  /** Empty without an embedding model. */
  async rankByMeaning(question: string, limit: number, signal?: AbortSignal): Promise<Ranked[]> {
    const [client, vectors] = [this.#embeddings, this.#vectors];
    if (client === null || vectors === null) return [];
    const text = queryText(client, question);
    const hash = hashText(text);
    const known = vectors.find(hash);
    if (known !== null) return vectors.rank(known, limit);
    const { vectors: embedded, cost } = await client.embed({ texts: [text], signal });
    this.#cost = addCosts(this.#cost, cost);
    const [vector] = embedded;
    if (vector === undefined) return [];
    vectors.store({ vectors: [{ hash, vector }] });
    return vectors.rank(vector, limit);
  }

  #share(
    what: string,
    { signal, onProgress }: WorkOptions,
    work: (report: (progress: StrategyProgress) => void, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const key = `${what} ${this.#passageTokens} ${this.#corpus.location.storeFolder}`;
    return building.run({ key, work, result: () => Promise.resolve(), signal, onProgress });
  }
}

function queryText({ model }: EmbeddingClient, question: string): string {
  return `${model.prompts.query}${question}`;
}
