import type { Expression } from '../plan.ts';
import type { Scope } from './scope.ts';
import { identifier } from './sql-text.ts';

/** The columns of a SELECT, each with a name of its own. */
export interface SelectList {
  readonly items: readonly string[];
  /** Adds the key column. */
  readonly addKey: () => string;
  /** Adds an expression under its column's name or the wished one, and gives the name (not quoted). */
  readonly add: (expression: Expression, wish: string) => string;
  /** Adds a column of FROM that the table does not have, and gives its name (not quoted). */
  readonly addBare: (name: string) => string;
  /** Adds SQL under the wished name, and gives the name (not quoted). */
  readonly addSql: (sql: string, wish: string) => string;
}

export function selectList(scope: Scope): SelectList {
  const items: string[] = [];
  const used = new Set<string>();
  const addSql = (sql: string, wish: string): string => {
    const name = scope.newName(wish === '' ? 'value' : wish);
    items.push(`${sql} AS ${identifier(name)}`);
    return name;
  };
  const addColumn = (sql: string, name: string): string => {
    if (used.has(name)) return addSql(sql, name);
    used.add(name);
    items.push(sql);
    return name;
  };
  return {
    items,
    addSql,
    addBare: (name) => addColumn(identifier(name), name),
    addKey: () => addColumn(scope.key, scope.table.key),
    add: (expression, wish) => {
      const { sql } = scope.expression(expression);
      if (expression.kind !== 'column') return addSql(sql, wish);
      const { column, period } = expression;
      return addColumn(sql, period === undefined ? column : `${column}@${period}`);
    },
  };
}

/** A name for a computed value out of the plan's words for it: `airports per million` → `airports_per_million`. */
export function aliasFor(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60);
}
