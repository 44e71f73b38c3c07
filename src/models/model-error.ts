export type ModelErrorKind =
  /** The id names no model, or what it needs (a key, a package, a file) is not there. */
  | 'unavailable'
  /** The prompt and the output limit do not fit the window. */
  | 'too-long'
  /** The next call could exceed `--max-usd` or `--max-tokens`; it was not sent. */
  | 'over-budget'
  /** `--replay`, and the ledger does not hold the call. */
  | 'not-in-ledger'
  /** The server kept refusing for its rate limit, failing, breaking off or stalling after all retries. */
  | 'unreachable'
  /** The server refuses this very request: bad key, unknown model, forbidden content. */
  | 'rejected'
  /** The model answered, but nothing that could be used: empty, or no value of the shape that was asked for. */
  | 'unusable-reply';

/**
 * A call of a language model that did not come to a usable reply. The message names the cause and never holds a
 * key, prompt or document text.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly kind: ModelErrorKind;
  readonly remedy: string;
  readonly #detail: string | null;

  constructor({
    kind,
    message,
    remedy,
    detail = null,
    cause,
  }: {
    kind: ModelErrorKind;
    message: string;
    remedy: string;
    detail?: string | null;
    cause?: unknown;
  }) {
    super(message, { cause });
    this.kind = kind;
    this.remedy = remedy;
    this.#detail = detail;
  }

  /**
   * What the server or its SDK said, which may repeat parts of the request: for `--verbose` alone. It is no property
   * of its own, so that whoever prints or serialises the error does not print it.
   */
  get detail(): string | null {
    return this.#detail;
  }
}
