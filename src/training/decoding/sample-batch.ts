import { SeededRandom } from '../sampling/random.ts';
import type { GeneratedResponse, GenerationRequest } from './generation.ts';
import { TokenSampler } from './sample-token.ts';

interface Sample {
  readonly prompt: number;
  readonly sample: number;
  readonly random: SeededRandom;
  readonly tokens: number[];
  readonly logProbabilities: number[];
  readonly entropies: number[];
  /** The last tokens of prompt and response together, the newest last. */
  readonly recent: number[];
  finishReason: 'end' | 'length' | null;
}

/** The responses being drawn for some prompts of a request. */
export class SampleBatch {
  readonly #request: GenerationRequest;
  readonly #sampler: TokenSampler;
  readonly #samples: readonly Sample[];
  readonly #recentTokens: number;

  /**
   * @param chunk.first The index of the first of the prompts in the request.
   * @param chunk.recentTokens How many tokens before the newest one the model sees directly.
   */
  constructor(
    request: GenerationRequest,
    chunk: {
      readonly prompts: readonly (readonly number[])[];
      readonly first: number;
      readonly recentTokens: number;
    },
  ) {
    this.#request = request;
    this.#sampler = new TokenSampler(request);
    this.#recentTokens = chunk.recentTokens;
    this.#samples = chunk.prompts.flatMap((tokens, index) =>
      Array.from({ length: request.samples }, (_, sample) => ({
        prompt: chunk.first + index,
        sample,
        random: randomOf(request.seed, [chunk.first + index, sample]),
        tokens: [],
        logProbabilities: [],
        entropies: [],
        recent: tokens.slice(-chunk.recentTokens - 1),
        finishReason: null,
      })),
    );
  }

  get isComplete(): boolean {
    return this.#samples.every(({ finishReason }) => finishReason !== null);
  }

  /** For each sample the newest tokens, the very newest last. */
  get recent(): readonly (readonly number[])[] {
    return this.#samples.map(({ recent }) => recent);
  }

  /** Draws the next token of each sample that goes on, from the row of logits that `rowOf` gives. */
  draw(
    logits: Float32Array,
    {
      vocabularySize,
      rowOf,
    }: { readonly vocabularySize: number; readonly rowOf: (sample: number) => number },
  ): void {
    for (const [index, sample] of this.#samples.entries()) {
      if (sample.finishReason !== null) continue;
      const start = rowOf(index) * vocabularySize;
      const row = logits.subarray(start, start + vocabularySize);
      const { token, logProbability, entropy } = this.#sampler.sample(row, sample.random);
      sample.tokens.push(token);
      sample.logProbabilities.push(logProbability);
      sample.entropies.push(entropy);
      sample.recent.push(token);
      if (sample.recent.length > this.#recentTokens + 1) sample.recent.shift();
      if (this.#request.endTokenIds.includes(token)) sample.finishReason = 'end';
      else if (sample.tokens.length >= this.#request.maximumTokens) sample.finishReason = 'length';
      this.#request.onToken?.({ prompt: sample.prompt, sample: sample.sample, token });
    }
  }

  /** The responses to each prompt. */
  get responses(): GeneratedResponse[][] {
    const byPrompt = Map.groupBy(this.#samples, ({ prompt }) => prompt);
    return [...byPrompt.values()].map((samples) =>
      samples.map(({ tokens, logProbabilities, entropies, finishReason }) => ({
        tokens,
        logProbabilities,
        entropies,
        finishReason: finishReason ?? 'length',
      })),
    );
  }
}

/** A generator of its own for each sample, so that it does not matter which are drawn together. */
function randomOf(seed: number, place: readonly number[]): SeededRandom {
  return new SeededRandom(
    place.reduce((mixed, part) => Math.imul(mixed ^ (part + 1), 0x9e3779b1) ^ (mixed >>> 15), seed),
  );
}
