import { ArithmeticThreads } from '../arithmetic/arithmetic-threads.ts';
import type { Runtime } from '../graph/runtime.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import { allocateParameters, layOutParameters } from '../model/parameter-layout.ts';
import type { ParameterLayout } from '../model/parameter-layout.ts';
import { BatchInputs } from './batch-inputs.ts';
import { EngineLane } from './engine-lane.ts';
import type { MicroBatch, TokenScores } from './engine-lane.ts';
import type { LossKind } from './loss-head.ts';
import type { TokenBatch } from './token-batch.ts';

export interface EngineOptions {
  readonly configuration: DecoderConfiguration;
  /** Computes batches that have one part only. */
  readonly runtime: Runtime;
  /** Compute the parts of a batch side by side; absent: `runtime` computes them one after the other. */
  readonly lanes?: readonly Runtime[];
  /** Adds up the gradients of parts; absent: the calling thread does. */
  readonly arithmetic?: ArithmeticThreads;
  /**
   * Whether activations are kept for the backward pass (`keep`, fastest) or computed again layer by layer
   * (`recompute`, for long sequences).
   */
  readonly activations?: 'keep' | 'recompute';
}

/** Computes losses of a decoder and their gradients. Its weights may be changed between steps. */
export class DecoderEngine {
  readonly configuration: DecoderConfiguration;
  readonly layout: ParameterLayout;
  readonly weights: Float32Array;
  /** The gradients of the last step. */
  readonly gradients: Float32Array;
  readonly #arithmetic: ArithmeticThreads;
  readonly #whole: EngineLane;
  readonly #openLane: (runtime: Runtime, gradients: Float32Array) => EngineLane;
  readonly #laneRuntimes: readonly Runtime[];
  #lanes: readonly EngineLane[] = [];

  constructor(options: EngineOptions) {
    const { configuration, runtime, activations = 'keep' } = options;
    this.configuration = configuration;
    this.layout = layOutParameters(configuration);
    this.weights = allocateParameters(this.layout);
    this.gradients = allocateParameters(this.layout);
    this.#arithmetic = options.arithmetic ?? new ArithmeticThreads();
    const { layout, weights } = this;
    const batchInputs = new BatchInputs(configuration);
    this.#openLane = (laneRuntime, gradients) =>
      new EngineLane({
        configuration,
        layout,
        runtime: laneRuntime,
        activations,
        batchInputs,
        memory: { weights, gradients },
      });
    this.#whole = this.#openLane(runtime, this.gradients);
    // Who recomputes activations has no memory to spare for two parts at once.
    this.#laneRuntimes = (activations === 'keep' ? options.lanes : undefined) ?? [runtime];
  }

  /**
   * The loss of a batch, in one or several parts, and its gradients, which go to `gradients`. They are added up in
   * the order of the parts, whatever the number of lanes.
   */
  async computeGradients(
    parts: readonly MicroBatch[],
    loss: Exclude<LossKind, { kind: 'scores' }>,
  ): Promise<TokenScores & { readonly loss: number }> {
    const results = await this.#compute(parts, loss, async (lanes, { isFirst }) => {
      await this.#arithmetic.sum(
        this.gradients,
        lanes.map(({ gradients }) => gradients),
        { isFresh: isFirst },
      );
    });
    return { loss: results.reduce((sum, result) => sum + result.loss, 0), ...joinScores(results) };
  }

  /** Log-probabilities and entropies under `softmax(logits / temperature)`, without gradients. */
  async score(batches: readonly TokenBatch[], temperature = 1): Promise<TokenScores> {
    const parts = batches.map((batch) => ({ batch, inputs: {} }));
    return joinScores(await this.#compute(parts, { kind: 'scores', temperature }));
  }

  /** Frees the memory of all programs. */
  async release(): Promise<void> {
    for (const lane of [this.#whole, ...this.#lanes]) await lane.release();
  }

  /**
   * Computes parts, as many at a time as there are lanes.
   *
   * @param onComputed Told which lanes hold the gradients of the parts just computed, in the parts' order.
   */
  async #compute(
    parts: readonly MicroBatch[],
    loss: LossKind,
    onComputed?: (lanes: readonly EngineLane[], wave: { readonly isFirst: boolean }) => Promise<void>,
  ): Promise<Awaited<ReturnType<EngineLane['run']>>[]> {
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return [await this.#whole.run(only, loss)];
    const results: Awaited<ReturnType<EngineLane['run']>>[] = [];
    const lanes = this.#openLanes();
    for (let first = 0; first < parts.length; first += lanes.length) {
      const wave = parts.slice(first, first + lanes.length);
      const running = wave.flatMap((part, index) => lanes[index]?.run(part, loss) ?? []);
      results.push(...(await Promise.all(running)));
      await onComputed?.(lanes.slice(0, wave.length), { isFirst: first === 0 });
    }
    return results;
  }

  /** The lanes, with memory for the gradients of each from the first time on. */
  #openLanes(): readonly EngineLane[] {
    if (this.#lanes.length === 0) {
      this.#lanes = this.#laneRuntimes.map((runtime) =>
        this.#openLane(runtime, allocateParameters(this.layout)),
      );
    }
    return this.#lanes;
  }
}

function joinScores(scores: readonly TokenScores[]): TokenScores {
  return {
    logProbabilities: scores.flatMap(({ logProbabilities }) => logProbabilities),
    entropies: scores.flatMap(({ entropies }) => entropies),
  };
}
