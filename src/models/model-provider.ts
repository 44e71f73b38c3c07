import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { Tokenizer } from '../corpus/index.ts';
import type { ModelLimits } from './model-client.ts';

/** What tokens cost, in US dollars for a million of them. */
export interface TokenPrice {
  readonly usdPerMillionInputTokens: number;
  /** For input that the server had evaluated before. */
  readonly usdPerMillionCachedInputTokens: number;
  readonly usdPerMillionOutputTokens: number;
}

export const free: TokenPrice = {
  usdPerMillionInputTokens: 0,
  usdPerMillionCachedInputTokens: 0,
  usdPerMillionOutputTokens: 0,
};

/** What the user declared of a model on the command line. */
export interface DeclaredLimits {
  readonly windowTokens?: number | undefined;
  readonly maximumOutputTokens?: number | undefined;
}

/** A language model, with what calling it and paying for it takes. */
export interface ResolvedModel {
  /** As the user named it. */
  readonly id: string;
  /**
   * What tells its answers from those of other models in the ledger: the id, unless the provider knows better (the
   * hash of a file, a version).
   */
  readonly identity: string;
  readonly model: LanguageModelV4;
  /**
   * The same model without a chat template: it continues the text of its only user message. Null where there is
   * none.
   */
  readonly completionModel: LanguageModelV4 | null;
  /** True of a base model, which was never taught to chat: only examples tell it what to do. */
  readonly completesOnly?: boolean;
  readonly limits: ModelLimits;
  /** Whether the window is a guess, since nothing is known of the model. */
  readonly windowIsAssumed: boolean;
  readonly tokenizer: Tokenizer;
  /** Whether the tokenizer is the model's own, so that counts hold exactly. */
  readonly tokenizerIsExact: boolean;
  /** Null where it is not known. */
  readonly price: TokenPrice | null;
  /** Calls that it takes at once; null where it has no limit of its own. */
  readonly maximumConcurrency: number | null;
  /** Frees what it holds. */
  close?(): Promise<void>;
}

/**
 * A source of models that this folder does not know, registered from above: `embedded`, `llama:FILE.gguf`,
 * `policy:DIR`.
 */
export interface ModelProvider {
  /** What stands before the first colon of an id (`llama`), or the whole id (`embedded`). */
  readonly name: string;
  /** How an id is written, for messages: `llama:FILE.gguf`. */
  readonly usage: string;
  /**
   * @param request.name what follows the first colon; empty where the id has none.
   * @throws {ModelError} of kind `unavailable`.
   */
  resolve(request: ProviderRequest): Promise<ResolvedModel>;
}

export interface ProviderRequest {
  readonly id: string;
  readonly name: string;
  readonly declared: DeclaredLimits;
}
