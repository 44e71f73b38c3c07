/** A file that cannot be read as documents. The reason is meant for a user's eyes. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
  /** The path relative to the corpus root. */
  readonly path: string;
  /** Why, in a few words: "password protected", "empty", "no text layer". */
  readonly reason: string;

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`${path}: ${reason}`, options);
    this.path = path;
    this.reason = reason;
  }
}
