import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { SeededRandom } from '../../../src/training/sampling/random.ts';
import { ModelTokenizer } from '../../../src/training/tokenizer/model-tokenizer.ts';
import { writeTokenizer } from '../../../src/training/tokenizer/tokenizer-file.ts';
import { trainByteLevelBpe } from '../../../src/training/tokenizer/train-byte-level-bpe.ts';
import { equality } from './comparison.ts';
import type { Check, Comparison } from './comparison.ts';

const resultSchema = z.object({
  trainedAlike: z.boolean(),
  ids: z.array(z.number()),
  idsOfAutoTokenizer: z.array(z.number()),
  decoded: z.string(),
});

/** The characters at which implementations differ: spaces of all kinds, marks, several scripts, emoji. */
const awkward = [
  ..."\u0085\ufeff\u001c  \n\r\t\u00a0\u2028\u3000\u200b\u017f'\u0301\u0661½中文日本語äöüß€😀👨‍👩‍👧",
  ...'the and of 0123456789 !?.,;:-_(){}[]<>|@#$%^&*+=/\\"`~ABCxyz',
];

/**
 * A tokenizer trained here has the vocabulary and merges that Hugging Face's trainer finds in the same text, and
 * gives, loaded here and there, equal ids for any text.
 */
export const tokenizerParity: Check = async ({ python, folder }) => {
  const random = new SeededRandom(1);
  const noise = Array.from(
    { length: 20_000 },
    () => awkward[Math.floor(random.next() * awkward.length)],
  ).join('');
  const prose = await readFile(
    fileURLToPath(new URL('../../../docs/architecture.md', import.meta.url)),
    'utf8',
  );
  const comparisons: Comparison[] = [];
  for (const [what, texts, vocabularySize] of [
    ['English prose', [prose], 1000],
    ['awkward characters', [noise, prose], 2000],
  ] as const) {
    const own = join(folder, what);
    const specialTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];
    await mkdir(own);
    const trained = await trainByteLevelBpe(texts, { vocabularySize, specialTokens });
    await writeTokenizer({ folder: own, tokenizer: trained, roles: { endOfText: '<|endoftext|>' } });
    const text = `${noise}${prose}`;
    await writeFile(join(own, 'input.json'), JSON.stringify({ texts, vocabularySize, specialTokens, text }));
    await python('tokenizer.py', own);
    const theirs = resultSchema.parse(JSON.parse(await readFile(join(own, 'result.json'), 'utf8')));
    const ids = (await ModelTokenizer.load(own)).encode(text);
    comparisons.push(
      equality(`${what}: vocabulary and merges of ${trained.tokens.length} tokens`, theirs.trainedAlike),
      equality(`${what}: ${ids.length} ids by tokenizers`, ids.join() === theirs.ids.join()),
      equality(`${what}: ids by AutoTokenizer`, ids.join() === theirs.idsOfAutoTokenizer.join()),
      equality(`${what}: text decoded from ids`, theirs.decoded === text),
    );
  }
  return comparisons;
};
