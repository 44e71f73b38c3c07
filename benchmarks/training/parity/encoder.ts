import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { loadCheckpoint } from '../../../src/training/checkpoint/checkpoint-folder.ts';
import { Encoder } from '../../../src/training/encoding/encoder.ts';
import { Runtime } from '../../../src/training/graph/runtime.ts';
import { SeededRandom } from '../../../src/training/sampling/random.ts';
import { absoluteDifference } from './comparison.ts';
import type { Check, Comparison } from './comparison.ts';

const resultSchema = z.array(z.array(z.number()));

/**
 * Encoders give the hidden states of Transformers' BertModel: one of random weights, and where a folder is given, a
 * real one.
 */
export function encoderParity(given: string | undefined): Check {
  return async ({ python, folder }) => {
    const random = join(folder, 'random');
    await python('make_encoder.py', random);
    const checkpoints = [
      ['random weights', random],
      ...(given === undefined ? [] : [[given, given]]),
    ] as const;
    const runtime = new Runtime();
    try {
      const comparisons: Comparison[] = [];
      for (const [what = '', checkpoint = ''] of checkpoints) {
        const { configuration, parameters } = await loadCheckpoint(checkpoint);
        if (configuration.kind !== 'encoder') throw new Error(`${checkpoint} is no encoder.`);
        const source = new SeededRandom(3);
        const sequences = [3, 30, configuration.maximumPositions, 17].map((length) => ({
          tokens: Array.from({ length }, () => Math.floor(source.next() * configuration.vocabularySize)),
          tokenTypes: Array.from({ length }, (_, index) => (index > length / 2 ? 1 : 0)),
        }));
        await writeFile(join(folder, 'sequences.json'), JSON.stringify(sequences));
        await python('encoder.py', checkpoint, join(folder, 'sequences.json'), join(folder, 'result.json'));
        const theirs = resultSchema.parse(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')));
        const ours = await new Encoder({ configuration, parameters, runtime }).encode(sequences);
        comparisons.push({
          what: `hidden states of ${sequences.length} sequences, ${what}`,
          difference: Math.max(
            ...ours.map((states, index) => absoluteDifference(states, theirs[index] ?? [])),
          ),
          limit: 1e-4,
        });
      }
      return comparisons;
    } finally {
      await runtime.close();
    }
  };
}
