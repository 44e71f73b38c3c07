import { Worker } from 'node:worker_threads';
import { CheckpointError } from '../checkpoint/checkpoint-error.ts';
import type { PlannedTensor } from './merge-plan.ts';
import type { MergeRecipe } from './merge-recipe.ts';
import { MergeError } from './tensor.ts';

export interface MergeReply {
  readonly data?: Float32Array | Uint8Array;
  readonly error?: { readonly name: string; readonly message: string; readonly remedy: string };
}

type Merged = Float32Array | Uint8Array;

/** Merges tensors in several threads, each of which has one at a time, and gives them in the order asked for. */
export class MergeThreads {
  readonly #idle: Worker[];
  readonly #all: readonly Worker[];
  readonly #waiting: ((thread: Worker) => void)[] = [];

  constructor(recipe: MergeRecipe, threads: number) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const file = new URL(`./merge-thread.${extension}`, import.meta.url);
    this.#all = Array.from({ length: threads }, () => new Worker(file, { workerData: recipe }));
    this.#idle = [...this.#all];
  }

  /**
   * Gives a tensor merged, and begins with those after it, so many as there are threads.
   *
   * @param tensors Those still to be merged, the wanted one first.
   * @param begun What was begun before; kept by the caller, emptied and filled here.
   * @throws MergeError @throws CheckpointError
   */
  async next(tensors: readonly PlannedTensor[], begun: Map<PlannedTensor, Promise<Merged>>): Promise<Merged> {
    for (const tensor of tensors.slice(0, this.#all.length)) {
      if (begun.has(tensor)) continue;
      const merged = this.#merge(tensor);
      // Whoever waits for it learns of its failure; nobody may, where an earlier one failed.
      merged.catch(() => null);
      begun.set(tensor, merged);
    }
    const [wanted] = tensors;
    const merged = wanted && begun.get(wanted);
    if (merged === undefined) throw new RangeError('There is no tensor left to merge.');
    begun.delete(wanted as PlannedTensor);
    return await merged;
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((thread) => thread.terminate()));
  }

  async #merge(tensor: PlannedTensor): Promise<Merged> {
    const thread = this.#idle.pop() ?? (await new Promise<Worker>((resolve) => this.#waiting.push(resolve)));
    try {
      return await ask(thread, tensor);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(thread);
      else next(thread);
    }
  }
}

function ask(thread: Worker, tensor: PlannedTensor): Promise<Merged> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      thread.off('message', answered);
      thread.off('error', crashed);
      thread.off('exit', ended);
      finish();
    };
    const answered = ({ data, error }: MergeReply) =>
      settle(() => (data === undefined ? reject(errorOf(error)) : resolve(data)));
    const crashed = (error: unknown) => settle(() => reject(error));
    const ended = () => settle(() => reject(new Error('A thread that merges has ended.')));
    thread.on('message', answered).on('error', crashed).on('exit', ended);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(tensor);
  });
}

/** Errors lose their class on the way between threads. */
function errorOf(error: MergeReply['error']): Error {
  const { name, message, remedy } = error ?? { name: '', message: 'A thread gave no tensor.', remedy: '' };
  if (name === 'MergeError') return new MergeError(message);
  return name === 'CheckpointError' ? new CheckpointError({ message, remedy }) : new Error(message);
}
