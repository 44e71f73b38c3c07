/** A strategy that cannot be made as asked. The message names the cause, `remedy` what helps. */
export class StrategyError extends Error {
  override readonly name = 'StrategyError';
  readonly remedy: string;

  constructor({ message, remedy }: { message: string; remedy: string }) {
    super(message);
    this.remedy = remedy;
  }
}
