import type { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';

/** A reply of so many tokens is decoded anew with each token; twice as many with each second, and so on. */
const tokensOfOneStep = 256;

/**
 * The text of a reply that is being drawn token by token. It gives out what cannot change any more: no part of a
 * character, and nothing that may yet turn out to be the beginning of a stop sequence.
 */
export class ReplyText {
  readonly #tokenizer: ModelTokenizer;
  readonly #stopSequences: readonly string[];
  readonly #heldBack: number;
  readonly #tokens: number[] = [];
  #given = 0;
  #isStopped = false;

  constructor(tokenizer: ModelTokenizer, stopSequences: readonly string[]) {
    this.#tokenizer = tokenizer;
    this.#stopSequences = stopSequences.filter((stop) => stop !== '');
    this.#heldBack = Math.max(0, ...this.#stopSequences.map((stop) => stop.length - 1));
  }

  /** Whether a stop sequence has come. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Takes the next token; gives the text that is certain since. */
  push(token: number): string {
    if (this.#isStopped) return '';
    this.#tokens.push(token);
    const step = 1 + Math.floor(this.#tokens.length / tokensOfOneStep);
    return this.#tokens.length % step === 0 ? this.#give({ isLast: false }) : '';
  }

  /** The rest of the text, when no token follows. */
  end(): string {
    return this.#isStopped ? '' : this.#give({ isLast: true });
  }

  #give({ isLast }: { readonly isLast: boolean }): string {
    const text = this.#tokenizer.decode(this.#tokens);
    const stops = this.#stopSequences.map((stop) => text.indexOf(stop)).filter((position) => position >= 0);
    this.#isStopped = stops.length > 0;
    const certain = isLast ? text.length : text.replace(/\ufffd+$/, '').length - this.#heldBack;
    const end = Math.max(this.#isStopped ? Math.min(...stops) : certain, this.#given);
    const given = text.slice(this.#given, end);
    this.#given = end;
    return given;
  }
}
