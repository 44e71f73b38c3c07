import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readFailure } from './read-failure.ts';

/** Counts text in the tokens of a language model. */
export interface Tokenizer {
  /** `o200k`, or the file name and a hash of the content of a `tokenizer.json`: equal ids count alike. */
  readonly id: string;
  /** The number of tokens. Text that spells a special token (`<|endoftext|>`) counts as the text it is. */
  count(text: string): number;
}

/** A tokenizer that cannot be loaded. */
export class TokenizerError extends Error {
  override readonly name = 'TokenizerError';
}

/**
 * Loads a tokenizer.
 *
 * @param specification `o200k` (the default everywhere; needs no file) or the path of a Hugging Face
 *   `tokenizer.json`.
 * @throws TokenizerError
 */
export function loadTokenizer(specification: string): Promise<Tokenizer> {
  return specification === 'o200k' ? loadO200k() : loadHuggingFace(specification);
}

async function loadO200k(): Promise<Tokenizer> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  const options = { disallowedSpecial: new Set<string>() };
  return { id: 'o200k', count: (text) => countInPieces(text, (piece) => countTokens(piece, options)) };
}

async function loadHuggingFace(file: string): Promise<Tokenizer> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    const problem = readFailure(error).replace('vanished while reading', 'there is no such file');
    throw new TokenizerError(
      `The tokenizer ${file} cannot be read: ${problem}. Use "o200k" or the path of a Hugging Face tokenizer.json.`,
      { cause: error },
    );
  });
  try {
    const { Tokenizer: HuggingFaceTokenizer } = await import('@huggingface/tokenizers');
    const tokenizer = new HuggingFaceTokenizer(withoutSpecialTokens(JSON.parse(content)), {});
    const count = (piece: string): number =>
      tokenizer.encode(piece, { add_special_tokens: false }).ids.length;
    count('A first text shows whether it works.');
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
    return { id: `${path.basename(file)}@${hash}`, count: (text) => countInPieces(text, count) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new TokenizerError(`${file} is not a Hugging Face tokenizer.json that can be used: ${problem}`, {
      cause: error,
    });
  }
}

/** Without its special tokens a tokenizer takes text that spells one for text. */
function withoutSpecialTokens(json: unknown): object {
  if (typeof json !== 'object' || json === null || !('model' in json)) {
    throw new TypeError('it has no "model"');
  }
  const added: unknown = 'added_tokens' in json ? json.added_tokens : [];
  if (!Array.isArray(added)) return json;
  const isSpecial = (token: unknown): boolean =>
    typeof token === 'object' && token !== null && 'special' in token && token.special === true;
  return { ...json, added_tokens: added.filter((token) => !isSpecial(token)), post_processor: null };
}

const longestRun = 2000;

/**
 * A run without end of letters, of marks or of white space costs a tokenizer time by its length squared, so such
 * runs are counted in pieces. That differs from the exact count by a few tokens a piece.
 */
function countInPieces(text: string, count: (piece: string) => number): number {
  if (text.length <= longestRun) return count(text);
  let total = 0;
  let pieceStart = 0;
  let runStart = 0;
  let runIsSpace = false;
  for (let index = 0; index < text.length; index += 1) {
    const isSpace = text.charCodeAt(index) <= 0x20;
    if (isSpace !== runIsSpace) {
      runIsSpace = isSpace;
      runStart = index;
    } else if (index - runStart >= longestRun) {
      const end = isLowSurrogate(text.charCodeAt(index)) ? index - 1 : index;
      total += count(text.slice(pieceStart, end));
      pieceStart = end;
      runStart = end;
    }
  }
  return total + count(text.slice(pieceStart));
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
