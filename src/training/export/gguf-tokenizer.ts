import { z } from 'zod';
import { CheckpointError } from '../checkpoint/checkpoint-error.ts';
import type { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import { wordPatternSource } from '../tokenizer/word-pattern.ts';
import type { GgufValue } from './gguf-writer.ts';

/** How llama.cpp calls the patterns by which text is cut into words. */
const preTokenizers = new Map([
  [wordPatternSource, 'qwen2'],
  [wordPatternSource.replace(String.raw`|\p{N}|`, String.raw`|\p{N}{1,3}|`), 'llama-bpe'],
]);

/** What a token is, by its number in llama.cpp. */
const tokenTypes = { normal: 1, control: 3, userDefined: 4, unused: 5 };

const byteLevelSchema = z.looseObject({
  pre_tokenizer: z.union([
    z.looseObject({
      type: z.literal('Sequence'),
      pretokenizers: z.tuple([
        z.looseObject({ type: z.literal('Split'), pattern: z.looseObject({ Regex: z.string() }) }),
        z.looseObject({ type: z.literal('ByteLevel'), add_prefix_space: z.literal(false) }),
      ]),
    }),
    z.looseObject({ type: z.literal('ByteLevel'), add_prefix_space: z.literal(false) }),
  ]),
  model: z.looseObject({
    type: z.literal('BPE'),
    merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
  }),
});

/**
 * The metadata of a byte-level tokenizer (`gpt2` in llama.cpp).
 *
 * @param input.vocabularySize The rows of the embedding: ids without a token are filled up.
 * @param input.endTokenIds What ends a text; the first is named.
 * @throws CheckpointError The tokenizer is of a kind that llama.cpp does not compute alike.
 */
export function ggufTokenizer(input: {
  readonly tokenizer: ModelTokenizer;
  readonly vocabularySize: number;
  readonly endTokenIds: readonly number[];
}): Map<string, GgufValue> {
  const { tokenizer, vocabularySize } = input;
  const { merges, pre } = parse(tokenizer);
  const ids = Array.from({ length: vocabularySize }, (_, id) => id);
  const added = new Map(tokenizer.json.added_tokens.map(({ id, special }) => [id, special]));
  const typeOf = (id: number): number => {
    if (tokenizer.tokens[id] === undefined) return tokenTypes.unused;
    const special = added.get(id);
    if (special === undefined) return tokenTypes.normal;
    return special ? tokenTypes.control : tokenTypes.userDefined;
  };
  const metadata = new Map<string, GgufValue>([
    ['tokenizer.ggml.model', { type: 'string', value: 'gpt2' }],
    ['tokenizer.ggml.pre', { type: 'string', value: pre }],
    [
      'tokenizer.ggml.tokens',
      { type: 'strings', values: ids.map((id) => tokenizer.tokens[id] ?? `[PAD${id}]`) },
    ],
    ['tokenizer.ggml.token_type', { type: 'i32s', values: ids.map(typeOf) }],
    ['tokenizer.ggml.merges', { type: 'strings', values: merges }],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: false }],
  ]);
  const end = input.endTokenIds[0] ?? tokenizer.endOfTextId;
  if (end !== null) metadata.set('tokenizer.ggml.eos_token_id', { type: 'u32', value: end });
  if (tokenizer.paddingId !== null) {
    metadata.set('tokenizer.ggml.padding_token_id', { type: 'u32', value: tokenizer.paddingId });
  }
  if (tokenizer.chatTemplate !== null) {
    metadata.set('tokenizer.chat_template', { type: 'string', value: tokenizer.chatTemplate });
  }
  return metadata;
}

function parse(tokenizer: ModelTokenizer): { merges: string[]; pre: string } {
  const parsed = byteLevelSchema.safeParse(tokenizer.json);
  if (!parsed.success) {
    throw unsupported(
      tokenizer,
      'it is no byte-level BPE (the kind of GPT-2, Qwen and Llama 3)',
      parsed.error,
    );
  }
  const { pre_tokenizer: preTokenizer, model } = parsed.data;
  const pre =
    preTokenizer.type === 'ByteLevel'
      ? 'gpt-2'
      : preTokenizers.get(preTokenizer.pretokenizers[0].pattern.Regex);
  if (pre === undefined) throw unsupported(tokenizer, 'it cuts text into words by a pattern of its own');
  return {
    merges: model.merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' '))),
    pre,
  };
}

function unsupported(tokenizer: ModelTokenizer, reason: string, cause?: unknown): CheckpointError {
  return new CheckpointError({
    message: `The tokenizer ${tokenizer.path} cannot be written as GGUF: ${reason}.`,
    remedy: 'Export to ONNX or safetensors, which keep tokenizer.json as it is.',
    cause,
  });
}
