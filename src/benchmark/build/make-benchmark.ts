import type { CatalogTable, CorpusLocation, OpenCorpus } from '../../table/index.ts';
import { BenchmarkError } from '../benchmark-error.ts';
import { buildBenchmark, requireFree } from './build-benchmark.ts';
import type { BuildProgress, BuildReport, BuildSettings } from './build-settings.ts';
import { truthByConsensus, type ConsensusRule } from './consensus.ts';
import { withCopies } from './counterfactual-corpus.ts';
import { filterDocuments, type DocumentFilter } from './filter-documents.ts';
import { truthFromFile } from './truth-file.ts';
import type { TruthTable } from './truth-table.ts';

/** What a benchmark is made of, and what is taken for true. */
export interface BenchmarkRequest extends BuildSettings, DocumentFilter {
  /** The table that questions are about; the one with the most values where absent. */
  readonly table?: string | undefined;
  /** A CSV file of the true values; what readers agree on where absent. */
  readonly truthFile?: string | undefined;
  /** The fields that questions may be about, by column name or label; all that suit where absent. */
  readonly fields?: readonly string[] | undefined;
  readonly consensus: ConsensusRule;
  /** Whether lengths that the documents do not fill are filled with counterfactual copies of them. */
  readonly counterfactual: boolean;
}

/**
 * Makes a benchmark out of a corpus that has been read: decides what is true, leaves out documents that do not pass the
 * filter, adds counterfactual copies where lengths ask for them, and builds the folder.
 *
 * @throws {BenchmarkError} when there are too few documents or fields, the truth cannot be read, or the folder is taken.
 */
export async function makeBenchmark({
  corpus,
  location,
  request,
  signal,
  onProgress,
}: {
  corpus: OpenCorpus;
  location: CorpusLocation;
  request: BenchmarkRequest;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
}): Promise<BuildReport> {
  await requireFree(request.out);
  const table = chooseTable(corpus, request.table);
  const decide = async (from: OpenCorpus, about: CatalogTable): Promise<TruthTable> =>
    request.truthFile === undefined
      ? await truthByConsensus({
          corpus: from,
          table: about,
          rule: request.consensus,
          only: request.fields,
          signal,
          onProgress,
        })
      : await truthFromFile({ corpus: from, file: request.truthFile, only: request.fields });
  const truth = await filterDocuments({ corpus, truth: await decide(corpus, table), filter: request });
  const build = (from: Parameters<typeof buildBenchmark>[0]): Promise<BuildReport> =>
    buildBenchmark({ ...from, signal, onProgress });
  if (!request.counterfactual) return await build({ corpus, truth, settings: request });
  if (request.truthFile !== undefined) {
    throw new BenchmarkError({
      message: 'Copies with other numbers cannot be made where the truth is given in a file.',
      remedy: 'Leave out --counterfactual or --truth.',
    });
  }
  return await withCopies({ corpus, location, truth, request, signal, onProgress }, async (copies) => {
    const about = copies.corpus.catalog.tables[0] ?? table;
    const known = await decide(copies.corpus, about);
    return await build({ corpus: copies.corpus, truth: known, origins: copies.origins, settings: request });
  });
}

function chooseTable({ catalog }: OpenCorpus, name: string | undefined): CatalogTable {
  const table = name === undefined ? catalog.tables[0] : catalog.tables.find((each) => each.name === name);
  if (table !== undefined) return table;
  throw new BenchmarkError({
    message: name === undefined ? 'Nothing was read that could be a table.' : `There is no table ${name}.`,
    remedy:
      name === undefined
        ? 'Questions need fields that many documents state; `corpuscope facts PATH` shows what was read.'
        : `The tables are: ${catalog.tables.map((each) => each.name).join(', ')}.`,
  });
}
