import { saveCheckpoint } from '../../checkpoint/checkpoint-folder.ts';
import { smallDecoder } from '../../engine/testing/small-decoder.ts';
import { initialiseWeights } from '../../model/initial-weights.ts';
import type { DecoderConfiguration, Parameters } from '../../model/model-configuration.ts';
import { allocateParameters, layOutParameters, namedParameters } from '../../model/parameter-layout.ts';
import { SeededRandom } from '../../sampling/random.ts';
import { ModelTokenizer } from '../../tokenizer/model-tokenizer.ts';
import { writeTokenizer } from '../../tokenizer/tokenizer-file.ts';
import { trainByteLevelBpe } from '../../tokenizer/train-byte-level-bpe.ts';

/** Saves a decoder of random weights with a tokenizer of 270 tokens. */
export async function saveSmallCheckpoint(
  folder: string,
  changes: Partial<DecoderConfiguration> = {},
): Promise<{ configuration: DecoderConfiguration; parameters: Parameters; tokenizer: ModelTokenizer }> {
  const bpe = await trainByteLevelBpe(['the revenue of the company rose; the revenue of others fell'], {
    vocabularySize: 270,
    specialTokens: ['<|endoftext|>', '<|im_start|>', '<|im_end|>'],
  });
  const configuration = smallDecoder({
    vocabularySize: 272,
    convolutionTaps: 0,
    endTokenIds: [2],
    ...changes,
  });
  const layout = layOutParameters(configuration);
  const weights = allocateParameters(layout);
  initialiseWeights(weights, { configuration, layout, random: new SeededRandom(5), deviation: 0.3 });
  const parameters = namedParameters(layout, weights);
  await saveCheckpoint({ folder, configuration, parameters, tokenizer: null });
  await writeTokenizer({ folder, tokenizer: bpe, roles: { endOfText: '<|endoftext|>' } });
  return { configuration, parameters, tokenizer: await ModelTokenizer.load(folder) };
}
