import { addCosts, noCost, type Cost, type ModelClient, type RungName } from '../../models/index.ts';
import { sameValue } from './canonical-value.ts';
import type { DeclaredField } from './declared-field.ts';
import { demonstrationsFor, type Demonstration, type DemonstrationsByField } from './demonstrations.ts';
import { extractionRequest, voteOf } from './extraction-request.ts';
import { readModelValue } from './canonical-value.ts';
import { readerId } from './model-outcome.ts';

/** Models that read together, each asked so many times. */
export interface Ensemble {
  readonly id: string;
  readonly models: readonly ModelClient[];
  /** Every vote there is, the first attempt of each model first. */
  readonly ballots: readonly { readonly model: ModelClient; readonly attempt: number }[];
}

export function createEnsemble({
  models,
  attempts,
}: {
  models: readonly ModelClient[];
  attempts: number;
}): Ensemble {
  const ballots = Array.from({ length: attempts }, (_, attempt) =>
    models.map((model) => ({ model, attempt })),
  );
  return { id: readerId({ models, attempts }), models, ballots: ballots.flat() };
}

/** More known tasks say little more about which way of asking suits a model. */
export const mostTrials = 6;

/**
 * Tries out, once for each model, in which way it reads best: by the demonstrations, each read with the help of the
 * others.
 *
 * @returns the way of each model, null where no task was known, or none came out right; and what trying took.
 */
export async function tryOut({
  ensemble,
  fields,
  demonstrations,
  signal,
}: {
  ensemble: Ensemble;
  fields: readonly DeclaredField[];
  demonstrations: DemonstrationsByField;
  signal?: AbortSignal | undefined;
}): Promise<{ rungs: (RungName | null)[]; cost: Cost }> {
  const tasks = fields
    .flatMap((field) => (demonstrations.get(field.name) ?? []).map((task, turn) => ({ field, task, turn })))
    // One of each field, then the second of each.
    .sort((left, right) => left.turn - right.turn)
    .slice(0, mostTrials);
  const rungs: (RungName | null)[] = [];
  let cost = noCost;
  for (const model of ensemble.models) {
    const trials = tasks.map(({ field, task }) => ({
      request: extractionRequest({
        fields: [field],
        passage: task,
        limits: model.limits,
        attempt: 0,
        demonstrations: withoutTask(field, task, demonstrations),
        signal,
      }),
      isRight: (extracted: Parameters<typeof voteOf>[0]) => {
        const { stated } = voteOf(extracted, field);
        const known = readModelValue(task.value, field);
        return stated.status === 'value' && known.status === 'value' && sameValue(stated.value, known.value);
      },
    }));
    const choice = await model.chooseRung(trials);
    rungs.push(choice.rung);
    cost = addCosts(cost, choice.cost);
  }
  return { rungs, cost };
}

function withoutTask(
  field: DeclaredField,
  task: Demonstration,
  demonstrations: DemonstrationsByField,
): ReturnType<typeof demonstrationsFor> {
  const others = (demonstrations.get(field.name) ?? []).filter((each) => each !== task);
  return demonstrationsFor({
    fields: [field],
    demonstrations: new Map([[field.name, others]]),
    documentHash: task.documentHash,
    text: task.text,
  });
}
