/** A benchmark or a file of results cannot be used as asked. The message names the cause, `remedy` what helps. */
export class BenchmarkError extends Error {
  readonly remedy: string;

  constructor({ message, remedy, cause }: { message: string; remedy: string; cause?: unknown }) {
    super(message, { cause });
    this.name = 'BenchmarkError';
    this.remedy = remedy;
  }
}
