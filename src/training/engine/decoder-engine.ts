import type { Runtime } from '../graph/runtime.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import { allocateParameters, layOutParameters } from '../model/parameter-layout.ts';
import type { ParameterLayout } from '../model/parameter-layout.ts';
import { BatchInputs, byResponse } from './batch-inputs.ts';
import type { TokenInputs } from './batch-inputs.ts';
import { loadWholeProgram } from './batch-program.ts';
import type { BatchProgram } from './batch-program.ts';
import { loadLayerwiseProgram } from './layerwise-program.ts';
import type { LossKind } from './loss-head.ts';
import { ProgramCache } from './program-cache.ts';
import type { BatchShape, TokenBatch } from './token-batch.ts';

/** A part of a step's batch that is computed at once, with the numbers its loss takes. */
export interface MicroBatch {
  readonly batch: TokenBatch;
  readonly inputs: TokenInputs;
}

/** Numbers of each response's tokens. */
export interface TokenScores {
  readonly logProbabilities: Float32Array[];
  /** Empty for a supervised loss. */
  readonly entropies: Float32Array[];
}

export interface EngineOptions {
  readonly configuration: DecoderConfiguration;
  readonly runtime: Runtime;
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
  readonly #runtime: Runtime;
  readonly #activations: 'keep' | 'recompute';
  readonly #batchInputs: BatchInputs;
  readonly #programs = new ProgramCache((key: { readonly shape: BatchShape; readonly loss: LossKind }) =>
    this.#load(key),
  );
  #accumulated: Float32Array | null = null;

  constructor({ configuration, runtime, activations = 'keep' }: EngineOptions) {
    this.configuration = configuration;
    this.layout = layOutParameters(configuration);
    this.weights = allocateParameters(this.layout);
    this.gradients = allocateParameters(this.layout);
    this.#runtime = runtime;
    this.#activations = activations;
    this.#batchInputs = new BatchInputs(configuration);
  }

  /** The loss of a batch, in one or several parts, and its gradients, which go to `gradients`. */
  async computeGradients(
    parts: readonly MicroBatch[],
    loss: Exclude<LossKind, { kind: 'scores' }>,
  ): Promise<TokenScores & { readonly loss: number }> {
    let total = 0;
    const scores: TokenScores[] = [];
    for (const [index, part] of parts.entries()) {
      const result = await this.#run(part, loss);
      total += result.loss;
      scores.push(result);
      if (parts.length > 1) this.#accumulate({ isFirst: index === 0 });
    }
    if (parts.length > 1 && this.#accumulated !== null) this.gradients.set(this.#accumulated);
    return { loss: total, ...joinScores(scores) };
  }

  /** Log-probabilities and entropies under `softmax(logits / temperature)`, without gradients. */
  async score(batches: readonly TokenBatch[], temperature = 1): Promise<TokenScores> {
    const scores: TokenScores[] = [];
    for (const batch of batches)
      scores.push(await this.#run({ batch, inputs: {} }, { kind: 'scores', temperature }));
    return joinScores(scores);
  }

  /** Frees the memory of all programs. */
  async release(): Promise<void> {
    await this.#programs.release();
  }

  async #run({ batch, inputs }: MicroBatch, loss: LossKind) {
    const program = await this.#programs.get({ shape: batch.shape, loss });
    this.#batchInputs.write(program.inputs, batch, inputs);
    const result = await program.run();
    return {
      loss: result.loss,
      logProbabilities: byResponse(batch, result.logProbabilities),
      entropies: result.entropies.length === 0 ? [] : byResponse(batch, result.entropies),
    };
  }

  #load({ shape, loss }: { readonly shape: BatchShape; readonly loss: LossKind }): Promise<BatchProgram> {
    const load = this.#activations === 'keep' ? loadWholeProgram : loadLayerwiseProgram;
    const { configuration, layout, weights, gradients } = this;
    return load(this.#runtime, { configuration, layout, shape, loss }, { weights, gradients });
  }

  #accumulate({ isFirst }: { readonly isFirst: boolean }): void {
    this.#accumulated ??= new Float32Array(this.gradients.length);
    const [total, part] = [this.#accumulated, this.gradients];
    if (isFirst) total.set(part);
    else
      for (let index = 0; index < total.length; index++)
        total[index] = (total[index] ?? 0) + (part[index] ?? 0);
  }
}

function joinScores(scores: readonly TokenScores[]): TokenScores {
  return {
    logProbabilities: scores.flatMap(({ logProbabilities }) => logProbabilities),
    entropies: scores.flatMap(({ entropies }) => entropies),
  };
}
