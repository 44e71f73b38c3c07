import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadTokenizer, TokenizerError } from './tokenizer.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'corpuscope-tokenizer-'));
afterAll(() => rmSync(folder, { recursive: true }));

function tokenizerFile(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const wordLevel = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [{ id: 1, content: '<|end|>', special: true, normalized: false }],
  normalizer: null,
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: null,
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: { '[UNK]': 0, '<|end|>': 1, hello: 2, world: 3, '##s': 5, end: 6, '<': 7, '>': 8, '|': 9 },
  },
};

describe('loadTokenizer', () => {
  it('counts o200k tokens', async () => {
    const tokenizer = await loadTokenizer('o200k');
    expect(tokenizer.id).toBe('o200k');
    expect(tokenizer.count('')).toBe(0);
    expect(tokenizer.count('Hello, world!')).toBe(4);
  });

  it('counts text that spells a special token as text', async () => {
    const o200k = await loadTokenizer('o200k');
    expect(o200k.count('<|endoftext|>')).toBeGreaterThan(1);
    const other = await loadTokenizer(tokenizerFile('special.json', wordLevel));
    expect(other.count('<|end|>')).toBe(5);
  });

  it('counts with a Hugging Face tokenizer.json, named by its content', async () => {
    const tokenizer = await loadTokenizer(tokenizerFile('tokenizer.json', wordLevel));
    expect(tokenizer.count('hello world worlds')).toBe(4);
    expect(tokenizer.id).toMatch(/^tokenizer\.json@[0-9a-f]{16}$/);
  });

  it('counts a text without any break piece by piece', async () => {
    const tokenizer = await loadTokenizer('o200k');
    expect(tokenizer.count('a'.repeat(16_000))).toBe(2000);
    expect(tokenizer.count('😀'.repeat(3001))).toBe(tokenizer.count('😀') * 3001);
  });

  it('names the cause where a tokenizer cannot be loaded', async () => {
    await expect(loadTokenizer(path.join(folder, 'none.json'))).rejects.toThrow(/no such file/);
    await expect(loadTokenizer(tokenizerFile('broken.json', '{'))).rejects.toThrow(TokenizerError);
    await expect(loadTokenizer(tokenizerFile('other.json', { a: 1 }))).rejects.toThrow(/it has no "model"/);
  });
});
