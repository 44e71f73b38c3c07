import { loadTokenizer } from '../../corpus/index.ts';
import { rememberLines } from '../../corpus/remember-lines.ts';
import type { CatalogTable, OpenCorpus } from '../../table/index.ts';
import { BenchmarkError } from '../benchmark-error.ts';
import { buildBenchmark, requireFree } from './build-benchmark.ts';
import type { BuildProgress, BuildReport, BuildSettings } from './build-settings.ts';
import { truthByConsensus, type ConsensusRule } from './consensus.ts';
import { withCopies } from './counterfactual-copies.ts';
import { corpusDocuments, type DocumentSource } from './document-source.ts';
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
  request,
  signal,
  onProgress,
}: {
  corpus: OpenCorpus;
  request: BenchmarkRequest;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
}): Promise<BuildReport> {
  await requireFree(request.out);
  const table = chooseTable(corpus, request.table);
  const tokenizer = rememberLines(await loadTokenizer(corpus.tokenizer));
  const build = (from: { truth: TruthTable; source: DocumentSource }): Promise<BuildReport> =>
    buildBenchmark({ ...from, tokenizer, settings: request, signal, onProgress });
  if (request.truthFile !== undefined) {
    if (request.counterfactual) throw noCopies();
    const truth = await truthFromFile({ corpus, file: request.truthFile, only: request.fields });
    const filtered = await filterDocuments({ corpus, truth, filter: request });
    return await build({
      truth: filtered,
      source: corpusDocuments(corpus, tokenizer, filtered.entities),
    });
  }
  const { consensus: rule, fields: only } = request;
  const agreed = await truthByConsensus({ corpus, table, rule, only, signal, onProgress });
  const truth = await filterDocuments({ corpus, truth: agreed, filter: request });
  if (!request.counterfactual)
    return await build({ truth, source: corpusDocuments(corpus, tokenizer, truth.entities) });
  return await build(await withCopies({ corpus, tokenizer, truth, request, signal, onProgress }));
}

function noCopies(): BenchmarkError {
  return new BenchmarkError({
    message: 'Copies with other numbers cannot be made where the truth is given in a file.',
    remedy: 'Leave out --counterfactual or --truth.',
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
