import type { CompiledQuery } from '../../questions/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import type { BenchmarkQuestion } from '../benchmark-format.ts';
import type { SetTable } from './set-table.ts';

/** Statements listed for a question; a question over all documents rests on thousands. */
const mostListed = 40;

/** Where the values stand that an answer rests on, most relevant first: the first of them. */
export async function evidenceOf({
  query,
  table,
  corpus,
}: {
  query: CompiledQuery;
  table: SetTable;
  corpus: OpenCorpus;
}): Promise<BenchmarkQuestion['evidence']> {
  if (query.columnsRead.length === 0) return [];
  const { rows } = await table.sql(query.selectionSql, mostListed);
  const keys = rows.map(([key]) => String(key));
  const { cells } = await corpus.cite({
    table: query.table,
    keys,
    columns: query.columnsRead,
    limit: mostListed,
  });
  return cells.map(({ document, field, start, end }) => ({ document, field, start, end }));
}
