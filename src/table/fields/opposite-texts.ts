import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldGroup } from './field-identity.ts';
import { isSpoken } from './field-joins.ts';
import type { FieldValues } from './field-values.ts';
import { createTemporaryTable } from './fill-table.ts';

/** Two texts of which one says yes to what a label asks, and the other no. */
export interface Opposites {
  readonly yes: string;
  readonly no: string;
}

const negation = /^(?:not|no|non|un)[ -]?(?=\p{L}{3})/u;
const verdicts: ReadonlyMap<string, string> = new Map([
  ['fail', 'pass'],
  ['failed', 'passed'],
  ['fails', 'passes'],
]);

/** The texts of a field that has two and no more, where one denies the other: `required` and `not required`. */
export function oppositesOf({ texts }: Pick<FieldValues, 'texts'>): Opposites | null {
  const [first, second, third] = [...texts].sort();
  if (first === undefined || second === undefined || third !== undefined) return null;
  for (const [yes, no] of [
    [first, second],
    [second, first],
  ] as const) {
    const denied = verdicts.get(no) ?? (negation.test(no) ? no.replace(negation, '') : null);
    if (denied === yes) return { yes, no };
  }
  return null;
}

/** Reads the texts of fields that were joined with fields of yes and no as these. Changes `store.readings`. */
export async function settleOpposites(
  connection: DuckDBConnection,
  fields: readonly { readonly group: FieldGroup; readonly opposites: Opposites }[],
): Promise<void> {
  const labelled = fields.filter(({ group }) => !isSpoken(group));
  const paths = labelled.flatMap(({ group, opposites }) =>
    group.paths.map(({ path }) => ({ path, ...opposites })),
  );
  if (paths.length === 0) return;
  await createTemporaryTable({
    connection,
    table: 'build_opposites',
    columns: [
      { name: 'path', type: INTEGER, values: paths.map(({ path }) => path) },
      { name: 'yes', type: VARCHAR, values: paths.map(({ yes }) => yes) },
      { name: 'no', type: VARCHAR, values: paths.map(({ no }) => no) },
    ],
  });
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE build_opposed AS
    SELECT r.document, r.ordinal, lower(trim(s.text)) = o.yes AS yes
    FROM build_opposites o JOIN build_readings r USING (path)
    JOIN store.readings s ON s.document = r.document AND s.ordinal = r.ordinal
    WHERE s.type = 'text' AND lower(trim(s.text)) IN (o.yes, o.no);
    UPDATE store.readings SET type = 'boolean', boolean = b.yes, text = NULL FROM build_opposed b
    WHERE readings.document = b.document AND readings.ordinal = b.ordinal;
    UPDATE build_readings SET form = 'boolean', content = hash(b.yes) FROM build_opposed b
    WHERE build_readings.document = b.document AND build_readings.ordinal = b.ordinal`);
}
