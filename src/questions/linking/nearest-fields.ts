import type { CatalogTable } from '../../table/catalog.ts';
import { foldText } from '../language/token.ts';
import { stopWords } from './synonyms.ts';

const longest = 5;

function trigrams(text: string): Set<string> {
  const padded = ` ${foldText(text)} `;
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at += 1) grams.add(padded.slice(at, at + 3));
  return grams;
}

/** Labels of the fields whose names look most like one of the words, best first. */
export function nearestFields(table: CatalogTable, words: readonly string[]): readonly string[] {
  const wanted = words.filter((word) => word.length > 2 && !stopWords.has(foldText(word))).map(trigrams);
  if (wanted.length === 0) return [];
  const scored = table.columns.map((column) => {
    const own = column.label
      .split(/[\s>:/()-]+/)
      .filter((word) => word.length > 2)
      .map(trigrams);
    const score = wanted.reduce(
      (sum, grams) => sum + Math.max(0, ...own.map((each) => likeness(grams, each))) ** 2,
      0,
    );
    return { label: column.label, score: score + column.coverage * 0.01 };
  });
  return scored
    .filter((each) => each.score > 0.12)
    .sort((left, right) => right.score - left.score)
    .slice(0, longest)
    .map((each) => each.label);
}

function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const gram of left) if (right.has(gram)) shared += 1;
  return (2 * shared) / (left.size + right.size);
}
