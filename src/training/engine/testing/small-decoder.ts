import type { Runtime } from '../../graph/runtime.ts';
import { initialiseWeights } from '../../model/initial-weights.ts';
import { decoderConfigurationSchema } from '../../model/model-configuration.ts';
import type { DecoderConfiguration } from '../../model/model-configuration.ts';
import { SeededRandom } from '../../sampling/random.ts';
import { DecoderEngine } from '../decoder-engine.ts';
import type { EngineOptions } from '../decoder-engine.ts';
import type { PromptGroup } from '../token-batch.ts';

/** A decoder that has every feature: shared keys, three layers, a convolution, an output projection of its own. */
export function smallDecoder(changes: Partial<DecoderConfiguration> = {}): DecoderConfiguration {
  return decoderConfigurationSchema.parse({
    kind: 'decoder',
    vocabularySize: 23,
    hiddenSize: 16,
    intermediateSize: 24,
    layers: 3,
    attentionHeads: 4,
    keyValueHeads: 2,
    headSize: 8,
    maximumPositions: 512,
    ropeTheta: 10_000,
    normEpsilon: 1e-6,
    tiedEmbeddings: false,
    convolutionTaps: 3,
    ...changes,
  });
}

/** An engine whose weights are large enough for attention and norms to matter. */
export function smallEngine(
  runtime: Runtime,
  options: Partial<EngineOptions> & { readonly configuration: DecoderConfiguration },
): DecoderEngine {
  const engine = new DecoderEngine({ runtime, ...options });
  const { configuration, layout, weights } = engine;
  initialiseWeights(weights, { configuration, layout, random: new SeededRandom(3), deviation: 0.3 });
  return engine;
}

/** Prompts of different lengths, each with responses of different lengths. */
export function randomGroups(
  random: SeededRandom,
  options: { readonly prompts: number; readonly responses: number; readonly vocabularySize: number },
): PromptGroup[] {
  const tokens = (length: number) =>
    Array.from({ length }, () => Math.floor(random.next() * options.vocabularySize));
  return Array.from({ length: options.prompts }, (_, prompt) => ({
    prompt: tokens(5 + 4 * prompt),
    responses: Array.from({ length: options.responses }, (_, response) =>
      tokens(1 + ((prompt + response) % 4)),
    ),
  }));
}
