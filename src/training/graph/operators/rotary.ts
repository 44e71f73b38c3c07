import { extentOf } from '../tensor.ts';
import type { Tensor } from '../tensor.ts';
import { elementwise, negate } from './arithmetic.ts';
import { concatenate, split } from './shape.ts';

export interface RotaryTable {
  /** Cosines of the angles, broadcast over the input: `[…, 1, headSize]`, both halves alike. */
  readonly cosine: Tensor;
  /** Sines of the angles, the same way. */
  readonly sine: Tensor;
}

/**
 * Rotary position embedding in the half-split form (Qwen, Llama in Hugging Face's layout): element `i` of a
 * head turns with element `i + headSize/2`.
 *
 * @param input `[…, headSize]`
 */
export function rotate(input: Tensor, table: RotaryTable): Tensor {
  const output = input.graph.untracked(() => turn(input, table.cosine, table.sine));
  input.graph.record({
    inputs: [input],
    outputs: [output],
    // The adjoint of a rotation is the rotation back.
    pullback: ([gradient]) => [gradient ? turn(gradient, table.cosine, negate(table.sine)) : null],
  });
  return output;
}

function turn(input: Tensor, cosine: Tensor, sine: Tensor): Tensor {
  const half = extentOf(input, -1) / 2;
  const last = input.shape.length - 1;
  const [low, high] = split(input, last, [half, half]);
  if (low === undefined || high === undefined) return input;
  const turned = concatenate([negate(high), low], last);
  return elementwise('Add', [elementwise('Mul', [input, cosine]), elementwise('Mul', [turned, sine])]);
}
