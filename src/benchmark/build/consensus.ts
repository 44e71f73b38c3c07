import type { CatalogColumn, CatalogTable, OpenCorpus, SqlCell } from '../../table/index.ts';
import type { Value } from '../../questions/index.ts';
import { BenchmarkError } from '../benchmark-error.ts';
import type { BuildProgress } from './build-settings.ts';
import { chooseFields, takeFields, type Candidate } from './choose-fields.ts';
import { fold, LabelledText } from './labelled-text.ts';
import { isReadAgain, type FirstReading } from './second-reading.ts';
import {
  columnName,
  type StatedValue,
  type TruthEntity,
  type TruthField,
  type TruthTable,
} from './truth-table.ts';
import { wholeCorpusLimits } from './whole-corpus-limits.ts';

/** What makes a value certain. */
export const consensusRules = {
  two: 'two independent readings agree: the pattern reader at two places of a document, or the pattern reader and a reader by labels alone; nothing else in the document contradicts',
  one: 'one reading, which nothing else in the document contradicts',
} as const;

export type ConsensusRule = keyof typeof consensusRules;

/** A cell of the table, with how it is stated. */
interface StatedCell {
  readonly entity: string;
  readonly name: string;
  readonly value: Value;
  readonly stated: StatedValue;
}

/** Fields of fewer entities than this share are not looked at. */
const fewestShare = 0.6;
const mostColumns = 60;
/** Whose statements are joined at once. */
const documentsAtATime = 250;

/**
 * The truth out of what readers read: entities of which every used field has a value on which readings agree. A
 * document of which a used field is not certain is left out, as in CorpusQA (§2 of its paper).
 */
export async function truthByConsensus({
  corpus,
  table,
  rule,
  only,
  exactly,
  signal,
  onProgress,
}: {
  corpus: OpenCorpus;
  table: CatalogTable;
  rule: ConsensusRule;
  /** The fields that may be used, by column name or label; all where absent. */
  only?: readonly string[] | undefined;
  /**
   * The columns to be used, none left out, in place of a choice: `name`, or `name@period` for the values of a period. For
   * questions that are there already; of what documents the columns are chosen depends on which there are.
   */
  exactly?: readonly string[] | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
}): Promise<TruthTable<StatedValue>> {
  const columns =
    exactly === undefined
      ? (only === undefined ? table.columns : namedColumns(table, only))
          .filter(({ type, coverage }) => askable.has(type) && coverage >= fewestShare)
          .toSorted((one, other) => other.coverage - one.coverage)
          .slice(0, mostColumns)
      : namedColumns(table, [...new Set(exactly.map((name) => name.replace(/@.*$/, '')))]);
  const cells = await statedCells({ corpus, table, columns });
  const certain =
    rule === 'one' || cells.length === 0
      ? cells
      : await confirm({ corpus, cells, columns, signal, onProgress });
  const documents = await documentsOf(corpus, table);
  const candidates = toCandidates(columns, certain);
  const { fields, entities } =
    exactly === undefined ? chooseFields(candidates, table.rows) : takeFields(candidates, new Set(exactly));
  const byEntity = new Map(
    entities.map((key) => [
      key,
      { row: { [table.key]: key } as Record<string, Value>, sources: new Map<string, StatedValue>() },
    ]),
  );
  const names = new Set(fields.map(columnName));
  for (const { entity, name, value, stated } of certain) {
    const known = byEntity.get(entity);
    if (known === undefined || !names.has(name)) continue;
    known.row[name] = value;
    known.sources.set(name, stated);
  }
  const kept = [...byEntity].map(([key, { row, sources }]): TruthEntity<StatedValue> => ({
    key,
    row,
    sources,
    documents: documents.get(key) ?? [],
  }));
  const dropped = table.rows - kept.length;
  return {
    catalog: corpus.catalog,
    table,
    fields,
    entities: kept,
    kind: 'consensus',
    rule: consensusRules[rule],
    notes:
      dropped === 0
        ? []
        : [
            `${dropped} of ${table.rows} entities were left out: a field of theirs is missing or not certain.`,
          ],
  };
}

/** @throws {BenchmarkError} for a name that no field has. */
export function namedColumns(table: CatalogTable, names: readonly string[]): readonly CatalogColumn[] {
  return names.map((name) => {
    const found = table.columns.find((column) =>
      [column.name, column.label].some((each) => fold(each) === fold(name)),
    );
    if (found !== undefined) return found;
    throw new BenchmarkError({
      message: `Table ${table.name} has no field "${name}".`,
      remedy: '`corpuscope fields PATH` lists them; name fields by their column or label.',
    });
  });
}

const askable: ReadonlySet<string> = new Set(['number', 'percentage', 'category', 'date', 'boolean']);

/** All cells of the columns that no other statement of their document contradicts and that are exact. */
async function statedCells({
  corpus,
  table,
  columns,
}: {
  corpus: OpenCorpus;
  table: CatalogTable;
  columns: readonly CatalogColumn[];
}): Promise<StatedCell[]> {
  if (columns.length === 0) return [];
  const periodsOf = new Map(columns.map((column) => [column.name, new Set(statedPeriods(column))]));
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  // Numbers of entities, fields and documents instead of their names: what is joined must fit into memory.
  const statement = (range: string): string =>
    `WITH wanted AS (
       SELECT f.field, f.name FROM store.fields f JOIN store.kinds k ON k.kind = f.kind
       WHERE k.name = ${quoted(table.name)} AND f.name IN (${columns.map(({ name }) => quoted(name)).join(', ')})),
     stated AS (
       SELECT s.document, s.entity, s.field, r.period, count(DISTINCT r.value_start) AS places,
         count(DISTINCT hash(coalesce(r.number::VARCHAR || coalesce(r.unit, ''), lower(r.text), r.date,
           r.boolean::VARCHAR, r.items::VARCHAR))) AS contents
       FROM store.facts s JOIN wanted USING (field)
       JOIN store.readings r ON r.document = s.document AND r.ordinal = s.ordinal
       WHERE r.type <> 'missing' AND s.document ${range} AND r.document ${range} GROUP BY ALL)
     SELECT e.name, w.name, c.period, c.latest, c.number, c.text, c.date, c.boolean, d.id, s.places,
       x.quote_start, x.quote_end, x.value_start, x.value_end, coalesce(u.factor, 1)
     FROM store.cells c JOIN wanted w ON w.field = c.field
     JOIN store.readings x ON x.document = c.document AND x.ordinal = c.reading
     JOIN stated s ON s.document = c.document AND s.entity = c.entity AND s.field = c.field
       AND s.period IS NOT DISTINCT FROM x.period
     LEFT JOIN store.units u ON u.field = c.field AND u.unit = x.unit
     JOIN store.entities e ON e.entity = c.entity
     JOIN store.documents d ON d.number = c.document
     WHERE c.document ${range} AND x.document ${range} AND s.contents = 1 AND coalesce(x.bound, 'approximate') = 'approximate'
     ORDER BY d.id, e.name, w.name, c.period`;
  const counted = await corpus.sql('SELECT max(number) FROM store.documents');
  const last = Number(counted.rows[0]?.[0] ?? -1);
  const rows: (readonly SqlCell[])[] = [];
  for (let first = 0; first <= last; first += documentsAtATime) {
    const found = await corpus.sql(statement(`BETWEEN ${first} AND ${first + documentsAtATime - 1}`), {
      limits: wholeCorpusLimits,
    });
    rows.push(...found.rows);
  }
  return rows.flatMap((row) => {
    const [entity, field, period, latest, number, text, date, boolean, document, places] = row;
    const [start, end, valueStart, valueEnd, factor] = row.slice(10).map(Number);
    const column = String(field);
    const value = valueOf(types.get(column), { number, text, date, boolean });
    if (value === null) return [];
    const statedPeriod = period === null || period === undefined ? null : String(period);
    const cell = {
      entity: String(entity),
      value,
      stated: {
        period: statedPeriod,
        document: String(document),
        span: { start: start ?? 0, end: end ?? 0 },
        value: { start: valueStart ?? 0, end: valueEnd ?? 0 },
        factor: factor ?? 1,
        isRepeated: Number(places) > 1,
      },
    };
    const ofPeriod =
      statedPeriod !== null && periodsOf.get(column)?.has(statedPeriod) === true
        ? [{ ...cell, name: `${column}@${statedPeriod}` }]
        : [];
    return latest === true ? [{ ...cell, name: column }, ...ofPeriod] : ofPeriod;
  });
}

/** The periods that have columns of their own; the latest has one only beside earlier ones. */
export function statedPeriods({ periods, latestPeriod }: CatalogColumn): readonly string[] {
  return periods.length === 0 || latestPeriod == null ? periods : [latestPeriod, ...periods];
}

function valueOf(
  type: string | undefined,
  {
    number,
    text,
    date,
    boolean,
  }: Readonly<Record<'number' | 'text' | 'date' | 'boolean', SqlCell | undefined>>,
): number | string | boolean | null {
  switch (type) {
    case 'number':
    case 'percentage':
      return typeof number === 'number' ? number : null;
    case 'date':
      // A date stated to the month or year only stands as its first day, in the tables too.
      return typeof date === 'string' ? date.padEnd(7, '-01').padEnd(10, '-01') : null;
    case 'boolean':
      return typeof boolean === 'boolean' ? boolean : null;
    default:
      return typeof text === 'string' && text.trim() !== '' ? text : null;
  }
}

/** Leaves the cells that are stated twice, or read again by another reader. */
async function confirm({
  corpus,
  cells,
  columns,
  signal,
  onProgress,
}: {
  corpus: OpenCorpus;
  cells: readonly StatedCell[];
  columns: readonly CatalogColumn[];
  signal: AbortSignal | undefined;
  onProgress: ((progress: BuildProgress) => void) | undefined;
}): Promise<StatedCell[]> {
  const known = new Map(columns.map((column) => [column.name, column]));
  const inDocument = Map.groupBy(cells, ({ stated }) => stated.document);
  const certain: StatedCell[] = [];
  let done = 0;
  for await (const { id, text } of corpus.documents({ ids: [...inDocument.keys()], signal })) {
    const labelled = new LabelledText(text);
    for (const cell of inDocument.get(id) ?? []) {
      const column = known.get(cell.name.replace(/@.*$/, ''));
      if (column === undefined) continue;
      const isConfirmed =
        cell.stated.isRepeated || isReadAgain(firstReading(cell.value, cell.stated, column), labelled);
      if (isConfirmed) certain.push(cell);
    }
    done += 1;
    onProgress?.({ phase: 'checking', done, total: inDocument.size });
  }
  return certain;
}

/** What the second reading is to find. */
export function firstReading(
  value: Value,
  { period }: StatedValue,
  { label, aliases, type }: CatalogColumn,
): FirstReading {
  const plain = typeof value === 'object' ? '' : value;
  return { labels: [label, ...aliases], type, value: plain, period };
}

function toCandidates(columns: readonly CatalogColumn[], cells: readonly StatedCell[]): Candidate[] {
  const byName = Map.groupBy(cells, ({ name }) => name);
  return columns.flatMap((column) =>
    [null, ...statedPeriods(column)].map((period): Candidate => {
      const field: TruthField = { column, period };
      const values = byName.get(columnName(field)) ?? [];
      return { field, values: new Map(values.map(({ entity, value }) => [entity, value])) };
    }),
  );
}

/** All documents that state anything of an entity. */
async function documentsOf(
  corpus: OpenCorpus,
  table: CatalogTable,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await corpus.sql(
    `SELECT e.name, list(d.id ORDER BY d.id) FROM (SELECT DISTINCT entity, document FROM store.facts) f
     JOIN store.entities e ON e.entity = f.entity
     JOIN store.kinds k ON k.kind = e.kind
     JOIN store.documents d ON d.number = f.document
     WHERE k.name = ${quoted(table.name)} GROUP BY e.name`,
    { limits: wholeCorpusLimits },
  );
  return new Map(
    rows.map(([entity, documents]) => [
      String(entity),
      Array.isArray(documents) ? documents.map(String) : [],
    ]),
  );
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
