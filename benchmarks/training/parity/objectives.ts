import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readParameters } from '../../../src/training/checkpoint/checkpoint-tensors.ts';
import { policyLossOf } from '../../../src/training/engine/losses.ts';
import { layOutBatch } from '../../../src/training/engine/token-batch.ts';
import { Runtime } from '../../../src/training/graph/runtime.ts';
import { namedParameters } from '../../../src/training/model/parameter-layout.ts';
import { dapoLoss } from '../../../src/training/objectives/dapo.ts';
import { grpoLoss } from '../../../src/training/objectives/grpo.ts';
import { regularisedLoss } from '../../../src/training/objectives/regularised-loss.ts';
import type { RegularisedLossSettings } from '../../../src/training/objectives/regularised-loss.ts';
import { relativeDifference } from './comparison.ts';
import type { Check, Comparison } from './comparison.ts';
import { randomGroups, saveRandomDecoder, smallDecoder } from './decoders.ts';

interface Case {
  readonly name: string;
  readonly settings: RegularisedLossSettings;
  readonly temperature: number;
  /** The same settings in TRL's words. */
  readonly trl: Readonly<Record<string, string | number | boolean>>;
}

const cases: readonly Case[] = [
  { name: 'GRPO', settings: grpoLoss, temperature: 1, trl: { loss_type: 'grpo', epsilon: 0.2, beta: 0 } },
  {
    name: 'GRPO with a KL penalty, temperature 0.7',
    settings: { ...grpoLoss, klCoefficient: 0.04 },
    temperature: 0.7,
    // Since version 1, TRL weighs the penalty by the ratio of the policies unless told not to.
    trl: { loss_type: 'grpo', epsilon: 0.2, beta: 0.04, temperature: 0.7, use_bias_correction_kl: false },
  },
  {
    name: 'DAPO',
    settings: dapoLoss,
    temperature: 1,
    trl: { loss_type: 'dapo', epsilon: 0.2, epsilon_high: 0.28, beta: 0 },
  },
  {
    name: 'DAPO with an entropy bonus',
    settings: { ...dapoLoss, entropyCoefficient: 0.01 },
    temperature: 1,
    trl: { loss_type: 'dapo', epsilon: 0.2, epsilon_high: 0.28, beta: 0, entropy_coef: 0.01 },
  },
];

const resultSchema = z.array(z.object({ loss: z.number(), gradients: z.string() }));

/**
 * TRL's losses of reinforcement learning on the same rollouts and advantages: by the plain computation of
 * `objectives/`, and by the engine, with gradients.
 */
export const objectivesParity: Check = async ({ python, folder }) => {
  const runtime = new Runtime();
  try {
    const engine = await saveRandomDecoder(folder, { configuration: smallDecoder(), runtime });
    const groups = randomGroups(engine.configuration.vocabularySize);
    const responses = groups.flatMap((group) => group.responses);
    const mask = responses.map((response) => new Uint8Array(response.length).fill(1));
    const advantages = responses.map((_, index) => [1.3, -0.9, 0, -1.7, 0.4][index % 5] ?? 0);
    const { logProbabilities } = await engine.score([
      layOutBatch(groups, { layout: 'plain', convolutionTaps: 0 }),
    ]);
    const near = (distance: number, step: number) =>
      logProbabilities.map((row, index) =>
        Float64Array.from(row, (value, token) => value + distance * Math.sin(index + token * step)),
      );
    // Far enough from the policy that a third of the tokens is clipped.
    const oldLogProbabilities = near(0.5, 2.3);
    // Near enough that no token's penalty reaches the 10 at which verl, and we, cut it off; TRL does not.
    const referenceLogProbabilities = near(0.8, 0.9);
    const batchFile = join(folder, 'batch.json');
    const lists = (rows: readonly ArrayLike<number>[]) => rows.map((row) => Array.from(row));
    await writeFile(
      batchFile,
      JSON.stringify({
        groups,
        advantages,
        old: lists(oldLogProbabilities),
        reference: lists(referenceLogProbabilities),
        cases: cases.map(({ trl }) => trl),
      }),
    );
    await python('objectives.py', folder, batchFile);
    const results = resultSchema.parse(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')));
    const comparisons: Comparison[] = [];
    for (const [index, { name, settings, temperature }] of cases.entries()) {
      const theirs = results[index] ?? { loss: NaN, gradients: '' };
      const gradients = await readParameters(join(folder, theirs.gradients));
      const batch = { mask, advantages, oldLogProbabilities, referenceLogProbabilities };
      const scores = await engine.score(
        [layOutBatch(groups, { layout: 'plain', convolutionTaps: 0 })],
        temperature,
      );
      const plain = regularisedLoss(
        { ...batch, logProbabilities: scores.logProbabilities, tokenEntropies: scores.entropies },
        settings,
      );
      comparisons.push({
        what: `${name}: loss by objectives/ (${Math.round(100 * plain.clippedFraction)} % of tokens clipped)`,
        difference: relativeDifference([plain.loss], [theirs.loss]),
        limit: 1e-4,
      });
      for (const layout of ['plain', 'shared-prompt'] as const) {
        const { kind, inputs } = policyLossOf(batch, { settings, temperature });
        const part = { batch: layOutBatch(groups, { layout, convolutionTaps: 0 }), inputs };
        const { loss } = await engine.computeGradients([part], kind);
        const differences = [...namedParameters(engine.layout, engine.gradients)].map(
          ([parameter, { data }]) => relativeDifference(data, gradients.get(parameter)?.data ?? []),
        );
        comparisons.push(
          {
            what: `${name}: loss by the engine, ${layout} rows`,
            difference: relativeDifference([loss], [theirs.loss]),
            limit: 1e-4,
          },
          { what: `${name}: gradients, ${layout} rows`, difference: Math.max(...differences), limit: 1e-4 },
        );
      }
    }
    return comparisons;
  } finally {
    await runtime.close();
  }
};
