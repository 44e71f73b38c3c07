import type { CatalogTable } from '../table/catalog.ts';
import type { Draft } from './grammar/meanings.ts';
import { isKeyColumn } from './grammar/terms.ts';

/**
 * The draft without the names of the rows among what it shows: rows are named anyway, so that "the fastest ship" asks for
 * the same whether its name is taken for the row or for the field that holds it.
 */
export function withoutRowNames(draft: Draft, table: CatalogTable): Draft {
  const { output } = draft;
  if (output.kind !== 'entities' && output.kind !== 'values') return draft;
  const names = new Set(
    table.columns.filter((column) => isKeyColumn({ table }, column)).map(({ name }) => name),
  );
  const show = output.show.filter(({ value }) => !(value.kind === 'column' && names.has(value.column)));
  if (show.length === output.show.length) return draft;
  return { ...draft, output: show.length === 0 ? { kind: 'entities', show } : { ...output, show } };
}
