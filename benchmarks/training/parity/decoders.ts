import { saveCheckpoint } from '../../../src/training/checkpoint/checkpoint-folder.ts';
import { DecoderEngine } from '../../../src/training/engine/decoder-engine.ts';
import type { PromptGroup } from '../../../src/training/engine/token-batch.ts';
import type { Runtime } from '../../../src/training/graph/runtime.ts';
import { initialiseWeights } from '../../../src/training/model/initial-weights.ts';
import { decoderConfigurationSchema } from '../../../src/training/model/model-configuration.ts';
import type { DecoderConfiguration } from '../../../src/training/model/model-configuration.ts';
import { namedParameters } from '../../../src/training/model/parameter-layout.ts';
import { SeededRandom } from '../../../src/training/sampling/random.ts';

/** A decoder that is small, and has what is easily computed wrongly: shared keys, heads of a size of their own. */
export function smallDecoder(changes: Partial<DecoderConfiguration> = {}): DecoderConfiguration {
  return decoderConfigurationSchema.parse({
    kind: 'decoder',
    vocabularySize: 199,
    hiddenSize: 64,
    intermediateSize: 160,
    layers: 3,
    attentionHeads: 6,
    keyValueHeads: 2,
    headSize: 16,
    maximumPositions: 256,
    ropeTheta: 1_000_000,
    normEpsilon: 1e-6,
    tiedEmbeddings: true,
    convolutionTaps: 0,
    endTokenIds: [0],
    ...changes,
  });
}

/** An engine with random weights, large enough that attention and norms matter, saved in a folder. */
export async function saveRandomDecoder(
  folder: string,
  { configuration, runtime }: { readonly configuration: DecoderConfiguration; readonly runtime: Runtime },
): Promise<DecoderEngine> {
  const engine = new DecoderEngine({ configuration, runtime });
  const { layout, weights } = engine;
  initialiseWeights(weights, { configuration, layout, random: new SeededRandom(11), deviation: 0.1 });
  const parameters = namedParameters(layout, weights);
  // Norms that differ from 1, or one that is left out would not be seen.
  for (const [name, { data }] of parameters) {
    if (name.includes('norm')) for (const index of data.keys()) data[index] = 1 + 0.3 * Math.sin(index);
  }
  await saveCheckpoint({ folder, configuration, parameters, tokenizer: null });
  return engine;
}

/** Prompts of several lengths with responses of several lengths. */
export function randomGroups(vocabularySize: number): PromptGroup[] {
  const random = new SeededRandom(7);
  const tokens = (length: number) =>
    Array.from({ length }, () => 1 + Math.floor(random.next() * (vocabularySize - 1)));
  return [19, 40, 7].map((promptLength, prompt) => ({
    prompt: tokens(promptLength),
    responses: [5, 12, 9, 1].map((length) => tokens(length + prompt)),
  }));
}
