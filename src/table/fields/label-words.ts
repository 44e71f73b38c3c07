import { foldLabel } from '../values/labels.ts';
import { phraseSynonyms, synonymGroups } from '../synonyms.ts';

const groupsOf = new Map<string, Set<number>>();
for (const [number, group] of synonymGroups.entries()) {
  for (const word of group.split(' ').map(foldLabel)) {
    const known = groupsOf.get(word) ?? new Set();
    groupsOf.set(word, known.add(number));
  }
}

/** Whether labels use two words (folded) for one another: "population" and "inhabitant". */
export function areSynonyms(word: string, other: string): boolean {
  const [groups, others] = [groupsOf.get(word), groupsOf.get(other)];
  return groups !== undefined && others !== undefined && !groups.isDisjointFrom(others);
}

/** The words of a folded label, with the phrases in it that one word stands for: "head office" is "headquarters". */
export function standardWords(folded: string): string[] {
  let text = ` ${folded} `;
  for (const [phrase, word] of phraseSynonyms) text = text.replace(` ${phrase} `, ` ${word} `);
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
