import type { AnswerType } from '../answer-type.ts';
import type { Expression, Predicate, Selection } from '../plan.ts';
import type { AnswerColumn } from './compiled-query.ts';
import type { Scope } from './scope.ts';
import { typeOf, type ValueType } from './value-type.ts';

/** What one form of output becomes. */
export interface CompiledOutput {
  readonly sql: string;
  /** Gives the keys of the rows the answer rests on. */
  readonly selectionSql: string;
  readonly answerType: AnswerType;
  readonly answerColumns: readonly AnswerColumn[];
}

/** Writes a statement in a scope of its own. */
export type StatementWriter = (body: (scope: Scope) => string) => string;

/** The answer type of a single value. */
export function scalarType(type: ValueType['type']): AnswerType {
  switch (type) {
    case 'number':
    case 'percentage':
    case 'date':
    case 'list':
      return type;
    case 'text':
    case 'boolean':
      return 'string';
  }
}

/** The type of a value with the unit its plan states; percent makes a number a percentage. */
export function shownType({
  value,
  unit,
  scope,
}: {
  value: Expression;
  unit: string | null;
  scope: Scope;
}): ValueType {
  return withUnit(typeOf(value, scope.table), unit);
}

export function withUnit(type: ValueType, unit: string | null): ValueType {
  if (type.type !== 'number' && type.type !== 'percentage') return type;
  if (unit === '%') return { type: 'percentage', unit };
  return { type: type.type, unit: type.type === 'percentage' ? '%' : unit };
}

/** Whether the selection is of one row at most. */
export function isOneRow(selection: Selection): boolean {
  return selection.limit === 1 || namesOneEntity(selection.where);
}

function namesOneEntity(predicate: Predicate | undefined): boolean {
  if (predicate?.kind === 'and') return predicate.operands.some(namesOneEntity);
  return predicate?.kind === 'entity' && predicate.negated !== true && predicate.names.length === 1;
}
