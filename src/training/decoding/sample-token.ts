import type { SeededRandom } from '../sampling/random.ts';

export interface SamplingSettings {
  /** Logits are divided by it; 0 takes the most probable token. */
  readonly temperature: number;
  /** Only the most probable tokens that together have this probability are drawn; 1 for all. */
  readonly topP: number;
}

export interface SampledToken {
  readonly token: number;
  /**
   * The log-probability of the token under `softmax(logits / temperature)`, before `topP` (under `softmax(logits)`
   * where the temperature is 0). This is what policy losses take for the old policy, as in verl.
   */
  readonly logProbability: number;
  /** The entropy of that distribution, in nats. */
  readonly entropy: number;
}

/** Draws tokens from logits. It keeps its working memory between calls. */
export class TokenSampler {
  readonly #settings: SamplingSettings;
  #probabilities = new Float64Array();

  constructor(settings: SamplingSettings) {
    this.#settings = settings;
  }

  sample(logits: Float32Array, random: SeededRandom): SampledToken {
    const { temperature, topP } = this.#settings;
    const best = indexOfGreatest(logits);
    const scale = temperature === 0 ? 1 : 1 / temperature;
    const greatest = logits[best] ?? 0;
    if (this.#probabilities.length !== logits.length) this.#probabilities = new Float64Array(logits.length);
    const weights = this.#probabilities;
    let [total, weighted] = [0, 0];
    for (let token = 0; token < logits.length; token++) {
      const shifted = ((logits[token] ?? 0) - greatest) * scale;
      const weight = Math.exp(shifted);
      weights[token] = weight;
      total += weight;
      // A token ruled out by a logit of −∞ adds nothing; 0 · −∞ would be NaN.
      if (weight > 0) weighted += weight * shifted;
    }
    const token = temperature === 0 ? best : draw({ weights, total, topP, random });
    return {
      token,
      logProbability: ((logits[token] ?? 0) - greatest) * scale - Math.log(total),
      entropy: Math.log(total) - weighted / total,
    };
  }
}

function draw(input: {
  readonly weights: Float64Array;
  readonly total: number;
  readonly topP: number;
  readonly random: SeededRandom;
}): number {
  const { weights, total, topP, random } = input;
  if (topP < 1) return drawFromNucleus(input);
  let rest = random.next() * total;
  for (let token = 0; token < weights.length; token++) {
    rest -= weights[token] ?? 0;
    if (rest < 0) return token;
  }
  return weights.length - 1;
}

/** Nucleus sampling (Holtzman et al., 2020): the token that reaches the probability is still drawn. */
function drawFromNucleus({
  weights,
  total,
  topP,
  random,
}: {
  readonly weights: Float64Array;
  readonly total: number;
  readonly topP: number;
  readonly random: SeededRandom;
}): number {
  const order = Uint32Array.from(weights.keys()).sort(
    (one, other) => (weights[other] ?? 0) - (weights[one] ?? 0) || one - other,
  );
  let [kept, mass] = [0, 0];
  while (kept < order.length && mass < topP * total) mass += weights[order[kept++] ?? 0] ?? 0;
  let rest = random.next() * mass;
  for (const token of order.subarray(0, kept)) {
    rest -= weights[token] ?? 0;
    if (rest < 0) return token;
  }
  return order[kept - 1] ?? 0;
}

function indexOfGreatest(values: Float32Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  }
  return best;
}
