import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import type { Draft } from '../grammar/meanings.ts';
import { quantityOf } from '../grammar/terms.ts';
import { lemmaOf } from '../language/lemma.ts';
import { meanSameKind } from '../language/kind-nouns.ts';
import type { Token } from '../language/token.ts';

const fewestNamed = 0.95;

/**
 * The draft with what the rows are called beside their names, where the question asks for them by the name of a field:
 * items of which a field says the item are known by it, even where two are called alike and identifiers tell them apart.
 */
export function withNamesAsked(
  draft: Draft,
  sentences: readonly (readonly Token[])[],
  table: CatalogTable,
): Draft {
  const { output } = draft;
  if (output.kind !== 'entities') return draft;
  const column = calledBy(table, sentences.flat());
  if (column === null) return draft;
  const { expression, name, unit } = quantityOf(column);
  const isShown = output.show.some(({ value }) => value.kind === 'column' && value.column === column.name);
  return isShown
    ? draft
    : { ...draft, output: { ...output, show: [{ value: expression, name, unit }, ...output.show] } };
}

/** The field of texts that (almost) every row has and that is called as the question calls the rows. */
function calledBy(table: CatalogTable, tokens: readonly Token[]): CatalogColumn | null {
  const called = tokens.filter(({ lemma }) => table.nouns.includes(lemma)).map(({ lemma }) => lemma);
  return (
    table.columns.find(({ type, label, coverage }) => {
      const name = lemmaOf(label.toLowerCase());
      return (
        type === 'text' &&
        coverage >= fewestNamed &&
        called.some((noun) => noun === name || meanSameKind(noun, name))
      );
    }) ?? null
  );
}
