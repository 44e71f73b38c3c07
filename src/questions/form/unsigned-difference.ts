import type { Draft } from '../grammar/meanings.ts';
import type { Token } from '../language/token.ts';
import type { Calculated } from '../plan.ts';
import { isDifferenceOfLike } from '../plan-nodes.ts';

/** Words for a difference that say nothing of which number is taken from which. */
const symmetric: ReadonlySet<string> = new Set([
  'difference',
  'gap',
  'differ',
  'separate',
  'apart',
  'distance',
]);

/** Words that say which number is taken from which. */
const directed: ReadonlySet<string> = new Set(
  'minus less subtract subtracted more fewer exceed surpass signed change increase decrease grow rise fall drop'.split(
    ' ',
  ),
);

/**
 * The draft with a difference as how far two like numbers lie apart, where the question does not say which is taken from
 * which: "the difference in mean price between flats and houses".
 */
export function unsignedDifference(draft: Draft, sentences: readonly (readonly Token[])[]): Draft {
  const { output } = draft;
  if (output.kind !== 'calculation') return draft;
  const tokens = sentences.flat();
  const isOpen =
    tokens.some(({ lemma }) => symmetric.has(lemma)) &&
    !tokens.some(({ word, lemma }) => directed.has(word) || directed.has(lemma) || word === '-');
  return isOpen ? { ...draft, output: { ...output, values: output.values.map(unsigned) } } : draft;
}

const unsigned = (calculated: Calculated): Calculated =>
  isDifferenceOfLike(calculated.value)
    ? { ...calculated, value: { kind: 'absolute', of: calculated.value } }
    : calculated;
