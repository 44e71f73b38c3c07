import { foldLabel } from '../values/labels.ts';
import { labelPhrases, labelSynonymGroups } from '../label-synonyms.ts';
import { phraseSynonyms, synonymGroups } from '../synonyms.ts';

const groupsOf = new Map<string, Set<number>>();
for (const [number, group] of [...synonymGroups, ...labelSynonymGroups].entries()) {
  const words = group.split(' ').map(foldLabel);
  for (const word of new Set([...words, ...words.map(stemOf)])) {
    const known = groupsOf.get(word) ?? new Set();
    groupsOf.set(word, known.add(number));
  }
}

/** "inspector", "inspected" and "inspection" speak of the same thing. */
export function stemOf(word: string): string {
  if (word.length <= 3) return word;
  const bare = word.replace(/(?:ations?|ions?|ings?|ors?|ers?|ed|es|s)$/, '');
  return bare.length >= 4 ? bare : word.replace(/s$/, '');
}

/** Whether labels use two words (folded, or their stems) for one another: "population" and "inhabitant". */
export function areSynonyms(word: string, other: string): boolean {
  const [groups, others] = [groupsOf.get(word), groupsOf.get(other)];
  return groups !== undefined && others !== undefined && !groups.isDisjointFrom(others);
}

const phrases = [...phraseSynonyms, ...labelPhrases];

/** The words of a folded label, with the phrases in it that one word stands for: "head office" is "headquarters". */
export function standardWords(folded: string): string[] {
  let text = ` ${folded} `;
  for (const [phrase, word] of phrases) text = text.replace(` ${phrase} `, ` ${word} `);
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
