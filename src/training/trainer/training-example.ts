import type { AnswerKind } from '../rewards/hybrid-reward.ts';
import type { SeededRandom } from '../sampling/random.ts';

/** Something to learn from: a prompt, and what a right response is. */
export interface TrainingExample {
  readonly prompt: string;
  /** What supervised fine-tuning learns; also right under the reward `exact`. */
  readonly response?: string | undefined;
  /** The right answers, for the hybrid reward. */
  readonly gold?: readonly string[] | undefined;
  /** What the hybrid reward asks a judge about; the prompt unless told. */
  readonly question?: string | undefined;
  /** How the hybrid reward compares; `short-answer` unless told. */
  readonly kind?: AnswerKind | undefined;
  /** The kind of task, for statistics kept by task. */
  readonly task?: string | undefined;
}

/** A source of examples without end. */
export interface TrainingTask {
  readonly name: string;
  /** Makes an example; the same state of `random` gives the same. */
  readonly example: (random: SeededRandom) => TrainingExample;
}

/**
 * The reward of a response, in any finite range; null where it cannot be told: the response is then left out.
 *
 * @param response The text of the response, special tokens left out.
 */
export type RewardFunction = (
  example: TrainingExample,
  response: string,
) => number | null | Promise<number | null>;
