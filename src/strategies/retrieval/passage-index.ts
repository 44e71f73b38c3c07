import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { CutPassage } from './cut-passages.ts';
import { withTransaction } from './passage-database.ts';

/** A document cut into passages, ready to be stored. */
export interface CutDocument {
  readonly id: string;
  readonly hash: string;
  readonly title: string;
  /** Title, context and text as the full-text table takes them. */
  readonly titleWords: string;
  readonly passages: readonly (CutPassage & {
    readonly words: { readonly context: string; readonly text: string };
  })[];
}

/** A passage as it is stored: a run of its document's text, `[start, end)`, and what it stands under there. */
export interface StoredPassage extends CutPassage {
  readonly number: number;
  readonly document: string;
  readonly title: string;
}

/**
 * How much more a word counts in the title than in the text. Most questions name the document that they are about,
 * and every passage bears its document's title, so that words of titles are as frequent as they are long documents.
 */
const titleWeight = 10;

/** The passages of a corpus and the words in them. */
export class PassageIndex {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = prepare(database);
  }

  /** Hashes of the documents whose passages are stored, by id. */
  documentHashes(): Map<string, string> {
    return new Map(this.#statements.documents.all().map(({ id, hash }) => [String(id), String(hash)]));
  }

  /** Stores documents in place of what they were. One that another process has stored meanwhile is passed over. */
  replace(documents: readonly CutDocument[]): void {
    withTransaction(this.#database, () => {
      for (const document of documents) {
        if (this.#statements.hashOf.get(document.id)?.['hash'] === document.hash) continue;
        this.#remove(document.id);
        this.#insert(document);
      }
    });
  }

  remove(ids: readonly string[]): void {
    withTransaction(this.#database, () => {
      for (const id of ids) this.#remove(id);
    });
  }

  /**
   * The best passages for any of the terms by BM25, best first, with their scores: the higher the better.
   *
   * FTS5 gives a word that more than half of the passages have no weight at all. Yet where every document answers the
   * same points, such a word (`population`) tells which passage of the document that is asked about states the value.
   * So each term is scored alone and its weight replaced by one that stays above nothing, log(1 + (N - n + 0.5) /
   * (n + 0.5)) for n of N passages, as Lucene has it.
   *
   * @param terms queries of FTS5, one a word.
   */
  rankByWords(terms: readonly string[], limit: number): { passage: number; score: number }[] {
    const { passages: all } = this.totals();
    const found = terms.flatMap((term) => {
      const having = Number(this.#statements.having.get(term)?.['passages']);
      return having === 0 ? [] : [{ term, factor: termWeight(all, having) / weightInDatabase(all, having) }];
    });
    if (found.length === 0) return [];
    const scores = found.map(
      () =>
        `SELECT rowid, -bm25(passage_words, ${titleWeight}, 1, 1) * ? AS score
         FROM passage_words WHERE passage_words MATCH ?`,
    );
    return this.#database
      .prepare(
        `WITH scored AS MATERIALIZED (${scores.join(' UNION ALL ')})
         SELECT rowid, sum(score) AS score FROM scored GROUP BY rowid ORDER BY score DESC, rowid LIMIT ?`,
      )
      .all(...found.flatMap(({ term, factor }) => [factor, term]), limit)
      .map(({ rowid, score }) => ({ passage: Number(rowid), score: Number(score) }));
  }

  /** The passages of the given numbers, in their order. One that is not there any more is left out. */
  passages(numbers: readonly number[]): StoredPassage[] {
    return numbers.flatMap((number) => {
      const row = this.#statements.passage.get(number);
      return row === undefined ? [] : [toPassage(row)];
    });
  }

  /** All passages of a document in the order of its text. */
  passagesOf(document: string): StoredPassage[] {
    return this.#statements.passagesOf.all(document).map(toPassage);
  }

  totals(): { readonly documents: number; readonly passages: number; readonly tokens: number } {
    const row = this.#statements.totals.get();
    return {
      documents: Number(row?.['documents']),
      passages: Number(row?.['passages']),
      tokens: Number(row?.['tokens']),
    };
  }

  #insert({ id, hash, title, titleWords, passages }: CutDocument): void {
    const document = this.#statements.insertDocument.run(id, hash, title).lastInsertRowid;
    for (const { start, end, tokens, context, words } of passages) {
      const { lastInsertRowid } = this.#statements.insertPassage.run(document, start, end, tokens, context);
      this.#statements.insertWords.run(lastInsertRowid, titleWords, words.context, words.text);
    }
  }

  #remove(id: string): void {
    const number = this.#statements.numberOf.get(id)?.['number'];
    if (number === undefined) return;
    this.#statements.removeWords.run(number);
    this.#statements.removeVectors.run(number);
    this.#statements.removePassages.run(number);
    this.#statements.removeDocument.run(number);
  }
}

function prepare(database: DatabaseSync) {
  const passageColumns = 'p.number, d.id, d.title, p.start, p.end, p.tokens, p.context';
  const from = 'FROM passages p JOIN documents d ON d.number = p.document';
  const ofDocument = 'IN (SELECT number FROM passages WHERE document = ?)';
  return {
    documents: database.prepare('SELECT id, hash FROM documents'),
    hashOf: database.prepare('SELECT hash FROM documents WHERE id = ?'),
    numberOf: database.prepare('SELECT number FROM documents WHERE id = ?'),
    insertDocument: database.prepare('INSERT INTO documents (id, hash, title) VALUES (?, ?, ?)'),
    insertPassage: database.prepare(
      'INSERT INTO passages (document, start, end, tokens, context) VALUES (?, ?, ?, ?, ?)',
    ),
    insertWords: database.prepare(
      'INSERT INTO passage_words (rowid, title, context, text) VALUES (?, ?, ?, ?)',
    ),
    removeWords: database.prepare(`DELETE FROM passage_words WHERE rowid ${ofDocument}`),
    removeVectors: database.prepare(`DELETE FROM passage_vectors WHERE passage ${ofDocument}`),
    removePassages: database.prepare('DELETE FROM passages WHERE document = ?'),
    removeDocument: database.prepare('DELETE FROM documents WHERE number = ?'),
    having: database.prepare('SELECT count(*) AS passages FROM passage_words WHERE passage_words MATCH ?'),
    passage: database.prepare(`SELECT ${passageColumns} ${from} WHERE p.number = ?`),
    passagesOf: database.prepare(`SELECT ${passageColumns} ${from} WHERE d.id = ? ORDER BY p.start`),
    totals: database.prepare(
      `SELECT (SELECT count(*) FROM documents) AS documents, count(*) AS passages,
         coalesce(sum(tokens), 0) AS tokens FROM passages`,
    ),
  };
}

function termWeight(all: number, having: number): number {
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}

/** What FTS5 multiplies with. */
function weightInDatabase(all: number, having: number): number {
  const weight = Math.log((all - having + 0.5) / (having + 0.5));
  return weight <= 0 ? 1e-6 : weight;
}

function toPassage(row: Record<string, SQLOutputValue>): StoredPassage {
  return {
    number: Number(row['number']),
    document: String(row['id']),
    title: String(row['title']),
    start: Number(row['start']),
    end: Number(row['end']),
    tokens: Number(row['tokens']),
    context: String(row['context']),
  };
}
