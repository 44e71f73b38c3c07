import type { GroupBy, GroupedOutput } from '../plan.ts';
import { PlanError } from '../plan-error.ts';
import { dateColumn, wholeNumber, within } from './expression.ts';
import type { Rows, Scope } from './scope.ts';
import { identifier, selectStatement, subquery } from './sql-text.ts';
import { typeOf, type ValueType } from './value-type.ts';

/** The rows of a selection with the SQL of the group each belongs to. */
export interface GroupedRows extends Rows {
  readonly group: string;
  /** A name for the group's column in the result. */
  readonly name: string;
}

/** The rows that belong to a group: those with a value in the grouping column. */
export function groupedRows(groupBy: GroupBy, rows: Rows, scope: Scope): GroupedRows {
  switch (groupBy.kind) {
    case 'column': {
      const column = scope.columnName(groupBy.column);
      if (scope.column(groupBy.column)?.type === 'list') {
        throw new PlanError(`The column ${groupBy.column} is a list; group by its items.`);
      }
      return {
        from: rows.from,
        where: [...rows.where, `${column} IS NOT NULL`],
        group: column,
        name: groupBy.column,
      };
    }
    case 'date-part': {
      const column = dateColumn(groupBy.column, scope);
      return {
        from: rows.from,
        where: [...rows.where, `${column} IS NOT NULL`],
        group: datePart(column, groupBy.part),
        name: groupBy.part,
      };
    }
    case 'item': {
      if (scope.column(groupBy.column)?.type !== 'list') {
        throw new PlanError(`The column ${groupBy.column} is no list, so it has no items.`);
      }
      const items = `unnest(list_distinct(${scope.columnName(groupBy.column)}))`;
      return withColumn({ rows, sql: items, wish: 'item', scope });
    }
    case 'tier': {
      const of = scope.expression(groupBy.of);
      const tiers = wholeNumber(groupBy.tiers, 'tiers');
      return withColumn({
        rows: { from: rows.from, where: [...rows.where, `${within(of, 'sum')} IS NOT NULL`] },
        sql: `ntile(${tiers}) OVER (ORDER BY ${of.sql}, ${scope.key})`,
        wish: 'tier',
        scope,
      });
    }
  }
}

/** The rows in the groups of an output, and in the groups that those are within. */
export function groupedRowsWithin(
  { group, within }: GroupedOutput,
  rows: Rows,
  scope: Scope,
): { readonly rows: GroupedRows; readonly outer: GroupedRows | null } {
  if (within === undefined) return { rows: groupedRows(group, rows, scope), outer: null };
  if (within.kind === 'tier' || group.kind === 'tier') {
    throw new PlanError('Tiers are made of all rows, not of groups within groups.');
  }
  const outer = groupedRows(within, rows, scope);
  return { rows: groupedRows(group, outer, scope), outer };
}

function datePart(column: string, part: 'year' | 'quarter' | 'month'): string {
  if (part === 'year') return `strftime(${column}, '%Y')`;
  if (part === 'month') return `strftime(${column}, '%Y-%m')`;
  return `strftime(${column}, '%Y') || '-Q' || quarter(${column})`;
}

function withColumn({
  rows,
  sql,
  wish,
  scope,
}: {
  rows: Rows;
  sql: string;
  wish: string;
  scope: Scope;
}): GroupedRows {
  const name = scope.newName(wish);
  const statement = selectStatement({ select: ['*', `${sql} AS ${identifier(name)}`], ...rows });
  return { from: `${subquery(statement)} AS ${scope.relation}`, where: [], group: identifier(name), name };
}

/** The type of a group's name. */
export function groupType(groupBy: GroupBy, scope: Scope): ValueType {
  switch (groupBy.kind) {
    case 'column':
      return typeOf({ kind: 'column', column: groupBy.column }, scope.table);
    case 'tier':
      return { type: 'number', unit: null };
    case 'item':
    case 'date-part':
      return { type: 'text', unit: null };
  }
}
