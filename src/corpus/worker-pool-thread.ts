// What runs in each thread of a WorkerPool: it loads the task module and runs one task after the other.
import { parentPort, workerData } from 'node:worker_threads';
import type { FromThread, TaskFunction, ToThread } from './worker-pool-messages.ts';

const port = parentPort;
if (port === null) throw new Error('worker-pool-thread must be started by a WorkerPool.');

/** Those who wait until a part that they sent has been taken. */
const waiting: (() => void)[] = [];

const run = await loadTaskFunction(workerData);

function post(message: FromThread): void {
  port?.postMessage(message);
}

function sendPart(part: unknown): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    post({ kind: 'part', part });
  });
}

async function runTask(task: unknown): Promise<void> {
  try {
    post({ kind: 'done', result: await run(task, sendPart) });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    post({ kind: 'failed', name, message, stack });
  }
}

async function loadTaskFunction(data: unknown): Promise<TaskFunction> {
  const url = String(data);
  const loaded: unknown = await import(url);
  if (typeof loaded === 'object' && loaded !== null && 'default' in loaded) {
    const { default: exported } = loaded;
    if (isTaskFunction(exported)) return exported;
  }
  throw new Error(`The task module ${url} must export a function as its default.`);
}

function isTaskFunction(value: unknown): value is TaskFunction {
  return typeof value === 'function';
}

port.on('message', (message: ToThread) => {
  if (message.kind === 'task') void runTask(message.task);
  else waiting.shift()?.();
});
