/** A chunk of so many characters that comes twice in a row was hardly meant to. */
const longChunkCharacters = 12;

/**
 * Finds out whether a stream sent a chunk twice, as proxies do that reconnect. Nothing in the protocol numbers the
 * chunks, so a model that repeats itself looks the same; what tells them apart is the server's count of tokens:
 * each chunk has at least one, and the end of the answer counts as one more.
 */
export class RepetitionWatch {
  #chunks = 0;
  #last = '';
  #repeated = false;
  #repeatedLong = false;

  see(chunk: string): void {
    if (chunk === '') return;
    this.#chunks += 1;
    if (chunk === this.#last) {
      this.#repeated = true;
      if (chunk.trim().length >= longChunkCharacters) this.#repeatedLong = true;
    }
    this.#last = chunk;
  }

  /** @param outputTokens what the server counted; null where it did not say. */
  isDoubtful(outputTokens: number | null): boolean {
    if (!this.#repeated) return false;
    return this.#repeatedLong || outputTokens === null || this.#chunks >= outputTokens;
  }
}
