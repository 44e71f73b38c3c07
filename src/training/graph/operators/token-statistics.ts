import { extentOf, withExtent } from '../tensor.ts';
import type { Tensor } from '../tensor.ts';
import { add, elementwise, multiply, negate, subtract, sum } from './arithmetic.ts';
import { reshape } from './shape.ts';

/** What a loss needs of the distributions over the vocabulary. */
export interface TokenStatistics {
  /** `[n, 1]`: the log-probability of each target. */
  readonly logProbabilities: Tensor;
  /** `[n, 1]`: the entropy of each distribution, in nats. */
  readonly entropies: Tensor;
}

/**
 * Log-probabilities of targets and entropies of the distributions `softmax(logits)`. Logits are shifted by
 * their maximum, so that a target of tiny probability has a finite log-probability.
 *
 * @param logits `[n, vocabulary]`
 * @param targets `[n]`, int64
 */
export function tokenStatistics(logits: Tensor, targets: Tensor): TokenStatistics {
  const { graph, shape } = logits;
  const column = withExtent(shape, 1, 1);
  const indices = reshape(targets, [extentOf(targets, 0), 1]);
  const greatest = graph.emit('ReduceMax', [logits, graph.integers([1])], {
    shape: column,
    attributes: { keepdims: 1 },
  });
  const shifted = elementwise('Sub', [logits, greatest]);
  const weights = elementwise('Exp', [shifted]);
  const total = graph.emit('ReduceSum', [weights, graph.integers([1])], {
    shape: column,
    attributes: { keepdims: 1 },
  });
  const logTotal = elementwise('Log', [total]);
  const chosen = graph.emit('GatherElements', [shifted, indices], { shape: column, attributes: { axis: 1 } });
  const logProbabilities = elementwise('Sub', [chosen, logTotal]);
  const weighted = elementwise('Mul', [weights, shifted]);
  const meanShifted = elementwise('Div', [graph.untracked(() => sum(weighted, [1])), total]);
  const entropies = elementwise('Sub', [logTotal, meanShifted]);
  graph.record({
    inputs: [logits],
    outputs: [logProbabilities, entropies],
    pullback: ([byLogProbability, byEntropy]) => {
      const parts: Tensor[] = [];
      if (byLogProbability) {
        // ∂ log p(target) / ∂ logit = [target] − p
        const pulled = multiply(weights, elementwise('Div', [negate(byLogProbability), total]));
        parts.push(
          graph.emit('ScatterElements', [pulled, indices, byLogProbability], {
            shape,
            attributes: { axis: 1, reduction: 'add' },
          }),
        );
      }
      if (byEntropy) {
        // ∂ H / ∂ logit = −p (log p + H), and log p + H = shifted − Σ p · shifted
        const pulled = multiply(weights, elementwise('Div', [negate(byEntropy), total]));
        parts.push(multiply(pulled, subtract(shifted, meanShifted)));
      }
      const [first, second] = parts;
      if (first === undefined) return [null];
      return [second === undefined ? first : add(first, second)];
    },
  });
  return { logProbabilities, entropies };
}
