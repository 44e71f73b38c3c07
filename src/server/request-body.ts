import { ApiError, invalidRequest } from './api-error.ts';

/** The bytes of bodies that the server holds at once, so that many large prompts do not exhaust memory. */
export class BodyMemory {
  readonly #maximumBodyBytes: number;
  readonly #maximumTotalBytes: number;
  #heldBytes = 0;

  constructor({
    maximumBodyBytes,
    maximumTotalBytes,
  }: {
    maximumBodyBytes: number;
    maximumTotalBytes: number;
  }) {
    this.#maximumBodyBytes = maximumBodyBytes;
    this.#maximumTotalBytes = maximumTotalBytes;
  }

  /**
   * Reads a body as JSON.
   *
   * @returns the value, and a function that tells that it is no longer held.
   * @throws {ApiError} 413 for a body that is too large, 400 for one that is no JSON, 503 where too many are held.
   */
  async readJson(request: Request): Promise<{ body: unknown; release: () => void }> {
    const declaredBytes = Number(request.headers.get('content-length') ?? 0);
    if (declaredBytes > this.#maximumBodyBytes) throw this.#tooLarge();
    let bytes = 0;
    const hold = (more: number): void => {
      bytes += more;
      this.#heldBytes += more;
      if (bytes > this.#maximumBodyBytes) throw this.#tooLarge();
      if (this.#heldBytes > this.#maximumTotalBytes) throw busy();
    };
    const release = (): void => {
      this.#heldBytes -= bytes;
      bytes = 0;
    };
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request.body ?? []) {
        hold(chunk.byteLength);
        chunks.push(chunk);
      }
      return { body: parseJson(chunks), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  #tooLarge(): ApiError {
    return invalidRequest({
      status: 413,
      code: 'request_too_large',
      message:
        `The request is larger than the ${(this.#maximumBodyBytes / 2 ** 20).toLocaleString('en-US')} MiB that this ` +
        'server takes; read the documents as a corpus and name it instead, or start the server with a higher --max-body.',
    });
  }
}

function busy(): ApiError {
  return new ApiError({
    status: 503,
    type: 'server_error',
    code: 'server_busy',
    message: 'The server holds as many large prompts as it can; try again later.',
    retryAfterSeconds: 5,
  });
}

function parseJson(chunks: readonly Uint8Array[]): unknown {
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) throw invalidRequest({ message: 'The request has no body.', code: 'invalid_json' });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    // The parser's own message quotes the body.
    const problem = error instanceof SyntaxError ? 'no JSON' : 'no UTF-8';
    throw invalidRequest({ message: `The body of the request is ${problem}.`, code: 'invalid_json' });
  }
}
