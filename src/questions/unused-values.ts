import type { Draft } from './grammar/meanings.ts';
import { mayBeParticiple } from './grammar/loose-words.ts';
import type { Token } from './language/token.ts';
import { asksWhetherStated } from './plan-nodes.ts';

/**
 * Whether a reading leaves out a modifier that nothing knows and asks instead whether there is anything: "with purple
 * paint" means a value of the field, though no row has it.
 */
export const passesOverValues = (
  { selection, output }: Draft,
  sentences: readonly (readonly Token[])[],
  notes: readonly string[],
): boolean =>
  asksWhetherStated([selection, output]) &&
  sentences
    .flat()
    .some((token) => !mayBeParticiple(token) && notes.includes(`taken without "${token.text}"`));
