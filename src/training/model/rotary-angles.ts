import type { DecoderConfiguration } from './model-configuration.ts';

/** Where the cosines and sines of positions are written: `positions · headSize` numbers each. */
export interface RotaryBuffers {
  readonly cosine: Float32Array;
  readonly sine: Float32Array;
}

/**
 * The angles of rotary position embeddings: position · θ^(−2i / headSize) for element i of the first half of a
 * head; the second half is like the first.
 */
export class RotaryAngles {
  readonly #headSize: number;
  readonly #frequencies: Float64Array;

  constructor({ headSize, ropeTheta }: Pick<DecoderConfiguration, 'headSize' | 'ropeTheta'>) {
    this.#headSize = headSize;
    // Single precision, as Transformers computes them.
    this.#frequencies = Float64Array.from({ length: headSize / 2 }, (_, index) =>
      Math.fround(1 / ropeTheta ** ((2 * index) / headSize)),
    );
  }

  /** Writes the cosines and sines of `positions`, one after the other. */
  write(positions: ArrayLike<number>, { cosine, sine }: RotaryBuffers): void {
    const half = this.#headSize / 2;
    for (let row = 0; row < positions.length; row++) {
      const start = row * this.#headSize;
      for (let index = 0; index < half; index++) {
        const angle = Math.fround((positions[row] ?? 0) * (this.#frequencies[index] ?? 0));
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        cosine[start + index] = cos;
        cosine[start + half + index] = cos;
        sine[start + index] = sin;
        sine[start + half + index] = sin;
      }
    }
  }
}
