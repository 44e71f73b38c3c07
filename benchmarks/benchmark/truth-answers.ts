import { DatabaseSync } from 'node:sqlite';
import type { BenchmarkQuestion } from '../../src/benchmark/index.ts';

/** A question as people wrote it, with the SQL that says what it means. */
export interface PeoplesQuestion {
  readonly id: string;
  readonly question: string;
  /** Null where SQL cannot say it. */
  readonly sql: string | null;
  readonly answer_type: 'number' | 'string' | 'list' | 'ranked_list' | 'rows';
  readonly difficulty?: 'easy' | 'medium' | 'hard';
}

type StatedQuestion = PeoplesQuestion & { readonly sql: string };

export interface AnsweredQuestion {
  readonly question: StatedQuestion;
  readonly answer: BenchmarkQuestion['answer'];
  /** Rows that state every column the SQL names. */
  readonly read: number;
}

type Row = Readonly<Record<string, string>>;

/**
 * Answers questions over rows of truth by their SQL. Left out are those that the rows do not determine: without SQL, with
 * no answer, with an answer that hangs on the order of rows which tie, or that asks for more rows than there are.
 */
export function answerFromTruth({
  table,
  key,
  rows,
  questions,
}: {
  table: string;
  key: string;
  rows: readonly Row[];
  questions: readonly PeoplesQuestion[];
}): AnsweredQuestion[] {
  const databases = [
    rows,
    rows.toReversed(),
    rows.toSorted((left, right) => (left[key] ?? '').localeCompare(right[key] ?? '')),
  ].map((ordered) => load({ table, rows: ordered }));
  const [first] = databases;
  const columns = Object.keys(rows[0] ?? {});
  return questions.flatMap((question) => {
    const { sql } = question;
    if (sql === null || sql === '' || first === undefined) return [];
    // Groups come in the order of their names whatever that of the rows, so ties are broken either way on purpose.
    const tieBreaks = ['', ', 1', ', 1 DESC'].map((order) =>
      sql.replace(/(?= LIMIT \d+(?: OFFSET \d+)?$)/, order),
    );
    const answers = databases.flatMap((database) =>
      tieBreaks.map((each) => run(database, { ...question, sql: each })),
    );
    const [answer] = answers;
    if (answer === null || answer === undefined) return [];
    if (new Set(answers.map((each) => JSON.stringify(inOrder(each, question)))).size > 1) return [];
    const limit = Number(/LIMIT (\d+)/.exec(sql)?.[1] ?? 1);
    if (limit > rows.length / 2) return [];
    const named = columns.filter((column) => new RegExp(`\\b${column}\\b`).test(sql));
    const read = rows.filter((row) => named.every((column) => row[column] !== '')).length;
    return [{ question: { ...question, sql }, answer, read }];
  });
}

function load({ table, rows }: { table: string; rows: readonly Row[] }): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  const columns = Object.keys(rows[0] ?? {});
  const isNumber = (column: string): boolean =>
    rows.every((row) => row[column] === '' || /^-?\d+(?:\.\d+)?$/.test(row[column] ?? ''));
  const numeric = new Set(columns.filter(isNumber));
  database.exec(
    `CREATE TABLE ${table} (${columns.map((column) => `${column} ${numeric.has(column) ? 'NUMERIC' : 'TEXT'}`).join(', ')})`,
  );
  const insert = database.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`);
  database.exec('BEGIN');
  for (const row of rows) {
    insert.run(
      ...columns.map((column) => {
        const text = row[column] ?? '';
        if (text === '') return null;
        return numeric.has(column) ? Number(text) : text;
      }),
    );
  }
  database.exec('COMMIT');
  return database;
}

/** The answer in the question's type; null where there is none. */
function run(
  database: DatabaseSync,
  { sql, answer_type: type }: StatedQuestion,
): BenchmarkQuestion['answer'] {
  const rows = database
    .prepare(sql)
    .all()
    .map((row) => Object.values(row).map(toValue));
  if (type === 'number' || type === 'string') return rows[0]?.[0] ?? null;
  if (rows.length === 0 || rows.some((row) => row.includes(null))) return null;
  return rows.every((row) => row.length === 1) ? rows.map(([value]) => value ?? null) : rows;
}

function toValue(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** Lists whose order was not asked for are compared as sets. */
function inOrder(answer: BenchmarkQuestion['answer'], { answer_type: type }: PeoplesQuestion): unknown {
  if (typeof answer === 'number') return Number(answer.toPrecision(9));
  return Array.isArray(answer) && type !== 'ranked_list'
    ? answer.map((item) => JSON.stringify(item)).sort()
    : answer;
}
