// A thread of MergeThreads: opens the checkpoints for itself, and merges tensors one after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { CheckpointTensors } from '../checkpoint/checkpoint-tensors.ts';
import type { PlannedTensor } from './merge-plan.ts';
import { frameOf } from './merge-recipe.ts';
import type { MergeRecipe } from './merge-recipe.ts';
import { readMerged } from './merge-tensor.ts';
import type { MergeSources } from './merge-tensor.ts';
import type { MergeReply } from './merge-threads.ts';

const recipe = workerData as MergeRecipe;
let opened: Promise<MergeSources> | null = null;

async function open(): Promise<MergeSources> {
  const frame = await CheckpointTensors.open(frameOf(recipe));
  return { recipe, frame, models: await Promise.all(recipe.models.map(CheckpointTensors.open)) };
}

function post(reply: MergeReply): void {
  const buffer = reply.data?.buffer;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(reply, buffer instanceof ArrayBuffer ? [buffer] : []);
}

parentPort?.on('message', (tensor: PlannedTensor) => {
  opened ??= open();
  opened
    .then((sources) => readMerged(sources, tensor))
    .then(
      (data) => post({ data }),
      (error: unknown) => {
        const { name = 'Error', message = String(error) } = error instanceof Error ? error : {};
        const remedy = error instanceof Error && 'remedy' in error ? String(error.remedy) : '';
        post({ error: { name, message, remedy } });
      },
    );
});
