import type {
  LanguageModelV4Middleware,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { wrapLanguageModel } from 'ai';
import type { ModelProvider } from '../../src/models/index.ts';

/** What of the prompts the model evaluated anew, as it says itself, and in what time. */
export class EvaluatedTokens {
  #total = 0;
  #evaluated = 0;
  #seconds = 0;

  /** The provider, with its models' calls counted. */
  countedFor(provider: ModelProvider): ModelProvider {
    return {
      ...provider,
      resolve: async (request) => {
        const resolved = await provider.resolve(request);
        const { completionModel } = resolved;
        if (completionModel === null) return resolved;
        const middleware: LanguageModelV4Middleware = {
          specificationVersion: 'v4',
          wrapStream: async ({ doStream }) => {
            const started = performance.now();
            const { stream, ...rest } = await doStream();
            const watch = new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>({
              transform: (part, controller) => {
                if (part.type === 'finish') this.#add(part.usage.inputTokens, performance.now() - started);
                controller.enqueue(part);
              },
            });
            return { ...rest, stream: stream.pipeThrough(watch) };
          },
        };
        return { ...resolved, completionModel: wrapLanguageModel({ model: completionModel, middleware }) };
      },
    };
  }

  #add({ total = 0, noCache = total }: LanguageModelV4Usage['inputTokens'], milliseconds: number): void {
    this.#total += total;
    this.#evaluated += noCache;
    this.#seconds += milliseconds / 1000;
  }

  summary(): string {
    if (this.#total === 0) return 'what was evaluated is not known';
    return (
      `of ${this.#total} tokens ${this.#evaluated} evaluated anew (${((100 * this.#evaluated) / this.#total).toFixed(1)} %), ` +
      `${(this.#evaluated / this.#seconds).toFixed(0)} a second`
    );
  }
}
