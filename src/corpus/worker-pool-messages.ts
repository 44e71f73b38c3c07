/**
 * What a task module of a `WorkerPool` exports as its default. Task, parts and result cross between threads and
 * must be plain data. A promise of `sendPart` that is awaited holds the task back until its caller took the part.
 */
export type TaskFunction<Task = unknown, Result = unknown, Part = unknown> = (
  task: Task,
  sendPart: (part: Part) => Promise<void>,
) => Promise<Result>;

/** Messages to a thread of a pool: a task, or that the part sent first and not yet taken has been taken. */
export type ToThread = { readonly kind: 'task'; readonly task: unknown } | { readonly kind: 'taken' };

/** Messages from a thread of a pool. */
export type FromThread =
  | { readonly kind: 'part'; readonly part: unknown }
  | { readonly kind: 'done'; readonly result: unknown }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
    };
