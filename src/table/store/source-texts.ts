import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceMap } from '../../corpus/document.ts';
import { formatLocation, locate } from '../../corpus/source-location.ts';

/** A slice of a document with the place in the source it came from. */
export interface SourceQuote {
  readonly quote: string;
  /** In words: `line 12`, `page 3`, `Sheet1!B4`. */
  readonly location: string;
}

/** Gives quotes from the stored texts. A text is loaded once and kept while the quotes of one request are made. */
export class SourceTexts {
  readonly #texts: ReadonlyMap<number, { text: string; sourceMap: SourceMap }>;

  private constructor(texts: ReadonlyMap<number, { text: string; sourceMap: SourceMap }>) {
    this.#texts = texts;
  }

  /** @param documents their numbers (`store.documents.number`). */
  static async load(connection: DuckDBConnection, documents: Iterable<number>): Promise<SourceTexts> {
    const numbers = [...new Set(documents)];
    if (numbers.length === 0) return new SourceTexts(new Map());
    const reader = await connection.runAndReadAll(
      `SELECT number, text, source_map FROM store.documents WHERE number IN (${numbers.join(', ')})`,
    );
    const rows = reader.getRows();
    return new SourceTexts(
      new Map(
        rows.map(([number, text, map]) => {
          // The store itself wrote the map, as JSON of a SourceMap.
          const sourceMap = JSON.parse(String(map)) as SourceMap;
          return [Number(number), { text: String(text), sourceMap }];
        }),
      ),
    );
  }

  quote({ document, start, end }: { document: number; start: number; end: number }): SourceQuote {
    const source = this.#texts.get(document);
    if (source === undefined) return { quote: '', location: '' };
    const { text, sourceMap } = source;
    return {
      quote: text.slice(start, end),
      location: formatLocation(locate({ sourceMap, text, offset: start })),
    };
  }
}
