/*
 * The prompt that turns a question into SQL (CorpusQA, arXiv 2601.14952, "NL2SQL Execution"; the published prompt is
 * not known, the wording is ours). The schema stands first, so that servers need evaluate it only once.
 */
import { escapeMarkers, unescapeMarkers } from './markers.ts';

/** A column as the prompt describes it. */
export interface SqlColumn {
  readonly name: string;
  /** As DuckDB has it: `DOUBLE`, `VARCHAR[]`. */
  readonly sqlType: string;
  /** What it is, in words on one line: label, unit, how many rows state it, values. */
  readonly about: string;
}

export interface SqlTable {
  readonly name: string;
  /** What a row is, in words on one line. */
  readonly about: string;
  readonly columns: readonly SqlColumn[];
}

/** An earlier attempt, and what came of it. */
export interface SqlAttempt {
  readonly sql: string;
  /** The database's complaint, or what is suspicious about the result. */
  readonly trouble: string;
}

export interface QuestionToSql {
  readonly tables: readonly SqlTable[];
  readonly question: string;
  readonly attempts: readonly SqlAttempt[];
}

const opening = 'Write one DuckDB SELECT statement that answers a question from these tables.';
const ending = 'Give the statement as sql.';

export function writeQuestionToSqlPrompt({ tables, question, attempts }: QuestionToSql): string {
  return `${opening}

<schema>
${escapeMarkers(tables.map(writeTable).join('\n'))}
</schema>

- Use only tables and columns of the schema, with their names in double quotes.
- A NULL means that the document does not say: leave such rows out of comparisons, orders and averages.
- Select what is asked for and nothing else: for names the column that names the row, for "how many" a count, for a share a percentage from 0 to 100 named "percent".
- Order lists by what the question orders them by, then by name. Compare texts as the schema shows them.
- Where the tables do not hold what is asked, sql is null and missing lists, in a word or two each, the fields that would be needed.

<question>
${escapeMarkers(question.trim())}
</question>
${attempts.map(writeAttempt).join('')}
${ending}`;
}

function writeTable({ name, about, columns }: SqlTable): string {
  const lines = columns.map(
    (column, index) =>
      `  ${quoted(column.name)} ${column.sqlType}${index < columns.length - 1 ? ',' : ''} -- ${oneLine(column.about)}`,
  );
  return `CREATE TABLE ${quoted(name)} ( -- ${oneLine(about)}\n${lines.join('\n')}\n);`;
}

function writeAttempt({ sql, trouble }: SqlAttempt): string {
  return `\nThis was tried:\n${escapeMarkers(oneLine(sql))}\nand failed: ${escapeMarkers(oneLine(trouble))}\n`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const layout =
  /<schema>\n(?<schema>[\s\S]*?)\n<\/schema>\n[\s\S]*?<question>\n(?<question>[\s\S]*?)\n<\/question>\n/;
const tableLine = /^CREATE TABLE "(?<name>(?:[^"]|"")*)" \( -- (?<about>.*)$/;
const columnLine = /^ {2}"(?<name>(?:[^"]|"")*)" (?<sqlType>[A-Z]+(?:\[\])?),? -- (?<about>.*)$/;

/** Takes such a prompt apart, or returns null where it is none. Earlier attempts are left out. */
export function readQuestionToSqlPrompt(prompt: string): Omit<QuestionToSql, 'attempts'> | null {
  if (!prompt.startsWith(opening) || !prompt.includes(ending)) return null;
  const parts = layout.exec(prompt)?.groups;
  if (parts === undefined) return null;
  const tables: { name: string; about: string; columns: SqlColumn[] }[] = [];
  for (const line of unescapeMarkers(parts['schema'] ?? '').split('\n')) {
    const table = tableLine.exec(line)?.groups;
    const column = columnLine.exec(line)?.groups;
    const name = (table ?? column)?.['name']?.replaceAll('""', '"') ?? '';
    const about = (table ?? column)?.['about'] ?? '';
    if (table !== undefined) tables.push({ name, about, columns: [] });
    else if (column !== undefined)
      tables.at(-1)?.columns.push({ name, sqlType: column['sqlType'] ?? '', about });
  }
  return { tables, question: unescapeMarkers(parts['question'] ?? '') };
}
