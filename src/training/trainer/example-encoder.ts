import type { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import { TrainingError } from './training-error.ts';

/** Turns the texts of examples into tokens, within the limits of a stage. */
export class ExampleEncoder {
  readonly tokenizer: ModelTokenizer;
  readonly #unknownId: number | null;
  readonly #endId: number;

  /** @throws TrainingError The tokenizer has no token that ends a text. */
  constructor(tokenizer: ModelTokenizer) {
    this.tokenizer = tokenizer;
    const unknown = 'unk_token' in tokenizer.json.model ? tokenizer.json.model.unk_token : null;
    this.#unknownId = typeof unknown === 'string' ? tokenizer.idOf(unknown) : null;
    const end = tokenizer.endOfTextId;
    if (end === null) {
      throw new TrainingError({
        message: `The tokenizer ${tokenizer.path} names no token that ends a text, so responses could not end.`,
        remedy: 'Name one as "eos_token" in the tokenizer_config.json beside it.',
      });
    }
    this.#endId = end;
  }

  /** The token that ends a response. */
  get endId(): number {
    return this.#endId;
  }

  /** @throws TrainingError The prompt is longer than allowed, empty, or holds what the tokenizer does not know. */
  encodePrompt(text: string, maximumTokens: number): number[] {
    const tokens = this.#encode(text);
    if (tokens.length === 0) {
      throw new TrainingError({ message: 'A prompt is empty.', remedy: 'Give every example a prompt.' });
    }
    return requireLength(tokens, { what: 'prompt', setting: 'maximumPromptTokens', maximumTokens });
  }

  /** The tokens of a response with the token that ends it. @throws TrainingError */
  encodeResponse(text: string, maximumTokens: number): number[] {
    const tokens = [...this.#encode(text), this.#endId];
    return requireLength(tokens, { what: 'response', setting: 'maximumResponseTokens', maximumTokens });
  }

  decode(tokens: readonly number[]): string {
    return this.tokenizer.decode(tokens);
  }

  #encode(text: string): number[] {
    const tokens = this.tokenizer.encode(text);
    if (this.#unknownId === null || !tokens.includes(this.#unknownId)) return tokens;
    throw new TrainingError({
      message: `The tokenizer ${this.tokenizer.path} does not know all of "${shorten(text)}".`,
      remedy: 'Add the missing symbols to the tokenizer of the recipe.',
    });
  }
}

function requireLength(
  tokens: number[],
  limit: { readonly what: string; readonly setting: string; readonly maximumTokens: number },
): number[] {
  if (tokens.length <= limit.maximumTokens) return tokens;
  throw new TrainingError({
    message: `A ${limit.what} has ${tokens.length} tokens; ${limit.setting} is ${limit.maximumTokens}.`,
    remedy: `Raise ${limit.setting} of the stage, or leave out long examples.`,
  });
}

const shownCharacters = 80;

function shorten(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}…`;
}
