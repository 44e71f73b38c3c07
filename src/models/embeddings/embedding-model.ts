import type { EmbeddingModelV4 } from '@ai-sdk/provider';
import type { Tokenizer } from '../../corpus/index.ts';

/** A model that turns texts into vectors, with what using it and paying for it takes. */
export interface ResolvedEmbeddingModel {
  /** As the user named it: `openai:text-embedding-3-small`, `onnx:FOLDER`. */
  readonly id: string;
  /** Models of the same identity give the same vector for the same text. */
  readonly identity: string;
  readonly model: EmbeddingModelV4;
  /** Whether it runs in this process: then it costs nothing, and no limit of a server holds. */
  readonly isLocal: boolean;
  readonly tokenizer: Tokenizer;
  /** Longer texts should be cut, so that each piece has a vector of its own; null for models that take long ones. */
  readonly bestTokens: number | null;
  /** What the model wants before a question and before a passage; mostly nothing. */
  readonly prompts: { readonly query: string; readonly passage: string };
  /** US dollars for a million tokens; null where it is not known. */
  readonly usdPerMillionTokens: number | null;
  /** Frees what it holds. */
  close(): Promise<void>;
}
