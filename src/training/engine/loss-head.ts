import type { Graph } from '../graph/graph.ts';
import {
  add,
  clamp,
  exponential,
  maximum,
  minimum,
  multiply,
  negate,
  scale,
  subtract,
  sumAll,
} from '../graph/operators/arithmetic.ts';
import { gatherRows } from '../graph/operators/gather.ts';
import { project } from '../graph/operators/matrix.ts';
import { rmsNorm } from '../graph/operators/normalisation.ts';
import { tokenStatistics } from '../graph/operators/token-statistics.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Weights } from '../model/layer-weights.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';

/**
 * What a program computes of the predicted tokens. A loss is a sum over tokens, each with a weight of its own, so
 * that every aggregation and every mask is a matter of weights.
 *
 * - `scores`: nothing but log-probabilities and entropies.
 * - `supervised`: `−Σ weights · log π`
 * - `policy`: the clipped loss of `objectives/policy-loss.ts` by `policyWeights`, minus entropy by
 *   `entropyWeights`, plus the KL penalty of `objectives/kl-penalty.ts` by `klWeights`.
 */
export type LossKind =
  | { readonly kind: 'scores'; readonly temperature?: number }
  | { readonly kind: 'supervised' }
  | {
      readonly kind: 'policy';
      readonly clipLow: number;
      readonly clipHigh: number;
      readonly dualClip?: number | undefined;
      /** Log-probabilities and entropies are those of `softmax(logits / temperature)`. */
      readonly temperature: number;
      readonly hasEntropyBonus: boolean;
      readonly hasKlPenalty: boolean;
    };

/** Numbers for each predicted token that a loss takes, by their names. */
export type TokenInput =
  | 'weights'
  | 'policyWeights'
  | 'advantages'
  | 'oldLogProbabilities'
  | 'entropyWeights'
  | 'klWeights'
  | 'referenceLogProbabilities';

/** The greatest KL penalty of a token, as in `objectives/kl-penalty.ts`. */
const greatestPenalty = 10;

export interface LossHead {
  /** A scalar; null for `scores`. */
  readonly loss: Tensor | null;
  readonly logProbabilities: Tensor;
  readonly entropies: Tensor;
}

/**
 * From the output of the last layer to the loss.
 *
 * @param hidden `[places, hiddenSize]`
 * @param options.targets How many of the places predict a token; only those are multiplied by the vocabulary.
 */
export function lossHead(
  hidden: Tensor,
  options: {
    readonly configuration: DecoderConfiguration;
    readonly weights: Weights;
    readonly targets: number;
    readonly loss: LossKind;
  },
): LossHead {
  const { graph } = hidden;
  const { targets, loss } = options;
  const places = graph.input('targetPlaces', { type: 'int64', shape: [targets] });
  const logits = nextTokenLogits(gatherRows(hidden, places), options);
  const temperature = loss.kind === 'supervised' ? 1 : (loss.temperature ?? 1);
  const statistics = tokenStatistics(
    scale(logits, 1 / temperature),
    graph.input('targets', { type: 'int64', shape: [targets] }),
  );
  return { loss: lossOf(graph, statistics, options), ...statistics };
}

/** The scores of all tokens of the vocabulary to come next. */
export function nextTokenLogits(
  hidden: Tensor,
  { configuration, weights }: { readonly configuration: DecoderConfiguration; readonly weights: Weights },
): Tensor {
  const normalised = rmsNorm(hidden, weights('model.norm.weight'), configuration.normEpsilon);
  return project(
    normalised,
    weights(configuration.tiedEmbeddings ? 'model.embed_tokens.weight' : 'lm_head.weight'),
  );
}

function lossOf(
  graph: Graph,
  { logProbabilities, entropies }: { readonly logProbabilities: Tensor; readonly entropies: Tensor },
  { loss, targets }: { readonly loss: LossKind; readonly targets: number },
): Tensor | null {
  const input = (name: TokenInput) => graph.input(name, { type: 'float32', shape: [targets, 1] });
  const weighted = (values: Tensor, weights: TokenInput) => sumAll(multiply(values, input(weights)));
  if (loss.kind === 'scores') return null;
  if (loss.kind === 'supervised') return negate(weighted(logProbabilities, 'weights'));
  const ratio = exponential(subtract(logProbabilities, input('oldLogProbabilities')));
  const gain = negate(input('advantages'));
  let total = weighted(clippedLoss({ ratio, gain }, loss), 'policyWeights');
  if (loss.hasEntropyBonus) total = subtract(total, weighted(entropies, 'entropyWeights'));
  if (loss.hasKlPenalty) {
    const difference = subtract(input('referenceLogProbabilities'), logProbabilities);
    const penalty = subtract(subtract(exponential(difference), graph.scalar(1)), difference);
    total = add(total, weighted(minimum(penalty, graph.scalar(greatestPenalty)), 'klWeights'));
  }
  return total;
}

/** `max(−Aρ, −A·clip(ρ))`; with a dual clip, tokens of negative advantage lose no more than `−A·c`. */
function clippedLoss(
  { ratio, gain }: { readonly ratio: Tensor; readonly gain: Tensor },
  { clipLow, clipHigh, dualClip }: LossKind & { kind: 'policy' },
): Tensor {
  const { graph } = ratio;
  const clipped = clamp(ratio, { minimum: 1 - clipLow, maximum: 1 + clipHigh });
  const loss = maximum(multiply(ratio, gain), multiply(clipped, gain));
  if (dualClip === undefined) return loss;
  // Where the advantage is positive, −A·c is below the loss; the bound is lifted out of reach there.
  const bound = add(scale(gain, dualClip), scale(maximum(negate(gain), graph.scalar(0)), 1e9));
  return minimum(loss, bound);
}
