import { Worker } from 'node:worker_threads';
import type { GraphProgram, TensorData, TensorSpecification } from './graph.ts';
import type { Binding, Reply, Request, RequestBody } from './runtime-messages.ts';
import { elementCount } from './tensor.ts';

/** What ONNX Runtime can compute by. */
export const executionProviders = ['cpu', 'webgpu'] as const;
export type ExecutionProvider = (typeof executionProviders)[number];

export interface RuntimeOptions {
  /** How many threads compute; absent: one for each core that ONNX Runtime finds. */
  readonly threads?: number;
  /** Where graphs run: `cpu` (default), or `webgpu` where there is a GPU. */
  readonly provider?: ExecutionProvider;
  /** Writes ONNX Runtime's profile of each program to files that begin so. */
  readonly profilePrefix?: string;
}

/** Graphs cannot run, or failed while running. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  readonly remedy: string;

  constructor(message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.remedy = remedy;
  }
}

/** Buffers of a program by the names of its inputs or outputs. They must lie in shared memory. */
export type Buffers = Readonly<Record<string, TensorData>>;

/**
 * Runs programs on ONNX Runtime in a thread of its own, since a run blocks its thread. Buffers lie in memory that
 * both threads share, so that nothing is copied: write inputs, `run`, read outputs. One run at a time.
 */
export class Runtime {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<number>>();
  #requests = 0;
  #failure: RuntimeError | null = null;

  constructor(options: RuntimeOptions = {}) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./runtime-thread.${extension}`, import.meta.url), {
      workerData: options,
    });
    this.#worker.unref();
    this.#worker.on('message', (reply: Reply) => this.#receive(reply));
    this.#worker.on('error', (error) => this.#fail('The thread that runs graphs crashed', error));
    this.#worker.on('exit', () => this.#fail('The thread that runs graphs has ended', undefined));
  }

  /**
   * Loads a program.
   *
   * @throws RuntimeError ONNX Runtime is not installed, or refuses the program.
   */
  async load(program: GraphProgram): Promise<LoadedProgram> {
    const id = await this.#ask({ kind: 'load', bytes: program.bytes });
    return new LoadedProgram(program, {
      bind: (binding) => this.#ask({ kind: 'bind', program: id, binding }),
      run: (bound) => this.#ask({ kind: 'run', bound }),
      unbind: (bound) => this.#ask({ kind: 'unbind', bound }),
      release: () => this.#ask({ kind: 'release', program: id }),
    });
  }

  /** Ends the thread, after what is under way in it: ONNX Runtime brings the process down where a run is cut off. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#waiting.values()].map(({ promise }) => promise));
    await this.#worker.terminate();
  }

  #ask(body: RequestBody): Promise<number> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    this.#requests++;
    const waiting = Promise.withResolvers<number>();
    this.#waiting.set(this.#requests, waiting);
    // The thread keeps the process alive only while something is waited for.
    this.#worker.ref();
    const request: Request = { id: this.#requests, body };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(request);
    return waiting.promise;
  }

  #receive({ id, result, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (error === undefined) waiting?.resolve(result ?? 0);
    else waiting?.reject(new RuntimeError(error.message, error.remedy));
  }

  #fail(what: string, cause: unknown): void {
    this.#failure ??= new RuntimeError(
      `${what}${cause instanceof Error ? `: ${cause.message}` : '.'}`,
      'Use smaller batches or shorter sequences if memory ran out; else report this.',
      cause,
    );
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failure);
    this.#waiting.clear();
  }
}

interface ProgramCalls {
  readonly bind: (binding: Binding) => Promise<number>;
  readonly run: (bound: number) => Promise<number>;
  readonly unbind: (bound: number) => Promise<number>;
  readonly release: () => Promise<number>;
}

/** A program in the runtime. */
export class LoadedProgram {
  readonly program: GraphProgram;
  readonly #calls: ProgramCalls;

  constructor(program: GraphProgram, calls: ProgramCalls) {
    this.program = program;
    this.#calls = calls;
  }

  /**
   * Joins the program with buffers. Those not given are allocated; a buffer for a name that the program does not
   * have is ignored, since programs leave out what they do not need.
   */
  async bind(given: { readonly inputs?: Buffers; readonly outputs?: Buffers } = {}): Promise<BoundProgram> {
    const { inputs, outputs } = this.program;
    const own = (specifications: ReadonlyMap<string, TensorSpecification>, buffers: Buffers = {}) =>
      Object.fromEntries(
        [...specifications].map(([name, specification]) => [
          name,
          checkedBuffer(name, specification, buffers[name] ?? allocate(specification)),
        ]),
      );
    const bound = { inputs: own(inputs, given.inputs), outputs: own(outputs, given.outputs) };
    const id = await this.#calls.bind({
      inputs: [...inputs].flatMap(([name, { shape }]) => tensorOf(name, shape, bound.inputs[name])),
      outputs: [...outputs].flatMap(([name, { valueName, shape }]) =>
        tensorOf(valueName, shape, bound.outputs[name]),
      ),
    });
    return {
      ...bound,
      run: async () => void (await this.#calls.run(id)),
      release: async () => void (await this.#calls.unbind(id)),
    };
  }

  async release(): Promise<void> {
    await this.#calls.release();
  }
}

/** A program with its buffers. */
export interface BoundProgram {
  readonly inputs: Buffers;
  readonly outputs: Buffers;
  /** Computes the outputs from what stands in the inputs now. */
  readonly run: () => Promise<void>;
  /** Forgets the buffers; the program stays. */
  readonly release: () => Promise<void>;
}

/** A buffer of zeros in shared memory for a tensor. */
export function allocate({ type, shape }: TensorSpecification): TensorData {
  const count = elementCount(shape);
  switch (type) {
    case 'float32':
      return new Float32Array(new SharedArrayBuffer(count * 4));
    case 'int64':
      return new BigInt64Array(new SharedArrayBuffer(count * 8));
    case 'bool':
      return new Uint8Array(new SharedArrayBuffer(count));
  }
}

function checkedBuffer(name: string, { shape }: TensorSpecification, buffer: TensorData): TensorData {
  if (buffer.length !== elementCount(shape)) {
    throw new RuntimeError(
      `The buffer of "${name}" holds ${buffer.length} numbers; its shape [${shape.join(', ')}] needs ${elementCount(shape)}.`,
      'Pass a buffer of that length, or none.',
    );
  }
  if (!(buffer.buffer instanceof SharedArrayBuffer)) {
    throw new RuntimeError(
      `The buffer of "${name}" does not lie in shared memory.`,
      'Make it over a SharedArrayBuffer (see allocate).',
    );
  }
  return buffer;
}

function tensorOf(name: string, shape: readonly number[], data: TensorData | undefined): Binding['inputs'] {
  return data === undefined ? [] : [{ name, shape, data }];
}
