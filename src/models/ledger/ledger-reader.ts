import type { DatabaseSync } from 'node:sqlite';
import { zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { ModelError } from '../model-error.ts';
import { openLedgerForReading } from './ledger-database.ts';

const callRow = z.object({
  key: z.string(),
  purpose: z.string(),
  model: z.string(),
  attempt: z.number(),
  finishReason: z.string(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** Null where the model had no price. */
  usd: z.number().nullable(),
  sends: z.number(),
  seconds: z.number(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
});

/** A call that was answered, without what was said. */
export type LedgerCall = z.infer<typeof callRow>;

const textRow = callRow.extend({
  request: z.instanceof(Uint8Array),
  text: z.string(),
  reasoning: z.string().nullable(),
});

/** A call with all that was said. */
export interface LedgerCallText extends LedgerCall {
  /** The messages, parameters and form of reply, as they were sent. */
  readonly request: unknown;
  readonly text: string;
  readonly reasoning: string | null;
}

const failureRow = z.object({
  key: z.string(),
  purpose: z.string(),
  model: z.string(),
  attempt: z.number(),
  kind: z.string(),
  message: z.string(),
  sends: z.number(),
  usd: z.number().nullable(),
  createdAt: z.string(),
});

/** A call that came to no answer, and was not made again since. */
export type LedgerFailure = z.infer<typeof failureRow>;

const totalRow = z.object({
  purpose: z.string(),
  model: z.string(),
  calls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  usd: z.number().nullable(),
  seconds: z.number(),
});

/** What the calls of one purpose to one model took together. */
export type LedgerTotal = z.infer<typeof totalRow>;

export interface CallFilter {
  /** Calls of this purpose; absent: all. */
  readonly purpose?: string | undefined;
}

const callColumns = `key, purpose, model, attempt, finish_reason AS finishReason, input_tokens AS inputTokens,
  output_tokens AS outputTokens, usd, sends, seconds, created_at AS createdAt`;

/** Reads a ledger, also while a command is writing it. */
export class LedgerReader {
  readonly #database: DatabaseSync;

  /** @throws {ModelError} of kind `unavailable` when there is no ledger that can be read. */
  constructor(file: string) {
    this.#database = openLedgerForReading(file);
  }

  /** By purpose and model, the most calls first. */
  totals(filter: CallFilter): LedgerTotal[] {
    const { where, values } = whereOf(filter);
    return this.#database
      .prepare(
        `SELECT purpose, model, count(*) AS calls, sum(input_tokens) AS inputTokens,
           sum(output_tokens) AS outputTokens, sum(usd) AS usd, sum(seconds) AS seconds
         FROM calls ${where} GROUP BY purpose, model ORDER BY calls DESC, purpose, model`,
      )
      .all(...values)
      .map((row) => totalRow.parse(row));
  }

  /** The latest first. */
  calls({ limit, ...filter }: CallFilter & { limit: number }): LedgerCall[] {
    const { where, values } = whereOf(filter);
    return this.#database
      .prepare(`SELECT ${callColumns} FROM calls ${where} ORDER BY created_at DESC, key LIMIT ?`)
      .all(...values, limit)
      .map((row) => callRow.parse(row));
  }

  /** The latest first. */
  failures(filter: CallFilter): LedgerFailure[] {
    const { where, values } = whereOf(filter);
    return this.#database
      .prepare(
        `SELECT key, purpose, model, attempt, kind, message, sends, usd, created_at AS createdAt
         FROM failures ${where} ORDER BY created_at DESC, key`,
      )
      .all(...values)
      .map((row) => failureRow.parse(row));
  }

  /**
   * One call with its texts.
   *
   * @param hash the key or the beginning of it.
   * @throws {ModelError} of kind `not-in-ledger` when no call, or more than one, has it.
   */
  call(hash: string): LedgerCallText {
    const rows = this.#database
      .prepare(
        `SELECT ${callColumns}, request, text, reasoning FROM calls WHERE key >= ? AND key < ? LIMIT 2`,
      )
      .all(hash, `${hash}g`);
    const [row] = rows;
    if (row !== undefined && rows.length === 1) return toCallText(row);
    throw new ModelError({
      kind: 'not-in-ledger',
      message:
        row === undefined
          ? `No call in the ledger has the hash ${hash}.`
          : `More than one call in the ledger has a hash that begins with ${hash}.`,
      remedy: '"corpuscope calls PATH" lists the calls with the beginnings of their hashes.',
    });
  }

  /** All calls with their texts, one after the other, the oldest first. */
  *texts(filter: CallFilter): Generator<LedgerCallText> {
    const { where, values } = whereOf(filter);
    const rows = this.#database
      .prepare(`SELECT ${callColumns}, request, text, reasoning FROM calls ${where} ORDER BY created_at, key`)
      .iterate(...values);
    for (const row of rows) yield toCallText(row);
  }

  close(): void {
    this.#database.close();
  }
}

function whereOf({ purpose }: CallFilter): { where: string; values: string[] } {
  return purpose === undefined
    ? { where: '', values: [] }
    : { where: 'WHERE purpose = ?', values: [purpose] };
}

function toCallText(row: unknown): LedgerCallText {
  const { request, ...call } = textRow.parse(row);
  return { ...call, request: JSON.parse(zstdDecompressSync(request).toString()) };
}
