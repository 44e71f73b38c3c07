import type { Tokenizer } from '../../corpus/index.ts';

/** A line break before anything that a tokenizer may join with it. */
const lineEnds = /\n(?![\s/])/;

/**
 * Counts the tokens of texts that are copies of one another and share most of their lines: lines that were counted are not
 * counted again. Where the tokenizer joins lines, as the original shows, texts are counted as a whole.
 */
export class LineTokens {
  readonly #tokenizer: Tokenizer;
  readonly #known = new Map<string, number>();
  readonly #byLines: boolean;

  /** @param original.tokens as the text was counted as a whole. */
  constructor(tokenizer: Tokenizer, original: { readonly text: string; readonly tokens: number }) {
    this.#tokenizer = tokenizer;
    this.#byLines = this.#sum(original.text) === original.tokens;
  }

  count(text: string): number {
    return this.#byLines ? this.#sum(text) : this.#tokenizer.count(text);
  }

  #sum(text: string): number {
    const lines = text.split(lineEnds);
    let total = 0;
    for (const [index, line] of lines.entries()) {
      total += this.#count(index < lines.length - 1 ? `${line}\n` : line);
    }
    return total;
  }

  #count(line: string): number {
    let tokens = this.#known.get(line);
    if (tokens === undefined) {
      tokens = this.#tokenizer.count(line);
      this.#known.set(line, tokens);
    }
    return tokens;
  }
}
