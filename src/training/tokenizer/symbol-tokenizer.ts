import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTextAtomically } from '../checkpoint/atomic-write.ts';
import { tokenizerFileName, tokenizerSettingsFileName } from './tokenizer-file.ts';

const unknown = '<unknown>';
const end = '<end>';

/**
 * Writes a tokenizer for texts of symbols between spaces, each symbol a token: for tasks over a small vocabulary. Two
 * tokens come before them: one for what is no symbol, and one that ends a text.
 */
export async function writeSymbolTokenizer(folder: string, symbols: readonly string[]): Promise<void> {
  const tokens = [unknown, end, ...new Set(symbols)];
  const special = [unknown, end].map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const file = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special,
    normalizer: null,
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: false },
    // Word pieces without any piece: every symbol is a whole word.
    model: {
      type: 'WordPiece',
      unk_token: unknown,
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 1000,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
    },
  };
  const settings = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: null,
    eos_token: end,
    pad_token: end,
    unk_token: unknown,
    clean_up_tokenization_spaces: false,
  };
  await mkdir(folder, { recursive: true });
  await writeTextAtomically(join(folder, tokenizerFileName), `${JSON.stringify(file)}\n`);
  await writeTextAtomically(
    join(folder, tokenizerSettingsFileName),
    `${JSON.stringify(settings, null, 2)}\n`,
  );
}
