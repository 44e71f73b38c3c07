import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { zstdCompressSync } from 'node:zlib';
import { z } from 'zod';
import type { CallUse, ModelMemory, ModelReply } from '../model-client.ts';
import { ModelError, type ModelErrorKind } from '../model-error.ts';
import type { CallContent } from './call-content.ts';
import { Claims } from './claims.ts';
import { openLedgerDatabase } from './ledger-database.ts';

/** An answer as the ledger keeps it. */
export interface StoredReply {
  readonly text: string;
  readonly reasoning: string | null;
  readonly finishReason: ModelReply['finishReason'];
}

/** An answer that the ledger has, with what it took to get it. */
export interface FoundReply {
  readonly reply: StoredReply;
  readonly took: CallUse;
}

/** What a call is, for whoever reads the ledger. */
export interface CallLabel {
  readonly key: string;
  readonly purpose: string;
  readonly model: string;
  readonly attempt: number;
}

export interface CallOutcome {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null where the model has no price. */
  readonly usd: number | null;
  /** How often the call was sent: once, and once more for each retry. */
  readonly sends: number;
  readonly seconds: number;
}

export interface CallFailureRecord extends Pick<CallOutcome, 'usd' | 'sends'> {
  readonly kind: ModelErrorKind;
  readonly message: string;
}

const storedReply = z.object({
  text: z.string(),
  reasoning: z.string().nullable(),
  finishReason: z.enum(['stop', 'length', 'content-filter', 'other']),
});

const callUse = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  usd: z
    .number()
    .nullable()
    .transform((usd) => usd ?? 0),
});

/**
 * The record of every call, in SQLite. An answer is written here before it is used, so a command that is killed and
 * run again makes no call twice whose answer it had; with `--replay` a command runs from here alone.
 */
export class Ledger {
  readonly #database: DatabaseSync;
  readonly #claims: Claims;
  readonly #find: StatementSync;
  readonly #record: StatementSync;
  readonly #recordFailure: StatementSync;
  readonly #forgetFailure: StatementSync;

  /**
   * @param file null keeps it in memory.
   * @throws {ModelError} of kind `unavailable`.
   */
  constructor({ file }: { file: string | null }) {
    this.#database = openLedgerDatabase(file);
    this.#claims = new Claims(this.#database);
    this.#find = this.#database.prepare(
      `SELECT text, reasoning, finish_reason AS finishReason, input_tokens AS inputTokens,
         output_tokens AS outputTokens, usd FROM calls WHERE key = ?`,
    );
    this.#record = this.#database.prepare(`
      INSERT OR IGNORE INTO calls (key, purpose, model, attempt, request, text, reasoning, finish_reason,
        input_tokens, output_tokens, usd, sends, seconds, created_at)
      VALUES (:key, :purpose, :model, :attempt, :request, :text, :reasoning, :finishReason,
        :inputTokens, :outputTokens, :usd, :sends, :seconds, :createdAt)`);
    this.#recordFailure = this.#database.prepare(`
      INSERT OR REPLACE INTO failures (key, purpose, model, attempt, kind, message, usd, sends, created_at)
      VALUES (:key, :purpose, :model, :attempt, :kind, :message, :usd, :sends, :createdAt)`);
    this.#forgetFailure = this.#database.prepare('DELETE FROM failures WHERE key = ?');
  }

  find(key: string): FoundReply | null {
    const row = this.#find.get(key);
    return row === undefined ? null : { reply: storedReply.parse(row), took: callUse.parse(row) };
  }

  /** @returns false when another process is making this call; its answer will be found here. */
  claim(key: string): boolean {
    return this.#claims.take(key);
  }

  release(key: string): void {
    this.#claims.release(key);
  }

  /**
   * Writes an answer. When this returns, it is there for good.
   *
   * @returns the answer that the ledger holds: where another process was faster, its answer, so that all use one.
   * @throws {ModelError} of kind `unavailable` when the disk is full or the file is gone.
   */
  record({
    label,
    content,
    reply,
    outcome,
  }: {
    label: CallLabel;
    content: CallContent;
    reply: StoredReply;
    outcome: CallOutcome;
  }): StoredReply {
    const request = zstdCompressSync(JSON.stringify(content));
    const createdAt = new Date().toISOString();
    return this.#inTransaction(() => {
      const { changes } = this.#record.run({ ...label, request, ...reply, ...outcome, createdAt });
      this.#forgetFailure.run(label.key);
      this.#claims.release(label.key);
      return changes > 0 ? reply : (this.find(label.key)?.reply ?? reply);
    });
  }

  /** Writes down why a call came to no answer. The call is made again when it is asked for again. */
  recordFailure({ label, failure }: { label: CallLabel; failure: CallFailureRecord }): void {
    const createdAt = new Date().toISOString();
    this.#inTransaction(() => this.#recordFailure.run({ ...label, ...failure, createdAt }));
  }

  /** What was learnt of a model and its server. */
  memoryOf(model: string): ModelMemory {
    const recall = this.#database.prepare('SELECT value FROM notes WHERE model = ? AND topic = ?');
    const remember = this.#database.prepare(
      'INSERT OR REPLACE INTO notes (model, topic, value) VALUES (?, ?, ?)',
    );
    return {
      recall: (topic) => {
        const value = recall.get(model, topic)?.['value'];
        return typeof value === 'string' ? value : null;
      },
      remember: (topic, value) => void remember.run(model, topic, value),
    };
  }

  /** Drops the answers and failures written before a time: a process that runs for long must not keep all it did. */
  forgetBefore(time: Date): void {
    for (const table of ['calls', 'failures']) {
      this.#database.prepare(`DELETE FROM ${table} WHERE created_at < ?`).run(time.toISOString());
    }
  }

  close(): void {
    this.#claims.releaseAll();
    this.#database.close();
  }

  #inTransaction<Result>(write: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = write();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw new ModelError({
        kind: 'unavailable',
        message: `The ledger cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
        remedy: 'Make room on the disk, or check that the store can be written to.',
        cause: error,
      });
    }
  }
}
