import { directionOf } from '../../reader/sentences/changes.ts';
import type { SampleSentence } from './sentence-clusters.ts';
import type { Slot } from './template.ts';

const fewestTurns = 0.9;

/** Whether a slot says that something rose or fell. */
export function isDirection(column: readonly SampleSentence[]): boolean {
  const words = column.flatMap(({ tokens: [first, second] }) =>
    first === undefined ? [] : second === undefined ? [first.key] : [''],
  );
  const turns = words.filter((word) => directionOf(word) !== 0);
  return turns.length > 0 && turns.length >= words.length * fewestTurns;
}

/** "Employment ⟨fell⟩ by ⟨3,000⟩, to ⟨12,000⟩" states its change, and what it is since. */
export function afterTurn(slot: Slot, changed: string, before: readonly string[]): Slot {
  const words = before.filter((key) => /^\p{L}/u.test(key));
  if (slot.label === null || words.length !== 1) return slot;
  const own = { ...slot, words: changed.split(' ') };
  if (words[0] === 'by') return { ...own, label: `${changed} change`, role: 'change' };
  return words[0] === 'to' ? { ...own, label: changed } : slot;
}
