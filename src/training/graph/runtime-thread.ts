// The thread of a Runtime: holds ONNX Runtime sessions and runs them over shared memory.
import { parentPort, workerData } from 'node:worker_threads';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { RuntimeOptions } from './runtime.ts';
import type { Binding, BoundTensor, Reply, Request, RequestBody } from './runtime-messages.ts';

type OnnxRuntime = typeof import('onnxruntime-node');

const options = workerData as RuntimeOptions;
const sessions = new Map<number, InferenceSession>();
const bindings = new Map<
  number,
  { readonly session: InferenceSession; readonly feeds: Tensors; readonly fetches: Tensors }
>();
let count = 0;

type Tensors = Record<string, Tensor>;

class RequestError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

async function answer(body: RequestBody): Promise<number> {
  switch (body.kind) {
    case 'load':
      sessions.set(++count, await createSession(body.bytes));
      return count;
    case 'bind':
      bindings.set(++count, await bind(body.program, body.binding));
      return count;
    case 'run': {
      const bound = bindings.get(body.bound);
      if (bound === undefined)
        throw new RequestError('The buffers were released.', 'Bind the program again.');
      await bound.session.run(bound.feeds, bound.fetches);
      return 0;
    }
    case 'unbind':
      bindings.delete(body.bound);
      return 0;
    case 'release':
      await sessions.get(body.program)?.release();
      sessions.delete(body.program);
      return 0;
  }
}

async function createSession(bytes: Uint8Array): Promise<InferenceSession> {
  const { InferenceSession: sessions } = await onnxRuntime();
  const { threads, provider = 'cpu', profilePrefix } = options;
  try {
    return await sessions.create(bytes, {
      ...(threads !== undefined && { intraOpNumThreads: threads }),
      executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      ...(profilePrefix !== undefined && { enableProfiling: true, profileFilePrefix: profilePrefix }),
    });
  } catch (error) {
    if (provider === 'cpu') throw error;
    // What ONNX Runtime says begins with the place in its source.
    const words = error instanceof Error ? (error.message.trim().split('\n')[0] ?? '') : String(error);
    throw new RequestError(
      `ONNX Runtime cannot compute by ${provider} here: ${words.replace(/^.* was false\. /, '')}`,
      'Compute on the processor (cpu), or give this machine a GPU with its driver (on Linux: Vulkan).',
    );
  }
}

async function bind(program: number, { inputs, outputs }: Binding) {
  const session = sessions.get(program);
  if (session === undefined) throw new RequestError('The program was released.', 'Load it again.');
  const runtime = await onnxRuntime();
  const tensors = (bound: readonly BoundTensor[]): Tensors =>
    Object.fromEntries(bound.map((tensor) => [tensor.name, toTensor(runtime, tensor)]));
  return { session, feeds: tensors(inputs), fetches: tensors(outputs) };
}

function toTensor(runtime: OnnxRuntime, { shape, data }: BoundTensor): Tensor {
  if (data instanceof Float32Array) return new runtime.Tensor('float32', data, shape);
  if (data instanceof BigInt64Array) return new runtime.Tensor('int64', data, shape);
  return new runtime.Tensor('bool', data, shape);
}

async function onnxRuntime(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new RequestError(
      `Training and own policies need the optional package onnxruntime-node, which does not load: ${reason}`,
      'Install it: npm install onnxruntime-node --ignore-scripts (the CPU build is in the package).',
    );
  }
}

function post(reply: Reply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(reply);
}

parentPort?.on('message', ({ id, body }: Request) => {
  answer(body).then(
    (result) => post({ id, result }),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      const remedy =
        error instanceof RequestError
          ? error.remedy
          : 'Use smaller batches or shorter sequences if memory ran out; else report this.';
      post({ id, error: { message, remedy } });
    },
  );
});
