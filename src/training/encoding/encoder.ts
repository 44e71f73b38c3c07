import { bucketOf } from '../engine/length-buckets.ts';
import { ProgramCache } from '../engine/program-cache.ts';
import { floatBuffer, integerBuffer } from '../graph/buffers.ts';
import { Graph } from '../graph/graph.ts';
import type { GraphProgram } from '../graph/graph.ts';
import type { LoadedProgram, Runtime } from '../graph/runtime.ts';
import { hidden } from '../model/attention-patterns.ts';
import { encoder } from '../model/encoder.ts';
import type { EncodedShape } from '../model/encoder.ts';
import { weightsOf } from '../model/layer-weights.ts';
import type { EncoderConfiguration, Parameters } from '../model/model-configuration.ts';
import {
  allocateParameters,
  blockBuffers,
  layOutParameters,
  namedParameters,
} from '../model/parameter-layout.ts';
import type { ParameterLayout } from '../model/parameter-layout.ts';

/** A sequence to encode, with what the model's tokenizer puts around a text. */
export interface EncoderInput {
  readonly tokens: readonly number[];
  /** 0 or 1 for each token (first or second text); all 0 unless told. */
  readonly tokenTypes?: readonly number[];
}

/** Sequences that the encoder cannot take. */
export class EncoderError extends Error {
  override readonly name = 'EncoderError';
}

/** So many tokens, padding included, are encoded at once. */
const tokensAtOnce = 16_384;

/** Runs an encoder of BERT's shape. */
export class Encoder {
  readonly configuration: EncoderConfiguration;
  readonly #weights: Readonly<Record<string, Float32Array>>;
  readonly #programs: ProgramCache<EncodedShape, LoadedProgram>;

  constructor(model: {
    readonly configuration: EncoderConfiguration;
    readonly parameters: Parameters;
    readonly runtime: Runtime;
  }) {
    const { configuration, parameters, runtime } = model;
    const layout = layOutParameters(configuration);
    const memory = allocateParameters(layout);
    for (const [name, { data }] of namedParameters(layout, memory))
      data.set(parameters.get(name)?.data ?? []);
    this.configuration = configuration;
    this.#weights = blockBuffers(layout, memory);
    this.#programs = new ProgramCache((shape) => runtime.load(encoderProgram(configuration, layout, shape)));
  }

  /**
   * The hidden states of the last layer: for each sequence `[tokens · hiddenSize]`.
   *
   * @throws EncoderError A sequence is empty or longer than the model's positions.
   */
  async encode(sequences: readonly EncoderInput[]): Promise<Float32Array[]> {
    for (const { tokens } of sequences) this.#check(tokens);
    const byLength = [...sequences.entries()].toSorted(
      ([, one], [, other]) => one.tokens.length - other.tokens.length,
    );
    const states: Float32Array[] = [];
    while (byLength.length > 0) {
      const longestFirst = byLength.at(-1)?.[1].tokens.length ?? 1;
      const rows = Math.max(1, Math.floor(tokensAtOnce / bucketOf(longestFirst)));
      const part = byLength.splice(-rows);
      const encoded = await this.#encodeTogether(part.map(([, input]) => input));
      for (const [row, [index]] of part.entries()) states[index] = encoded[row] ?? new Float32Array();
    }
    return states;
  }

  #check(tokens: readonly number[]): void {
    const { maximumPositions, vocabularySize } = this.configuration;
    if (tokens.length === 0) throw new EncoderError('A sequence is empty: it needs at least one token.');
    if (tokens.length > maximumPositions) {
      throw new EncoderError(
        `A sequence has ${tokens.length} tokens, and the encoder takes ${maximumPositions}: cut it into windows.`,
      );
    }
    const unknown = tokens.find((token) => !(token >= 0 && token < vocabularySize));
    if (unknown === undefined) return;
    throw new EncoderError(
      `A sequence holds token ${unknown}, and the encoder knows ${vocabularySize}: use its own tokenizer.`,
    );
  }

  async #encodeTogether(inputs: readonly EncoderInput[]): Promise<Float32Array[]> {
    const { hiddenSize, maximumPositions } = this.configuration;
    const longest = Math.max(...inputs.map(({ tokens }) => tokens.length));
    const length = Math.min(bucketOf(longest), maximumPositions);
    const shape = { rows: bucketOf(inputs.length), length };
    const program = await this.#programs.get(shape);
    const bound = await program.bind({ inputs: this.#weights });
    const tokens = integerBuffer(bound.inputs, 'tokens');
    const tokenTypes = integerBuffer(bound.inputs, 'tokenTypes');
    const paddingMask = floatBuffer(bound.inputs, 'paddingMask');
    for (const [row, input] of inputs.entries()) {
      const start = row * length;
      tokens.set(input.tokens.map(BigInt), start);
      tokenTypes.set((input.tokenTypes ?? []).map(BigInt), start);
      paddingMask.fill(hidden, start + input.tokens.length, start + length);
    }
    await bound.run();
    const states = floatBuffer(bound.outputs, 'hidden');
    await bound.release();
    return inputs.map((input, row) => {
      const start = row * length * hiddenSize;
      return Float32Array.from(states.subarray(start, start + input.tokens.length * hiddenSize));
    });
  }
}

function encoderProgram(
  configuration: EncoderConfiguration,
  layout: ParameterLayout,
  shape: EncodedShape,
): GraphProgram {
  const graph = new Graph();
  const weights = weightsOf(graph, layout, { differentiable: false });
  graph.output('hidden', encoder(graph, weights, { configuration, shape }));
  return graph.build();
}
