import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  InvalidResponseDataError,
  type LanguageModelV4,
  type LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { z } from 'zod';
import type { CompatibleEndpoint } from './compatible-endpoint.ts';

/** The provider name under which the SDK looks for options; nothing outside this file speaks of it. */
const provider = 'compatible';

/** A model behind an OpenAI-compatible server, as one that chats and as one that continues a text. */
export function createCompatibleModel({ name, endpoint }: { name: string; endpoint: CompatibleEndpoint }): {
  model: LanguageModelV4;
  completionModel: LanguageModelV4;
} {
  const settings = {
    name: provider,
    baseURL: endpoint.baseUrl,
    ...(endpoint.apiKey !== null && { apiKey: endpoint.apiKey }),
    includeUsage: true,
    supportsStructuredOutputs: true,
  };
  return {
    model: createOpenAICompatible(settings).chatModel(name),
    completionModel: endingProperly(
      createOpenAICompatible({ ...settings, fetch: withPlainPrompt }).completionModel(name),
    ),
  };
}

const completionBody = z.looseObject({ prompt: z.string(), stop: z.array(z.string()).optional() });

/**
 * The SDK writes messages into a completion prompt as a dialogue (`user:`, `assistant:`) and stops at the next turn.
 * A text that is to be continued as it stands must lose that frame again.
 */
const withPlainPrompt: typeof fetch = (input, init) => {
  const { prompt, stop = [], ...rest } = completionBody.parse(JSON.parse(String(init?.body)));
  const plain = prompt.slice('user:\n'.length, -'\n\nassistant:\n'.length);
  // The first is the SDK's own.
  const stopSequences = stop.slice(1);
  const body = { ...rest, prompt: plain, ...(stopSequences.length > 0 && { stop: stopSequences }) };
  return fetch(input, { ...init, body: JSON.stringify(body) });
};

/** Says that a streamed completion broke off when it ends without a finish reason, as the chat model does. */
function endingProperly(model: LanguageModelV4): LanguageModelV4 {
  return {
    ...pickModel(model),
    doStream: async (options) => {
      const result = await model.doStream(options);
      const check = new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>({
        transform(part, controller) {
          if (part.type === 'finish' && part.finishReason.raw === undefined) {
            const message = 'The stream ended without a finish reason.';
            controller.enqueue({
              type: 'error',
              error: new InvalidResponseDataError({ data: null, message }),
            });
          }
          controller.enqueue(part);
        },
      });
      return { ...result, stream: result.stream.pipeThrough(check) };
    },
  };
}

function pickModel(model: LanguageModelV4): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => model.doGenerate(options),
    doStream: (options) => model.doStream(options),
  };
}
