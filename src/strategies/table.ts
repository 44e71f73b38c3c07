import { noCost } from '../models/index.ts';
import {
  compilePlan,
  groundTexts,
  parseQuestion,
  toAnswerValue,
  type CompiledQuery,
} from '../questions/index.ts';
import { SqlError, type Catalog, type OpenCorpus, type SqlCell, type SqlResult } from '../table/index.ts';
import type { Answer, Coverage, Evidence, Strategy } from './strategy.ts';

/** Rows of the result that an answer carries at most. */
const maximumRows = 1_000;

export const defaultEvidenceLimit = 200;

export interface TableQuestion {
  readonly corpus: OpenCorpus;
  readonly question: string;
  /** Cells cited at most; their total is always told. */
  readonly evidenceLimit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Answers from the corpus's tables as the pattern reader made them. No model is called. */
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
  const started = performance.now();
  const outcome = await answer(options);
  return { ...outcome, seconds: (performance.now() - started) / 1000 };
}

async function answer({
  corpus,
  question,
  evidenceLimit = defaultEvidenceLimit,
  signal,
}: TableQuestion): Promise<Answer> {
  const { documents: read, skipped } = await corpus.summary();
  const coverage: Coverage = { documents: read + skipped.length, read, withValue: 0, missing: 0 };
  const unanswered = { ...emptyAnswer, question, coverage };
  const parsed = parseQuestion({ question, catalog: corpus.catalog });
  if (parsed.status === 'refused') {
    const { reason, understood, notUnderstood, nearestFields } = parsed;
    const misunderstanding = { understood, notUnderstood, nearestFields };
    return { ...unanswered, status: 'refused', reason, misunderstanding };
  }
  const { catalog } = corpus;
  const grounding = await groundTexts({
    plan: parsed.plan,
    catalog,
    countRows: async (plan) => {
      const { rows } = await corpus.sql(compilePlan({ plan, catalog }).sql, { signal });
      return Number(rows[0]?.[0] ?? 0);
    },
  });
  if (grounding.status === 'unknown') return { ...unanswered, status: 'refused', reason: grounding.reason };
  const query = compilePlan({ plan: grounding.plan, catalog });
  let result: SqlResult;
  try {
    result = await corpus.sql(query.sql, { signal });
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { ...unanswered, status: 'failed', reason: `${error.message} ${error.remedy}`, sql: query.sql };
  }
  const warnings = [...parsed.notes, ...grounding.notes, ...(await runChecks({ corpus, query, signal }))];
  if (skipped.length > 0) {
    warnings.push(`Files that could not be read and are not part of the answer: ${skipped.length}.`);
  }
  if (result.truncated || result.rows.length > maximumRows) {
    warnings.push(`Only the first ${maximumRows} rows of the result are given.`);
  }
  const { type, value, unit } = toAnswerValue({ query, columns: result.columns, rows: result.rows });
  if (value === null) {
    const labels = labelsOf(catalog, query).map((label) => `"${label}"`);
    const reason = `The documents state no ${labels.join(' or ') || 'value'} for what is asked.`;
    return { ...unanswered, status: 'refused', reason, sql: query.sql, warnings };
  }
  const evidence = await findEvidence({ corpus, query, evidenceLimit, signal });
  const complete = await corpus.countComplete({ table: query.table, columns: query.columnsRead });
  return {
    question,
    status: 'answered',
    type,
    value,
    ...(unit !== null && { unit }),
    sql: query.sql,
    rows: result.rows.slice(0, maximumRows).map((row) => toRecord(result.columns, row)),
    evidence: evidence.cells,
    evidenceTotal: evidence.total,
    coverage: { ...coverage, ...complete },
    warnings,
    cost: noCost,
    seconds: 0,
  };
}

function labelsOf(catalog: Catalog, { table, columnsRead }: CompiledQuery): string[] {
  const columns = catalog.tables.find(({ name }) => name === table)?.columns ?? [];
  return columns.filter(({ name }) => columnsRead.includes(name)).map(({ label }) => label);
}

const emptyAnswer = {
  type: null,
  value: null,
  sql: null,
  rows: [],
  evidence: [],
  evidenceTotal: 0,
  warnings: [],
  cost: noCost,
  seconds: 0,
} as const;

/** Warnings of ties at a cut and of rows that were left out. */
async function runChecks({
  corpus,
  query,
  signal,
}: {
  corpus: OpenCorpus;
  query: CompiledQuery;
  signal?: AbortSignal | undefined;
}): Promise<string[]> {
  const warnings: string[] = [];
  for (const check of query.checks) {
    const { rows } = await corpus.sql(check.sql, { signal });
    const count = Number(rows[0]?.[0] ?? 0);
    if (count > 0) warnings.push(check.warning.replace('{n}', count.toLocaleString('en-US')));
  }
  return [...new Set(warnings)];
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

function toRecord(columns: readonly string[], row: readonly SqlCell[]): Record<string, SqlCell> {
  return Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]));
}
