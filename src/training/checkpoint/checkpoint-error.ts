/** A checkpoint that cannot be read, written or used as asked. The message names the cause, `remedy` what helps. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  readonly remedy: string;

  constructor({ message, remedy, cause }: { message: string; remedy: string; cause?: unknown }) {
    super(message, { cause });
    this.remedy = remedy;
  }
}
