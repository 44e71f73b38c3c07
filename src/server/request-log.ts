import type { ApiError } from './api-error.ts';
import type { ChatReport } from './chat-completions.ts';

/** One request as it is logged: no prompt, answer or token. */
export interface RequestLog {
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly model?: string;
  readonly stream?: boolean;
  /** Which strategy answered; absent where the request went to the model as it was. */
  readonly strategy?: string;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** The code of the error that was answered with. */
  readonly error?: string;
}

/** Gathers what is logged of a request, and logs it once. */
export class LogEntry {
  readonly #write: (log: RequestLog) => void;
  readonly #started = performance.now();
  readonly #time = new Date().toISOString();
  readonly #request: { method: string; path: string };
  #details: Partial<RequestLog> = {};
  #isWritten = false;

  constructor(request: { method: string; path: string }, write: (log: RequestLog) => void) {
    this.#request = request;
    this.#write = write;
  }

  asked({ model, stream }: { model: string; stream: boolean }): void {
    this.#details = { ...this.#details, model, stream };
  }

  answered({ strategy, usage }: ChatReport): void {
    this.#details = {
      ...this.#details,
      ...(strategy !== null && { strategy }),
      promptTokens: usage.prompt_tokens,
      completionTokens: usage.completion_tokens,
    };
  }

  failed({ code }: ApiError): void {
    this.#details = { ...this.#details, error: code };
  }

  write(status: number): void {
    if (this.#isWritten) return;
    this.#isWritten = true;
    this.#write({
      time: this.#time,
      ...this.#request,
      status,
      milliseconds: Math.round(performance.now() - this.#started),
      ...this.#details,
    });
  }
}
