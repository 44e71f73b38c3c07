import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { EmbeddingModelV4 } from '@ai-sdk/provider';
import { loadTokenizer } from '../../corpus/index.ts';
import { WorkerPool, WorkerTaskError } from '../../corpus/worker-pool.ts';
import { ConcurrencyLimit } from '../calls/concurrency-limit.ts';
import { ModelError } from '../model-error.ts';
import type { ResolvedEmbeddingModel } from './embedding-model.ts';
import { readOnnxFolder, type OnnxFolder } from './onnx-folder.ts';
import type { OnnxTask, OnnxVectors } from './onnx-task.ts';

/**
 * Small encoders are trained on texts of about this length, and a vector of a short text tells its facts apart: cut to
 * this, look-ups found the stated cell first twice as often as with passages of 600 tokens (docs/results/retrieval.md).
 */
const bestTokens = 128;

/** A larger model is held once and uses all cores for one text; a smaller one is held by each thread. */
const largestSharedBytes = 250_000_000;

const textsATask = 4;

/**
 * An encoder that runs in this process: `onnx:FOLDER`. Vectors have length 1.
 *
 * @throws {ModelError} of kind `unavailable` when the folder holds no encoder or onnxruntime-node is not installed.
 */
export async function loadOnnxEmbeddingModel({
  id,
  path,
}: {
  id: string;
  path: string;
}): Promise<ResolvedEmbeddingModel> {
  requireRuntime(id);
  const folder = await readOnnxFolder(path);
  const cores = availableParallelism();
  const size = folder.modelBytes <= largestSharedBytes ? cores : 1;
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const pool = new WorkerPool<OnnxTask, OnnxVectors>({
    module: new URL(`./onnx-task.${extension}`, import.meta.url),
    size,
  });
  const encoder = new Encoder({ id, folder, pool, threads: cores / size, size });
  try {
    // A model or tokenizer that cannot be used shows now and not after the corpus has been cut.
    await encoder.doEmbed({ values: ['a first text'] });
    return {
      id,
      identity: `onnx:${folder.hash}`,
      model: encoder,
      isLocal: true,
      tokenizer: await loadTokenizer(folder.tokenizerFile),
      bestTokens: Math.min(bestTokens, folder.maximumTokens),
      prompts: folder.prompts,
      usdPerMillionTokens: 0,
      close: () => encoder.close(),
    };
  } catch (error) {
    await encoder.close();
    throw error;
  }
}

function requireRuntime(id: string): void {
  try {
    createRequire(import.meta.url).resolve('onnxruntime-node');
  } catch {
    throw new ModelError({
      kind: 'unavailable',
      message: `${id} needs the optional package onnxruntime-node, which is not installed.`,
      remedy: 'Install it: npm install onnxruntime-node --ignore-scripts (the CPU build is in the package).',
    });
  }
}

/**
 * A thread that is ended while ONNX Runtime runs in it takes the whole process with it. So whoever is aborted leaves
 * at once, but the few texts that a thread is at are let finish.
 */
class Encoder implements EmbeddingModelV4 {
  readonly specificationVersion = 'v4';
  readonly provider = 'onnx';
  readonly modelId: string;
  readonly maxEmbeddingsPerCall = Number.POSITIVE_INFINITY;
  readonly supportsParallelCalls = true;
  readonly #id: string;
  readonly #folder: OnnxFolder;
  readonly #pool: WorkerPool<OnnxTask, OnnxVectors>;
  readonly #threads: number;
  readonly #places: ConcurrencyLimit;
  readonly #running = new Set<Promise<unknown>>();

  constructor({
    id,
    folder,
    pool,
    threads,
    size,
  }: {
    id: string;
    folder: OnnxFolder;
    pool: WorkerPool<OnnxTask, OnnxVectors>;
    threads: number;
    size: number;
  }) {
    this.#id = id;
    this.modelId = folder.modelFile;
    this.#folder = folder;
    this.#pool = pool;
    this.#threads = threads;
    this.#places = new ConcurrencyLimit(size);
  }

  doEmbed: EmbeddingModelV4['doEmbed'] = async ({ values, abortSignal = new AbortController().signal }) => {
    const parts: Promise<OnnxVectors>[] = [];
    for (let first = 0; first < values.length; first += textsATask) {
      parts.push(this.#embed(values.slice(first, first + textsATask), abortSignal));
    }
    const results = await Promise.all(parts);
    return {
      embeddings: results.flatMap(({ vectors }, index) =>
        split(vectors, Math.min(textsATask, values.length - index * textsATask)),
      ),
      usage: { tokens: results.reduce((sum, { tokens }) => sum + tokens, 0) },
      warnings: [],
    };
  };

  async close(): Promise<void> {
    await Promise.allSettled(this.#running);
    await this.#pool.close();
  }

  async #embed(texts: readonly string[], signal: AbortSignal): Promise<OnnxVectors> {
    await this.#places.acquire(signal);
    const task = this.#pool.run({ folder: this.#folder, threads: this.#threads, texts });
    const running: Promise<unknown> = task
      .catch(() => {})
      .finally(() => {
        this.#running.delete(running);
        this.#places.release();
      });
    this.#running.add(running);
    try {
      return await untilAborted(task, signal);
    } catch (error) {
      if (!(error instanceof WorkerTaskError)) throw error;
      throw new ModelError({
        kind: 'unavailable',
        message: `${this.#id} cannot be used: ${error.message}`,
        remedy: 'It must be a sentence encoder in ONNX with its own tokenizer.json beside it.',
      });
    }
  }
}

function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const leave = (): void => reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  return promise;
}

function split(vectors: Float32Array, count: number): number[][] {
  const dimensions = vectors.length / count;
  return Array.from({ length: count }, (_, index) => [
    ...vectors.subarray(index * dimensions, (index + 1) * dimensions),
  ]);
}
