import { availableParallelism } from 'node:os';
import { ArithmeticThreads } from '../arithmetic/arithmetic-threads.ts';
import { Runtime } from '../graph/runtime.ts';
import type { RuntimeOptions } from '../graph/runtime.ts';

/** The threads that a training run computes with. */
export interface ComputeThreads {
  /** Runs one program with all threads. */
  readonly runtime: Runtime;
  /**
   * Runtimes of one thread each, for parts of a batch side by side. That is faster than one program with all
   * threads, which wait for each other after each of its hundreds of operators.
   */
  readonly lanes: readonly Runtime[];
  readonly arithmetic: ArithmeticThreads;
  /** Ends the threads, after what is under way in them. */
  readonly close: () => Promise<void>;
}

/** @param options.threads How many threads compute; absent: one a core. */
export function openComputeThreads(options: RuntimeOptions = {}): ComputeThreads {
  const { threads = availableParallelism(), provider = 'cpu' } = options;
  const runtime = new Runtime({ ...options, threads });
  const isOne = threads === 1 || provider !== 'cpu';
  const lanes = isOne
    ? [runtime]
    : Array.from({ length: threads }, () => new Runtime({ ...options, threads: 1 }));
  const arithmetic = new ArithmeticThreads(threads);
  return {
    runtime,
    lanes,
    arithmetic,
    close: async () => {
      await Promise.all([...new Set([runtime, ...lanes])].map((each) => each.close()));
      await arithmetic.close();
    },
  };
}
