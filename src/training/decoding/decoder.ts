import { bucketOf } from '../engine/length-buckets.ts';
import { ProgramCache } from '../engine/program-cache.ts';
import { floatBuffer, integerBuffer } from '../graph/buffers.ts';
import type { BoundProgram, Buffers, LoadedProgram, Runtime } from '../graph/runtime.ts';
import { hidden } from '../model/attention-patterns.ts';
import { blockBuffers } from '../model/parameter-layout.ts';
import { RotaryAngles } from '../model/rotary-angles.ts';
import { prefillGraph, stepGraph } from './decoding-graphs.ts';
import type { DecodedModel, PrefillShape, StepShape } from './decoding-graphs.ts';
import { checkRequest } from './generation.ts';
import type { GeneratedResponse, GenerationRequest } from './generation.ts';
import { KeyValueCache } from './key-value-cache.ts';
import { SampleBatch } from './sample-batch.ts';

/** So many responses are decoded at once. */
const responsesAtOnce = 128;
/** So many tokens of prompts are read at once. */
const promptTokensAtOnce = 16_384;
const firstCapacity = 16;

type Tokens = readonly number[];

/** Prompts that were read: their keys and values. */
interface ReadPrompts {
  readonly prompts: readonly Tokens[];
  readonly shape: PrefillShape;
  readonly bound: BoundProgram;
}

/**
 * Draws responses of a decoder, many at once, with keys and values cached. The responses to a prompt share the
 * prompt's. It reads the weights where they lie: what is being trained is what it samples from.
 */
export class Decoder {
  readonly #model: DecodedModel;
  readonly #weights: Readonly<Record<string, Float32Array>>;
  readonly #angles: RotaryAngles;
  readonly #prefills: ProgramCache<PrefillShape, LoadedProgram>;
  readonly #steps: ProgramCache<StepShape, LoadedProgram>;

  constructor(model: DecodedModel & { readonly weights: Float32Array; readonly runtime: Runtime }) {
    this.#model = model;
    this.#weights = blockBuffers(model.layout, model.weights);
    this.#angles = new RotaryAngles(model.configuration);
    this.#prefills = new ProgramCache((shape) => model.runtime.load(prefillGraph(model, shape)));
    this.#steps = new ProgramCache((shape) => model.runtime.load(stepGraph(model, shape)));
  }

  /**
   * Draws `samples` responses to each prompt.
   *
   * @throws DecodingError Impossible settings, an empty prompt, or one that is too long for the model.
   */
  async generate(request: GenerationRequest): Promise<GeneratedResponse[][]> {
    checkRequest(request, this.#model.configuration);
    const responses: GeneratedResponse[][] = [];
    while (responses.length < request.prompts.length) {
      const first = responses.length;
      const rest = request.prompts.slice(first);
      const prompts = rest.slice(0, promptsAtOnce(rest, request.samples));
      responses.push(...(await this.#generateTogether(request, { prompts, first })));
    }
    return responses;
  }

  /** Frees the memory of all programs. */
  async release(): Promise<void> {
    await this.#prefills.release();
    await this.#steps.release();
  }

  async #generateTogether(
    request: GenerationRequest,
    { prompts, first }: { readonly prompts: readonly Tokens[]; readonly first: number },
  ): Promise<GeneratedResponse[][]> {
    const { samples, maximumTokens, signal } = request;
    const { vocabularySize, convolutionTaps } = this.#model.configuration;
    const batch = new SampleBatch(request, { prompts, first, recentTokens: convolutionTaps });
    const read = await this.#read(prompts);
    batch.draw(floatBuffer(read.bound.outputs, 'logits'), {
      vocabularySize,
      rowOf: (sample) => Math.floor(sample / samples),
    });
    const cache = new KeyValueCache(this.#model.configuration, { ...read.shape, samples });
    let step: BoundProgram | null = null;
    for (let position = 0; position < maximumTokens - 1 && !batch.isComplete; position++) {
      signal?.throwIfAborted();
      if (step === null || position === cache.capacity) {
        await step?.release();
        cache.grow(Math.min(Math.max(cache.capacity * 2, firstCapacity), bucketOf(maximumTokens)));
        step = await this.#bindStep(read, { cache, samples, filled: position });
      }
      const positions = prompts.flatMap((prompt) =>
        Array.from({ length: samples }, () => prompt.length + position),
      );
      this.#writeTokens(step.inputs, batch.recent, positions);
      await step.run();
      cache.append(step.outputs, position);
      floatBuffer(step.inputs, 'ownMask')[position] = 0;
      batch.draw(floatBuffer(step.outputs, 'logits'), { vocabularySize, rowOf: (sample) => sample });
    }
    await step?.release();
    await read.bound.release();
    return batch.responses;
  }

  async #read(prompts: readonly Tokens[]): Promise<ReadPrompts> {
    const { convolutionTaps } = this.#model.configuration;
    const shape = {
      prompts: bucketOf(prompts.length),
      promptLength: bucketOf(Math.max(...prompts.map((prompt) => prompt.length))),
    };
    const program = await this.#prefills.get(shape);
    const bound = await program.bind({ inputs: this.#weights });
    const ends = integerBuffer(bound.inputs, 'promptEnds');
    const recent: Tokens[] = [];
    for (const [row, prompt] of prompts.entries()) {
      ends[row] = BigInt(row * shape.promptLength + prompt.length - 1);
      for (let place = 0; place < shape.promptLength; place++) {
        recent.push(prompt.slice(Math.max(0, place - convolutionTaps), place + 1));
      }
    }
    const positions = Array.from({ length: shape.promptLength }, (_, position) => position);
    this.#writeTokens(bound.inputs, recent, positions);
    await bound.run();
    return { prompts, shape, bound };
  }

  async #bindStep(
    { prompts, shape, bound }: ReadPrompts,
    state: { readonly cache: KeyValueCache; readonly samples: number; readonly filled: number },
  ): Promise<BoundProgram> {
    const { cache, samples, filled } = state;
    const program = await this.#steps.get({ ...shape, samples, capacity: cache.capacity });
    const promptBuffers = { ...bound.outputs };
    delete promptBuffers['logits'];
    const step = await program.bind({ inputs: { ...this.#weights, ...promptBuffers, ...cache.buffers } });
    const promptMask = floatBuffer(step.inputs, 'promptMask');
    for (const [row, prompt] of prompts.entries()) {
      promptMask.fill(hidden, row * shape.promptLength + prompt.length, (row + 1) * shape.promptLength);
    }
    floatBuffer(step.inputs, 'ownMask').fill(hidden, filled);
    return step;
  }

  /**
   * Writes tokens and their positions.
   *
   * @param recent For each place its token, last, and the tokens before it that the convolution sees.
   */
  #writeTokens(inputs: Buffers, recent: readonly Tokens[], positions: readonly number[]): void {
    const { convolutionTaps: taps, headSize } = this.#model.configuration;
    const tokens = integerBuffer(inputs, 'tokens');
    for (const [place, sequence] of recent.entries()) tokens[place] = BigInt(sequence.at(-1) ?? 0);
    const [cosine, sine] = [floatBuffer(inputs, 'cosine'), floatBuffer(inputs, 'sine')];
    const padded = new Int32Array(cosine.length / headSize);
    padded.set(positions);
    this.#angles.write(padded, { cosine, sine });
    if (taps === 0) return;
    const [before, exist] = [integerBuffer(inputs, 'tokensBefore'), floatBuffer(inputs, 'tokensBeforeExist')];
    for (const [place, sequence] of recent.entries()) {
      for (let tap = 1; tap <= taps; tap++) {
        const slot = (tap - 1) * tokens.length + place;
        const token = sequence.at(-1 - tap);
        before[slot] = BigInt(token ?? 0);
        exist[slot] = token === undefined ? 0 : 1;
      }
    }
  }
}

/** How many of the prompts are read and answered together. */
function promptsAtOnce(prompts: readonly Tokens[], samples: number): number {
  const most = Math.max(1, Math.floor(responsesAtOnce / samples));
  let longest = 0;
  for (const [index, prompt] of prompts.slice(0, most).entries()) {
    longest = Math.max(longest, prompt.length);
    if ((index + 1) * longest > promptTokensAtOnce) return Math.max(1, index);
  }
  return Math.min(most, prompts.length);
}
