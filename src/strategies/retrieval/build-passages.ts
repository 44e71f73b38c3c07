import { availableParallelism } from 'node:os';
import { WorkerPool } from '../../corpus/worker-pool.ts';
import { forEachConcurrently } from '../../models/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import type { StrategyProgress } from '../strategy.ts';
import type { CutTask } from './cut-task.ts';
import type { CutDocument, PassageIndex } from './passage-index.ts';

/** Characters that a thread is given at once: enough for a transaction to be worth it, soon enough to be stored. */
const charactersAtATime = 250_000;

const mostThreads = 4;

/**
 * Brings the passage index up to date with the corpus: documents that are new or changed are cut, those that are gone
 * taken out. What is stored stays stored, so that a run that was ended goes on where it stopped. Texts are held a few
 * at a time.
 */
export async function buildPassages({
  corpus,
  index,
  passageTokens,
  signal,
  onProgress,
}: {
  corpus: OpenCorpus;
  index: PassageIndex;
  passageTokens: number;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: StrategyProgress) => void) | undefined;
}): Promise<void> {
  const stored = index.documentHashes();
  const stale: string[] = [];
  for (const { id, hash } of await corpus.documentVersions()) {
    if (stored.get(id) !== hash) stale.push(id);
    stored.delete(id);
  }
  if (stored.size > 0) index.remove([...stored.keys()]);
  if (stale.length === 0) return;
  const threads = Math.min(mostThreads, availableParallelism());
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const pool = new WorkerPool<CutTask, CutDocument[]>({
    module: new URL(`./cut-task.${extension}`, import.meta.url),
    size: threads,
  });
  let done = 0;
  try {
    await forEachConcurrently({
      items: inBatches(corpus.documents({ ids: stale, signal })),
      // One more than there are threads, so that none waits while a batch is stored.
      concurrency: threads + 1,
      run: async (documents) => {
        index.replace(await pool.run({ documents, passageTokens }, { signal }));
        done += documents.length;
        onProgress?.({ activity: 'cutting documents into passages', done, total: stale.length });
      },
    });
  } finally {
    await pool.close();
  }
}

async function* inBatches(
  documents: AsyncIterable<CutTask['documents'][number]>,
): AsyncGenerator<CutTask['documents']> {
  let batch: CutTask['documents'][number][] = [];
  let characters = 0;
  for await (const { id, path, title, hash, text } of documents) {
    batch.push({ id, path, title, hash, text });
    characters += text.length;
    if (characters < charactersAtATime) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}
