// What a thread does for an encoder in process: it turns texts into vectors. ONNX Runtime blocks while it runs.
import { readFile } from 'node:fs/promises';
import type { Tokenizer } from '@huggingface/tokenizers';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { OnnxFolder } from './onnx-folder.ts';

export interface OnnxTask {
  readonly folder: OnnxFolder;
  readonly threads: number;
  readonly texts: readonly string[];
}

export interface OnnxVectors {
  /** One after the other, each of length 1. */
  readonly vectors: Float32Array;
  readonly tokens: number;
}

interface Encoder {
  readonly session: InferenceSession;
  readonly tokenizer: Tokenizer;
  readonly createTensor: (values: BigInt64Array) => Tensor;
}

let loading: Promise<Encoder> | null = null;

export default async function embed({ folder, threads, texts }: OnnxTask): Promise<OnnxVectors> {
  loading ??= load(folder, threads);
  const encoder = await loading;
  const found: Float32Array[] = [];
  let tokens = 0;
  // One text a run. Runs of several are no faster on a CPU, and quantised models scale by all that is in a run: a
  // text would have another vector in other company.
  for (const text of texts) {
    const ids = tokenIds(encoder.tokenizer, text, folder.maximumTokens);
    tokens += ids.length;
    found.push(await embedOne({ encoder, ids, pooling: folder.pooling }));
  }
  const dimensions = found[0]?.length ?? 0;
  const vectors = new Float32Array(dimensions * found.length);
  found.forEach((vector, index) => vectors.set(vector, index * dimensions));
  return { vectors, tokens };
}

async function load(folder: OnnxFolder, threads: number): Promise<Encoder> {
  const { InferenceSession: sessions, Tensor: tensors } = await import('onnxruntime-node');
  const { Tokenizer: HuggingFaceTokenizer } = await import('@huggingface/tokenizers');
  const config = folder.tokenizerConfigFile === null ? {} : await readJson(folder.tokenizerConfigFile);
  return {
    session: await sessions.create(folder.modelFile, {
      intraOpNumThreads: threads,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    }),
    tokenizer: new HuggingFaceTokenizer(await readJson(folder.tokenizerFile), config),
    createTensor: (values) => new tensors('int64', values, [1, values.length]),
  };
}

async function readJson(file: string): Promise<object> {
  return JSON.parse(await readFile(file, 'utf8')) as object;
}

/** The text between the marks that the model was trained with; of a longer text the beginning. */
function tokenIds(tokenizer: Tokenizer, text: string, maximumTokens: number): number[] {
  const { ids } = tokenizer.encode(text);
  return ids.length <= maximumTokens ? ids : [...ids.slice(0, maximumTokens - 1), ...ids.slice(-1)];
}

async function embedOne({
  encoder: { session, createTensor },
  ids,
  pooling,
}: {
  encoder: Encoder;
  ids: readonly number[];
  pooling: OnnxFolder['pooling'];
}): Promise<Float32Array> {
  const feeds: Record<string, Tensor> = {};
  for (const name of session.inputNames) feeds[name] = createTensor(inputOf(name, ids));
  const outputs = await session.run(feeds);
  const output =
    outputs['sentence_embedding'] ?? outputs['last_hidden_state'] ?? outputs[session.outputNames[0] ?? ''];
  if (output === undefined || !(output.data instanceof Float32Array)) {
    throw new Error('The model gives no vectors of 32-bit floating point numbers.');
  }
  const dimensions = output.dims.at(-1) ?? 0;
  const sum = new Float32Array(dimensions);
  const rows = pooling === 'cls' ? 1 : output.data.length / dimensions;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < dimensions; column += 1) {
      sum[column] = (sum[column] ?? 0) + (output.data[row * dimensions + column] ?? 0);
    }
  }
  return toUnitLength(sum);
}

function inputOf(name: string, ids: readonly number[]): BigInt64Array {
  switch (name) {
    case 'input_ids':
      return BigInt64Array.from(ids, BigInt);
    case 'attention_mask':
      return new BigInt64Array(ids.length).fill(1n);
    case 'token_type_ids':
      return new BigInt64Array(ids.length);
    default:
      throw new Error(`The model wants an input "${name}", which no sentence encoder has.`);
  }
}

/** Mean and sum have the same direction. */
function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}
