import type { Buffers } from '../graph/runtime.ts';
import { RotaryAngles } from '../model/rotary-angles.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import type { TokenValues } from '../objectives/rollout.ts';
import type { TokenInput } from './loss-head.ts';
import type { TokenBatch } from './token-batch.ts';

/** Numbers for the tokens of each response, `[response][token]`, by the input they go to. */
export type TokenInputs = Partial<Readonly<Record<TokenInput, TokenValues>>>;

/** Writes batches into the buffers of a program. */
export class BatchInputs {
  readonly #angles: RotaryAngles;

  constructor(configuration: DecoderConfiguration) {
    this.#angles = new RotaryAngles(configuration);
  }

  /** Writes what the program takes of a batch, and of numbers for its tokens; padding gets 0. */
  write(buffers: Buffers, batch: TokenBatch, values: TokenInputs): void {
    writeIntegers(buffers['tokens'], batch.tokens);
    writeIntegers(buffers['tokensBefore'], batch.tokensBefore);
    writeIntegers(buffers['targetPlaces'], batch.targetPlaces);
    writeIntegers(buffers['targets'], batch.targets);
    floats(buffers['tokensBeforeExist'])?.set(batch.tokensBeforeExist);
    floats(buffers['promptMask'])?.set(batch.promptMask);
    const [cosine, sine] = [floats(buffers['cosine']), floats(buffers['sine'])];
    if (cosine !== null && sine !== null) this.#angles.write(batch.positions, { cosine, sine });
    for (const [name, rows] of Object.entries(values)) {
      const buffer = floats(buffers[name]);
      if (buffer === null) continue;
      buffer.fill(0);
      for (const [response, offset] of batch.responseOffsets.entries())
        buffer.set(rows[response] ?? [], offset);
    }
  }
}

/** Numbers of targets by response, as `TokenBatch` lays them out. */
export function byResponse(batch: TokenBatch, values: ArrayLike<number>): Float32Array[] {
  return batch.responseOffsets.map((offset, response) =>
    Float32Array.from(
      { length: batch.responseLengths[response] ?? 0 },
      (_, token) => values[offset + token] ?? NaN,
    ),
  );
}

function writeIntegers(buffer: Buffers[string] | undefined, values: Int32Array): void {
  if (!(buffer instanceof BigInt64Array)) return;
  for (let index = 0; index < values.length; index++) buffer[index] = BigInt(values[index] ?? 0);
}

function floats(buffer: Buffers[string] | undefined): Float32Array | null {
  return buffer instanceof Float32Array ? buffer : null;
}
