import type { Runtime } from '../graph/runtime.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import type { ParameterLayout } from '../model/parameter-layout.ts';
import type { BatchInputs, TokenInputs } from './batch-inputs.ts';
import { byResponse } from './batch-inputs.ts';
import { loadWholeProgram } from './batch-program.ts';
import type { ParameterMemory } from './batch-program.ts';
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

/** A runtime with the programs of an engine that it has loaded. One part at a time. */
export class EngineLane {
  readonly #memory: ParameterMemory;
  readonly #batchInputs: BatchInputs;
  readonly #programs;

  /** @param options.memory Its gradients are those of the part that was computed last. */
  constructor(options: {
    readonly configuration: DecoderConfiguration;
    readonly layout: ParameterLayout;
    readonly runtime: Runtime;
    readonly activations: 'keep' | 'recompute';
    readonly batchInputs: BatchInputs;
    readonly memory: ParameterMemory;
  }) {
    const { configuration, layout, runtime, activations, batchInputs, memory } = options;
    this.#memory = memory;
    this.#batchInputs = batchInputs;
    const load = activations === 'keep' ? loadWholeProgram : loadLayerwiseProgram;
    this.#programs = new ProgramCache(({ shape, loss }: { shape: BatchShape; loss: LossKind }) =>
      load(runtime, { configuration, layout, shape, loss }, memory),
    );
  }

  get gradients(): Float32Array {
    return this.#memory.gradients;
  }

  async run({ batch, inputs }: MicroBatch, loss: LossKind): Promise<TokenScores & { readonly loss: number }> {
    const program = await this.#programs.get({ shape: batch.shape, loss });
    this.#batchInputs.write(program.inputs, batch, inputs);
    const result = await program.run();
    return {
      loss: result.loss,
      logProbabilities: byResponse(batch, result.logProbabilities),
      entropies: result.entropies.length === 0 ? [] : byResponse(batch, result.entropies),
    };
  }

  /** Frees the memory of all programs. */
  async release(): Promise<void> {
    await this.#programs.release();
  }
}
