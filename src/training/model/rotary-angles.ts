import type { DecoderConfiguration } from './model-configuration.ts';

/** Where the cosines and sines of positions are written: `positions · headSize` numbers each. */
export interface RotaryBuffers {
  readonly cosine: Float32Array;
  readonly sine: Float32Array;
}

/**
 * The angles of rotary position embeddings: position · θ^(−2i / headSize) for element i of the first half of a
 * head; the second half is like the first. They are computed once for each position.
 */
export class RotaryAngles {
  readonly #headSize: number;
  readonly #frequencies: readonly number[];
  #known: RotaryBuffers & { readonly positions: number } = {
    cosine: new Float32Array(),
    sine: new Float32Array(),
    positions: 0,
  };

  constructor({ headSize, ropeTheta }: Pick<DecoderConfiguration, 'headSize' | 'ropeTheta'>) {
    this.#headSize = headSize;
    // Single precision, as Transformers computes them.
    this.#frequencies = Array.from({ length: headSize / 2 }, (_, index) =>
      Math.fround(1 / ropeTheta ** ((2 * index) / headSize)),
    );
  }

  /** Writes the cosines and sines of `positions`, one after the other. */
  write(positions: Int32Array, { cosine, sine }: RotaryBuffers): void {
    const size = this.#headSize;
    this.#know(positions.reduce((most, position) => Math.max(most, position), 0) + 1);
    for (const [row, position] of positions.entries()) {
      const [start, end] = [position * size, (position + 1) * size];
      cosine.set(this.#known.cosine.subarray(start, end), row * size);
      sine.set(this.#known.sine.subarray(start, end), row * size);
    }
  }

  #know(positions: number): void {
    if (positions <= this.#known.positions) return;
    const size = this.#headSize;
    const length = Math.max(positions, 2 * this.#known.positions);
    const [cosine, sine] = [new Float32Array(length * size), new Float32Array(length * size)];
    for (let position = 0; position < length; position++) {
      for (const [index, frequency] of this.#frequencies.entries()) {
        const angle = Math.fround(position * frequency);
        const low = position * size + index;
        const high = low + size / 2;
        cosine[low] = cosine[high] = Math.cos(angle);
        sine[low] = sine[high] = Math.sin(angle);
      }
    }
    this.#known = { cosine, sine, positions: length };
  }
}
