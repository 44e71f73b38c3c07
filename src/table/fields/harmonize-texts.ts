import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { appendRows, createTemporaryTable } from './fill-table.ts';
import { readRows } from './result-row.ts';

const longestText = 60;
const mostValues = 200;
/** So many cells of a label are no accident. */
const fewestCells = 3;
/** Numbers of both sorts are written as digits when this share of the field's texts are such numbers. */
const numeralShare = 0.9;
const numerals = /^(?:[ivx]{1,4}|\d{1,3}[a-z]?)(?:\s?[/–-]\s?(?:[ivx]{1,4}|\d{1,3}[a-z]?)){0,2}$/i;
const roman = /\b[ivx]{1,4}\b/gi;
const romanNumbers: ReadonlyMap<string, string> = new Map(
  ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'].map((text, index) => [
    text,
    String(index + 1),
  ]),
);

interface Cell {
  readonly document: number;
  readonly ordinal: number;
  readonly label: string;
  readonly text: string;
}

/**
 * Brings texts of one field that layouts write differently to one form: "Phase 3" and "3", "private school" and
 * "Private", "III" and "3". Words that all values of one label share are dropped where other labels of the field
 * state the same values without them; Roman numerals become digits where both are in use. Changes
 * `store.stated_texts`; the readings stay as they are.
 */
export async function harmonizeTexts(connection: DuckDBConnection): Promise<void> {
  const rows = await readRows(
    connection,
    `WITH texts AS (
       SELECT c.field, t.label, c.document, c.reading AS ordinal, coalesce(s.text, t.text) AS text
       FROM build_cells c JOIN store.field_types f ON f.field = c.field AND f.type = 'text'
       JOIN store.readings t ON t.document = c.document AND t.ordinal = c.reading
       LEFT JOIN store.stated_texts s ON s.document = c.document AND s.ordinal = c.reading)
     SELECT * FROM texts WHERE text IS NOT NULL AND field IN (
       SELECT field FROM texts GROUP BY field
       HAVING max(length(text)) <= ${longestText} AND count(DISTINCT lower(text)) BETWEEN 2 AND ${mostValues}
         AND (count(DISTINCT label) BETWEEN 2 AND 50
           OR count(*) FILTER (regexp_matches(text, '^([A-Za-z]+ )?[ivxIVX]{1,4}$')) BETWEEN 1 AND count(*) - 1))
     ORDER BY field, document, ordinal`,
  );
  const changed: { document: number; ordinal: number; text: string }[] = [];
  for (const own of Map.groupBy(rows, (row) => row.number('field')).values()) {
    const cells = own.map((row): Cell => ({
      document: row.number('document'),
      ordinal: row.number('ordinal'),
      label: row.text('label'),
      text: row.text('text').trim(),
    }));
    for (const [index, text] of harmonized(cells).entries()) {
      const cell = cells[index];
      if (cell !== undefined && text !== cell.text) changed.push({ ...cell, text });
    }
  }
  await writeTexts(connection, changed);
}

/** The texts of a field's cells in one form, in their order. */
function harmonized(cells: readonly Cell[]): string[] {
  const byLabel = Map.groupBy(cells, ({ label }) => label);
  const dropped = new Map<string, (text: string) => string>();
  for (const [label, own] of byLabel) {
    const drop = own.length < fewestCells ? null : sharedWords(own.map(({ text }) => text));
    if (drop === null) continue;
    const others = new Set(cells.filter((cell) => cell.label !== label).map(({ text }) => digits(text)));
    const values = [...new Set(own.map(({ text }) => text.toLowerCase()))];
    const known = values.filter((value) => others.has(digits(drop(value)))).length;
    if (known * 2 >= values.length && !values.some((value) => others.has(digits(value))))
      dropped.set(label, drop);
  }
  const spelling = new Map(
    cells.filter(({ label }) => !dropped.has(label)).map(({ text }) => [text.toLowerCase(), text]),
  );
  const texts = cells.map(({ label, text }) => {
    const rest = dropped.get(label)?.(text);
    return rest === undefined ? text : (spelling.get(rest.toLowerCase()) ?? rest);
  });
  const noun = commonNoun(texts);
  const numbers = texts.map((text) => text.slice(noun.length));
  const counted = numbers.filter((text) => numerals.test(text));
  const mixed = counted.some((text) => /\d/.test(text)) && counted.some((text) => /[ivx]/i.test(text));
  if (!mixed || counted.length < texts.length * numeralShare) return texts;
  return numbers.map((text) => noun + digits(text));
}

/** The word with which all texts begin, "Phase " of "Phase III" and "Phase 3"; empty where there is none. */
function commonNoun(texts: readonly string[]): string {
  const [first = ''] = texts;
  const noun = /^\p{L}{2,} /u.exec(first)?.[0] ?? '';
  return noun !== '' && texts.every((text) => text.toLowerCase().startsWith(noun.toLowerCase())) ? noun : '';
}

/** Drops the words that all of several texts begin or end with; null where there are none. */
function sharedWords(texts: readonly string[]): ((text: string) => string) | null {
  const split = [...new Set(texts.map((text) => text.toLowerCase()))].map((text) => text.split(/\s+/));
  const [first] = split;
  if (first === undefined || split.length < 2) return null;
  const shortest = Math.min(...split.map(({ length }) => length)) - 1;
  let [before, after] = [0, 0];
  while (before < shortest && split.every((words) => words[before] === first[before])) before += 1;
  while (before + after < shortest && split.every((words) => words.at(-1 - after) === first.at(-1 - after)))
    after += 1;
  if (before + after === 0) return null;
  return (text) => {
    const words = text.split(/\s+/);
    return words.slice(before, words.length - after).join(' ');
  };
}

function digits(text: string): string {
  const lower = text.toLowerCase();
  if (!numerals.test(lower)) return lower;
  return lower.replaceAll(roman, (number) => romanNumbers.get(number) ?? number).replaceAll(/\s/g, '');
}

async function writeTexts(
  connection: DuckDBConnection,
  texts: readonly { document: number; ordinal: number; text: string }[],
): Promise<void> {
  if (texts.length === 0) return;
  const columns = [
    { name: 'document', type: INTEGER, values: texts.map(({ document }) => document) },
    { name: 'ordinal', type: INTEGER, values: texts.map(({ ordinal }) => ordinal) },
    { name: 'text', type: VARCHAR, values: texts.map(({ text }) => text) },
  ];
  await createTemporaryTable({ connection, table: 'build_harmonized', columns });
  await connection.run(`
    DELETE FROM store.stated_texts s USING build_harmonized h
    WHERE h.document = s.document AND h.ordinal = s.ordinal`);
  await appendRows({ connection, table: 'stated_texts', schema: 'store', columns });
}
