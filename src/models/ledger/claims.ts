import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';

const renewMilliseconds = 5_000;

/** A claim that was not renewed for so long belongs to a process of another machine that is no more. */
const expiryMilliseconds = 60_000;

/** On this machine it is known whether a process lives; a number can come to belong to another process, though. */
const expiryOfLivingMilliseconds = 600_000;

const holderShape = z.object({
  owner: z.string(),
  host: z.string(),
  process: z.number(),
  renewedAt: z.number(),
});

/**
 * Says which calls a process is making right now, so that two processes on one ledger do not make the same call
 * twice. A claim ends with its process.
 */
export class Claims {
  readonly #owner = randomUUID();
  readonly #host = hostname();
  readonly #renewal: NodeJS.Timeout;
  readonly #take: StatementSync;
  readonly #holder: StatementSync;
  readonly #takeOver: StatementSync;
  readonly #release: StatementSync;
  readonly #releaseAll: StatementSync;

  constructor(database: DatabaseSync) {
    this.#take = database.prepare(
      `INSERT INTO claims (key, owner, host, process, renewed_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key) DO NOTHING`,
    );
    this.#holder = database.prepare(
      'SELECT owner, host, process, renewed_at AS renewedAt FROM claims WHERE key = ?',
    );
    this.#takeOver = database.prepare(
      `UPDATE claims SET owner = ?, host = ?, process = ?, renewed_at = ?
       WHERE key = ? AND owner = ? AND renewed_at = ?`,
    );
    this.#release = database.prepare('DELETE FROM claims WHERE key = ? AND owner = ?');
    this.#releaseAll = database.prepare('DELETE FROM claims WHERE owner = ?');
    const renew = database.prepare('UPDATE claims SET renewed_at = ? WHERE owner = ?');
    this.#renewal = setInterval(() => renew.run(Date.now(), this.#owner), renewMilliseconds).unref();
  }

  /** @returns false when another living process is making the call. */
  take(key: string): boolean {
    const { changes } = this.#take.run(key, this.#owner, this.#host, process.pid, Date.now());
    if (changes > 0) return true;
    const row = this.#holder.get(key);
    // It ended in this moment.
    if (row === undefined) return false;
    const holder = holderShape.parse(row);
    if (holder.owner === this.#owner) return true;
    const age = Date.now() - holder.renewedAt;
    const isHere = holder.host === this.#host;
    const lives = isHere
      ? isAlive(holder.process) && age < expiryOfLivingMilliseconds
      : age < expiryMilliseconds;
    if (lives) return false;
    const mine = [this.#owner, this.#host, process.pid, Date.now()] as const;
    return this.#takeOver.run(...mine, key, holder.owner, holder.renewedAt).changes > 0;
  }

  release(key: string): void {
    this.#release.run(key, this.#owner);
  }

  releaseAll(): void {
    clearInterval(this.#renewal);
    this.#releaseAll.run(this.#owner);
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // It lives, but belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
