import { noCost } from '../models/index.ts';
import { askTables, isChinese, sayInChinese, type CompiledQuery, type Refusal } from '../questions/index.ts';
import type { OpenCorpus, SqlCell } from '../table/index.ts';
import { otherTablesOfKind } from './divided-kind.ts';
import { emptyAnswer } from './empty-answer.ts';
import type { Answer, Coverage, Evidence, Strategy } from './strategy.ts';

/** Rows of the result that an answer carries at most. */
export const maximumRows = 1_000;

export const defaultEvidenceLimit = 200;

export interface TableQuestion {
  readonly corpus: OpenCorpus;
  readonly question: string;
  /** Cells cited at most; their total is always told. */
  readonly evidenceLimit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Answers from the corpus's tables as they are. No model is called. */
export function createTableStrategy(): Strategy {
  const nothing = { calls: 0, inputTokens: 0, outputTokens: 0 };
  return {
    name: 'table',
    plan: () => Promise.resolve({ expected: nothing, upperBound: nothing }),
    answer: answerByTable,
  };
}

/**
 * Answers a question from the corpus's tables alone: the question becomes a query plan, the plan SQL, and every
 * cell the answer rests on is cited. A question that is not understood with confidence is refused; the answer
 * says what was understood, and which fields come nearest.
 */
export async function answerByTable(options: TableQuestion): Promise<Answer> {
  return (await askTable(options)).answer;
}

/** An answer by the question grammar, and what would complete the table where documents state more than was read. */
export interface TableOutcome {
  readonly answer: Answer;
  /** Columns that documents seem to state in words that were not understood; null where none do. */
  readonly unread: { readonly table: string; readonly columns: readonly string[] } | null;
}

/** Answers as {@link answerByTable} does. Where the tables were built anew meanwhile, it begins again. */
export async function askTable(options: TableQuestion): Promise<TableOutcome> {
  const started = performance.now();
  for (;;) {
    const { catalog } = options.corpus;
    const outcome = await askOnce(options);
    if (options.corpus.catalog !== catalog) continue;
    return { ...outcome, answer: { ...outcome.answer, seconds: (performance.now() - started) / 1000 } };
  }
}

async function askOnce({
  corpus,
  question,
  evidenceLimit = defaultEvidenceLimit,
  signal,
}: TableQuestion): Promise<TableOutcome> {
  const complete = (answer: Answer): TableOutcome => ({ answer, unread: null });
  const { documents: read, skipped } = await corpus.summary();
  const coverage: Coverage = { documents: read + skipped.length, read, withValue: 0, missing: 0 };
  const unanswered = { ...emptyAnswer, question, coverage };
  const unread =
    skipped.length === 0
      ? []
      : [`Files that could not be read and are not part of the answer: ${skipped.length}.`];
  const reply = await askTables({
    question,
    catalog: corpus.catalog,
    runSql: (statement) => corpus.sql(statement, { signal }),
  });
  if (reply.status === 'failed') {
    const { error, query } = reply;
    const reason = `${error.message} ${error.remedy}`;
    return complete({ ...unanswered, status: 'failed', reason, sql: query.sql });
  }
  if (reply.status === 'refused') {
    const { reason, misunderstanding, query, notes } = reply;
    return complete({
      ...unanswered,
      status: 'refused',
      reason,
      ...(misunderstanding !== null && { misunderstanding: toMisunderstanding(misunderstanding) }),
      sql: query?.sql ?? null,
      warnings: [...notes, ...unread],
    });
  }
  const { query, result, answer } = reply;
  const { type, value, unit } = answer;
  const warnings = [...reply.notes, ...unread];
  if (result.truncated || result.rows.length > maximumRows) {
    warnings.push(`Only the first ${maximumRows} rows of the result are given.`);
  }
  const rowsComplete = await corpus.countComplete({ table: query.table, columns: query.columnsRead });
  const gap = await findGap({ corpus, query, complete: rowsComplete });
  if (gap !== null) {
    const inLanguage = isChinese(question) ? sayInChinese : (text: string): string => text;
    const partial = `Without them the answer would be: ${JSON.stringify(value)}.`;
    const refused: Answer = {
      ...unanswered,
      status: 'refused',
      reason: inLanguage(gap),
      sql: query.sql,
      coverage: { ...coverage, ...rowsComplete },
      warnings: [...warnings, inLanguage(partial)],
    };
    return { answer: refused, unread: { table: query.table, columns: query.columnsRead } };
  }
  const evidence = await findEvidence({ corpus, query, evidenceLimit, signal });
  return complete({
    question,
    status: 'answered',
    type,
    value,
    ...(unit !== null && { unit }),
    sql: query.sql,
    rows: result.rows.slice(0, maximumRows).map((row) => toRecord(result.columns, row)),
    evidence: evidence.cells,
    evidenceTotal: evidence.total,
    coverage: { ...coverage, ...rowsComplete },
    warnings,
    cost: noCost,
    seconds: 0,
  });
}

/** Of so many rows, an answer needs values from this share at least. */
const fewestRowsForShare = 20;
const fewestStating = 0.1;

/**
 * Why an answer over all rows would be wrong: documents that seem to state what was not read from them, or that are in
 * a table of their own. An answer about rows that the question names does not depend on the others.
 */
export async function findGap({
  corpus,
  query,
  complete,
}: {
  corpus: OpenCorpus;
  query: Pick<CompiledQuery, 'sql' | 'table' | 'columnsRead'>;
  complete: { readonly withValue: number; readonly missing: number };
}): Promise<string | null> {
  const { key = 'name' } = corpus.catalog.tables.find(({ name }) => name === query.table) ?? {};
  const isLookUp =
    (query.sql.includes(`${key} = '`) || query.sql.includes(`${key} IN (`)) &&
    query.sql.split('SELECT').length === 2;
  if (isLookUp) return null;
  const others = otherTablesOfKind(corpus.catalog, query.table);
  if (others.length > 0) {
    const named = others.map(({ name, rows }) => `"${name}" (${rows} rows)`).join(', ');
    return (
      `Documents of the same kind are in another layout, whose labels were not found to be those of "${query.table}": ` +
      `${named}. An answer over one table would leave them out; SQL can take them together.`
    );
  }
  if (complete.missing === 0) return null;
  const rows = complete.withValue + complete.missing;
  if (rows >= fewestRowsForShare && complete.withValue < rows * fewestStating) {
    return `Only ${complete.withValue} of ${rows} documents state what the answer needs; an answer from them alone would say little of all.`;
  }
  const { documents, examples } = await corpus.findUnread({ table: query.table, columns: query.columnsRead });
  if (documents === 0) return null;
  const places = examples.map(({ document, sentence }) =>
    sentence === null ? document : `${document}: "${sentence.replaceAll(/\s+/g, ' ').slice(0, 120)}"`,
  );
  const fields = [...new Set(examples.map(({ field }) => `"${field}"`))].join(' or ');
  return (
    `${documents} documents seem to state ${fields} in words that were not understood, so an answer over all would ` +
    `leave them out. For example ${places.join('; ')}.`
  );
}

function toMisunderstanding({
  understood,
  notUnderstood,
  nearestFields,
}: Refusal): Answer['misunderstanding'] {
  return { understood, notUnderstood, nearestFields };
}

async function findEvidence({
  corpus,
  query,
  evidenceLimit,
  signal,
}: {
  corpus: OpenCorpus;
  query: CompiledQuery;
  evidenceLimit: number;
  signal?: AbortSignal | undefined;
}): Promise<{ cells: readonly Evidence[]; total: number }> {
  const { rows } = await corpus.sql(query.selectionSql, { signal });
  return await corpus.cite({
    table: query.table,
    keys: rows.map(([key]) => String(key)),
    columns: query.columnsRead,
    limit: evidenceLimit,
  });
}

export function toRecord(columns: readonly string[], row: readonly SqlCell[]): Record<string, SqlCell> {
  return Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]));
}
