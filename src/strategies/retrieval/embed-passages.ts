import { createHash } from 'node:crypto';
import {
  addCosts,
  type Cost,
  type EmbeddingClient,
  forEachConcurrently,
  noCost,
} from '../../models/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import type { StrategyProgress } from '../strategy.ts';
import { EmbeddingTexts } from './embedding-texts.ts';
import type { PassageIndex } from './passage-index.ts';
import type { HashedVector, PassageHashes, VectorIndex } from './vector-index.ts';

interface HashedText {
  readonly text: string;
  readonly hash: Uint8Array;
}

/** A passage with the texts whose vectors stand for it. */
interface PassageTexts {
  readonly passage: number;
  readonly texts: readonly HashedText[];
}

/**
 * Gives every passage that has none the vectors of a model. Texts that have had one before are not embedded again,
 * wherever they stand. Each batch is kept as it comes, so that a run that was ended goes on where it stopped.
 *
 * @throws {ModelError}
 */
export async function embedPassages({
  corpus,
  index,
  vectors,
  client,
  signal,
  onProgress,
}: {
  corpus: OpenCorpus;
  index: PassageIndex;
  vectors: VectorIndex;
  client: EmbeddingClient;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: StrategyProgress) => void) | undefined;
}): Promise<Cost> {
  const { passages: total } = vectors.missing();
  if (total === 0) return noCost;
  const textsACall = await client.textsACall();
  let cost = noCost;
  let done = 0;
  await forEachConcurrently({
    items: inBatches(passagesToEmbed({ corpus, index, vectors, client, signal }), textsACall),
    concurrency: client.concurrency,
    run: async (batch) => {
      const found: HashedVector[] = [];
      for (const texts of inCalls(unknownTexts(batch, vectors), textsACall)) {
        const reply = await client.embed({ texts: texts.map(({ text }) => text), signal });
        cost = addCosts(cost, reply.cost);
        reply.vectors.forEach((vector, position) => {
          const hash = texts[position]?.hash;
          if (hash !== undefined) found.push({ hash, vector });
        });
      }
      const passages = batch.map(({ passage, texts }): PassageHashes => ({
        passage,
        hashes: texts.map(({ hash }) => hash),
      }));
      vectors.store({ vectors: found, passages });
      done += batch.length;
      onProgress?.({ activity: 'embedding passages', done, total });
    },
  });
  return cost;
}

/** What a vector is kept under, and found again when the same text stands elsewhere. */
export function hashText(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

async function* passagesToEmbed({
  corpus,
  index,
  vectors,
  client,
  signal,
}: {
  corpus: OpenCorpus;
  index: PassageIndex;
  vectors: VectorIndex;
  client: EmbeddingClient;
  signal: AbortSignal | undefined;
}): AsyncGenerator<PassageTexts> {
  for await (const { id, text } of corpus.documents({ ids: vectors.documentsMissing(), signal })) {
    const embeddingTexts = new EmbeddingTexts({ model: client.model, text });
    for (const passage of index.passagesOf(id)) {
      if (vectors.has(passage.number)) continue;
      const texts = embeddingTexts.of(passage).map((text) => ({ text, hash: hashText(text) }));
      yield { passage: passage.number, texts };
    }
  }
}

/** Passages whose texts together fill a call. */
async function* inBatches(
  passages: AsyncIterable<PassageTexts>,
  textsACall: number,
): AsyncGenerator<PassageTexts[]> {
  let batch: PassageTexts[] = [];
  let count = 0;
  for await (const passage of passages) {
    if (count > 0 && count + passage.texts.length > textsACall) {
      yield batch;
      batch = [];
      count = 0;
    }
    batch.push(passage);
    count += passage.texts.length;
  }
  if (batch.length > 0) yield batch;
}

function unknownTexts(batch: readonly PassageTexts[], vectors: VectorIndex): HashedText[] {
  const unknown = new Map<string, HashedText>();
  for (const text of batch.flatMap(({ texts }) => texts)) {
    if (vectors.find(text.hash) === null) unknown.set(text.text, text);
  }
  return [...unknown.values()];
}

function inCalls(texts: readonly HashedText[], textsACall: number): HashedText[][] {
  const calls: HashedText[][] = [];
  for (let first = 0; first < texts.length; first += textsACall) {
    calls.push(texts.slice(first, first + textsACall));
  }
  return calls;
}
