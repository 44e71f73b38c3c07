import { allocate } from '../graph/runtime.ts';
import type { Buffers } from '../graph/runtime.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import { cacheNames } from './decoding-graphs.ts';
import type { StepShape } from './decoding-graphs.ts';

/** Keys and values of the tokens that samples have so far: the buffers of a step program, and their growth. */
export class KeyValueCache {
  readonly #configuration: DecoderConfiguration;
  readonly #shape: Omit<StepShape, 'capacity'>;
  #capacity = 0;
  #buffers: Record<string, Float32Array> = {};

  constructor(configuration: DecoderConfiguration, shape: Omit<StepShape, 'capacity'>) {
    this.#configuration = configuration;
    this.#shape = shape;
  }

  get capacity(): number {
    return this.#capacity;
  }

  get buffers(): Readonly<Record<string, Float32Array>> {
    return this.#buffers;
  }

  /** Makes room for more tokens; what is in the cache stays. The buffers are new ones. */
  grow(capacity: number): void {
    const { layers, keyValueHeads, headSize } = this.#configuration;
    const { prompts, samples } = this.#shape;
    const rows = prompts * keyValueHeads * samples;
    const grown: Record<string, Float32Array> = {};
    for (let layer = 0; layer < layers; layer++) {
      for (const name of [cacheNames.ownKeys(layer), cacheNames.ownValues(layer)]) {
        const buffer = allocate({ type: 'float32', shape: [rows * capacity * headSize] }) as Float32Array;
        const before = this.#buffers[name] ?? new Float32Array();
        const length = this.#capacity * headSize;
        for (let row = 0; row < rows; row++) {
          buffer.set(before.subarray(row * length, (row + 1) * length), row * capacity * headSize);
        }
        grown[name] = buffer;
      }
    }
    this.#buffers = grown;
    this.#capacity = capacity;
  }

  /** Appends the keys and values of the step that just ran as token `position` of each sample. */
  append(outputs: Buffers, position: number): void {
    for (let layer = 0; layer < this.#configuration.layers; layer++) {
      this.#append(outputs[cacheNames.newKeys(layer)], this.#buffers[cacheNames.ownKeys(layer)], position);
      this.#append(
        outputs[cacheNames.newValues(layer)],
        this.#buffers[cacheNames.ownValues(layer)],
        position,
      );
    }
  }

  /** From `[prompts, samples, heads, headSize]` into `[prompts, heads, samples, capacity, headSize]`. */
  #append(from: Buffers[string] | undefined, to: Float32Array | undefined, position: number): void {
    if (!(from instanceof Float32Array) || to === undefined) return;
    const { keyValueHeads: heads, headSize } = this.#configuration;
    const { prompts, samples } = this.#shape;
    for (let prompt = 0; prompt < prompts; prompt++) {
      for (let sample = 0; sample < samples; sample++) {
        for (let head = 0; head < heads; head++) {
          const source = ((prompt * samples + sample) * heads + head) * headSize;
          const row = (prompt * heads + head) * samples + sample;
          const target = (row * this.#capacity + position) * headSize;
          for (let index = 0; index < headSize; index++) to[target + index] = from[source + index] ?? 0;
        }
      }
    }
  }
}
