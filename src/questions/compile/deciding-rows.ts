import type { Aggregate, Expression } from '../plan.ts';
import { within } from './expression.ts';
import type { Scope } from './scope.ts';
import { literal, selectStatement, subquery } from './sql-text.ts';
import { isLimited } from './selection.ts';

/**
 * A statement that gives the keys of the rows that a calculated number rests on: the entities it names and the
 * rows that hold its extremes first, then all rows its aggregates range over.
 */
export function decidingRows(expressions: readonly Expression[], scope: Scope): string {
  const entities = new Set<string>();
  const first: string[] = [];
  const conditions: string[] = [];
  for (const part of expressions.flatMap(standaloneParts)) {
    if (part.kind === 'entity-value') entities.add(scope.entity(part.entity));
    else conditions.push(rangeCondition(part.aggregate, scope));
    if (part.kind === 'aggregate') first.push(...extremeCondition(part.aggregate, scope));
  }
  if (entities.size > 0) {
    first.unshift(`${scope.key} IN (${[...entities].map(literal).join(', ')})`);
  }
  const either = [...new Set([...first, ...conditions])];
  const prior = [...new Set(first)];
  return selectStatement({
    select: [scope.key],
    from: scope.relation,
    where: [either.length === 0 ? 'FALSE' : either.join('\n  OR ')],
    orderBy: [...(prior.length === 0 ? [] : [`(${prior.join(' OR ')}) IS TRUE DESC`]), scope.key],
  });
}

type StandalonePart = Expression & { readonly kind: 'aggregate' | 'entity-value' };

function standaloneParts(expression: Expression): readonly StandalonePart[] {
  switch (expression.kind) {
    case 'aggregate':
    case 'entity-value':
      return [expression];
    case 'absolute':
      return standaloneParts(expression.of);
    case 'arithmetic':
      return [expression.left, expression.right].flatMap(standaloneParts);
    case 'change':
      return [expression.of, expression.before].flatMap(standaloneParts);
    case 'days-between':
      return [expression.from, expression.to].flatMap(standaloneParts);
    default:
      return [];
  }
}

/** The condition that a row is one of those an aggregate ranges over and states what it needs. */
function rangeCondition(aggregate: Aggregate, scope: Scope): string {
  const { selection } = aggregate;
  const stated = [aggregate.of, aggregate.with]
    .filter((part) => part !== undefined)
    .map((part) => `${within(scope.expression(part), 'sum')} IS NOT NULL`);
  const within_ =
    selection === undefined
      ? []
      : isLimited(selection)
        ? [`${scope.key} IN ${subquery(scope.keys(selection))}`]
        : scope.conditions(selection.where);
  const all = [...within_, ...stated];
  return all.length === 0 ? 'TRUE' : `(${all.join(' AND ')})`;
}

function extremeCondition(aggregate: Aggregate, scope: Scope): readonly string[] {
  if (aggregate.of === undefined) return [];
  if (aggregate.function !== 'maximum' && aggregate.function !== 'minimum') return [];
  const of = within(scope.expression(aggregate.of), 'sum');
  return [`(${rangeCondition(aggregate, scope)} AND ${of} = ${scope.aggregate(aggregate).sql})`];
}
