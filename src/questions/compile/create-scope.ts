import type { Catalog, CatalogTable } from '../../table/catalog.ts';
import { PlanError } from '../plan-error.ts';
import { compileAggregate, compileExpression, compileMeasure } from './expression.ts';
import { compileConditions, compilePredicate } from './predicate.ts';
import type { Scope } from './scope.ts';
import { orderedRows, selectedKeys, selectedRows } from './selection.ts';
import { identifier, indent } from './sql-text.ts';
import { findColumn } from './value-type.ts';

export function findTable(catalog: Catalog, name: string): CatalogTable {
  const table = catalog.tables.find((candidate) => candidate.name === name);
  if (table === undefined) throw new PlanError(`There is no table ${name}.`);
  return table;
}

/**
 * Writes one statement: runs `body` in a fresh scope and puts the common table expressions it asked for before
 * what it returns.
 */
export function statement(catalog: Catalog, tableName: string, body: (scope: Scope) => string): string {
  const table = findTable(catalog, tableName);
  const commonTables = new Map<string, string>();
  const scope = createScope(catalog, table, commonTables);
  const sql = body(scope);
  if (commonTables.size === 0) return sql;
  const list = [...commonTables].map(([text, name]) => `${identifier(name)} AS (\n${indent(text)}\n)`);
  return `WITH ${list.join(', ')}\n${sql}`;
}

function createScope(catalog: Catalog, table: CatalogTable, commonTables: Map<string, string>): Scope {
  const given: ReadonlySet<string> = new Set(
    [
      ...catalog.tables.map(({ name }) => name),
      'documents',
      'facts',
      'cells',
      table.key,
      ...table.columns.map(({ name }) => name),
    ].map((name) => name.toLowerCase()),
  );
  const taken = new Set(given);
  const newName = (wish: string): string => {
    const name = freeName(wish, taken);
    taken.add(name.toLowerCase());
    return name;
  };
  const scope: Scope = {
    table,
    relation: identifier(table.name),
    key: identifier(table.key),
    column: (name) => findColumn(table, name),
    columnName: (name, period) => columnName({ table, name, period }),
    entity: (name) => {
      const key = table.findEntity(name);
      if (key === null) throw new PlanError(`The table ${table.name} has no ${table.key} "${name}".`);
      return key;
    },
    newName,
    innerName: (wish) => freeName(wish, given),
    commonTable: (wish, sql) => {
      const name = commonTables.get(sql) ?? newName(wish);
      commonTables.set(sql, name);
      return name;
    },
    expression: (expression) => compileExpression(expression, scope),
    predicate: (predicate) => compilePredicate(predicate, scope),
    conditions: (predicate) => compileConditions(predicate, scope),
    measure: (measure, where) => compileMeasure({ measure, where, scope }),
    aggregate: (aggregate) => compileAggregate(aggregate, scope),
    ordered: (selection) => orderedRows(selection, scope),
    rows: (selection) => selectedRows(selection, scope),
    keys: (selection) => selectedKeys(selection, scope),
  };
  return scope;
}

function freeName(wish: string, taken: ReadonlySet<string>): string {
  let name = wish;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${wish}_${number}`;
  return name;
}

function columnName({
  table,
  name,
  period,
}: {
  table: CatalogTable;
  name: string;
  period: string | undefined;
}): string {
  const column = findColumn(table, name);
  if (period === undefined) return identifier(name);
  const isLatest = column?.latestPeriod === period && column.periods.length > 0;
  if (!isLatest && !column?.periods.includes(period)) {
    throw new PlanError(`The column ${name} of ${table.name} has no period ${period}.`);
  }
  return identifier(`${name}@${period}`);
}
