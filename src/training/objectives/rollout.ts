/** One sampled response to a prompt, as the advantage sees it. */
export interface Rollout {
  /** The prompt it answers: rollouts of one prompt form a group. */
  readonly promptId: string;
  /** The kind of task its prompt belongs to, for statistics kept by task. */
  readonly task: string;
  /** The reward the update learns from, length shaping included. */
  readonly reward: number;
  /** Correctness before any length shaping, in [0, 1]; decides which groups teach something. */
  readonly accuracy: number;
}

/** Rollouts of one prompt. */
export interface RewardGroup<R = Rollout> {
  readonly promptId: string;
  readonly rollouts: readonly R[];
}

/** A number for each token of each rollout: `values[rollout][token]`. Rows may differ in length. */
export type TokenValues = readonly ArrayLike<number>[];

/** `TokenValues` of zeros and ones. */
export type TokenMask = readonly ArrayLike<number>[];

/** Arrays of a batch do not belong together, or hold what no loss can be computed of. */
export class ObjectiveInputError extends Error {
  override readonly name = 'ObjectiveInputError';
}

/** Collects the rollouts of each prompt; groups come in the order in which their prompts first appear. */
export function groupByPrompt<R extends { readonly promptId: string }>(
  rollouts: readonly R[],
): RewardGroup<R>[] {
  const groups = Map.groupBy(rollouts, ({ promptId }) => promptId);
  return [...groups].map(([promptId, rollouts]) => ({ promptId, rollouts }));
}

/**
 * Checks that two batches have the same rollouts with the same number of tokens.
 *
 * @throws ObjectiveInputError
 */
export function requireSameShape(
  first: { readonly name: string; readonly values: TokenValues },
  second: { readonly name: string; readonly values: TokenValues },
): void {
  if (first.values.length !== second.values.length) {
    throw new ObjectiveInputError(
      `${first.name} has ${first.values.length} rollouts, ${second.name} has ${second.values.length}: ` +
        'pass both for the same batch.',
    );
  }
  for (const [index, row] of first.values.entries()) {
    const other = second.values[index]?.length;
    if (row.length !== other) {
      throw new ObjectiveInputError(
        `Rollout ${index} has ${row.length} tokens in ${first.name}, ${other} in ${second.name}: ` +
          'pad both to the same length, or neither.',
      );
    }
  }
}

/**
 * Checks that there is one finite number for each rollout.
 *
 * @throws ObjectiveInputError
 */
export function requireFinite(name: string, values: readonly number[]): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    throw new ObjectiveInputError(
      `${name} of rollout ${index} is ${values[index]}: it would spread to its whole group. ` +
        'Leave out rollouts without a reward.',
    );
  }
}
