import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { loadTokenizer } from '../../corpus/index.ts';
import { embeddedProvider } from '../../embedded/index.ts';
import {
  createModelClient,
  free,
  type ModelClient,
  type ModelClientOptions,
  type ModelLimits,
} from '../../models/index.ts';

/** The embedded model with a declared window, through a client as commands have it. */
export async function embeddedClient(
  limits: Partial<ModelLimits> = {},
  options: Omit<ModelClientOptions, 'model'> = {},
): Promise<ModelClient> {
  const model = await embeddedProvider.resolve({ id: 'embedded', name: '', declared: limits });
  return createModelClient({ ...options, model });
}

/** A language model that replies as a test says, whatever limits it is given, through a client. */
export async function scriptedClient(
  reply: (prompt: string) => string,
  limits: ModelLimits = { windowTokens: 8192, maximumOutputTokens: 2048 },
): Promise<ModelClient> {
  const tokenizer = await loadTokenizer('o200k');
  const parts = ({ prompt }: LanguageModelV4CallOptions): LanguageModelV4StreamPart[] => {
    const input = prompt.map(textOf).join('\n');
    const delta = reply(input);
    const [inputTokens, outputTokens] = [tokenizer.count(input), tokenizer.count(delta)];
    return [
      { type: 'stream-start', warnings: [] },
      { type: 'text-start', id: '1' },
      { type: 'text-delta', id: '1', delta },
      { type: 'text-end', id: '1' },
      {
        type: 'finish',
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: {
          inputTokens: { total: inputTokens, noCache: inputTokens, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: outputTokens, text: outputTokens, reasoning: 0 },
        },
      },
    ];
  };
  const model: LanguageModelV4 = {
    specificationVersion: 'v4',
    provider: 'test',
    modelId: 'scripted',
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error('Clients stream.')),
    doStream: (options) => Promise.resolve({ stream: ReadableStream.from(parts(options)) }),
  };
  return createModelClient({
    model: {
      id: 'scripted',
      identity: 'scripted',
      model,
      completionModel: null,
      limits,
      windowIsAssumed: false,
      tokenizer,
      tokenizerIsExact: true,
      price: free,
      maximumConcurrency: null,
    },
  });
}

function textOf({ content }: LanguageModelV4CallOptions['prompt'][number]): string {
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
