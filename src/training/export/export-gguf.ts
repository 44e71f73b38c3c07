import { mkdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { CheckpointError } from '../checkpoint/checkpoint-error.ts';
import { elementCount } from '../checkpoint/element-type.ts';
import { OpenModel } from '../checkpoint/open-model.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import type { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import type { ExportProgress } from './export-progress.ts';
import { blockNumbers, encodeGguf, ggufBytes } from './gguf-numbers.ts';
import { ggufTokenizer } from './gguf-tokenizer.ts';
import { writeGguf } from './gguf-writer.ts';
import type { GgufTensor, GgufTensorType, GgufValue } from './gguf-writer.ts';

export const ggufTypes = ['F32', 'F16', 'BF16', 'Q8_0'] as const satisfies readonly GgufTensorType[];

/** What llama.cpp calls a file by the type of most of its tensors. */
const fileTypes = { F32: 0, F16: 1, Q8_0: 7, BF16: 32 };

/** What llama.cpp calls the parameters that follow `model.layers.N.`. */
const layerNames: Readonly<Record<string, string>> = {
  'input_layernorm.weight': 'attn_norm.weight',
  'self_attn.q_proj.weight': 'attn_q.weight',
  'self_attn.k_proj.weight': 'attn_k.weight',
  'self_attn.v_proj.weight': 'attn_v.weight',
  'self_attn.q_norm.weight': 'attn_q_norm.weight',
  'self_attn.k_norm.weight': 'attn_k_norm.weight',
  'self_attn.o_proj.weight': 'attn_output.weight',
  'post_attention_layernorm.weight': 'ffn_norm.weight',
  'mlp.gate_proj.weight': 'ffn_gate.weight',
  'mlp.up_proj.weight': 'ffn_up.weight',
  'mlp.down_proj.weight': 'ffn_down.weight',
};

const otherNames: Readonly<Record<string, string>> = {
  'model.embed_tokens.weight': 'token_embd.weight',
  'model.norm.weight': 'output_norm.weight',
  'lm_head.weight': 'output.weight',
};

/**
 * Writes a decoder as a GGUF file that llama.cpp and what builds on it (Ollama, LM Studio) load, with its tokenizer.
 * Tensors are read and written one at a time.
 *
 * @param input.type Of the matrices; vectors are F32. With Q8_0, a matrix whose rows are no multiple of 32 is F16.
 * @throws CheckpointError The model is an encoder, has the convolution or no tokenizer, or cannot be read.
 */
export async function exportGguf(input: {
  readonly folder: string;
  readonly path: string;
  readonly type: GgufTensorType;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
}): Promise<{ readonly tensors: number }> {
  const { folder, path, type, signal, onProgress } = input;
  const model = await OpenModel.open(folder);
  try {
    const { configuration, tokenizer } = requireWritable(model, folder);
    const parameters = [...model.parameters].map(([name, { shape }]) => ({
      name,
      tensor: ggufTensor(ggufName(name), shape, type),
    }));
    const metadata = new Map([
      ...modelMetadata(configuration, { name: basename(resolve(folder)), type }),
      ...ggufTokenizer({ tokenizer, ...configuration }),
    ]);
    let done = 0;
    await mkdir(dirname(path), { recursive: true });
    await writeGguf({
      path,
      metadata,
      tensors: parameters.map(({ tensor }) => tensor),
      read: async function* (tensor) {
        signal?.throwIfAborted();
        const parameter = parameters.find((each) => each.tensor === tensor);
        yield* encodeGguf(await model.readNumbers(parameter?.name ?? ''), tensor.type);
        onProgress?.({ done: ++done, total: parameters.length });
      },
    });
    return { tensors: parameters.length };
  } finally {
    await model.close();
  }
}

function requireWritable(
  { configuration, tokenizer }: OpenModel,
  folder: string,
): { readonly configuration: DecoderConfiguration; readonly tokenizer: ModelTokenizer } {
  const refuse = (reason: string): CheckpointError =>
    new CheckpointError({
      message: `The model in ${folder} cannot be written as GGUF: ${reason}.`,
      remedy: 'Export it to ONNX or safetensors.',
    });
  if (configuration.kind === 'encoder') throw refuse('it is an encoder, and only decoders are written so');
  if (configuration.convolutionTaps > 0) {
    throw refuse('it has a convolution at its embedding, which llama.cpp does not compute');
  }
  if (tokenizer === null) throw refuse('it has no tokenizer.json, which must be in the file');
  return { configuration, tokenizer };
}

function modelMetadata(
  configuration: DecoderConfiguration,
  { name, type }: { readonly name: string; readonly type: GgufTensorType },
): Map<string, GgufValue> {
  const count = (value: number): GgufValue => ({ type: 'u32', value });
  const real = (value: number): GgufValue => ({ type: 'f32', value });
  return new Map<string, GgufValue>([
    ['general.architecture', { type: 'string', value: 'qwen3' }],
    ['general.type', { type: 'string', value: 'model' }],
    ['general.name', { type: 'string', value: name }],
    ['general.file_type', count(fileTypes[type])],
    ['general.quantization_version', count(2)],
    ['qwen3.vocab_size', count(configuration.vocabularySize)],
    ['qwen3.context_length', count(configuration.maximumPositions)],
    ['qwen3.embedding_length', count(configuration.hiddenSize)],
    ['qwen3.block_count', count(configuration.layers)],
    ['qwen3.feed_forward_length', count(configuration.intermediateSize)],
    ['qwen3.attention.head_count', count(configuration.attentionHeads)],
    ['qwen3.attention.head_count_kv', count(configuration.keyValueHeads)],
    ['qwen3.attention.key_length', count(configuration.headSize)],
    ['qwen3.attention.value_length', count(configuration.headSize)],
    ['qwen3.attention.layer_norm_rms_epsilon', real(configuration.normEpsilon)],
    ['qwen3.rope.freq_base', real(configuration.ropeTheta)],
  ]);
}

function ggufName(parameter: string): string {
  const other = otherNames[parameter];
  if (other !== undefined) return other;
  const [, layer = '', part = ''] = /^model\.layers\.(\d+)\.(.+)$/.exec(parameter) ?? [];
  const name = layerNames[part];
  if (name === undefined) throw new RangeError(`llama.cpp has no name for "${parameter}".`);
  return `blk.${layer}.${name}`;
}

function ggufTensor(name: string, shape: readonly number[], wanted: GgufTensorType): GgufTensor {
  const rowNumbers = shape.at(-1) ?? 1;
  const type = typeOf({ isVector: shape.length < 2, rowNumbers, wanted });
  return { name, type, shape, byteLength: ggufBytes(type, elementCount(shape)) };
}

function typeOf(input: {
  readonly isVector: boolean;
  readonly rowNumbers: number;
  readonly wanted: GgufTensorType;
}): GgufTensorType {
  if (input.isVector) return 'F32';
  const isWhole = input.rowNumbers % blockNumbers === 0;
  return input.wanted === 'Q8_0' && !isWhole ? 'F16' : input.wanted;
}
