import type { Tensor } from '../tensor.ts';
import { add, elementwise, multiply, scale, subtract } from './arithmetic.ts';

/** SwiGLU's middle: `silu(gate) · value`, where `silu(x) = x · sigmoid(x)`. */
export function gatedSilu(gate: Tensor, value: Tensor): Tensor {
  const { graph } = gate;
  const sigmoid = elementwise('Sigmoid', [gate]);
  const silu = elementwise('Mul', [gate, sigmoid]);
  const output = elementwise('Mul', [silu, value]);
  graph.record({
    inputs: [gate, value],
    outputs: [output],
    pullback: ([gradient]) => {
      if (!gradient) return [null, null];
      // silu' = σ + silu · (1 − σ)
      const slope = add(sigmoid, subtract(silu, multiply(silu, sigmoid)));
      return [multiply(multiply(gradient, value), slope), multiply(gradient, silu)];
    },
  });
  return output;
}

/** GELU in its exact form: `x · Φ(x)`, Φ being the normal distribution's. */
export function gelu(tensor: Tensor): Tensor {
  const { graph } = tensor;
  const distribution = graph.untracked(() =>
    scale(add(elementwise('Erf', [scale(tensor, Math.SQRT1_2)]), graph.scalar(1)), 0.5),
  );
  const output = elementwise('Mul', [tensor, distribution]);
  graph.record({
    inputs: [tensor],
    outputs: [output],
    pullback: ([gradient]) => {
      if (!gradient) return [null];
      const density = scale(
        elementwise('Exp', [scale(multiply(tensor, tensor), -0.5)]),
        1 / Math.sqrt(2 * Math.PI),
      );
      return [multiply(gradient, add(distribution, multiply(tensor, density)))];
    },
  });
  return output;
}
