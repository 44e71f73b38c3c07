/** A server that cannot be started as asked. The message names the cause, `remedy` what helps. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly remedy: string;

  constructor({ message, remedy, cause }: { message: string; remedy: string; cause?: unknown }) {
    super(message, { cause });
    this.remedy = remedy;
  }
}
