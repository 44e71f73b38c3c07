import { INTEGER, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldGroup } from './field-identity.ts';
import { createTemporaryTable } from './fill-table.ts';
import { readRows } from './result-row.ts';

/** Two fields that may be one. */
export type FieldPair = readonly [first: FieldGroup, second: FieldGroup];

export interface Agreement {
  /** Documents that state both. */
  readonly documents: number;
  /** Those in which some value of the one equals one of the other. */
  readonly agreeing: number;
}

/** Writes the paths of either side of each pair to `build_pairs`, by the number of the pair. */
export async function createPairs(connection: DuckDBConnection, pairs: readonly FieldPair[]): Promise<void> {
  const members = pairs.flatMap((pair, index) =>
    pair.flatMap(({ paths }, side) => paths.map(({ path }) => ({ pair: index, side, path }))),
  );
  await createTemporaryTable({
    connection,
    table: 'build_pairs',
    columns: [
      { name: 'pair', type: INTEGER, values: members.map(({ pair }) => pair) },
      { name: 'side', type: INTEGER, values: members.map(({ side }) => side) },
      { name: 'path', type: INTEGER, values: members.map(({ path }) => path) },
    ],
  });
}

/** Compares the values of pairs of fields document by document. Expects `build_readings`. */
export async function measureAgreement(
  connection: DuckDBConnection,
  pairs: readonly FieldPair[],
): Promise<Agreement[]> {
  if (pairs.length === 0) return [];
  await createPairs(connection, pairs);
  const rows = await readRows(
    connection,
    `WITH stated AS (
       SELECT DISTINCT p.pair, p.side, r.document, r.content
       FROM build_pairs p JOIN build_readings r ON r.path = p.path WHERE r.form <> 'missing'),
     compared AS (
       SELECT a.pair, a.document, bool_or(a.content = b.content) AS agrees
       FROM stated a JOIN stated b ON b.pair = a.pair AND b.document = a.document AND a.side = 0 AND b.side = 1
       GROUP BY a.pair, a.document)
     SELECT pair, count(*) AS documents, count(*) FILTER (agrees) AS agreeing FROM compared GROUP BY pair`,
  );
  const found = new Map(rows.map((row) => [row.number('pair'), row]));
  return pairs.map((_, index) => {
    const row = found.get(index);
    return { documents: row?.number('documents') ?? 0, agreeing: row?.number('agreeing') ?? 0 };
  });
}
