import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { CheckpointError } from '../checkpoint/checkpoint-error.ts';
import { chatTemplateFileName, tokenizerFileName, tokenizerSettingsFileName } from './tokenizer-file.ts';
import {
  encodesWordByWord,
  tokenizerJsonSchema,
  tokenizerSettingsSchema,
  tokensById,
} from './tokenizer-json.ts';
import type { TokenizerJson, TokenizerSettings } from './tokenizer-json.ts';
import { splitIntoWords } from './word-pattern.ts';

/** The words whose tokens are remembered: so many, and up to this length in UTF-16 code units. */
const maximumWords = 100_000;
const longestWord = 64;

/** Turns text into the tokens of a model and back: any Hugging Face `tokenizer.json`. */
export class ModelTokenizer {
  /** The file it was loaded from. */
  readonly path: string;
  readonly json: TokenizerJson;
  /** The tokens by id, as the file writes them; undefined for an id without one. */
  readonly tokens: readonly (string | undefined)[];
  readonly #settings: TokenizerSettings;
  readonly #idOfToken: ReadonlyMap<string, number>;
  readonly #specialIds: ReadonlySet<number>;
  readonly #encodesWordByWord: boolean;
  readonly #idsOfWord = new Map<string, readonly number[]>();
  /** Knows no special tokens, so that text which spells one stays text. */
  #ofText: HuggingFaceTokenizer | undefined;
  #ofTemplates: HuggingFaceTokenizer | undefined;

  private constructor(path: string, json: TokenizerJson, settings: TokenizerSettings) {
    this.path = path;
    this.json = json;
    this.#settings = settings;
    this.tokens = tokensById(json);
    this.#encodesWordByWord = encodesWordByWord(json);
    this.#idOfToken = new Map(this.tokens.flatMap((token, id) => (token === undefined ? [] : [[token, id]])));
    this.#specialIds = new Set(json.added_tokens.filter(({ special }) => special).map(({ id }) => id));
  }

  /**
   * Loads a tokenizer.
   *
   * @param path A `tokenizer.json`, or a folder with one; a `tokenizer_config.json` beside it is heeded.
   * @throws CheckpointError
   */
  static async load(path: string): Promise<ModelTokenizer> {
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
    const file = isFolder ? join(path, tokenizerFileName) : path;
    const content = await readJson(file);
    if (content === undefined) {
      throw new CheckpointError({
        message: `There is no tokenizer at ${file}.`,
        remedy: 'Give a Hugging Face tokenizer.json, or a folder with one.',
      });
    }
    const settings = (await readJson(join(dirname(file), tokenizerSettingsFileName))) ?? {};
    const template = await readFile(join(dirname(file), chatTemplateFileName), 'utf8').catch(() => null);
    try {
      const tokenizer = new ModelTokenizer(file, tokenizerJsonSchema.parse(content), {
        ...tokenizerSettingsSchema.parse(settings),
        ...(template !== null && { chat_template: template }),
      });
      tokenizer.encode('A first text shows whether it works.');
      return tokenizer;
    } catch (error) {
      throw unusable(file, error instanceof z.ZodError ? z.prettifyError(error) : String(error), error);
    }
  }

  /** The greatest id and 1: so many rows an embedding needs at least. */
  get vocabularySize(): number {
    return this.tokens.length;
  }

  /** The token that ends a text, of `eos_token`; null where the files name none. */
  get endOfTextId(): number | null {
    return this.#settings.eos_token === null ? null : this.idOf(this.#settings.eos_token);
  }

  /** The token that fills rows up, of `pad_token`; null where the files name none. */
  get paddingId(): number | null {
    return this.#settings.pad_token === null ? null : this.idOf(this.#settings.pad_token);
  }

  /** How messages become text, in Jinja; null where the files do not say. */
  get chatTemplate(): string | null {
    return this.#settings.chat_template ?? null;
  }

  /** The id of a token as the file writes it (`<|im_end|>`); null where there is no such token. */
  idOf(token: string): number | null {
    return this.#idOfToken.get(token) ?? null;
  }

  isSpecial(id: number): boolean {
    return this.#specialIds.has(id);
  }

  /** The tokens of a text. Text that spells a special token stays text, and nothing is added. */
  encode(text: string): number[] {
    if (text === '') return [];
    this.#ofText ??= this.#build({
      ...this.json,
      added_tokens: this.json.added_tokens.filter(({ special }) => !special),
      post_processor: null,
    });
    return this.#encodesWordByWord
      ? this.#encodeWords(text, this.#ofText)
      : this.#ofText.encode(text, { add_special_tokens: false }).ids;
  }

  /** The same tokens several times as fast: most words were met before. */
  #encodeWords(text: string, tokenizer: HuggingFaceTokenizer): number[] {
    const ids: number[] = [];
    for (const word of splitIntoWords(text)) {
      const known = this.#idsOfWord.get(word);
      const idsOfWord = known ?? tokenizer.encode(word, { add_special_tokens: false }).ids;
      if (known === undefined && word.length <= longestWord) {
        if (this.#idsOfWord.size >= maximumWords) this.#idsOfWord.clear();
        // A piece of a text keeps the whole text in memory; a copy does not.
        this.#idsOfWord.set(Buffer.from(word).toString(), idsOfWord);
      }
      for (const id of idsOfWord) ids.push(id);
    }
    return ids;
  }

  /**
   * The tokens of text that we wrote ourselves, not of a document: special tokens that it spells are taken as such.
   *
   * @param options.frame Adds what the tokenizer puts around a text, such as BERT's [CLS] and [SEP]; false unless told.
   */
  encodeTemplate(text: string, { frame = false }: { readonly frame?: boolean } = {}): number[] {
    return this.#withSpecialTokens().encode(text, { add_special_tokens: frame }).ids;
  }

  /** The text of tokens. Special tokens are left out unless `specialTokens` is true. Parts of characters are U+FFFD. */
  decode(
    ids: readonly number[],
    { specialTokens = false }: { readonly specialTokens?: boolean } = {},
  ): string {
    const kept = specialTokens ? [...ids] : ids.filter((id) => !this.isSpecial(id));
    if (kept.length === 0) return '';
    return this.#withSpecialTokens().decode(kept, {
      clean_up_tokenization_spaces: this.#settings.clean_up_tokenization_spaces,
    });
  }

  #withSpecialTokens(): HuggingFaceTokenizer {
    this.#ofTemplates ??= this.#build(this.json);
    return this.#ofTemplates;
  }

  #build(json: TokenizerJson): HuggingFaceTokenizer {
    const absent = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
    return new HuggingFaceTokenizer({ ...absent, ...json }, {});
  }
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unusable(file, 'it is no JSON', error);
  }
}

function unusable(file: string, problem: string, cause: unknown): CheckpointError {
  return new CheckpointError({
    message: `${file} cannot be used as a tokenizer: ${problem}.`,
    remedy: 'Give a tokenizer.json that Hugging Face tokenizers wrote.',
    cause,
  });
}
