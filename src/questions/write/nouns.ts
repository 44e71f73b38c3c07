import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';

const irregularPlurals: Readonly<Record<string, string>> = {
  person: 'people',
  child: 'children',
  woman: 'women',
  man: 'men',
  series: 'series',
  species: 'species',
  analysis: 'analyses',
};

/** The plural of a noun or of a phrase that ends in one. */
export function plural(noun: string): string {
  const [, before = '', last = noun] = /^(.*\s)?(\S+)$/.exec(noun) ?? [];
  const known = irregularPlurals[last.toLowerCase()];
  if (known !== undefined) return before + known;
  if (/(?:s|x|z|ch|sh)$/i.test(last)) return `${before}${last}es`;
  if (/[^aeiou]y$/i.test(last)) return `${before}${last.slice(0, -1)}ies`;
  return `${before}${last}s`;
}

/** The indefinite article with a phrase. */
export function withArticle(phrase: string): string {
  return `${/^(?:[aeiou](?!\w*\b(?:ne))|hour|honest)/i.test(phrase) && !/^(?:uni|use|eu|one)/i.test(phrase) ? 'an' : 'a'} ${phrase}`;
}

/** What a question calls a column: its label, parents after the leaf where the leaf alone would not do. */
export function columnPhrase(column: CatalogColumn, table: CatalogTable): string {
  const own = plainPhrase(column.label);
  const clashes = table.columns.some(
    (other) => other !== column && plainPhrase(other.label).toLowerCase() === own.toLowerCase(),
  );
  return clashes ? column.name.replaceAll('_', ' ') : own;
}

function plainPhrase(label: string): string {
  const segments = label.split(/\s+>\s+/).map(lowered);
  const leaf = segments.at(-1) ?? label;
  const parents = segments.slice(0, -1).reverse();
  if (parents.length === 0) return leaf;
  return /\s/.test(leaf) ? `${leaf} (${parents.join(', ')})` : [leaf, ...parents].join(' ');
}

/** Lower case for words that are capital at the start only. */
function lowered(words: string): string {
  return words.replaceAll(/(?<![\p{L}\p{N}])\p{Lu}\p{Ll}+(?![\p{L}\p{N}])/gu, (word) => word.toLowerCase());
}
