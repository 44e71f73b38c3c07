import type { Selection } from '../plan.ts';
import { PlanError } from '../plan-error.ts';
import { wholeNumber, within } from './expression.ts';
import type { OrderedRows, Rows, Scope } from './scope.ts';
import { selectStatement, subquery } from './sql-text.ts';

/** The rows of a selection in their order; ties are broken by the entity's name. */
export function orderedRows(selection: Selection, scope: Scope): OrderedRows {
  const where = scope.conditions(selection.where);
  const limit = selection.limit === undefined ? undefined : wholeNumber(selection.limit, 'rows asked for');
  const offset = selection.offset === undefined ? undefined : skipped(selection.offset);
  if (selection.order === undefined) {
    return { from: scope.relation, where, by: null, orderBy: [scope.key], limit, offset };
  }
  if (selection.order.by.kind === 'number') throw new PlanError('Rows cannot be ordered by a fixed number.');
  const by = scope.expression(selection.order.by);
  return {
    from: scope.relation,
    where: [...where, `${within(by, 'sum')} IS NOT NULL`],
    by: by.sql,
    orderBy: [`${by.sql}${selection.order.descending ? ' DESC' : ''}`, scope.key],
    limit,
    offset,
  };
}

/** The rows of a selection as a set: a limited one becomes a statement in FROM. */
export function selectedRows(selection: Selection | undefined, scope: Scope): Rows {
  if (selection === undefined) return { from: scope.relation, where: [] };
  const rows = scope.ordered(selection);
  if (!isLimited(selection)) return { from: rows.from, where: scope.conditions(selection.where) };
  const statement = selectStatement({ select: ['*'], ...rows });
  return { from: `${subquery(statement)} AS ${scope.relation}`, where: [] };
}

/** A statement that gives the keys of the selection's rows, for use as a set. */
export function selectedKeys(selection: Selection, scope: Scope): string {
  const rows = scope.ordered(selection);
  const { from, where, orderBy, limit, offset } = rows;
  return isLimited(selection)
    ? selectStatement({ select: [scope.key], from, where, orderBy, limit, offset })
    : selectStatement({ select: [scope.key], from, where: scope.conditions(selection.where) });
}

export function isLimited(selection: Selection): boolean {
  return selection.limit !== undefined || (selection.offset ?? 0) > 0;
}

function skipped(offset: number): number {
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new PlanError(`The number of rows to skip must be a whole number, not ${offset}.`);
  }
  return offset;
}
