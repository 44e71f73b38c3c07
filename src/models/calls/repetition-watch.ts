/** A chunk of so many characters that comes twice in a row was hardly meant to. */
const longChunkCharacters = 12;

/**
 * Finds out whether a stream sent a chunk twice, as proxies do that reconnect. Nothing in the protocol numbers the
 * chunks, so a model that repeats itself looks the same; what tells them apart is the server's count of tokens:
 * each chunk has at least one, and with most servers the end of the answer counts as one more.
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

  /**
   * @param options.outputTokens what the server counted; null where it did not say.
   * @param options.countsEndToken whether it counts the token that ends an answer.
   */
  isDoubtful({
    outputTokens,
    countsEndToken,
  }: {
    outputTokens: number | null;
    countsEndToken: boolean;
  }): boolean {
    if (!this.#repeated) return false;
    if (this.#repeatedLong || outputTokens === null) return true;
    return this.#chunks > outputTokens - (countsEndToken ? 1 : 0);
  }
}
