import { loadCheckpoint } from '../checkpoint/checkpoint-folder.ts';
import { Decoder } from '../decoding/decoder.ts';
import { Runtime } from '../graph/runtime.ts';
import { allocateParameters, layOutParameters, namedParameters } from '../model/parameter-layout.ts';
import { SeededRandom } from '../sampling/random.ts';

/** How far an exported model writes what its original writes. */
export interface GreedyAgreement {
  /** Tokens that were compared. */
  readonly tokens: number;
  /** Those of them that are equal; of each prompt, none is counted from the first that differs. */
  readonly equal: number;
}

/** Prompts of these lengths, in tokens drawn at random; each is continued by so many. */
const promptLengths = [4, 16, 48];
const continuationTokens = 32;

/** What a program that reads the exported model must be given room for. */
export const comparedTokens = Math.max(...promptLengths) + continuationTokens;

/**
 * Lets a decoder and its exported form continue the same prompts by the most probable tokens.
 *
 * @param continueGreedily The exported model's continuation of a prompt by `count` tokens.
 */
export async function compareGreedyTokens(
  folder: string,
  continueGreedily: (prompt: readonly number[], count: number) => Promise<readonly number[]>,
): Promise<GreedyAgreement> {
  const { configuration, parameters, tokenizer } = await loadCheckpoint(folder);
  if (configuration.kind !== 'decoder') throw new RangeError(`${folder} is no decoder.`);
  const layout = layOutParameters(configuration);
  const weights = allocateParameters(layout);
  for (const [name, { data }] of namedParameters(layout, weights)) data.set(parameters.get(name)?.data ?? []);
  const runtime = new Runtime();
  try {
    const random = new SeededRandom(1);
    const ordinary = Array.from(
      { length: tokenizer?.vocabularySize ?? configuration.vocabularySize },
      (_, id) => id,
    );
    const choices = ordinary.filter((id) => tokenizer?.isSpecial(id) !== true);
    const prompts = promptLengths.map((length) =>
      Array.from({ length }, () => choices[Math.floor(random.next() * choices.length)] ?? 0),
    );
    const decoder = new Decoder({ configuration, layout, weights, runtime });
    const responses = await decoder.generate({
      prompts,
      samples: 1,
      maximumTokens: continuationTokens,
      endTokenIds: [],
      seed: 1,
      temperature: 0,
      topP: 1,
    });
    let equal = 0;
    for (const [index, prompt] of prompts.entries()) {
      const ours = responses[index]?.[0]?.tokens ?? [];
      const theirs = await continueGreedily(prompt, continuationTokens);
      const first = ours.findIndex((token, position) => token !== theirs[position]);
      equal += first === -1 ? ours.length : first;
    }
    return { tokens: prompts.length * continuationTokens, equal };
  } finally {
    await runtime.close();
  }
}
