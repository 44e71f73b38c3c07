import { CheckpointError } from '../checkpoint/checkpoint-error.ts';
import { loadCheckpoint } from '../checkpoint/checkpoint-folder.ts';
import { Runtime } from '../graph/runtime.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import { allocateParameters, layOutParameters, namedParameters } from '../model/parameter-layout.ts';
import type { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import { modelFolder } from '../trainer/model-folder.ts';
import { Decoder } from './decoder.ts';
import type { GeneratedResponse, GenerationRequest } from './generation.ts';

export interface CompletionRequest extends Omit<
  GenerationRequest,
  'prompts' | 'samples' | 'endTokenIds' | 'onToken'
> {
  readonly prompts: readonly string[];
  /** Completions of each prompt; 1 unless told. */
  readonly samples?: number;
}

export interface Completion {
  /** Special tokens left out. */
  readonly text: string;
  readonly tokens: number;
  /** `end`: the model ended it; `length`: it reached the greatest length. */
  readonly finishReason: 'end' | 'length';
}

/** A decoder of our own, loaded and ready to write. Close it when done. */
export class Policy {
  /** The checkpoint it was loaded from. */
  readonly folder: string;
  readonly configuration: DecoderConfiguration;
  readonly tokenizer: ModelTokenizer;
  readonly #decoder: Decoder;
  readonly #runtime: Runtime;
  /** Settles when the last request is done. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    model: {
      readonly folder: string;
      readonly configuration: DecoderConfiguration;
      readonly tokenizer: ModelTokenizer;
    },
    runtime: Runtime,
    decoder: Decoder,
  ) {
    this.folder = model.folder;
    this.configuration = model.configuration;
    this.tokenizer = model.tokenizer;
    this.#runtime = runtime;
    this.#decoder = decoder;
  }

  /**
   * Loads a model.
   *
   * @param folder A checkpoint in the Hugging Face layout, or the folder of a training run: its model, or while it
   *   runs its last checkpoint.
   * @throws CheckpointError There is none, it is damaged, or it has no tokenizer.
   */
  static async open(
    folder: string,
    options: { readonly threads?: number | undefined } = {},
  ): Promise<Policy> {
    const path = await modelFolder(folder);
    const { configuration, parameters, tokenizer } = await loadCheckpoint(path);
    if (configuration.kind !== 'decoder' || tokenizer === null) {
      throw new CheckpointError({
        message:
          tokenizer === null
            ? `The model in ${path} has no tokenizer.json.`
            : `The model in ${path} is an encoder; it writes no text.`,
        remedy: 'Give the folder of a decoder with its tokenizer.json.',
      });
    }
    const layout = layOutParameters(configuration);
    const weights = allocateParameters(layout);
    for (const [name, { data }] of namedParameters(layout, weights))
      data.set(parameters.get(name)?.data ?? []);
    const runtime = new Runtime(options.threads === undefined ? {} : { threads: options.threads });
    const decoder = new Decoder({ configuration, layout, weights, runtime });
    return new Policy({ folder: path, configuration, tokenizer }, runtime, decoder);
  }

  /** What ends a response: what the model's files say, and the tokenizer's. */
  get endTokenIds(): readonly number[] {
    const end = this.tokenizer.endOfTextId;
    return [...this.configuration.endTokenIds, ...(end === null ? [] : [end])];
  }

  /**
   * Writes completions: for each prompt as many as `samples`.
   *
   * @throws DecodingError Impossible settings, or a prompt that is empty or too long.
   */
  async complete(request: CompletionRequest): Promise<Completion[][]> {
    const generated = await this.generate({
      ...request,
      prompts: request.prompts.map((prompt) => this.tokenizer.encode(prompt)),
      samples: request.samples ?? 1,
      endTokenIds: this.endTokenIds,
    });
    return generated.map((responses) =>
      responses.map(({ tokens, finishReason }) => ({
        text: this.tokenizer.decode(tokens),
        tokens: tokens.length,
        finishReason,
      })),
    );
  }

  /**
   * Draws responses to prompts of tokens. Requests are done one after the other.
   *
   * @throws DecodingError Impossible settings, or a prompt that is empty or too long.
   */
  generate(request: GenerationRequest): Promise<GeneratedResponse[][]> {
    const response = this.#last.then(() => {
      request.signal?.throwIfAborted();
      return this.#decoder.generate(request);
    });
    this.#last = Promise.allSettled([response]);
    return response;
  }

  async close(): Promise<void> {
    await this.#runtime.close();
  }
}
