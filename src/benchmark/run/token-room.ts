/**
 * Limits how many tokens of prompts are held in memory at once: a prompt of 10M tokens is 40 MB of text, several times
 * over on its way to a model. What is larger than the whole room goes alone.
 */
export class TokenRoom {
  readonly #capacity: number;
  #held = 0;
  readonly #waiting: { readonly tokens: number; readonly enter: () => void }[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  async hold<Result>(tokens: number, work: () => Promise<Result>): Promise<Result> {
    const held = Math.min(tokens, this.#capacity);
    if (this.#waiting.length > 0 || this.#held + held > this.#capacity) {
      await new Promise<void>((enter) => this.#waiting.push({ tokens: held, enter }));
    } else this.#held += held;
    try {
      return await work();
    } finally {
      this.#held -= held;
      this.#admit();
    }
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#held + next.tokens > this.#capacity) return;
      this.#waiting.shift();
      this.#held += next.tokens;
      next.enter();
    }
  }
}
