/** Training cannot start or go on. The message names the cause, `remedy` what helps. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  readonly remedy: string;

  constructor({ message, remedy, cause }: { message: string; remedy: string; cause?: unknown }) {
    super(message, { cause });
    this.remedy = remedy;
  }
}
