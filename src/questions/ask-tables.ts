import { SqlError, type Catalog, type SqlResult } from '../table/index.ts';
import { toAnswerValue, type AnswerValue } from './answer-value.ts';
import { isChinese } from './chinese/is-chinese.ts';
import { sayInChinese } from './chinese/say-in-chinese.ts';
import { compilePlan } from './compile/compile-plan.ts';
import type { QueryPlan } from './plan.ts';
import type { CompiledQuery } from './compile/compiled-query.ts';
import { groundNone } from './ground-none.ts';
import { groundTexts } from './ground-texts.ts';
import { parseQuestion } from './parse-question.ts';
import type { Refusal } from './refuse.ts';

/** What the tables give to a question. */
export type TableReply =
  | {
      readonly status: 'answered';
      readonly query: CompiledQuery;
      readonly result: SqlResult;
      readonly answer: AnswerValue;
      readonly notes: readonly string[];
    }
  | {
      readonly status: 'refused';
      readonly reason: string;
      /** What of the question was understood; null where all of it was, but the tables do not hold what it asks. */
      readonly misunderstanding: Refusal | null;
      readonly query: CompiledQuery | null;
      readonly notes: readonly string[];
    }
  | { readonly status: 'failed'; readonly query: CompiledQuery; readonly error: SqlError };

/**
 * Answers a question from tables alone: the question becomes a query plan, the plan SQL. A question that is not
 * understood with confidence, names a text that no row states, or asks for a value that none states, is refused.
 *
 * Reasons and notes are in the question's language.
 *
 * @param runSql runs one reading statement over the catalog's tables.
 */
export async function askTables(asked: {
  question: string;
  catalog: Catalog;
  runSql: (statement: string) => Promise<SqlResult>;
}): Promise<TableReply> {
  const reply = await replyTo(asked);
  if (reply.status === 'failed' || !isChinese(asked.question)) return reply;
  const notes = reply.notes.map(sayInChinese);
  return reply.status === 'refused'
    ? { ...reply, notes, reason: sayInChinese(reply.reason) }
    : { ...reply, notes };
}

async function replyTo({
  question,
  catalog,
  runSql,
}: {
  question: string;
  catalog: Catalog;
  runSql: (statement: string) => Promise<SqlResult>;
}): Promise<TableReply> {
  const parsed = parseQuestion({ question, catalog });
  if (parsed.status === 'refused') {
    return { status: 'refused', reason: parsed.reason, misunderstanding: parsed, query: null, notes: [] };
  }
  const grounding = await groundTexts({
    plan: parsed.plan,
    catalog,
    countRows: async (plan) => await firstNumber(compilePlan({ plan, catalog }).sql, runSql),
  });
  if (grounding.status === 'unknown') {
    const { reason } = grounding;
    return { status: 'refused', reason, misunderstanding: null, query: null, notes: [] };
  }
  const grounded = await groundNone({
    plan: grounding.plan,
    catalog,
    notes: parsed.notes,
    countRows: async (plan) => await firstNumber(compilePlan({ plan, catalog }).sql, runSql),
  });
  const query = compilePlan({ plan: grounded.plan, catalog });
  let result: SqlResult;
  try {
    result = await runSql(query.sql);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { status: 'failed', query, error };
  }
  const notes = [...grounded.notes, ...grounding.notes, ...(await runChecks(query, runSql))];
  const answer = toAnswerValue({ query, columns: result.columns, rows: result.rows });
  if (answer.value === null) {
    const labels = labelsOf(catalog, query).map((label) => `"${label}"`);
    const reason = `The documents state no ${labels.join(' or ') || 'value'} for what is asked.`;
    return { status: 'refused', reason, misunderstanding: null, query, notes };
  }
  // Where nothing fulfils what was only loosely understood, more likely something else was meant.
  if (parsed.confidence < looseConfidence && isEmpty(answer, parsed.plan)) {
    const taken = parsed.notes.length === 0 ? '' : ` (${parsed.notes.join('; ')})`;
    const reason = `No row fulfils what the question was taken to ask${taken}; put it in other words.`;
    return { status: 'refused', reason, misunderstanding: null, query, notes };
  }
  return { status: 'answered', query, result, answer, notes };
}

/** Below this, a question was put together out of loose words. */
const looseConfidence = 0.86;

/** Whether the answer is that there is nothing of the kind. */
const isEmpty = ({ value }: AnswerValue, { output }: QueryPlan): boolean =>
  Array.isArray(value)
    ? value.length === 0
    : output.kind === 'aggregate' && output.aggregate.function === 'count' && value === 0;

async function firstNumber(
  statement: string,
  runSql: (statement: string) => Promise<SqlResult>,
): Promise<number> {
  const { rows } = await runSql(statement);
  return Number(rows[0]?.[0] ?? 0);
}

/** Warnings of ties at a cut and of rows that were left out. */
async function runChecks(
  query: CompiledQuery,
  runSql: (statement: string) => Promise<SqlResult>,
): Promise<string[]> {
  const warnings: string[] = [];
  for (const check of query.checks) {
    const count = await firstNumber(check.sql, runSql);
    if (count > 0) warnings.push(check.warning.replace('{n}', count.toLocaleString('en-US')));
  }
  return [...new Set(warnings)];
}

function labelsOf(catalog: Catalog, { table, columnsRead }: CompiledQuery): string[] {
  const columns = catalog.tables.find(({ name }) => name === table)?.columns ?? [];
  return columns.filter(({ name }) => columnsRead.includes(name)).map(({ label }) => label);
}
