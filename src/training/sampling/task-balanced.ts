/*
 * Task-balanced sampling: every batch takes a fixed share of each task.
 *
 * Source: QwenLong-L1.5 (arXiv 2512.12967) and its released sampler; the paper's tasks are multiple choice,
 * multi-hop reasoning over documents, reading comprehension, dialogue memory and numerical calculation over a
 * corpus, in equal shares.
 *
 * Differences: the released sampler reshuffles a task as soon as fewer items than its quota are left, and so
 * never reaches some of them (`tail: 'discard'`). The default, `keep`, first gives what is left: every item
 * of a task is drawn once before any is drawn again.
 */
import { quotas } from './quotas.ts';
import { SeededRandom } from './random.ts';
import { SamplingError } from './sampling-error.ts';

/** One place of a batch: an item of a task, by its index. */
export interface TaskItem {
  readonly task: string;
  readonly index: number;
}

/** All that a sampler needs to go on after a restart; plain JSON. */
export interface TaskBalancedState {
  readonly random: number;
  /** The items of each task that this pass has still to draw, the next one first. */
  readonly unread: Readonly<Record<string, readonly number[]>>;
}

export interface TaskBalancedOptions {
  /** The tasks with their weights and their numbers of items. */
  readonly tasks: readonly { readonly name: string; readonly weight: number; readonly size: number }[];
  readonly batchSize: number;
  readonly seed: number;
  readonly tail?: 'keep' | 'discard';
  /** Where to go on; absent: at the beginning. */
  readonly state?: TaskBalancedState;
}

/** Draws batches without end. */
export class TaskBalancedSampler {
  readonly #tasks: readonly { readonly name: string; readonly size: number; readonly quota: number }[];
  readonly #tail: 'keep' | 'discard';
  readonly #random: SeededRandom;
  readonly #unread: Map<string, number[]>;
  /** Batches until about every item was drawn: the number of all items by the batch size, rounded down. */
  readonly batchesPerEpoch: number;

  /** @throws SamplingError Impossible weights, no items, or a state of other data. */
  constructor({ tasks, batchSize, seed, tail = 'keep', state }: TaskBalancedOptions) {
    if (new Set(tasks.map(({ name }) => name)).size < tasks.length) {
      throw new SamplingError('Two tasks have the same name: give each its own.');
    }
    const shares = quotas(tasks, batchSize);
    if (shares.every((share) => share === 0)) {
      throw new SamplingError('No task has an item: give at least one task a weight and items.');
    }
    for (const { name, size } of tasks) {
      if (state?.unread[name]?.some((index) => index >= size)) {
        throw new SamplingError(
          `The state is of a larger task "${name}": go on with the data it was saved with.`,
        );
      }
    }
    this.#tasks = tasks.map(({ name, size }, index) => ({ name, size, quota: shares[index] ?? 0 }));
    this.#tail = tail;
    this.#random = new SeededRandom(state?.random ?? seed);
    this.#unread = new Map(tasks.map(({ name }) => [name, [...(state?.unread[name] ?? [])]]));
    this.batchesPerEpoch = Math.floor(tasks.reduce((sum, { size }) => sum + size, 0) / batchSize);
  }

  get state(): TaskBalancedState {
    const unread = [...this.#unread].map(([name, items]) => [name, [...items]] as const);
    return { random: this.#random.state, unread: Object.fromEntries(unread) };
  }

  /** The next batch, in random order; no item is in it twice. */
  nextBatch(): TaskItem[] {
    const batch = this.#tasks.flatMap(({ name, size, quota }) =>
      this.#draw(name, size, quota).map((index) => ({ task: name, index })),
    );
    return this.#random.shuffled(batch);
  }

  #draw(task: string, size: number, quota: number): number[] {
    const unread = this.#unread.get(task) ?? [];
    if (unread.length >= quota) {
      const drawn = unread.slice(0, quota);
      this.#unread.set(task, unread.slice(quota));
      return drawn;
    }
    const next = this.#random.shuffled(Array.from({ length: size }, (_, index) => index));
    const drawn = this.#tail === 'keep' ? unread : [];
    const already = new Set(drawn);
    const added = next.filter((index) => !already.has(index)).slice(0, quota - drawn.length);
    const taken = new Set(added);
    this.#unread.set(
      task,
      next.filter((index) => !taken.has(index)),
    );
    return [...drawn, ...added];
  }
}
