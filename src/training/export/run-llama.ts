import { resolve } from 'node:path';
import { CheckpointError } from '../checkpoint/checkpoint-error.ts';

/** As much of node-llama-cpp as is used here; it is no dependency, and may not be installed. */
interface LlamaPackage {
  getLlama(options: { gpu: false; build: 'never'; logLevel: 'error' }): Promise<{
    loadModel(options: { modelPath: string }): Promise<{
      createContext(options: {
        contextSize: number;
        sequences: number;
        threads: number;
        flashAttention: boolean;
        experimentalKvCacheKeyType: 'F32';
        experimentalKvCacheValueType: 'F32';
      }): Promise<{
        getSequence(): LlamaSequence;
      }>;
      dispose(): Promise<void>;
    }>;
    dispose(): Promise<void>;
  }>;
}

interface LlamaSequence {
  clearHistory(): Promise<void>;
  evaluate(
    tokens: readonly number[],
    options: { temperature: number; yieldEogToken: boolean },
  ): AsyncIterable<number>;
}

/** A GGUF file in llama.cpp, for checks. */
export class LlamaDecoder {
  readonly #sequence: LlamaSequence;
  readonly #dispose: () => Promise<void>;

  private constructor(sequence: LlamaSequence, dispose: () => Promise<void>) {
    this.#sequence = sequence;
    this.#dispose = dispose;
  }

  /**
   * Loads a file.
   *
   * @param options.package Where node-llama-cpp is, if not among the installed packages.
   * @throws CheckpointError node-llama-cpp is not installed.
   */
  static async open(
    path: string,
    options: { readonly contextTokens: number; readonly package?: string | undefined },
  ): Promise<LlamaDecoder> {
    const { getLlama } = await loadPackage(options.package ?? 'node-llama-cpp');
    const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error' });
    const model = await llama.loadModel({ modelPath: resolve(path) });
    const context = await model.createContext({
      contextSize: options.contextTokens,
      sequences: 1,
      threads: 1,
      // By default keys and values are rounded to float16: where two tokens are close, another would be chosen.
      flashAttention: false,
      experimentalKvCacheKeyType: 'F32',
      experimentalKvCacheValueType: 'F32',
    });
    return new LlamaDecoder(context.getSequence(), async () => {
      await model.dispose();
      await llama.dispose();
    });
  }

  /** The most probable continuation of a prompt, an end token or not. */
  async continueGreedily(prompt: readonly number[], count: number): Promise<number[]> {
    await this.#sequence.clearHistory();
    const tokens: number[] = [];
    for await (const token of this.#sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
      tokens.push(token);
      if (tokens.length >= count) break;
    }
    return tokens;
  }

  close(): Promise<void> {
    return this.#dispose();
  }
}

async function loadPackage(name: string): Promise<LlamaPackage> {
  try {
    return await import(name);
  } catch (error) {
    throw new CheckpointError({
      message: 'llama.cpp cannot be asked: node-llama-cpp is not installed.',
      remedy: 'Install it (npm install node-llama-cpp), or leave out --check.',
      cause: error,
    });
  }
}
