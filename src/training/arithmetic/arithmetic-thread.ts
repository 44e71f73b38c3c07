// A thread of ArithmeticThreads.
import { parentPort } from 'node:worker_threads';
import type { ArithmeticRequest } from './arithmetic-threads.ts';
import { runOperation } from './operations.ts';

parentPort?.on('message', ({ operation, share }: ArithmeticRequest) => {
  runOperation(operation, share);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(null);
});
