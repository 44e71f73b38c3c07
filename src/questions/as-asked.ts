import type { CatalogTable } from '../table/catalog.ts';
import type { Draft } from './grammar/meanings.ts';
import { isKeyColumn } from './grammar/terms.ts';
import { isSameExpression } from './plan-nodes.ts';

/**
 * The draft as it is held against others: without what makes no difference to the answer. Rows are named anyway, so that
 * "the fastest ship" asks for the same whether its name is taken for the row or for the field that holds it; and of one
 * row the greatest value of a field is its value.
 */
export const asAsked = (draft: Draft, table: CatalogTable): Draft =>
  withoutRowNames(withoutIdleMeasure(draft), table);

function withoutRowNames(draft: Draft, table: CatalogTable): Draft {
  const { output } = draft;
  if (output.kind !== 'entities' && output.kind !== 'values') return draft;
  const names = new Set(
    table.columns.filter((column) => isKeyColumn({ table }, column)).map(({ name }) => name),
  );
  // What rows are ranked by is shown with them.
  const ranked = output.kind === 'entities' ? draft.selection.order?.by : undefined;
  const show = output.show.filter(
    ({ value }) =>
      !(value.kind === 'column' && names.has(value.column)) &&
      !(ranked !== undefined && isSameExpression(value, ranked)),
  );
  if (show.length === output.show.length) return draft;
  return { ...draft, output: show.length === 0 ? { kind: 'entities', show } : { ...output, show } };
}

function withoutIdleMeasure(draft: Draft): Draft {
  const { output, selection } = draft;
  const { where } = selection;
  if (output.kind !== 'aggregate' || where?.kind !== 'entity' || where.names.length !== 1) return draft;
  const { aggregate, unit } = output;
  if (!('of' in aggregate) || aggregate.of === undefined || 'negated' in where) return draft;
  if (!['minimum', 'maximum', 'average', 'median', 'sum'].includes(aggregate.function)) return draft;
  return { ...draft, output: { kind: 'values', show: [{ value: aggregate.of, name: '', unit }] } };
}
