import { Worker } from 'node:worker_threads';
import { chunkLength, runOperation } from './operations.ts';
import type { Operation, Share } from './operations.ts';

export interface ArithmeticRequest {
  readonly operation: Operation;
  readonly share: Share;
}

/**
 * Does arithmetic over memories of parameters in several threads, the calling one among them. Results are the same,
 * bit for bit, whatever the number of threads. One operation at a time.
 */
export class ArithmeticThreads {
  readonly #helpers: readonly Worker[];

  /** @param threads 1: all is done in the calling thread. */
  constructor(threads = 1) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const file = new URL(`./arithmetic-thread.${extension}`, import.meta.url);
    this.#helpers = Array.from({ length: threads - 1 }, () => {
      const helper = new Worker(file);
      helper.unref();
      return helper;
    });
  }

  /** `total = Σ parts`, added up in their order; to what is in `total` already unless `isFresh`. */
  async sum(
    total: Float32Array,
    parts: readonly Float32Array[],
    { isFresh }: { readonly isFresh: boolean },
  ): Promise<void> {
    await this.run({ kind: 'sum', total, parts, isFresh }, total.length);
  }

  /** The Euclidean norm. */
  async norm(values: Float32Array): Promise<number> {
    const bytes = Math.ceil(values.length / chunkLength) * Float64Array.BYTES_PER_ELEMENT;
    const sums = new Float64Array(new SharedArrayBuffer(bytes));
    await this.run({ kind: 'squares', values, sums }, values.length);
    return Math.sqrt(sums.reduce((total, sum) => total + sum, 0));
  }

  /** @param length How many numbers the operation is over. */
  async run(operation: Operation, length: number): Promise<void> {
    const [own, ...others] = sharesOf(length, this.#helpers.length + 1);
    const waiting = others.map(async (share, index) => {
      const helper = this.#helpers[index];
      if (helper !== undefined && share.start < share.end) await askHelper(helper, { operation, share });
    });
    if (own !== undefined) runOperation(operation, own);
    await Promise.all(waiting);
  }

  async close(): Promise<void> {
    await Promise.all(this.#helpers.map((helper) => helper.terminate()));
  }
}

/** Equal shares in whole chunks. */
function sharesOf(length: number, shares: number): Share[] {
  const chunks = Math.ceil(length / chunkLength);
  const startOf = (share: number) => Math.min(Math.ceil((chunks * share) / shares) * chunkLength, length);
  return Array.from({ length: shares }, (_, share) => ({ start: startOf(share), end: startOf(share + 1) }));
}

function askHelper(helper: Worker, request: ArithmeticRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      helper.off('message', done);
      helper.off('error', reject);
      helper.off('exit', ended);
      helper.unref();
      finish();
    };
    const done = () => settle(resolve);
    const ended = () => settle(() => reject(new Error('A thread for arithmetic has ended.')));
    helper.on('message', done).on('error', reject).on('exit', ended);
    // It keeps the process alive only while it is waited for.
    helper.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    helper.postMessage(request);
  });
}
