/** A prompt whose question or documents cannot be told. The message names the cause, `remedy` what helps. */
export class PromptError extends Error {
  override readonly name = 'PromptError';
  readonly remedy: string;

  constructor({ message, remedy }: { message: string; remedy: string }) {
    super(message);
    this.remedy = remedy;
  }
}
