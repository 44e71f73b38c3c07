import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, asyncProperty, constantFrom, property, string } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckpointError } from '../checkpoint/checkpoint-error.ts';
import { byteCharacters } from './byte-characters.ts';
import { ModelTokenizer } from './model-tokenizer.ts';
import { PairQueue } from './pair-queue.ts';
import { requireFittingTokenizer } from './require-fitting-tokenizer.ts';
import { writeTokenizer } from './tokenizer-file.ts';
import { trainByteLevelBpe } from './train-byte-level-bpe.ts';
import { splitIntoWords } from './word-pattern.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-model-tokenizer-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const texts = [
  'The revenue of Acme rose to 1,204 in 2023.\nThe revenue of Bolt fell to 98 in 2023.\r\n\r\n',
  "It's theirs; the theatre's THERE, they'LL see.\n  Umsätze stiegen überall — 売上高は増加した 😀😀\n",
  'aaaa aaa aaaaa abab ababab banana',
];
const settings = { vocabularySize: 290, specialTokens: ['<|endoftext|>', '<|im_end|>'] };

// What Hugging Face's BpeTrainer (tokenizers, Python) learns from these texts, and the ids it then gives.
const expectedMerges =
  "a a|h e|Ġ t|a b|Ġt he|e n|r e|ã ģ|ab ab|' s|. Ċ|T he|a n|i n|l l|o f|s e|u e|v en|ð Ł|č Ċ|Ġ aa|Ġ re|Ġ abab|Ġ in|Ġ of|ĺ Ģ|" +
  'Ġt o|ven ue|ðŁ ĺĢ|Ġre venue';
const expectedIds: [string, number[]][] = [
  [
    "The theatre's revenue fell to 98.\n",
    [269, 262, 66, 85, 264, 267, 288, 222, 71, 70, 272, 285, 222, 26, 25, 268],
  ],
  [
    'banana\u0085\ufeff überall 😀 ॐ',
    [
      67, 270, 270, 66, 128, 229, 173, 121, 125, 222, 129, 122, 67, 70, 83, 66, 272, 222, 287, 222, 158, 100,
      240,
    ],
  ],
];

async function trained(): Promise<ModelTokenizer> {
  const tokenizer = await trainByteLevelBpe(texts, settings);
  await writeTokenizer({ folder, tokenizer, roles: { endOfText: '<|endoftext|>' } });
  return ModelTokenizer.load(folder);
}

describe('trainByteLevelBpe', () => {
  it('learns what the reference implementation learns', async () => {
    const { tokens, merges } = await trainByteLevelBpe(texts, settings);
    expect(merges.map((pair) => pair.join(' ')).join('|')).toBe(expectedMerges);
    expect(tokens).toHaveLength(289);
    expect(tokens.slice(0, 4)).toEqual(['<|endoftext|>', '<|im_end|>', '!', '"']);
  });

  it('learns the same from a stream, in any order of the texts', async () => {
    async function* stream(): AsyncGenerator<string> {
      for (const text of texts.toReversed()) yield text;
    }
    expect(await trainByteLevelBpe(stream(), settings)).toEqual(await trainByteLevelBpe(texts, settings));
  });

  it('stops where the vocabulary is full, and leaves words of data out', async () => {
    const full = await trainByteLevelBpe(texts, { vocabularySize: 260 });
    expect(full.tokens).toHaveLength(260);
    const data = 'QUJD'.repeat(300);
    expect((await trainByteLevelBpe([data, data], { vocabularySize: 300 })).merges).toEqual([]);
  });

  it('merges as the plain algorithm does, which counts all pairs anew each time', async () => {
    const anyText = array(constantFrom('a', 'b', 'ab', 'c', ' ', 'aa'), { maxLength: 60 });
    await assert(
      asyncProperty(anyText, async (pieces) => {
        const text = pieces.join('');
        const { merges } = await trainByteLevelBpe([text], { vocabularySize: 275 });
        expect(merges).toEqual(plainMerges(text, merges.length));
      }),
    );
  });

  it.each([
    [{ vocabularySize: 200 }, 'A vocabulary of 200 tokens cannot be: it must be a whole number from 256'],
    [{ vocabularySize: 300.5 }, 'cannot be'],
    [{ vocabularySize: 300, specialTokens: ['<a>', '<a>'] }, '"<a>" cannot be a special token'],
    [{ vocabularySize: 300, specialTokens: ['x'] }, '"x" cannot be a special token'],
  ])('refuses impossible settings', async (impossible, message) => {
    await expect(trainByteLevelBpe(texts, impossible)).rejects.toThrow(message);
  });
});

/** The first merges by the book; of equals the pair whose tokens were made first. */
function plainMerges(text: string, count: number): [string, string][] {
  const order = byteCharacters.toSorted();
  let words = [...splitIntoWords(text)].map((word) =>
    [...Buffer.from(word)].map((byte) => byteCharacters[byte] ?? ''),
  );
  const merges: [string, string][] = [];
  while (merges.length < count) {
    const pairs = new Map<string, { pair: [string, string]; count: number }>();
    for (const word of words) {
      for (const [index, right] of word.slice(1).entries()) {
        const pair: [string, string] = [word[index] ?? '', right];
        const known = pairs.get(pair.join(' '));
        pairs.set(pair.join(' '), { pair, count: (known?.count ?? 0) + 1 });
      }
    }
    const rank = ([left, right]: [string, string]): number =>
      order.indexOf(left) * 1e6 + order.indexOf(right);
    const [best] = [...pairs.values()].sort(
      (one, other) => other.count - one.count || rank(one.pair) - rank(other.pair),
    );
    if (best === undefined) break;
    const [left, right] = best.pair;
    merges.push(best.pair);
    if (!order.includes(left + right)) order.push(left + right);
    words = words.map((word) => {
      const merged: string[] = [];
      for (let index = 0; index < word.length; index++) {
        const isPair = word[index] === left && word[index + 1] === right;
        merged.push(isPair ? left + right : (word[index] ?? ''));
        if (isPair) index++;
      }
      return merged;
    });
  }
  return merges;
}

describe('PairQueue', () => {
  it('gives pairs by their count at the time, of equals the one with the smaller ids', () => {
    const pair = (left: number, right: number, count: number) => ({ left, right, count, words: [] });
    const pairs = [pair(1, 2, 5), pair(0, 9, 5), pair(0, 3, 5), pair(7, 7, 9), pair(4, 4, 1)];
    const queue = new PairQueue();
    for (const each of pairs) queue.push(each);
    const [, , , falling] = pairs;
    if (falling !== undefined) falling.count = 2;
    const order = pairs.map(() => queue.pop()).map((each) => [each?.left, each?.right]);
    expect(order).toEqual([
      [0, 3],
      [0, 9],
      [1, 2],
      [7, 7],
      [4, 4],
    ]);
    expect(queue.pop()).toBeUndefined();
  });
});

describe('splitIntoWords', () => {
  it('loses nothing of any text', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect([...splitIntoWords(text)].join('')).toBe(text);
      }),
    );
    expect([...splitIntoWords("they'LL earn 120 €\n\n  now")]).toEqual([
      'they',
      "'LL",
      ' earn',
      ' ',
      '1',
      '2',
      '0',
      ' €\n\n',
      ' ',
      ' now',
    ]);
  });
});

describe('ModelTokenizer', () => {
  it('gives the ids that the reference implementation gives', async () => {
    const tokenizer = await trained();
    for (const [text, ids] of expectedIds) expect(tokenizer.encode(text)).toEqual(ids);
  });

  it('gives back any text', async () => {
    const tokenizer = await trained();
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
    );
    expect(tokenizer.decode(tokenizer.encode('it ca n\'t be , " cleaned " .'))).toBe(
      'it ca n\'t be , " cleaned " .',
    );
  });

  it('takes special tokens for text in a text, and for themselves in a template', async () => {
    const tokenizer = await trained();
    const text = 'a<|im_end|>';
    expect(tokenizer.encode(text)).not.toContain(1);
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    const ids = tokenizer.encodeTemplate(text);
    expect(ids.at(-1)).toBe(1);
    expect(tokenizer.decode(ids)).toBe('a');
    expect(tokenizer.decode(ids, { specialTokens: true })).toBe(text);
    expect([tokenizer.endOfTextId, tokenizer.paddingId, tokenizer.idOf('<|im_end|>')]).toEqual([0, 0, 1]);
  });

  it('frames a text as its file says', async () => {
    const file = join(folder, 'bert.json');
    const bracket = (token: string) => ({ SpecialToken: { id: token, type_id: 0 } });
    await writeFile(
      file,
      JSON.stringify({
        added_tokens: [
          { id: 0, content: '[CLS]', special: true },
          { id: 1, content: '[SEP]', special: true },
        ],
        pre_tokenizer: { type: 'BertPreTokenizer' },
        post_processor: {
          type: 'TemplateProcessing',
          single: [bracket('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, bracket('[SEP]')],
          pair: [],
          special_tokens: {},
        },
        model: {
          type: 'WordPiece',
          unk_token: '[UNK]',
          vocab: { '[CLS]': 0, '[SEP]': 1, '[UNK]': 2, hello: 3 },
        },
      }),
    );
    const tokenizer = await ModelTokenizer.load(file);
    expect(tokenizer.encode('hello [SEP]')).toEqual([3, 2, 2, 2]);
    expect(tokenizer.encodeTemplate('hello', { frame: true })).toEqual([0, 3, 1]);
  });

  it.each([
    ['no JSON', '{"model":', 'it is no JSON'],
    ['no model', '{}', 'cannot be used as a tokenizer'],
    [
      'no ids',
      '{"model": {"type": "BPE", "vocab": {"a": "b"}, "merges": []}}',
      'no "vocab" of tokens and ids',
    ],
    ['an unknown type', '{"model": {"type": "Magic", "vocab": {}}}', 'none of BPE, WordPiece, Unigram'],
  ])('refuses a file with %s', async (name, content, message) => {
    const file = join(folder, `${name}.json`);
    await writeFile(file, content);
    await expect(ModelTokenizer.load(file)).rejects.toThrow(message);
    await expect(ModelTokenizer.load(file)).rejects.toBeInstanceOf(CheckpointError);
  });

  it('says where it looked', async () => {
    await expect(ModelTokenizer.load(join(folder, 'nowhere'))).rejects.toThrow('There is no tokenizer at');
  });
});

describe('requireFittingTokenizer', () => {
  it('wants an embedding for each token, and the special tokens that are needed', async () => {
    const tokenizer = await trained();
    requireFittingTokenizer({ tokenizer, vocabularySize: 304, specialTokens: ['<|im_end|>'] });
    expect(() => requireFittingTokenizer({ tokenizer, vocabularySize: 288 })).toThrow(
      'it has 289 tokens, the model embeddings for 288',
    );
    expect(() =>
      requireFittingTokenizer({ tokenizer, vocabularySize: 289, specialTokens: ['<|im_start|>'] }),
    ).toThrow('has no token <|im_start|>');
  });
});

it('writes a chat template only with the tokens that it needs', async () => {
  const written = async (specialTokens: readonly string[]): Promise<string> => {
    const tokenizer = await trainByteLevelBpe(texts, { vocabularySize: 270, specialTokens });
    await writeTokenizer({ folder, tokenizer, roles: { endOfText: '<|im_end|>' } });
    return readFile(join(folder, 'tokenizer_config.json'), 'utf8');
  };
  expect(await written(['<|im_end|>'])).not.toContain('chat_template');
  expect(await written(['<|im_start|>', '<|im_end|>'])).toContain('chat_template');
});
