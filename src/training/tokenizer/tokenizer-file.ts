import { join } from 'node:path';
import { writeTextAtomically } from '../checkpoint/atomic-write.ts';
import type { ByteLevelBpe } from './train-byte-level-bpe.ts';
import { wordPatternSource } from './word-pattern.ts';

export const tokenizerFileName = 'tokenizer.json';
export const tokenizerSettingsFileName = 'tokenizer_config.json';
/** Where newer versions of Transformers keep the template. */
export const chatTemplateFileName = 'chat_template.jinja';

/** Which special token plays which part. */
export interface SpecialTokenRoles {
  /** Ends what a model says. */
  readonly endOfText: string;
  /** Fills rows up; the end of text unless told. */
  readonly padding?: string | undefined;
}

/** Messages as the Qwen models know them. */
const chatTemplate = [
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}",
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
].join('');

/**
 * Writes a trained tokenizer as `tokenizer.json` and `tokenizer_config.json`, which Hugging Face `tokenizers` and
 * Transformers (AutoTokenizer) load. With the special tokens `<|im_start|>` and `<|im_end|>` it has a chat template.
 */
export async function writeTokenizer(input: {
  readonly folder: string;
  readonly tokenizer: ByteLevelBpe;
  readonly roles: SpecialTokenRoles;
}): Promise<void> {
  const { folder, tokenizer, roles } = input;
  const isChat = ['<|im_start|>', '<|im_end|>'].every((token) => tokenizer.specialTokens.includes(token));
  const settings = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: null,
    eos_token: roles.endOfText,
    pad_token: roles.padding ?? roles.endOfText,
    unk_token: null,
    add_bos_token: false,
    clean_up_tokenization_spaces: false,
    ...(isChat && { chat_template: chatTemplate }),
  };
  await writeTextAtomically(join(folder, tokenizerFileName), `${JSON.stringify(tokenizerJson(tokenizer))}\n`);
  await writeTextAtomically(
    join(folder, tokenizerSettingsFileName),
    `${JSON.stringify(settings, null, 2)}\n`,
  );
}

/** The content of `tokenizer.json`. Text is not normalised, so that decoding gives back what was encoded. */
export function tokenizerJson({ tokens, merges, specialTokens }: ByteLevelBpe): object {
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: wordPatternSource }, behavior: 'Isolated', invert: false },
        byteLevel,
      ],
    },
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  };
}
