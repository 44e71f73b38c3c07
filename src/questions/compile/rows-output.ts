import { isSameExpression } from '../plan-nodes.ts';
import type { Output, Selection, Shown } from '../plan.ts';
import { PlanError } from '../plan-error.ts';
import type { AnswerColumn } from './compiled-query.ts';
import {
  isOneRow,
  scalarType,
  shownType,
  type CompiledOutput,
  type StatementWriter,
} from './compiled-output.ts';
import { within } from './expression.ts';
import type { Scope } from './scope.ts';
import { aliasFor, selectList, type SelectList } from './select-list.ts';
import { isLimited } from './selection.ts';
import { identifier, selectStatement } from './sql-text.ts';

/** The entities of the selection, with further values beside them; the value ordered by always stands there too. */
export function compileEntities({
  output,
  selection,
  write,
}: {
  output: Output & { readonly kind: 'entities' };
  selection: Selection;
  write: StatementWriter;
}): CompiledOutput {
  const answerColumns: AnswerColumn[] = [];
  const sql = write((scope) => {
    const rows = scope.ordered(selection);
    const list = selectList(scope);
    answerColumns.push({ name: list.addKey(), type: 'text', unit: null });
    answerColumns.push(...addShown({ show: output.show, list, scope }));
    const { order } = selection;
    if (order === undefined) return selectStatement({ ...rows, select: list.items });
    const position = output.show.findIndex(({ value }) => isSameExpression(value, order.by));
    const by = answerColumns[position + 1]?.name ?? '';
    const name = position >= 0 ? by : list.add(order.by, 'value');
    const orderBy = [`${identifier(name)}${order.descending ? ' DESC' : ''}`, scope.key];
    return selectStatement({ ...rows, select: list.items, orderBy });
  });
  const alone = output.show.length === 0;
  return {
    sql,
    selectionSql: write((scope) => selectStatement({ ...scope.ordered(selection), select: [scope.key] })),
    answerType: alone ? (isOneRow(selection) ? 'string' : 'list') : 'rows',
    answerColumns,
  };
}

/** Values of the selection's rows without their names; rows that state none of them are left out. */
export function compileValues({
  output,
  selection,
  write,
}: {
  output: Output & { readonly kind: 'values' };
  selection: Selection;
  write: StatementWriter;
}): CompiledOutput {
  if (output.show.length === 0) throw new PlanError('A question for values must name at least one.');
  const answerColumns: AnswerColumn[] = [];
  const sql = write((scope) => {
    const list = selectList(scope);
    answerColumns.push(...addShown({ show: output.show, list, scope }));
    const rows = rowsWithValues(output.show, selection, scope);
    if (output.distinct !== true) {
      const orderBy = isOneRow(selection) ? [] : scope.ordered(selection).orderBy;
      return selectStatement({ ...rows, select: list.items, orderBy });
    }
    const names = answerColumns.map(({ name }) => identifier(name));
    const falling = selection.order?.descending === true;
    const first = rows.by === null ? [] : [falling ? `max(${rows.by}) DESC` : `min(${rows.by})`];
    return selectStatement({
      ...rows,
      select: list.items,
      groupBy: names,
      orderBy: [...first, ...names],
    });
  });
  const [only, ...further] = answerColumns;
  const oneColumn = only !== undefined && further.length === 0;
  return {
    sql,
    selectionSql: write((scope) =>
      selectStatement({
        ...rowsWithValues(output.show, selection, scope),
        select: [scope.key],
        orderBy: scope.ordered(selection).orderBy,
      }),
    ),
    answerType: oneColumn ? (isOneRow(selection) ? scalarType(only.type) : 'list') : 'rows',
    answerColumns,
  };
}

/** The rows whose values are asked for: limited first, then those that state one. */
function rowsWithValues(
  show: readonly Shown[],
  selection: Selection,
  scope: Scope,
): { readonly from: string; readonly where: readonly string[]; readonly by: string | null } {
  const { from } = scope.rows(selection);
  const { where, by } = scope.ordered(selection);
  const stated = show.map(({ value }) => `${within(scope.expression(value), 'sum')} IS NOT NULL`);
  const anyStated = stated.length === 1 ? stated.join('') : `(${stated.join(' OR ')})`;
  return { from, where: [...(isLimited(selection) ? [] : where), anyStated], by };
}

function addShown({
  show,
  list,
  scope,
}: {
  show: readonly Shown[];
  list: SelectList;
  scope: Scope;
}): readonly AnswerColumn[] {
  return show.map(({ value, name, unit }) => ({
    name: list.add(value, aliasFor(name)),
    ...shownType({ value, unit, scope }),
  }));
}
