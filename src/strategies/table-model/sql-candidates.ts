import { addCosts, ModelError, noCost, type Cost, type ModelClient } from '../../models/index.ts';
import { writeQuestionToSqlPrompt, type SqlAttempt, type SqlTable } from '../../models/prompts/index.ts';
import { SqlError, type DeclaredField, type OpenCorpus, type SqlResult } from '../../table/index.ts';
import type { StrategyInput } from '../strategy.ts';
import { bareSql, readMissingFields, sqlReplySchema } from './sql-reply.ts';

/** What became of one attempt to answer by SQL. */
export type SqlCandidate =
  | { readonly status: 'result'; readonly sql: string; readonly result: SqlResult }
  /** The tables lack these fields. */
  | { readonly status: 'missing'; readonly fields: readonly DeclaredField[] }
  /** No SQL, and no field that would help. */
  | { readonly status: 'unanswerable' }
  | { readonly status: 'failed'; readonly reason: string; readonly error: ModelError | null };

/** What more than half of the candidates say. */
export interface SqlAgreement {
  /** Null where they do not agree. */
  readonly agreed: SqlCandidate | null;
  readonly candidates: readonly SqlCandidate[];
  readonly agreeing: number;
  readonly cost: Cost;
}

/** Candidates at most; the last is not asked for where the others agree. */
export const mostCandidates = 3;
/** How often a candidate is written: once, and again after each trouble with it. */
export const mostTries = 3;
const majority = Math.floor(mostCandidates / 2) + 1;

const mostOutputTokens = 4_096;
/** Candidates after the first are to differ from it. */
const temperatureOfOthers = 0.7;

/** What a reply may take: a model that reasons first needs most of it. */
export function sqlOutputTokens({ limits }: Pick<ModelClient, 'limits'>): number {
  return Math.min(limits.maximumOutputTokens, mostOutputTokens, Math.floor(limits.windowTokens / 4));
}

interface WrittenCandidate {
  readonly candidate: SqlCandidate;
  readonly cost: Cost;
}

interface CandidateWork {
  readonly corpus: OpenCorpus;
  readonly model: ModelClient;
  readonly tables: readonly SqlTable[];
  readonly input: StrategyInput;
}

/**
 * Has a model write SQL for a question, runs it, and tells the model of errors and empty results, until more than half
 * of all candidates have the same result (in whatever order) or say that the same is missing.
 *
 * @throws {ModelError} of a kind that ends the whole work.
 */
export async function agreeOnSql(work: CandidateWork): Promise<SqlAgreement> {
  const written: WrittenCandidate[] = [];
  const write = async (attempt: number): Promise<WrittenCandidate> => {
    const one = await writeCandidate(work, attempt);
    const detail = { candidate: attempt + 1, ...describe(one.candidate) };
    work.input.onTrace?.({ step: 'sql-candidate', detail });
    return one;
  };
  written.push(...(await Promise.all(Array.from({ length: majority }, (_, attempt) => write(attempt)))));
  const candidatesOf = (): SqlCandidate[] => written.map(({ candidate }) => candidate);
  for (let attempt = majority; attempt < mostCandidates; attempt += 1) {
    if (largestGroup(candidatesOf()).length >= majority || candidatesOf().every(isUnreadable)) break;
    written.push(await write(attempt));
  }
  const candidates = candidatesOf();
  const cost = written.reduce((sum, { cost: own }) => addCosts(sum, own), noCost);
  const group = largestGroup(candidates);
  // What an ORDER BY has put in order is the better of two equal results.
  const [first = null] = [...group].sort((left, right) => Number(isOrdered(right)) - Number(isOrdered(left)));
  const agreed = group.length >= majority ? first : null;
  return { agreed, candidates, agreeing: group.length, cost };
}

/** A model that gave nothing of the form asked for will not the next time. */
function isUnreadable(candidate: SqlCandidate): boolean {
  return candidate.status === 'failed' && candidate.error !== null;
}

function largestGroup(candidates: readonly SqlCandidate[]): readonly SqlCandidate[] {
  const groups = Map.groupBy(
    candidates.filter(({ status }) => status !== 'failed'),
    keyOf,
  );
  return [...groups.values()].sort((left, right) => right.length - left.length)[0] ?? [];
}

function isOrdered(candidate: SqlCandidate): boolean {
  return candidate.status === 'result' && /\border\s+by\b/i.test(candidate.sql);
}

/** Equal for candidates that say the same. */
function keyOf(candidate: SqlCandidate): string {
  if (candidate.status !== 'result') return candidate.status;
  const rows = candidate.result.rows.map((row) => JSON.stringify(row.map(withoutNoise)));
  return JSON.stringify(rows.sort());
}

function withoutNoise(cell: SqlResult['rows'][number][number]): unknown {
  return typeof cell === 'number' ? Number(cell.toPrecision(9)) : cell;
}

function describe(candidate: SqlCandidate): Record<string, unknown> {
  switch (candidate.status) {
    case 'result':
      return { sql: candidate.sql, rows: candidate.result.rows.length };
    case 'missing':
      return { missing: candidate.fields.map(({ label }) => label) };
    case 'unanswerable':
      return { sql: null };
    case 'failed':
      return { failed: candidate.reason };
  }
}

async function writeCandidate(
  { corpus, model, tables, input: { question, signal } }: CandidateWork,
  attempt: number,
): Promise<WrittenCandidate> {
  const attempts: SqlAttempt[] = [];
  let cost = noCost;
  let last: SqlCandidate = { status: 'failed', reason: 'no SQL was written', error: null };
  while (attempts.length < mostTries) {
    const content = writeQuestionToSqlPrompt({ tables, question, attempts });
    let reply;
    try {
      reply = await model.generateObject({
        purpose: 'question-to-sql',
        messages: [{ role: 'user', content }],
        maximumOutputTokens: sqlOutputTokens(model),
        temperature: attempt === 0 ? 0 : temperatureOfOthers,
        attempt,
        schema: sqlReplySchema,
        schemaName: 'sql_query',
        signal,
      });
    } catch (error) {
      if (!(error instanceof ModelError) || !countsAsNoCandidate.has(error.kind)) throw error;
      return { candidate: { status: 'failed', reason: error.message, error }, cost };
    }
    cost = addCosts(cost, reply.cost);
    const { sql, missing } = reply.value;
    if (sql === null || sql.trim() === '') {
      const fields = readMissingFields(missing ?? '');
      return {
        candidate: fields.length === 0 ? { status: 'unanswerable' } : { status: 'missing', fields },
        cost,
      };
    }
    const statement = bareSql(sql);
    const run = await tryOut({ corpus, statement, signal });
    last = run.candidate;
    if (run.trouble === null || attempts.some(({ trouble }) => trouble === run.trouble)) break;
    attempts.push({ sql: statement, trouble: run.trouble });
  }
  return { candidate: last, cost };
}

const countsAsNoCandidate: ReadonlySet<string> = new Set(['rejected', 'unreachable', 'unusable-reply']);

/** Runs a statement. An empty result may be the answer, but is asked about once. */
async function tryOut({
  corpus,
  statement,
  signal,
}: {
  corpus: OpenCorpus;
  statement: string;
  signal: AbortSignal | undefined;
}): Promise<{ candidate: SqlCandidate; trouble: string | null }> {
  try {
    const result = await corpus.sql(statement, { signal });
    const isEmpty = result.rows.every((row) => row.every((cell) => cell === null));
    return {
      candidate: { status: 'result', sql: statement, result },
      trouble: isEmpty ? 'It gives no value. Where that is right, give the same statement again.' : null,
    };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return {
      candidate: { status: 'failed', reason: error.message, error: null },
      trouble: `${error.message} ${error.remedy}`,
    };
  }
}
