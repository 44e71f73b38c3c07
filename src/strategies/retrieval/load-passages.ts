import { formatLocation, locate } from '../../corpus/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import type { FoundPassage } from './retriever.ts';

/** A passage that was found, with its words. */
export interface LoadedPassage extends FoundPassage {
  /** Equals the document's stored text from `start` to `end`. */
  readonly quote: string;
  /** Where it begins in the source, in words: `line 12`, `page 3`. */
  readonly location: string;
  /** The place of its document in the order of the corpus, among those that were found. */
  readonly documentPlace: number;
}

/**
 * Loads the words of passages, in the order given. Documents pass one by one; only the passages are kept. One whose
 * document is gone from the corpus is left out.
 */
export async function loadPassages({
  corpus,
  found,
  signal,
}: {
  corpus: OpenCorpus;
  found: readonly FoundPassage[];
  signal?: AbortSignal | undefined;
}): Promise<LoadedPassage[]> {
  const ofDocument = Map.groupBy(found, ({ document }) => document);
  const loaded = new Map<number, LoadedPassage>();
  let documentPlace = 0;
  for await (const { id, text, sourceMap } of corpus.documents({ ids: [...ofDocument.keys()], signal })) {
    for (const passage of ofDocument.get(id) ?? []) {
      const { number, start, end } = passage;
      const location = formatLocation(locate({ sourceMap, text, offset: start }));
      loaded.set(number, { ...passage, quote: text.slice(start, end), location, documentPlace });
    }
    documentPlace += 1;
  }
  return found.flatMap(({ number }) => loaded.get(number) ?? []);
}
