import { unitWords } from '../language/number-words.ts';
import type { Token } from '../language/token.ts';

const opening: ReadonlySet<string> = new Set(
  'give state express answer report round show provide write present return'.split(' '),
);

/** Words of a sentence that only says how the answer is to be given. */
const formWords: ReadonlySet<string> = new Set(
  `answer result value number figure percentage percent share it as in to of all out with rounded correct nearest
  decimal place digit point whole integer sign only just please your`.split(/\s+/),
);

const shareWords: ReadonlySet<string> = new Set(['share', 'percentage', 'percent', 'proportion', 'fraction']);

/**
 * The sentences without those that only ask again for the percentage that is asked for, or how it is rounded: "Give a
 * percentage of all lakes to two decimals."
 */
export function withoutFormSentences(
  sentences: readonly (readonly Token[])[],
): readonly (readonly Token[])[] {
  const [first, ...others] = sentences;
  if (first === undefined || !first.some(({ lemma }) => shareWords.has(lemma))) return sentences;
  const said = new Set(first.map(({ lemma }) => lemma));
  const isForm = (tokens: readonly Token[]): boolean =>
    opening.has(tokens[0]?.lemma ?? '') &&
    tokens.some(({ lemma }) => shareWords.has(lemma) || lemma === 'decimal') &&
    tokens
      .slice(1)
      .every(
        ({ kind, lemma, word }) =>
          kind === 'number' ||
          (kind === 'word' && (formWords.has(lemma) || unitWords.has(word) || said.has(lemma))),
      );
  return [first, ...others.filter((tokens) => !isForm(tokens))];
}
