import type { OpenCorpus } from '../table/index.ts';
import type { Coverage } from './strategy.ts';

/** How much of a corpus models see that are shown so many of its documents, and what cannot be seen at all. */
export async function corpusCoverage(
  corpus: OpenCorpus,
): Promise<{ documents: number; tokens: number; seen: (read: number) => Coverage; unread: string[] }> {
  const { documents, tokens, skipped } = await corpus.summary();
  return {
    documents,
    tokens,
    seen: (read) => ({ documents: documents + skipped.length, read, withValue: null, missing: null }),
    unread:
      skipped.length === 0
        ? []
        : [`Files that could not be read and are not part of the answer: ${skipped.length}.`],
  };
}
