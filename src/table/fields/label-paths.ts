import type { DuckDBConnection } from '@duckdb/node-api';
import { PartFolder, splitParts } from './label-part.ts';
import { isModelledSql } from './modelled-fields.ts';
import { mostFrequentSql } from './most-frequent.ts';
import { templateRule } from './templates/read-templates.ts';
import { readRows, visitIntegerPairs, type ResultRow } from './result-row.ts';

/** How many readings there are of each type. */
export interface TypeCounts {
  readonly number: number;
  readonly percentage: number;
  readonly date: number;
  readonly text: number;
  readonly list: number;
  readonly boolean: number;
}

/**
 * One way in which documents state an attribute: the headings, table rows and labels above its values, with all
 * documents that state it. Fields are made of these.
 */
export interface LabelPath {
  /** Its number in `build_labels` and `build_readings`. */
  readonly path: number;
  /** The words as stated, outermost first. */
  readonly raw: readonly string[];
  /** The words folded, without numbering, periods and units. */
  readonly parts: readonly string[];
  /** The last part folded whole. */
  readonly fullLeaf: string;
  /** How many of the last parts belong to the label; those before are headings. */
  readonly labelLength: number;
  /** The table of rows it is a column of, or null where it is about the document itself. */
  readonly rowTable: number | null;
  readonly sentence: boolean;
  /** Only open statements of sentences state it, which mean something where many documents say them alike. */
  readonly open: boolean;
  /** A language model read it for a field that was asked for. */
  readonly modelled: boolean;
  readonly types: TypeCounts;
  /** The unit most of its numbers have. */
  readonly unit: string | null;
  /** Where in the order of a document's readings it stands, on average. */
  readonly place: number;
  /** Ranks of the documents, ascending. */
  readonly documents: Int32Array;
}

/**
 * What a reading is, finer than the type of its value: whole numbers without unit that could be years, dates of a
 * year alone, texts such as "none", which state zero where numbers are expected, and the letters Y and N, which say yes
 * and no where nothing else is said.
 */
export const readingForms = [
  'number',
  'year',
  'percentage',
  'date',
  'bare-year',
  'text',
  'zero',
  'list',
  'boolean',
  'letter',
  'missing',
] as const;

export type ReadingForm = (typeof readingForms)[number];

const fewFiles = 12;

const zeroWords =
  '^((none|nil|zero)( (received|reported|recorded|registered|observed|found|noted|counted|made))?|no|keine?|kein|aucune?|ninguno|nessuno|geen|ingen|nenhum|无|没有|なし)( ?[(（].{0,200}[)）])?[.]?$';

/** "None (cancelled)": where nothing came about, nothing was measured, not even zero. */
const voidReason =
  '[(（].*(cancel|withdrawn|abandoned|void|not awarded|failed|annul|废标|流标|取消|终止|撤销|未中标|作废).*[)）]';
/** "Supplier: none": nobody is one, and no supplier is called so. */
const partyLabel = '(supplier|contractor|winner|awardee|供应商|承包商|承包人|中标人|中标单位|成交单位)$';

/** "Less than 5" says what a value is not: no cell can be made of it. */
const formSql = `
CASE WHEN p.bound IN ('below', 'above') THEN 'missing'
  WHEN p.type = 'number' AND p.unit IS NULL AND p.number BETWEEN 1000 AND 2100 AND p.number = floor(p.number) THEN 'year'
  WHEN p.type = 'date' AND length(p.date) = 4 THEN 'bare-year'
  WHEN p.type = 'text' AND length(p.text) < 240 AND regexp_matches(lower(p.text), '${zeroWords}') THEN
    CASE WHEN regexp_matches(lower(p.text), '${voidReason}') OR regexp_matches(lower(p.label), '${partyLabel}')
      THEN 'missing' ELSE 'zero' END
  WHEN p.type = 'text' AND p.text IN ('Y', 'N', 'y', 'n') THEN 'letter'
  ELSE p.type END::ENUM(${readingForms.map((form) => `'${form}'`).join(', ')})`;

/** Sentences below a heading state things of their own, though the heading takes the first figure for its value. */
const isBelowHeadingSql = "rule = 'heading'";

/**
 * Numbers label paths, units and row labels, and copies to `build_readings` what deciding needs of the readings:
 * numbers in place of words, and in place of the value its hash, which is equal where readings agree. `standing` is 0
 * for labels and tables, 1 for what language models read, 2 for sentences.
 * `build_labels` says what the paths are. Expects `build_periods`, `build_total_rows`, and `build_row_columns`
 * and `build_row_sections` (see `row-tables.ts`).
 */
export async function numberReadings(connection: DuckDBConnection, fileCount: number): Promise<void> {
  // What the rows of a table sum up to is an attribute of each of many documents, but not of a few long ones.
  const totalsAreAttributes = fileCount > fewFiles;
  // What a label states need not be told again by the words around it.
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE build_redundant AS
    SELECT s.document, s.ordinal FROM store.readings s
    SEMI JOIN (SELECT document, value_start FROM store.readings
        WHERE NOT starts_with(rule, 'sentence') AND NOT ${isModelledSql('rule')} AND NOT ${isBelowHeadingSql}) l
      ON l.document = s.document AND l.value_start = s.value_start
    WHERE starts_with(s.rule, 'sentence')
    UNION
    -- Nor by a rule for any sentence what a pattern of the documents' own does.
    SELECT s.document, s.ordinal FROM store.readings s
    SEMI JOIN (SELECT document, value_start FROM store.readings WHERE rule = '${templateRule}') t
      ON t.document = s.document AND t.value_start = s.value_start
    WHERE starts_with(s.rule, 'sentence') AND s.rule <> '${templateRule}';
    CREATE OR REPLACE TEMP VIEW build_placed AS
    SELECT r.document, r.ordinal, r.label,
      CASE WHEN r.of_entity THEN '' ELSE coalesce(s.inner_section, r.section) END AS section,
      CASE WHEN NOT r.of_entity THEN r.entity END AS row_label,
      CASE WHEN r.of_entity THEN r.row_table ELSE s.row_table END AS row_table,
      CASE WHEN r.of_entity THEN r.entity ELSE s.row_label END AS entity,
      starts_with(r.rule, 'sentence') AS sentence, r.rule = 'sentence-open' AS open,
      ${isModelledSql('r.rule')} AS modelled,
      r.type, r.number, r.unit, r.bound, r.period, r.date, r.boolean, r.text, r.items
    FROM (
      SELECT r.*, c.row_table, r.entity IS NOT NULL AND NOT c.attributes AND t.document IS NULL AS of_entity
      FROM store.readings r ANTI JOIN build_redundant USING (document, ordinal)
      LEFT JOIN build_row_columns c ON r.entity IS NOT NULL AND c.section = r.section AND c.label = r.label
      LEFT JOIN build_total_rows t ON t.document = r.document AND t.section = r.section AND t.entity = r.entity
      WHERE t.document IS NULL OR c.attributes IS DISTINCT FROM false OR ${totalsAreAttributes}) r
    LEFT JOIN build_row_sections s
      ON r.entity IS NULL AND s.document = r.document AND s.section = r.section`);
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE build_labels AS
    SELECT (row_number() OVER (
      ORDER BY section, label, row_label NULLS FIRST, row_table NULLS FIRST, sentence, modelled)
      - 1)::INTEGER AS path, *
    FROM (
      SELECT section, label, row_label, row_table, sentence, modelled, bool_and(open) AS open,
        count(DISTINCT document)::INTEGER AS documents,
        (count(*) FILTER (type = 'number'))::INTEGER AS numbers,
        (count(*) FILTER (type = 'percentage'))::INTEGER AS percentages,
        (count(*) FILTER (type = 'date'))::INTEGER AS dates,
        (count(*) FILTER (type = 'text'))::INTEGER AS texts,
        (count(*) FILTER (type = 'list'))::INTEGER AS lists,
        (count(*) FILTER (type = 'boolean'))::INTEGER AS booleans,
        ${mostFrequentSql('unit')} AS unit, avg(ordinal) AS place
      FROM build_placed GROUP BY section, label, row_label, row_table, sentence, modelled);
    CREATE OR REPLACE TEMP TABLE build_unit_names AS
    SELECT row_number() OVER (ORDER BY unit)::INTEGER AS number, unit
    FROM (SELECT DISTINCT unit FROM build_placed WHERE unit IS NOT NULL);
    CREATE OR REPLACE TEMP TABLE build_row_labels AS
    SELECT row_number() OVER (ORDER BY entity)::INTEGER AS number, entity
    FROM (SELECT DISTINCT entity FROM build_placed WHERE row_table IS NOT NULL);
    CREATE OR REPLACE TEMP TABLE build_readings AS
    SELECT p.document, p.ordinal, l.path, w.number AS row_label,
      CASE WHEN p.sentence THEN 2 WHEN p.modelled THEN 1 ELSE 0 END::TINYINT AS standing, ${formSql} AS form,
      coalesce(u.number, 0) AS unit, t.number AS period,
      CASE p.type WHEN 'text' THEN hash(lower(trim(p.text))) WHEN 'date' THEN hash(p.date)
        WHEN 'list' THEN hash(p.items) WHEN 'boolean' THEN hash(p.boolean) ELSE hash(p.number) END AS content
    FROM build_placed p
    JOIN build_labels l ON l.section = p.section AND l.label = p.label AND l.sentence = p.sentence AND l.modelled = p.modelled
      AND l.row_label IS NOT DISTINCT FROM p.row_label AND l.row_table IS NOT DISTINCT FROM p.row_table
    LEFT JOIN build_unit_names u ON u.unit = p.unit
    LEFT JOIN build_row_labels w ON p.row_table IS NOT NULL AND w.entity = p.entity
    LEFT JOIN build_periods t ON t.period = p.period;
    DROP VIEW build_placed`);
}

/**
 * The label paths whose label at least `fewestDocuments` documents state, ordered by what they say.
 */
export async function loadLabelPaths({
  connection,
  fewestDocuments,
}: {
  connection: DuckDBConnection;
  fewestDocuments: number;
}): Promise<LabelPath[]> {
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE build_recurring AS
    SELECT path FROM build_labels
    QUALIFY row_table IS NOT NULL OR modelled OR sum(documents) OVER (PARTITION BY lower(label)) >= ${fewestDocuments}`);
  const rows = await readRows(
    connection,
    'SELECT * FROM build_labels WHERE path IN (FROM build_recurring) ORDER BY path',
  );
  const documents = await documentsOfPaths(connection, rows);
  const folder = new PartFolder();
  return rows.map((row, index) => toLabelPath(row, documents[index] ?? new Int32Array(), folder));
}

async function documentsOfPaths(
  connection: DuckDBConnection,
  rows: readonly ResultRow[],
): Promise<Int32Array[]> {
  const lists = new Map(rows.map((row) => [row.number('path'), new Int32Array(row.number('documents'))]));
  const filled = new Map<number, number>();
  await visitIntegerPairs(
    connection,
    `SELECT DISTINCT r.path, d.rank FROM build_readings r JOIN build_documents d USING (document)
     WHERE r.path IN (FROM build_recurring)`,
    (path, rank) => {
      const at = filled.get(path) ?? 0;
      filled.set(path, at + 1);
      const list = lists.get(path);
      if (list !== undefined) list[at] = rank;
    },
  );
  return [...lists.values()].map((list) => list.sort());
}

function toLabelPath(row: ResultRow, documents: Int32Array, folder: PartFolder): LabelPath {
  const label = splitParts(row.text('label'));
  const rowLabel = row.textOrNull('row_label');
  const sentence = row.boolean('sentence');
  const rowTable = row.numberOrNull('row_table');
  // A sentence means the same under any heading.
  const section = sentence ? [] : splitParts(row.text('section'));
  const raw = [...section, ...(rowLabel === null ? [] : [rowLabel.trim()]), ...label].filter(
    (part) => part !== '',
  );
  const folded = raw.map((part) => folder.fold(part));
  return {
    path: row.number('path'),
    raw,
    parts: folded.map(({ bare }) => bare),
    fullLeaf: folded.at(-1)?.full ?? '',
    labelLength: label.length + (rowLabel === null ? 0 : 1),
    rowTable,
    sentence,
    open: row.boolean('open'),
    modelled: row.boolean('modelled'),
    types: {
      number: row.number('numbers'),
      percentage: row.number('percentages'),
      date: row.number('dates'),
      text: row.number('texts'),
      list: row.number('lists'),
      boolean: row.number('booleans'),
    },
    unit: row.textOrNull('unit'),
    place: row.number('place'),
    documents,
  };
}
