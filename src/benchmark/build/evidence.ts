import type { CompiledQuery } from '../../questions/index.ts';
import type { BenchmarkQuestion } from '../benchmark-format.ts';
import type { SetTable } from './set-table.ts';
import type { TruthEntity } from './truth-table.ts';

/** Statements listed for a question; a question over all documents rests on thousands. */
const mostListed = 40;

/** Where the values stand that an answer rests on, most relevant first: the first of them. */
export async function evidenceOf({
  query,
  table,
  entities,
}: {
  query: CompiledQuery;
  table: SetTable;
  entities: ReadonlyMap<string, TruthEntity>;
}): Promise<BenchmarkQuestion['evidence']> {
  const { rows } = await table.sql(query.selectionSql, mostListed);
  const labels = new Map(table.table.columns.map(({ name, label }) => [name, label]));
  const cited = rows.flatMap(([key]) =>
    query.columnsRead.flatMap((column) => {
      const source = entities.get(String(key))?.sources.get(column);
      if (source === undefined || source.span === null) return [];
      const [name = '', period] = column.split('@');
      const field = `${labels.get(name) ?? name}${period === undefined ? '' : ` (${period})`}`;
      return [{ document: source.document, field, ...source.span }];
    }),
  );
  return cited.slice(0, mostListed);
}
