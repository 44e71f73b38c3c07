import type { Expression, Output, Selection } from '../plan.ts';
import { PlanError } from '../plan-error.ts';
import type { CompiledOutput, StatementWriter } from './compiled-output.ts';
import type { AnswerColumn } from './compiled-query.ts';
import { wholeNumber, within } from './expression.ts';
import { groupedRows, groupType, type GroupedRows } from './grouped-rows.ts';
import { groupValue } from './groups-output.ts';
import { sqlComparison } from './predicate.ts';
import type { Scope } from './scope.ts';
import { selectList } from './select-list.ts';
import { identifier, numberLiteral, selectStatement, subquery } from './sql-text.ts';
import { typeOf, typeOfNumber } from './value-type.ts';

/** The first rows of every group: group, entity and value. */
export function compileBestPerGroup({
  output,
  selection,
  write,
}: {
  output: Output & { readonly kind: 'best-per-group' };
  selection: Selection;
  write: StatementWriter;
}): CompiledOutput {
  const answerColumns: AnswerColumn[] = [];
  const sql = write((scope) => {
    const rows = groupedRows(output.group, scope.rows(selection), scope);
    const list = selectList(scope);
    const group =
      output.group.kind === 'column'
        ? list.add({ kind: 'column', column: output.group.column }, rows.name)
        : output.group.kind === 'date-part'
          ? list.addSql(rows.group, rows.name)
          : list.addBare(rows.name);
    const name = output.name === undefined ? list.addKey() : list.add(output.name, 'name');
    const value = list.add(output.by, 'value');
    answerColumns.push({ name: group, ...groupType(output.group, scope) });
    answerColumns.push({
      name,
      ...(output.name === undefined
        ? ({ type: 'text', unit: null } as const)
        : typeOf(output.name, scope.table)),
    });
    answerColumns.push({ name: value, ...typeOf(output.by, scope.table) });
    return selectStatement({
      select: list.items,
      ...winningRows({ output, rows, scope }),
      orderBy: [identifier(group), `${identifier(value)}${direction(output)}`, scope.key],
    });
  });
  return {
    sql,
    selectionSql: write((scope) => {
      const rows = groupedRows(output.group, scope.rows(selection), scope);
      const group = identifier(scope.newName('winner_of'));
      const winners = selectStatement({
        select: [scope.key, `${rows.group} AS ${group}`],
        ...winningRows({ output, rows, scope }),
      });
      return selectStatement({
        select: [scope.key],
        from: `${subquery(winners)} AS winners`,
        groupBy: [scope.key],
        orderBy: [`min(${group})`, scope.key],
      });
    }),
    answerType: 'rows',
    answerColumns,
  };
}

function direction(order: { readonly descending: boolean }): string {
  return order.descending ? ' DESC' : '';
}

/** The clauses that leave the first rows of every group. */
function winningRows({
  output,
  rows,
  scope,
}: {
  output: Output & { readonly kind: 'best-per-group' };
  rows: GroupedRows;
  scope: Scope;
}): { readonly from: string; readonly where: readonly string[]; readonly qualify: string } {
  const by = scope.expression(output.by);
  const order = `${by.sql}${direction(output)}, ${scope.key}`;
  const limit = wholeNumber(output.limit, 'rows per group');
  return {
    from: rows.from,
    where: [...rows.where, ...groupConditions({ output, rows, scope }), `${within(by, 'sum')} IS NOT NULL`],
    qualify: `row_number() OVER (PARTITION BY ${rows.group} ORDER BY ${order}) <= ${limit}`,
  };
}

/** The condition that a row's group fulfils what is asked of groups. */
export function groupConditions({
  output: { having = [] },
  rows,
  scope,
}: {
  output: Output & { readonly kind: 'best-per-group' };
  rows: GroupedRows;
  scope: Scope;
}): readonly string[] {
  if (having.length === 0) return [];
  const groups = selectStatement({
    select: [rows.group],
    from: rows.from,
    where: rows.where,
    groupBy: [rows.group],
    having: having.map(({ left, comparison, right }) => {
      const [one, other] = [left, right].map((side) => within(groupValue(side, scope), 'sum'));
      return `${one} ${sqlComparison(comparison)} ${other}`;
    }),
  });
  return [`${rows.group} IN ${subquery(groups)}`];
}

/** How many rows, or which, reach a share of the sum when taken in order. */
export function compileCumulative({
  output,
  selection,
  write,
}: {
  output: Output & { readonly kind: 'cumulative' };
  selection: Selection;
  write: StatementWriter;
}): CompiledOutput {
  if (!(output.share > 0 && output.share <= 100)) {
    throw new PlanError('A cumulative share must lie between 0 and 100 percent.');
  }
  let column: AnswerColumn = { name: 'count', type: 'number', unit: null };
  const sql = write((scope) => {
    typeOfNumber(output.of, scope.table);
    const { from, place, value, sum, reached } = runningSums({ output, selection, scope });
    if (!output.list) {
      column = { ...column, name: scope.newName('count') };
      const count = `min(${place}) AS ${identifier(column.name)}`;
      return selectStatement({ select: [count], from, where: [reached] });
    }
    column = { name: scope.table.key, type: 'text', unit: null };
    const needed = selectStatement({ select: [`min(${place})`], from, where: [reached] });
    return selectStatement({
      select: [scope.key, value, sum],
      from,
      where: [`${place} <= ${subquery(needed)}`],
      orderBy: [place],
    });
  });
  return {
    sql,
    selectionSql: write((scope) => {
      const { from, place, reached } = runningSums({ output, selection, scope });
      const needed = selectStatement({ select: [`min(${place})`], from, where: [reached] });
      return selectStatement({
        select: [scope.key],
        from,
        where: [`${place} <= ${subquery(needed)}`],
        orderBy: [place],
      });
    }),
    answerType: output.list ? 'list' : 'number',
    answerColumns: [column],
  };
}

/** The rows in order with the sum up to each and the sum of all. */
function runningSums({
  output,
  selection,
  scope,
}: {
  output: { readonly of: Expression; readonly descending: boolean; readonly share: number };
  selection: Selection;
  scope: Scope;
}): {
  readonly from: string;
  readonly place: string;
  readonly value: string;
  readonly sum: string;
  readonly reached: string;
} {
  const rows = scope.rows(selection);
  const of = scope.expression(output.of);
  const name = (wish: string): string => identifier(scope.innerName(wish));
  const [value, place, sum, total] = [name('value'), name('place'), name('running_sum'), name('total')];
  const order = `ORDER BY ${of.sql}${direction(output)}, ${scope.key}`;
  const statement = selectStatement({
    select: [
      scope.key,
      `${of.sql} AS ${value}`,
      `row_number() OVER (${order}) AS ${place}`,
      `sum(${of.sql}) OVER (${order} ROWS UNBOUNDED PRECEDING) AS ${sum}`,
      `sum(${of.sql}) OVER () AS ${total}`,
    ],
    from: rows.from,
    where: [...rows.where, `${within(of, 'sum')} IS NOT NULL`],
  });
  const from = identifier(scope.commonTable('running', statement));
  return { from, place, value, sum, reached: `${sum} >= ${total} * ${numberLiteral(output.share / 100)}` };
}
