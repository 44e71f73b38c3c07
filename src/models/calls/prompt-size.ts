import type { Tokenizer } from '../../corpus/index.ts';

/** What chat templates and providers put around a prompt, at most. */
const frameTokens = 64;
const frameTokensOfMessage = 16;

/** A tokenizer that is not the model's own counts less than the model by this factor at most, until more is known. */
const assumedLargestRatio = 2;
const safetyFactor = 1.25;
const repliesToTrust = 5;

/** The size of a prompt. Counting takes a while, so it is done when it is needed. */
export class PromptSize {
  readonly #texts: readonly string[];
  readonly #tokenizer: Tokenizer;
  readonly #frame: number;
  #tokens: number | null = null;

  /** @param options.texts the messages, and what else the model reads, such as a schema. */
  constructor({ texts, tokenizer }: { texts: readonly string[]; tokenizer: Tokenizer }) {
    this.#texts = texts;
    this.#frame = frameTokens + frameTokensOfMessage * texts.length;
    this.#tokenizer = tokenizer;
  }

  /** No tokenizer makes more tokens than there are bytes. */
  get byteBound(): number {
    return this.#texts.reduce((sum, text) => sum + Buffer.byteLength(text), this.#frame);
  }

  get tokens(): number {
    this.#tokens ??= this.#texts.reduce((sum, text) => sum + this.#tokenizer.count(text), 0);
    return this.#tokens;
  }

  /** Near enough for holding calls back. */
  get roughTokens(): number {
    return Math.ceil(this.#texts.reduce((sum, text) => sum + text.length, 0) / 4);
  }

  /** What the model can count at most, when it counts so many times what the tokenizer counts. */
  tokenBound(largestRatio: number): number {
    return Math.min(this.byteBound, Math.ceil(this.tokens * largestRatio) + this.#frame);
  }
}

/** How a model's own count compares with the tokenizer's, learnt from its answers. */
export class CountRatio {
  readonly #isExact: boolean;
  #largest = 0;
  #replies = 0;

  constructor({ isExact }: { isExact: boolean }) {
    this.#isExact = isExact;
  }

  learn({ counted, reported }: { counted: number; reported: number }): void {
    if (counted === 0) return;
    this.#replies += 1;
    this.#largest = Math.max(this.#largest, reported / (counted + frameTokens));
  }

  /** By how much the model's count may exceed the tokenizer's, with a margin. */
  get largest(): number {
    if (this.#isExact) return Math.max(1, this.#largest);
    if (this.#replies < repliesToTrust) return Math.max(assumedLargestRatio, this.#largest * safetyFactor);
    return Math.max(1, this.#largest * safetyFactor);
  }
}
