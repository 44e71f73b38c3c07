import { APICallError } from '@ai-sdk/provider';

/** So many calls in a row that could not be made, retries and all, mean that the server is down. */
const failuresOfDownServer = 3;

/** What was learnt of a model's server since the command began. */
export class ServerTraits {
  /** Whether it streams answers. */
  streams = true;
  /** Whether its counts of output tokens include the one that ends an answer. */
  countsEndToken = true;
  #failuresInRow = 0;

  /**
   * Whether it is given up for now: calls are then tried once instead of patiently, so that a command that makes
   * thousands of them ends in minutes and not in hours. The first answer changes that.
   */
  get isDown(): boolean {
    return this.#failuresInRow >= failuresOfDownServer;
  }

  answered(): void {
    this.#failuresInRow = 0;
  }

  couldNotBeAsked(): void {
    this.#failuresInRow += 1;
  }
}

/** Whether a server refused a call because it was to be streamed. */
export function refusesStreaming(error: unknown): boolean {
  if (!APICallError.isInstance(error)) return false;
  const { statusCode = 0, responseBody = '' } = error;
  return [400, 422, 501].includes(statusCode) && /\bstream(?:ing|_options)?\b/i.test(responseBody);
}
