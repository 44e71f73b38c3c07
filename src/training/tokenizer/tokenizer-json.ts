import { z } from 'zod';
import { wordPatternSource } from './word-pattern.ts';

/** An id beyond this is a mistake, and would make a list as long. */
const maximumTokens = 2 ** 24;

const tokenId = z.int().nonnegative().lt(maximumTokens);

/** Token to id; a list of tokens and scores in models of the type Unigram. */
type Vocabulary = Readonly<Record<string, number>> | readonly (readonly [string, number])[];

/** Checked by hand: a vocabulary is large, and a token may be called `__proto__`, which zod leaves out. */
function isVocabulary(value: unknown): value is Vocabulary {
  if (Array.isArray(value))
    return value.every((entry) => Array.isArray(entry) && typeof entry[0] === 'string');
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((id) => Number.isSafeInteger(id) && id >= 0 && id < maximumTokens);
}

/** What this project needs to know of a `tokenizer.json`; the rest is kept as it is. */
export const tokenizerJsonSchema = z.looseObject({
  added_tokens: z
    .array(z.looseObject({ id: tokenId, content: z.string(), special: z.boolean().default(false) }))
    .default([]),
  model: z.looseObject({
    /** Old files do not say. */
    type: z.enum(['BPE', 'WordPiece', 'Unigram'], 'its model is none of BPE, WordPiece, Unigram').optional(),
    vocab: z.custom<Vocabulary>(isVocabulary, 'it has no "vocab" of tokens and ids'),
  }),
});

export type TokenizerJson = z.infer<typeof tokenizerJsonSchema>;

const specialToken = z
  .union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)])
  .nullish()
  .transform((token) => token ?? null);

const ownPreTokenizer = z.object({
  type: z.literal('Sequence'),
  pretokenizers: z.tuple([
    z.object({
      type: z.literal('Split'),
      pattern: z.object({ Regex: z.literal(wordPatternSource) }),
      behavior: z.literal('Isolated'),
      invert: z.literal(false),
    }),
    z.object({
      type: z.literal('ByteLevel'),
      add_prefix_space: z.literal(false),
      use_regex: z.literal(false),
    }),
  ]),
});

/** Whether text is cut into the words of `splitIntoWords` and each encoded apart: true of the tokenizers trained here. */
export function encodesWordByWord(json: TokenizerJson): boolean {
  const isPlain = (json['normalizer'] ?? null) === null && json.added_tokens.every(({ special }) => special);
  return isPlain && ownPreTokenizer.safeParse(json['pre_tokenizer']).success;
}

/** What this project needs to know of a `tokenizer_config.json`. */
export const tokenizerSettingsSchema = z.looseObject({
  eos_token: specialToken,
  pad_token: specialToken,
  clean_up_tokenization_spaces: z.boolean().default(false),
  /** A list where there are several templates, which is not understood here. */
  chat_template: z.string().nullish().catch(null),
});

export type TokenizerSettings = z.infer<typeof tokenizerSettingsSchema>;

function isScored(vocabulary: Vocabulary): vocabulary is readonly (readonly [string, number])[] {
  return Array.isArray(vocabulary);
}

/** The tokens by id. An id that no token has is undefined. */
export function tokensById({ model, added_tokens }: TokenizerJson): (string | undefined)[] {
  const tokens: (string | undefined)[] = [];
  const { vocab } = model;
  if (isScored(vocab)) for (const [token] of vocab) tokens.push(token);
  else for (const [token, id] of Object.entries(vocab)) tokens[id] = token;
  for (const { id, content } of added_tokens) tokens[id] = content;
  return Array.from(tokens);
}
