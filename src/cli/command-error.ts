/** What a command was given cannot be used. The message names the cause, `remedy` what helps. */
export class CommandError extends Error {
  readonly remedy: string;
  /** True when the arguments themselves are wrong: exit status 2 instead of 1. */
  readonly wrongArguments: boolean;

  constructor({
    message,
    remedy,
    wrongArguments = false,
    cause,
  }: {
    message: string;
    remedy: string;
    wrongArguments?: boolean;
    cause?: unknown;
  }) {
    super(message, { cause });
    this.name = 'CommandError';
    this.remedy = remedy;
    this.wrongArguments = wrongArguments;
  }
}
