import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import { ModelError } from '../model-error.ts';
import { free, type ModelProvider } from '../model-provider.ts';
import { createLlamaModel, type LoadedLlama } from './llama-model.ts';
import { loadLlamaLibrary } from './load-library.ts';

const defaultWindowTokens = 8_192;
/** On a machine with few cores a second thread only gets in the way of the first. */
const fewCores = 4;

/**
 * GGUF files run in process by llama.cpp: `llama:FILE.gguf`, or `llama:hf:ORG/REPO:QUANT`, which node-llama-cpp
 * downloads once. One call at a time, so that calls that begin alike share what is evaluated.
 */
export const llamaProvider: ModelProvider = {
  name: 'llama',
  usage: 'llama:FILE.gguf',
  resolve: async ({ id, name, declared }) => {
    const library = await loadLlamaLibrary();
    const modelPath = name.startsWith('hf:') ? await library.resolveModelFile(name) : resolve(name);
    const stats = await stat(modelPath).catch(() => null);
    if (stats?.isFile() !== true) {
      throw new ModelError({
        kind: 'unavailable',
        message: `There is no file ${name}.`,
        remedy: 'Give the path of a GGUF file: llama:./model.gguf',
      });
    }
    const threads = availableParallelism() <= fewCores ? 1 : 0;
    const llama = await library.getLlama({ gpu: 'auto', build: 'never', logLevel: 'error' });
    const model = await llama.loadModel({ modelPath });
    const windowTokens = Math.min(declared.windowTokens ?? defaultWindowTokens, model.trainContextSize);
    const context = await model.createContext({
      contextSize: windowTokens,
      threads,
      sequences: 1,
      // A sliding window forgets the beginning of a prompt, which the next call would then evaluate once more.
      swaFullCache: true,
    });
    const count = (text: string): number => model.tokenize(text).length;
    const loaded: LoadedLlama = {
      library,
      llama,
      sequence: context.getSequence(),
      count,
      last: Promise.resolve(),
    };
    return {
      id,
      identity: `llama:${basename(modelPath)} ${stats.size}`,
      model: createLlamaModel({ loaded, modelId: name, form: 'chat' }),
      completionModel: createLlamaModel({ loaded, modelId: name, form: 'completion' }),
      completesOnly: model.fileInfo.metadata.tokenizer?.chat_template === undefined,
      limits: {
        windowTokens,
        maximumOutputTokens: declared.maximumOutputTokens ?? Math.floor(windowTokens / 4),
      },
      tokenizer: { id: basename(modelPath), count },
      tokenizerIsExact: true,
      windowIsAssumed: false,
      price: free,
      maximumConcurrency: 1,
      close: async () => {
        await loaded.last;
        await llama.dispose();
      },
    };
  },
};
