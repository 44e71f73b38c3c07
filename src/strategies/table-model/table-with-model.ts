import { addCosts, noCost, type CallPlan, type ModelClient, type PlannedUse } from '../../models/index.ts';
import { writeQuestionToSqlPrompt, type SqlTable } from '../../models/prompts/index.ts';
import { mostCallsForObject } from '../../models/structured-output/index.ts';
import { alignFields, planReading, toDeclaredField, type DeclaredField } from '../../table/index.ts';
import { corpusCoverage } from '../corpus-coverage.ts';
import { emptyAnswer } from '../empty-answer.ts';
import { failedModelAnswer } from '../model-answer.ts';
import type { Answer, Strategy, StrategyInput } from '../strategy.ts';
import { askTable, defaultEvidenceLimit, findGap, maximumRows, toRecord } from '../table.ts';
import { describeTables } from './describe-tables.ts';
import { readMissingFields } from './read-missing-fields.ts';
import { columnsReadBy, resultAnswer } from './result-answer.ts';
import {
  agreeOnSql,
  mostCandidates,
  mostTries,
  sqlOutputTokens,
  type SqlAgreement,
  type SqlCandidate,
} from './sql-candidates.ts';

export interface TableModelSettings {
  /** Whether what is left of a budget may pay for so much; absent: there is no budget. */
  readonly affords?: ((plan: CallPlan) => boolean) | undefined;
  /** Whether fields that the tables lack may be read from the documents; they may where nothing is said. */
  readonly readsFields?: boolean | undefined;
}

/** More columns than this are not shown at once: most would only be in the way. */
const mostColumns = 60;
const fewestColumns = 5;
/** SQL is written, fields are read, SQL is written: a question that still lacks fields is not answerable this way. */
const mostRounds = 3;

/**
 * Answers from the corpus's tables: by the question grammar where that understands the question, without a call; else
 * by SQL that the model writes (CorpusQA, arXiv 2601.14952, "NL2SQL Execution"; ours runs it, tells the model of
 * errors, and takes a result when more than half of three candidates have it). Fields that the tables lack are read
 * from the documents by the model, and kept.
 */
export function createTableStrategyWithModel({
  model,
  settings = {},
}: {
  model: ModelClient;
  settings?: TableModelSettings | undefined;
}): Strategy {
  return new TableWithModel(model, settings);
}

class TableWithModel implements Strategy {
  readonly name = 'table';
  readonly #model: ModelClient;
  readonly #settings: TableModelSettings;

  constructor(model: ModelClient, settings: TableModelSettings) {
    this.#model = model;
    this.#settings = settings;
  }

  async plan(input: StrategyInput): Promise<CallPlan> {
    const nothing: PlannedUse = { calls: 0, inputTokens: 0, outputTokens: 0 };
    const { answer } = await askTable(input);
    if (answer.status === 'answered') return { expected: nothing, upperBound: nothing };
    const tables = this.#describe(input, []);
    const prompt = writeQuestionToSqlPrompt({ tables, question: input.question, attempts: [] });
    const inputTokens = this.#model.tokenizer.count(prompt);
    const outputTokens = sqlOutputTokens(this.#model);
    const calls = mostRounds * mostCandidates * mostTries * mostCallsForObject({ completions: 0 });
    const written: CallPlan = {
      expected: { calls: 2, inputTokens: 2 * inputTokens, outputTokens: 2 * expectedSqlTokens },
      upperBound: {
        calls,
        inputTokens: calls * (inputTokens + 2 * outputTokens),
        outputTokens: calls * outputTokens,
      },
    };
    if (this.#settings.readsFields === false) return written;
    // Which fields are missing the model has to say first: so many as it may name are planned for.
    const fields = Array.from({ length: 4 }, (_, index) =>
      toDeclaredField({ name: `field to be read ${index}` }),
    );
    const [reading] = await planReading({
      corpus: input.corpus,
      models: [this.#model],
      attempts: 1,
      fields,
      signal: input.signal,
    });
    const { upperBound = nothing } = reading?.plan ?? {};
    return {
      expected: written.expected,
      upperBound: {
        calls: written.upperBound.calls + upperBound.calls,
        inputTokens: written.upperBound.inputTokens + upperBound.inputTokens,
        outputTokens: written.upperBound.outputTokens + upperBound.outputTokens,
      },
    };
  }

  async answer(input: StrategyInput): Promise<Answer> {
    const started = performance.now();
    const answer = await this.#answer(input);
    return { ...answer, seconds: (performance.now() - started) / 1000 };
  }

  async #answer(input: StrategyInput): Promise<Answer> {
    let { answer, unread } = await askTable(input);
    if (answer.status !== 'refused') return answer;
    let cost = noCost;
    const warnings: string[] = [];
    const shown = new Set<string>();
    const together = (last: Answer): Answer => ({
      ...last,
      warnings: [...warnings, ...last.warnings],
      cost: addCosts(cost, last.cost),
    });
    try {
      for (let round = 0; round < mostRounds; round += 1) {
        let missing: readonly DeclaredField[];
        if (unread !== null) {
          missing = unread.columns.map((name) => toDeclaredField({ name: name.replace(/@.*$/, '') }));
        } else if (answer.sql !== null) {
          // It was understood: the documents do not say it.
          return answer;
        } else {
          const agreement = await agreeOnSql({
            corpus: input.corpus,
            model: this.#model,
            tables: this.#describe(input, [...shown]),
            input,
          });
          cost = addCosts(cost, agreement.cost);
          if (agreement.agreed?.status !== 'missing')
            return together(await this.#conclude(input, agreement, answer));
          missing = agreement.agreed.fields;
        }
        const fields = alignFields(missing, input.corpus.catalog);
        if (this.#settings.readsFields === false) return together(lacking(answer, fields));
        // What is there already only needs to be shown.
        const areShown = fields.every(({ name }) => shown.has(name));
        for (const { name } of fields) shown.add(name);
        const unknown = fields.filter((field) => unread !== null || !this.#hasColumn(input, field));
        if (unknown.length === 0) {
          if (areShown) return together(lacking(answer, fields));
          continue;
        }
        const { affords } = this.#settings;
        const documents = unread === null ? undefined : await documentsLacking(input, unread);
        const read = await readMissingFields({
          model: this.#model,
          fields: unknown,
          documents,
          affords,
          input,
        });
        cost = addCosts(cost, read.cost);
        warnings.push(...read.warnings);
        if (read.refusal !== null) return together({ ...answer, reason: read.refusal });
        const wasUnread = unread !== null;
        ({ answer, unread } = await askTable(input));
        if (answer.status !== 'refused') return together(answer);
        if (wasUnread && unread !== null) return together(answer);
      }
      return together(answer);
    } catch (error) {
      return together({ ...answer, ...failedModelAnswer(error) });
    }
  }

  #hasColumn({ corpus }: StrategyInput, { label }: DeclaredField): boolean {
    return corpus.catalog.tables.some(({ columns }) => columns.some((column) => column.label === label));
  }

  /** As many columns as leave room for the reply. */
  #describe({ corpus, question }: StrategyInput, focus: readonly string[]): SqlTable[] {
    const room = this.#model.limits.windowTokens - sqlOutputTokens(this.#model);
    for (let maximumColumns = mostColumns; ; maximumColumns = Math.floor(maximumColumns / 2)) {
      const tables = describeTables({ catalog: corpus.catalog, question, focus, maximumColumns });
      if (maximumColumns <= fewestColumns) return tables;
      const prompt = writeQuestionToSqlPrompt({ tables, question, attempts: [] });
      // Half of it is left for what was tried before.
      if (this.#model.tokenizer.count(prompt) <= room / 2) return tables;
    }
  }

  /** What the candidates make of an answer. */
  async #conclude(input: StrategyInput, agreement: SqlAgreement, refused: Answer): Promise<Answer> {
    const { agreed, candidates, agreeing } = agreement;
    if (agreed?.status === 'result') {
      const support = `The SQL was written by ${this.#model.id}; ${agreeing} of ${candidates.length} candidates have the same result.`;
      return await this.#fromResult(input, agreed, support);
    }
    if (agreed?.status === 'unanswerable') {
      const reason =
        `${this.#model.id} finds that the tables cannot answer the question. ${refused.reason ?? ''}`.trim();
      return { ...refused, reason };
    }
    const failures = candidates.flatMap((candidate) => (candidate.status === 'failed' ? [candidate] : []));
    const [first] = failures;
    if (first !== undefined && failures.length === candidates.length) {
      if (first.error?.kind === 'unusable-reply') {
        const reason = `${refused.reason ?? ''} ${this.#model.id} was asked for SQL, and wrote none.`.trim();
        return { ...refused, reason };
      }
      if (first.error !== null) return { ...refused, ...failedModelAnswer(first.error) };
      return { ...refused, reason: `No SQL of ${this.#model.id} runs: ${first.reason}` };
    }
    const reason = `The ${candidates.length} statements that ${this.#model.id} wrote do not agree on an answer.`;
    return { ...refused, reason };
  }

  async #fromResult(
    { corpus, question, evidenceLimit = defaultEvidenceLimit }: StrategyInput,
    { sql, result }: SqlCandidate & { status: 'result' },
    support: string,
  ): Promise<Answer> {
    const { documents, seen, unread } = await corpusCoverage(corpus);
    const read = columnsReadBy(sql, corpus.catalog);
    const columns = read?.columns ?? [];
    const complete =
      read === null ? null : await corpus.countComplete({ table: read.table.name, columns: [...columns] });
    const coverage = { ...seen(documents), ...complete };
    const base = { ...emptyAnswer, question, sql, coverage };
    const columnOf = (name: string) => read?.table.columns.find((column) => column.name === name) ?? null;
    const value = resultAnswer({ result, question, columnOf });
    if (value === null) {
      return {
        ...base,
        status: 'refused',
        reason: 'The documents state no value for what is asked.',
        warnings: [support],
      };
    }
    if (read !== null && complete !== null) {
      const query = { sql, table: read.table.name, columnsRead: [...columns] };
      const gap = await findGap({ corpus, query, complete });
      if (gap !== null) {
        const partial = `Without them the answer would be: ${JSON.stringify(value.value)}.`;
        return { ...base, status: 'refused', reason: gap, warnings: [support, partial] };
      }
    }
    const keys = read === null ? [] : keysOf(result, read.table.key);
    const evidence =
      read === null || columns.length === 0
        ? { cells: [], total: 0 }
        : await corpus.cite({
            table: read.table.name,
            keys: keys.length > 0 ? keys : null,
            columns,
            limit: evidenceLimit,
          });
    const left = complete?.missing ?? 0;
    const warnings = [
      support,
      ...(keys.length === 0 && evidence.total > 0
        ? ['The cells shown are all that the SQL reads, before its conditions.']
        : []),
      ...(left > 0 ? [`Rows that lack a value the SQL reads: ${left.toLocaleString('en-US')}.`] : []),
      ...(result.truncated || result.rows.length > maximumRows
        ? [`Only the first ${maximumRows} rows of the result are given.`]
        : []),
      ...unread,
    ];
    return {
      ...base,
      status: 'answered',
      type: value.type,
      value: value.value,
      ...(value.unit !== null && { unit: value.unit }),
      rows: result.rows.slice(0, maximumRows).map((row) => toRecord(result.columns, row)),
      evidence: evidence.cells,
      evidenceTotal: evidence.total,
      warnings,
    };
  }
}

/** The documents about rows that have no value in some of the columns. */
async function documentsLacking(
  { corpus, signal }: StrategyInput,
  { table, columns }: { readonly table: string; readonly columns: readonly string[] },
): Promise<string[]> {
  const key = corpus.catalog.tables.find(({ name }) => name === table)?.key ?? 'name';
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const { rows } = await corpus.sql(
    `SELECT DISTINCT f.document FROM facts f JOIN ${quote(table)} t ON f.entity = t.${quote(key)}
     WHERE ${columns.map((column) => `t.${quote(column)} IS NULL`).join(' OR ')}`,
    { signal },
  );
  return rows.map(([document]) => String(document));
}

/** What a statement takes, about. */
const expectedSqlTokens = 80;

/** The names of rows in a result, where it has a column of the key's name. */
function keysOf({ columns, rows }: (SqlCandidate & { status: 'result' })['result'], key: string): string[] {
  const index = columns.indexOf(key);
  return index < 0 ? [] : rows.map((row) => String(row[index] ?? '')).filter((name) => name !== '');
}

function lacking(answer: Answer, fields: readonly DeclaredField[]): Answer {
  const labels = fields.map(({ label }) => `"${label}"`).join(', ');
  return { ...answer, reason: `The tables do not hold ${labels}. ${answer.reason ?? ''}`.trim() };
}
