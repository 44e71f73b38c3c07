import type { DatabaseSync } from 'node:sqlite';
import { withTransaction } from './passage-database.ts';

/** What a vector was made from, and the vector, of length 1. */
export interface HashedVector {
  readonly hash: Uint8Array;
  readonly vector: Float32Array;
}

/** A passage with the hashes of the texts whose vectors stand for it. */
export interface PassageHashes {
  readonly passage: number;
  readonly hashes: readonly Uint8Array[];
}

/** Vectors that are gone through at once, with the passage that each belongs to. */
interface Block {
  readonly passages: Float64Array;
  readonly vectors: Float32Array;
}

const vectorsABlock = 1024;

/** Vectors of up to this size stay in memory for the next question; more are read again for each. */
const mostBytesHeld = 256 * 2 ** 20;

/**
 * The vectors of a corpus's passages by one embedding model. The search is exact: every vector is compared. At 10
 * million tokens these are some hundred thousand, which takes less time than the question's own vector.
 */
export class VectorIndex {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #model: number;
  #held: readonly Block[] | null = null;

  /** @param identity of the model: vectors of one identity can be compared with each other. */
  constructor({ database, identity }: { database: DatabaseSync; identity: string }) {
    this.#database = database;
    this.#statements = prepare(database);
    this.#statements.insertModel.run(identity);
    this.#model = Number(this.#statements.model.get(identity)?.['number']);
  }

  /** How many passages have no vector yet, and how many tokens they have. */
  missing(): { readonly passages: number; readonly tokens: number } {
    const row = this.#statements.missing.get(this.#model);
    return { passages: Number(row?.['passages']), tokens: Number(row?.['tokens']) };
  }

  /** Ids of the documents that have such passages. */
  documentsMissing(): string[] {
    return this.#statements.documentsMissing.all(this.#model).map(({ id }) => String(id));
  }

  has(passage: number): boolean {
    return this.#statements.hasPassage.get(this.#model, passage) !== undefined;
  }

  find(hash: Uint8Array): Float32Array | null {
    const blob = this.#statements.find.get(this.#model, hash)?.['vector'];
    return blob instanceof Uint8Array ? toFloats(blob) : null;
  }

  /** Keeps vectors and notes whose they are. Those of a passage come in one call, so that none has only some. */
  store({
    vectors,
    passages = [],
  }: {
    vectors: readonly HashedVector[];
    passages?: readonly PassageHashes[];
  }): void {
    withTransaction(this.#database, () => {
      for (const { hash, vector } of vectors) {
        this.#statements.insert.run(this.#model, hash, toBytes(vector));
      }
      for (const { passage, hashes } of passages) {
        for (const hash of hashes) this.#statements.link.run(this.#model, passage, this.#model, hash);
      }
    });
    if (passages.length > 0) this.#held = null;
  }

  /** The passages nearest to a vector by the cosine of their nearest vector, nearest first. */
  rank(query: Float32Array, limit: number): { passage: number; score: number }[] {
    const best = new Map<number, number>();
    for (const { passages, vectors } of this.#blocks()) {
      for (let index = 0; index < passages.length; index += 1) {
        const score = dotProduct(query, vectors, index * query.length);
        const passage = passages[index] ?? 0;
        if (score > (best.get(passage) ?? Number.NEGATIVE_INFINITY)) best.set(passage, score);
      }
    }
    return Array.from(best, ([passage, score]) => ({ passage, score }))
      .sort((left, right) => right.score - left.score || left.passage - right.passage)
      .slice(0, limit);
  }

  *#blocks(): Iterable<Block> {
    if (this.#held !== null) {
      yield* this.#held;
      return;
    }
    const blocks: Block[] = [];
    let bytes = 0;
    for (const block of this.#readBlocks()) {
      bytes += block.vectors.byteLength;
      if (bytes <= mostBytesHeld) blocks.push(block);
      else blocks.length = 0;
      yield block;
    }
    if (bytes <= mostBytesHeld) this.#held = blocks;
  }

  *#readBlocks(): Iterable<Block> {
    let passages: number[] = [];
    let vectors: Float32Array[] = [];
    for (const { passage, vector } of this.#statements.all.iterate(this.#model)) {
      if (!(vector instanceof Uint8Array)) continue;
      passages.push(Number(passage));
      vectors.push(toFloats(vector));
      if (passages.length < vectorsABlock) continue;
      yield toBlock(passages, vectors);
      passages = [];
      vectors = [];
    }
    if (passages.length > 0) yield toBlock(passages, vectors);
  }
}

function prepare(database: DatabaseSync) {
  const missing = `FROM passages p WHERE NOT EXISTS (
    SELECT 1 FROM passage_vectors v WHERE v.model = ? AND v.passage = p.number)`;
  return {
    insertModel: database.prepare('INSERT OR IGNORE INTO models (identity) VALUES (?)'),
    model: database.prepare('SELECT number FROM models WHERE identity = ?'),
    missing: database.prepare(`SELECT count(*) AS passages, coalesce(sum(p.tokens), 0) AS tokens ${missing}`),
    documentsMissing: database.prepare(
      `SELECT id FROM documents WHERE number IN (SELECT p.document ${missing}) ORDER BY number`,
    ),
    hasPassage: database.prepare('SELECT 1 FROM passage_vectors WHERE model = ? AND passage = ? LIMIT 1'),
    find: database.prepare('SELECT vector FROM vectors WHERE model = ? AND hash = ?'),
    insert: database.prepare('INSERT OR IGNORE INTO vectors (model, hash, vector) VALUES (?, ?, ?)'),
    link: database.prepare(
      `INSERT OR IGNORE INTO passage_vectors (model, passage, vector)
       SELECT ?, p.number, v.number FROM passages p, vectors v WHERE p.number = ? AND v.model = ? AND v.hash = ?`,
    ),
    all: database.prepare(
      `SELECT l.passage, v.vector FROM passage_vectors l JOIN vectors v ON v.number = l.vector
       WHERE l.model = ? ORDER BY l.passage`,
    ),
  };
}

function toBlock(passages: readonly number[], vectors: readonly Float32Array[]): Block {
  const dimensions = vectors[0]?.length ?? 0;
  const joined = new Float32Array(dimensions * vectors.length);
  vectors.forEach((vector, index) => joined.set(vector, index * dimensions));
  return { passages: Float64Array.from(passages), vectors: joined };
}

/** The database hands out a buffer of its own for each value, so that nothing need be copied. */
function toFloats(blob: Uint8Array): Float32Array {
  return new Float32Array(blob.buffer, blob.byteOffset, blob.byteLength / 4);
}

function toBytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Four sums at a time, since each addition waits for the one before it. */
function dotProduct(query: Float32Array, vectors: Float32Array, offset: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const even = query.length - (query.length % 4);
  for (let index = 0; index < even; index += 4) {
    first += (query[index] ?? 0) * (vectors[offset + index] ?? 0);
    second += (query[index + 1] ?? 0) * (vectors[offset + index + 1] ?? 0);
    third += (query[index + 2] ?? 0) * (vectors[offset + index + 2] ?? 0);
    fourth += (query[index + 3] ?? 0) * (vectors[offset + index + 3] ?? 0);
  }
  for (let index = even; index < query.length; index += 1) {
    first += (query[index] ?? 0) * (vectors[offset + index] ?? 0);
  }
  return first + second + third + fourth;
}
