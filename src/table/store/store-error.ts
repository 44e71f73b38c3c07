/** The corpus store cannot be used as asked. The message names the cause, `remedy` what helps. */
export class StoreError extends Error {
  readonly remedy: string;

  constructor({ message, remedy, cause }: { message: string; remedy: string; cause?: unknown }) {
    super(message, { cause });
    this.name = 'StoreError';
    this.remedy = remedy;
  }
}
