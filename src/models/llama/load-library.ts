import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModelError } from '../model-error.ts';

/** What is used of node-llama-cpp, which is installed by whoever wants it and has no types here. */
export interface LlamaLibrary {
  getLlama(options: object): Promise<Llama>;
  resolveModelFile(uri: string): Promise<string>;
  readonly LlamaCompletion: new (options: { contextSequence: LlamaSequence }) => LlamaCompletion;
  readonly LlamaChat: new (options: { contextSequence: LlamaSequence }) => LlamaChat;
}

export interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: object): Promise<object>;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  /** What the GGUF file says of itself. A base model has no template for chat messages. */
  readonly fileInfo: { readonly metadata: { readonly tokenizer?: { readonly chat_template?: string } } };
  tokenize(text: string): readonly unknown[];
  createContext(options: object): Promise<{ getSequence(): LlamaSequence }>;
  dispose(): Promise<void>;
}

export interface LlamaSequence {
  /** Counts the tokens that were evaluated; what was evaluated before is not counted again. */
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
}

export interface GenerationOptions {
  readonly maxTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly seed?: number | undefined;
  readonly repeatPenalty?: false;
  readonly customStopTriggers?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onTextChunk?: ((text: string) => void) | undefined;
  readonly grammar?: object | undefined;
}

export interface Generated {
  readonly response: string;
  readonly metadata: { readonly stopReason: string };
}

export interface LlamaCompletion {
  generateCompletionWithMeta(prompt: string, options: GenerationOptions): Promise<Generated>;
  dispose(options: { disposeSequence: boolean }): void;
}

export type ChatItem =
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: readonly string[] };

export interface LlamaChat {
  generateResponse(history: readonly ChatItem[], options: GenerationOptions): Promise<Generated>;
  dispose(options: { disposeSequence: boolean }): void;
}

const packageName = 'node-llama-cpp';

/**
 * Loads node-llama-cpp: the one that this package finds, else the one that is installed in the current folder.
 *
 * @throws {ModelError} of kind `unavailable` when it is not installed.
 */
export async function loadLlamaLibrary(): Promise<LlamaLibrary> {
  const places = [packageName];
  try {
    const require = createRequire(join(process.cwd(), 'package.json'));
    places.push(pathToFileURL(require.resolve(packageName)).href);
  } catch {
    // Not there either: the import below says so.
  }
  let cause: unknown;
  for (const place of places) {
    try {
      // The types above are what this module relies on; the package's own are not installed.
      return (await import(place)) as LlamaLibrary;
    } catch (error) {
      cause = error;
    }
  }
  throw new ModelError({
    kind: 'unavailable',
    message:
      'Models of the form llama:FILE.gguf run in process through node-llama-cpp, which is not installed.',
    remedy: 'Install it in this folder: npm install node-llama-cpp',
    cause,
  });
}
