import type { DocumentFormat, Tokenizer } from '../../corpus/index.ts';
import { corpusQaDocument } from '../../models/prompts/index.ts';
import { passageTitle, type OpenCorpus, type StoredDocument } from '../../table/index.ts';
import type { SetDocument } from './choose-sets.ts';
import type { TruthEntity } from './truth-table.ts';
import { wholeCorpusLimits } from './whole-corpus-limits.ts';

/** A document as it goes into a benchmark. */
export interface SourceDocument {
  readonly id: string;
  /** What stands above it where it does not state its title itself. */
  readonly title: string;
  /** The file that it, or the document it is a copy of, comes from. */
  readonly source: string;
  readonly text: string;
  readonly format: DocumentFormat;
  readonly tokens: number;
  /** Of title and text, in hexadecimal. */
  readonly hash: string;
  readonly counterfactual: boolean;
}

/** Where the documents of a benchmark come from. */
export interface DocumentSource {
  /** Those that are about something of which all is certain, by their ids, in the order of ids. */
  list(used: ReadonlySet<string>): Promise<ReadonlyMap<string, SetDocument>>;
  /** The documents of the ids, one after the other in any order. */
  documents(request: {
    ids: readonly string[];
    signal?: AbortSignal | undefined;
  }): AsyncIterable<SourceDocument>;
}

/** So much of a document tells whether it begins with its title. */
const beginning = 300;
/** Documents are numbered in the prompt; no number has more tokens. */
const largestNumber = 999_999;

/** The documents of a corpus as they are. */
export function corpusDocuments(
  corpus: OpenCorpus,
  tokenizer: Tokenizer,
  entities: readonly TruthEntity[],
): DocumentSource {
  const names = documentNames(entities);
  return {
    list: async (used) => {
      const { rows } = await corpus.sql(
        `SELECT id, path, title, tokens, left(text, ${beginning}) FROM store.documents ORDER BY id`,
        { limits: wholeCorpusLimits },
      );
      const documents = new Map<string, SetDocument>();
      for (const [id, path, stated, count, start] of rows) {
        if (!used.has(String(id))) continue;
        const named = {
          id: String(id),
          path: String(path),
          title: typeof stated === 'string' ? stated : null,
        };
        const title = benchmarkTitle(named, names);
        const tokens = promptTokens({ title, text: String(start), tokens: Number(count), tokenizer });
        documents.set(named.id, { id: named.id, tokens, counterfactual: false });
      }
      return documents;
    },
    documents: async function* ({ ids, signal }) {
      for await (const document of corpus.documents({ ids, signal })) {
        const { id, path, text, format, tokens, hash } = document;
        const title = benchmarkTitle(document, names);
        yield { id, title, source: path, text, format, tokens, hash, counterfactual: false };
      }
    },
  };
}

/** The names of what documents are about, by the documents that are about one thing alone. */
function documentNames(entities: readonly TruthEntity[]): ReadonlyMap<string, string> {
  const about = Map.groupBy(
    entities.flatMap(({ key, documents }) => documents.map((id) => ({ id, key }))),
    ({ id }) => id,
  );
  return new Map(
    [...about].flatMap(([id, [first, ...others]]) =>
      first === undefined || others.length > 0 ? [] : [[id, first.key]],
    ),
  );
}

/**
 * A document that states no title is headed by the name of what it is about, which answers call it by, and not by its
 * file's name.
 */
function benchmarkTitle(
  document: Pick<StoredDocument, 'id' | 'path' | 'title'>,
  names: ReadonlyMap<string, string>,
): string {
  const title = document.title?.trim() ?? '';
  return title === '' ? (names.get(document.id) ?? passageTitle(document)) : passageTitle(document);
}

/**
 * The tokens of a document in the prompt: its own, and those of its heading.
 *
 * @param options.text its beginning at least: where it states its title itself, no other stands above it.
 * @param options.number its place in the prompt, counted from 1; the largest where it is not known yet.
 */
export function promptTokens({
  title,
  text,
  tokens,
  number = largestNumber,
  tokenizer,
}: {
  title: string;
  text: string;
  tokens: number;
  number?: number | undefined;
  tokenizer: Tokenizer;
}): number {
  // Tokens do not reach across the line break below a heading: of the text its first line is enough.
  const [start = ''] = text.slice(0, beginning).trimStart().split('\n', 1);
  const passage = corpusQaDocument(number, { title, text: start });
  return tokens + Math.max(0, tokenizer.count(passage) - tokenizer.count(start));
}
