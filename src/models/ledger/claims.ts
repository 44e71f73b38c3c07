import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';

const renewMilliseconds = 5_000;

/** A claim that was not renewed for so long belongs to a process that is no more, or no more reachable. */
const expiryMilliseconds = 30_000;

/**
 * Says which calls a process is making right now, so that two processes on one ledger do not make the same call
 * twice. A claim ends with its process.
 */
export class Claims {
  readonly #database: DatabaseSync;
  readonly #owner = randomUUID();
  readonly #host = hostname();
  readonly #renewal: NodeJS.Timeout;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const renew = database.prepare('UPDATE claims SET renewed_at = ? WHERE owner = ?');
    this.#renewal = setInterval(() => renew.run(Date.now(), this.#owner), renewMilliseconds).unref();
  }

  /** @returns false when another living process is making the call. */
  take(key: string): boolean {
    const { changes } = this.#database
      .prepare(
        `INSERT INTO claims (key, owner, host, process, renewed_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (key) DO NOTHING`,
      )
      .run(key, this.#owner, this.#host, process.pid, Date.now());
    return changes > 0 || this.#takeOver(key);
  }

  #takeOver(key: string): boolean {
    const claim = this.#database
      .prepare('SELECT owner, host, process, renewed_at FROM claims WHERE key = ?')
      .get(key);
    if (claim === undefined) return this.take(key);
    const { owner } = claim;
    if (owner === this.#owner) return true;
    const renewedAt = Number(claim['renewed_at']);
    const expired = Date.now() - renewedAt > expiryMilliseconds;
    const ended = claim['host'] === this.#host && !isAlive(Number(claim['process']));
    if (!expired && !ended) return false;
    const { changes } = this.#database
      .prepare(
        `UPDATE claims SET owner = ?, host = ?, process = ?, renewed_at = ?
         WHERE key = ? AND owner = ? AND renewed_at = ?`,
      )
      .run(this.#owner, this.#host, process.pid, Date.now(), key, String(owner), renewedAt);
    return changes > 0;
  }

  release(key: string): void {
    this.#database.prepare('DELETE FROM claims WHERE key = ? AND owner = ?').run(key, this.#owner);
  }

  releaseAll(): void {
    clearInterval(this.#renewal);
    this.#database.prepare('DELETE FROM claims WHERE owner = ?').run(this.#owner);
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
