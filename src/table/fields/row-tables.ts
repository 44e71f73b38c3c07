import { BOOLEAN, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { createTemporaryTable } from './fill-table.ts';
import { PartFolder, splitParts } from './label-part.ts';
import { mostFrequentSql } from './most-frequent.ts';
import { readRows, type ResultRow } from './result-row.ts';

/** A table within documents whose rows are entities of their own. */
export interface RowTable {
  readonly number: number;
  /** Its caption or heading, the nearest first. */
  readonly captions: readonly string[];
  /** `store.documents.number` of the documents that hold it. */
  readonly documents: readonly number[];
  /** Whether its rows are sections, each with labels of its own, and not lines under one header. */
  readonly sections: boolean;
}

/** Columns that stand in the same rows under one heading. */
interface Block {
  readonly section: string;
  readonly caption: string;
  readonly labels: readonly string[];
  readonly columns: ReadonlySet<string>;
  readonly documents: ReadonlySet<number>;
}

/** Tables that differ in their heading are one when this share of their columns is the same. */
const sameColumnsShare = 0.75;
const sameCaptionShare = 0.4;
/** Rows of which this share are things elsewhere are things too. */
const knownShare = 0.6;
const fewestKnown = 3;
/** A row label recurs when at least this share of the documents that hold the table have it. */
const recurringShare = 0.3;
/** Rows are attributes when at least this share of the cells is in rows that recur. */
const attributeShare = 0.6;
const mostRowTables = 40;

/**
 * Decides what the rows of the tables within documents are. When the same row labels come back in many
 * documents, a row is an attribute of the document, and its cells are fields `row > column`; otherwise rows are
 * entities and the table is a kind of its own. Where columns differ in type and unit but each is uniform, and
 * there are far more rows than documents, rows are entities even if they come back.
 *
 * Leaves the decision in `build_row_columns (section, label, row_table, attributes)`.
 */
export async function findRowTables(
  connection: DuckDBConnection,
  documentCount: number,
): Promise<RowTable[]> {
  const blocks = await loadBlocks(connection);
  const tables = joinBlocks(blocks);
  await writeColumns({ connection, tables, entityTables: new Set(tables.keys()) });
  const shapes = await measureShapes(connection);
  const measured = tables.map((table, number) => ({ table, number, shape: shapes.get(number) }));
  const things = await findThings(
    connection,
    measured.flatMap(({ shape, table, number }) =>
      shape !== undefined && hasEntities(shape, { table, documentCount }) ? [number] : [],
    ),
  );
  const kept = measured
    .filter(({ shape, number }) => shape !== undefined && things.has(number))
    .sort((a, b) => (b.shape?.cells ?? 0) - (a.shape?.cells ?? 0) || a.number - b.number)
    .slice(0, mostRowTables);
  await writeColumns({ connection, tables, entityTables: new Set(kept.map(({ number }) => number)) });
  return kept.map(({ table, number }) => ({
    number,
    captions: [
      ...new Set(table.flatMap(({ section }) => splitParts(section).toReversed().slice(0, 2))),
    ].slice(0, 4),
    documents: [...new Set(table.flatMap(({ documents }) => [...documents]))].sort((a, b) => a - b),
    sections: false,
  }));
}

/**
 * Adds the tables whose rows are things that other tables, or rows that are documents, are about: a yearbook counts the
 * staff of the hospitals whose beds it lists in another table.
 */
async function findThings(
  connection: DuckDBConnection,
  certain: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows = await readRows(
    connection,
    `SELECT c.row_table, list(DISTINCT lower(trim(r.entity))) AS names
     FROM store.readings r JOIN build_row_columns c ON c.section = r.section AND c.label = r.label
     ANTI JOIN build_total_rows t ON t.document = r.document AND t.section = r.section AND t.entity = r.entity
     WHERE r.entity IS NOT NULL GROUP BY c.row_table ORDER BY c.row_table`,
  );
  const names = new Map(rows.map((row) => [row.number('row_table'), new Set(row.texts('names'))]));
  const records = await readRows(connection, 'SELECT DISTINCT lower(trim(name)) AS name FROM build_records');
  const known = new Set(records.map((row) => row.text('name')));
  const things = new Set(certain);
  for (const table of things) for (const name of names.get(table) ?? []) known.add(name);
  for (let grows = true; grows;) {
    grows = false;
    for (const [table, own] of names) {
      const shared = own.intersection(known).size;
      if (things.has(table) || shared < Math.max(fewestKnown, own.size * knownShare)) continue;
      things.add(table);
      for (const name of own) known.add(name);
      grows = true;
    }
  }
  return things;
}

async function loadBlocks(connection: DuckDBConnection): Promise<Block[]> {
  const rows = await readRows(
    connection,
    `WITH row_columns AS (
       SELECT document, section, entity, list(DISTINCT label ORDER BY label) AS labels
       FROM store.readings WHERE entity IS NOT NULL GROUP BY ALL)
     SELECT section, labels, list(DISTINCT document ORDER BY document) AS documents
     FROM row_columns GROUP BY ALL ORDER BY section, labels`,
  );
  const folder = new PartFolder();
  const bySection = Map.groupBy(rows, (row) => row.text('section'));
  return [...bySection].flatMap(([section, sets]) =>
    connectedColumns(sets).map(({ labels, documents }): Block => {
      const caption = splitParts(section).at(-1) ?? '';
      return {
        section,
        caption: caption === '' ? '' : folder.fold(caption).bare,
        labels,
        columns: new Set(
          labels.map((label) =>
            splitParts(label)
              .map((part) => folder.fold(part).bare)
              .join(' > '),
          ),
        ),
        documents,
      };
    }),
  );
}

/** Columns that have rows in common belong together; those that never do are tables of their own. */
function connectedColumns(sets: readonly ResultRow[]): { labels: string[]; documents: Set<number> }[] {
  const blocks: { labels: Set<string>; documents: Set<number> }[] = [];
  for (const set of sets) {
    const labels = new Set(set.texts('labels'));
    const documents = new Set(set.numbers('documents'));
    for (let index = blocks.length - 1; index >= 0; index -= 1) {
      const block = blocks[index];
      if (block === undefined || block.labels.isDisjointFrom(labels)) continue;
      for (const label of block.labels) labels.add(label);
      for (const document of block.documents) documents.add(document);
      blocks.splice(index, 1);
    }
    blocks.push({ labels, documents });
  }
  return blocks.map(({ labels, documents }) => ({ labels: [...labels].sort(), documents }));
}

/** Brings together what is the same table in several places or documents. */
function joinBlocks(blocks: readonly Block[]): Block[][] {
  const tables: Block[][] = [];
  for (const block of blocks) {
    const same = tables.find((table) => table.some((other) => isSameTable(block, other, table)));
    if (same === undefined) tables.push([block]);
    else same.push(block);
  }
  return tables;
}

function isSameTable(block: Block, other: Block, table: readonly Block[]): boolean {
  const shared = block.columns.intersection(other.columns).size;
  const share = shared / Math.max(1, block.columns.union(other.columns).size);
  if (block.caption === other.caption) return share >= sameCaptionShare;
  // Two tables of one document with the same columns under different headings are about different things.
  if (share < sameColumnsShare || shared < 2) return false;
  return table.every(({ documents }) => documents.isDisjointFrom(block.documents));
}

async function writeColumns({
  connection,
  tables,
  entityTables,
}: {
  connection: DuckDBConnection;
  tables: readonly (readonly Block[])[];
  entityTables: ReadonlySet<number>;
}): Promise<void> {
  const columns = tables.flatMap((table, number) =>
    table.flatMap(({ section, labels }) => labels.map((label) => ({ section, label, number }))),
  );
  await createTemporaryTable({
    connection,
    table: 'build_row_columns',
    columns: [
      { name: 'section', type: VARCHAR, values: columns.map(({ section }) => section) },
      { name: 'label', type: VARCHAR, values: columns.map(({ label }) => label) },
      { name: 'row_table', type: INTEGER, values: columns.map(({ number }) => number) },
      { name: 'attributes', type: BOOLEAN, values: columns.map(({ number }) => !entityTables.has(number)) },
    ],
  });
}

interface Shape {
  readonly cells: number;
  readonly rows: number;
  readonly recurringRows: number;
  /** The share of the cells whose row label recurs. */
  readonly recurringCells: number;
  /** How many different types and units columns have, and how uniform columns and rows are, 0 to 1. */
  readonly columnKinds: number;
  readonly columnPurity: number;
  readonly rowPurity: number;
}

async function measureShapes(connection: DuckDBConnection): Promise<Map<number, Shape>> {
  const rows = await readRows(
    connection,
    `WITH cells AS (
       SELECT c.row_table, r.document, r.label, lower(trim(r.entity)) AS row_label, r.type || coalesce(r.unit, '') AS form
       FROM store.readings r JOIN build_row_columns c ON c.section = r.section AND c.label = r.label
       ANTI JOIN build_total_rows t ON t.document = r.document AND t.section = r.section AND t.entity = r.entity
       WHERE r.entity IS NOT NULL AND r.type <> 'missing'),
     tables AS (SELECT row_table, count(DISTINCT document) AS documents FROM cells GROUP BY row_table),
     row_labels AS (
       SELECT row_table, row_label, count(*) AS cells, count(DISTINCT document) AS documents,
         histogram(form) AS forms
       FROM cells GROUP BY ALL),
     rows AS (
       SELECT row_table, count(*) AS row_count, sum(r.cells) AS cells,
         count(*) FILTER (r.documents >= greatest(2, ${recurringShare} * t.documents)) AS recurring_rows,
         sum(r.cells) FILTER (r.documents >= greatest(2, ${recurringShare} * t.documents)) AS recurring_cells,
         sum(list_max(map_values(forms))) / sum(r.cells) AS purity
       FROM row_labels r JOIN tables t USING (row_table) GROUP BY row_table),
     columns AS (
       SELECT row_table, count(DISTINCT form) AS kinds, sum(most) / sum(cells) AS purity FROM (
         SELECT row_table, label, ${mostFrequentSql('form')} AS form, count(*) AS cells, list_max(map_values(histogram(form))) AS most
         FROM cells GROUP BY ALL) GROUP BY row_table)
     SELECT row_table, row_count::INTEGER AS row_count, cells::DOUBLE AS cells, recurring_rows::INTEGER AS recurring_rows,
       coalesce(recurring_cells / cells, 0)::DOUBLE AS recurring_cells, kinds::INTEGER AS kinds,
       columns.purity::DOUBLE AS column_purity, rows.purity::DOUBLE AS row_purity
     FROM rows JOIN columns USING (row_table)`,
  );
  return new Map(
    rows.map((row) => [
      row.number('row_table'),
      {
        cells: row.number('cells'),
        rows: row.number('row_count'),
        recurringRows: row.number('recurring_rows'),
        recurringCells: row.number('recurring_cells'),
        columnKinds: row.number('kinds'),
        columnPurity: row.number('column_purity'),
        rowPurity: row.number('row_purity'),
      },
    ]),
  );
}

function hasEntities(
  shape: Shape,
  { table, documentCount }: { table: readonly Block[]; documentCount: number },
): boolean {
  const holders = new Set(table.flatMap(({ documents }) => [...documents])).size;
  if (shape.recurringCells >= attributeShare) {
    const uniformColumns =
      shape.columnKinds >= 2 && shape.columnPurity >= 0.9 && shape.rowPurity < shape.columnPurity - 0.1;
    const manyRows = shape.recurringRows >= 20 && shape.recurringRows > 10 * holders;
    return manyRows || (uniformColumns && shape.recurringRows >= 5 && shape.recurringRows > 2 * holders);
  }
  // A small table of one document among many is a remark, not a kind of things.
  if (documentCount === 1) return shape.rows >= 2;
  if (holders >= Math.max(2, documentCount * 0.02)) return shape.rows >= 3;
  return shape.rows >= (documentCount <= 20 ? 5 : 20);
}
