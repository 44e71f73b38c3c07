import type { Calculated, Expression, Measure, Output, Selection } from '../plan.ts';
import { PlanError } from '../plan-error.ts';
import { decidingRows } from './deciding-rows.ts';
import {
  scalarType,
  shownType,
  withUnit,
  type CompiledOutput,
  type StatementWriter,
} from './compiled-output.ts';
import type { AnswerColumn } from './compiled-query.ts';
import { within } from './expression.ts';
import { sqlComparison } from './predicate.ts';
import type { Scope } from './scope.ts';
import { aliasFor, selectList } from './select-list.ts';
import { isLimited } from './selection.ts';
import { identifier, selectStatement, subquery } from './sql-text.ts';
import { typeOfMeasure, typeOfNumber } from './value-type.ts';

/** One number (or date) over the selection. */
export function compileAggregateOutput({
  output: { aggregate, unit },
  selection,
  write,
}: {
  output: Output & { readonly kind: 'aggregate' };
  selection: Selection;
  write: StatementWriter;
}): CompiledOutput {
  const answerColumns: AnswerColumn[] = [];
  const sql = write((scope) => {
    const list = selectList(scope);
    const name = list.addSql(scope.measure(aggregate).sql, measureName(aggregate));
    answerColumns.push({ name, ...withUnit(typeOfMeasure(aggregate, scope.table), unit) });
    return selectStatement({ ...scope.rows(selection), select: list.items });
  });
  const [column] = answerColumns;
  return {
    sql,
    selectionSql: write((scope) => measuredRows({ aggregate, selection, scope })),
    answerType: scalarType(column?.type ?? 'number'),
    answerColumns,
  };
}

/** A name for a measure's column: `average_area`, `count`. */
export function measureName(measure: Measure): string {
  const of = measure.of?.kind === 'column' ? `_${measure.of.column}` : '';
  return aliasFor(`${measure.function}${of}`);
}

/** The keys of the rows a measure has values for; for an extreme the rows nearest to it first. */
function measuredRows({
  aggregate,
  selection,
  scope,
}: {
  aggregate: Measure;
  selection: Selection;
  scope: Scope;
}): string {
  const rows = scope.rows(selection);
  const operands = [aggregate.of, aggregate.with].filter((part) => part !== undefined);
  const stated = operands.map((part) => `${within(scope.expression(part), 'sum')} IS NOT NULL`);
  const of = aggregate.of === undefined ? '' : scope.expression(aggregate.of).sql;
  const extreme =
    aggregate.function === 'maximum' ? [`${of} DESC`] : aggregate.function === 'minimum' ? [of] : [];
  const orderBy = extreme.length > 0 ? [...extreme, scope.key] : scope.ordered(selection).orderBy;
  return selectStatement({
    select: [scope.key],
    from: rows.from,
    where: [...rows.where, ...stated],
    orderBy,
  });
}

/** One or several numbers out of aggregates and entities' values. */
export function compileCalculation({
  output: { values },
  write,
}: {
  output: Output & { readonly kind: 'calculation' };
  write: StatementWriter;
}): CompiledOutput {
  if (values.length === 0) throw new PlanError('A calculation must name at least one number.');
  const answerColumns: AnswerColumn[] = [];
  const sql = write((scope) => {
    const list = selectList(scope);
    for (const calculated of values) {
      standsAlone(calculated.value);
      const name = list.addSql(scope.expression(calculated.value).sql, aliasFor(calculated.name));
      answerColumns.push({ name, ...calculatedType(calculated, scope) });
    }
    return selectStatement({ select: list.items });
  });
  const [only, ...further] = answerColumns;
  return {
    sql,
    selectionSql: write((scope) =>
      decidingRows(
        values.map(({ value }) => value),
        scope,
      ),
    ),
    answerType: only !== undefined && further.length === 0 ? scalarType(only.type) : 'rows',
    answerColumns,
  };
}

function calculatedType(calculated: Calculated, scope: Scope): Omit<AnswerColumn, 'name'> {
  return calculated.percentage
    ? { type: 'percentage', unit: '%' }
    : shownType({ value: calculated.value, unit: calculated.unit, scope });
}

/** Whether a comparison holds, with its two sides beside the answer. */
export function compileYesNo({
  output: { left, comparison, right },
  write,
}: {
  output: Output & { readonly kind: 'yes-no' };
  write: StatementWriter;
}): CompiledOutput {
  let answer = '';
  const sql = write((scope) => {
    standsAlone(left);
    standsAlone(right);
    const sides = selectStatement({
      select: [`${scope.expression(left).sql} AS left_side`, `${scope.expression(right).sql} AS right_side`],
    });
    answer = scope.newName('answer');
    const holds = `left_side ${sqlComparison(comparison)} right_side`;
    return selectStatement({
      select: [
        `CASE ${holds} WHEN TRUE THEN 'Yes' WHEN FALSE THEN 'No' END AS ${identifier(answer)}`,
        'left_side',
        'right_side',
      ],
      from: `${subquery(sides)} AS ${identifier(scope.newName('sides'))}`,
    });
  });
  return {
    sql,
    selectionSql: write((scope) => decidingRows([left, right], scope)),
    answerType: 'string',
    answerColumns: [{ name: answer, type: 'text', unit: null }],
  };
}

/** Numbers of the whole table must not read a row's columns. */
function standsAlone(expression: Expression): void {
  switch (expression.kind) {
    case 'number':
    case 'aggregate':
    case 'entity-value':
      return;
    case 'absolute':
      standsAlone(expression.of);
      return;
    case 'arithmetic':
      standsAlone(expression.left);
      standsAlone(expression.right);
      return;
    case 'change':
      standsAlone(expression.of);
      standsAlone(expression.before);
      return;
    case 'days-between':
      standsAlone(expression.from);
      standsAlone(expression.to);
      return;
    default:
      throw new PlanError(
        `A calculation needs aggregates or named entities, not a row's ${expression.kind}.`,
      );
  }
}

/** The share in percent that the selection's rows have in those of `of`, of rows or of a weight. */
export function compileShare({
  output: { weight, of },
  selection,
  write,
}: {
  output: Output & { readonly kind: 'share' };
  selection: Selection;
  write: StatementWriter;
}): CompiledOutput {
  let name = '';
  const sql = write((scope) => {
    if (weight !== undefined) typeOfNumber(weight, scope.table);
    const rows = scope.rows(of);
    const condition = shareCondition(selection, scope);
    const filter = condition === null ? '' : ` FILTER (WHERE ${condition})`;
    const total = weight === undefined ? 'count(*)' : `sum(${scope.expression(weight).sql})`;
    const part = weight === undefined ? `${total}${filter}` : `coalesce(${total}${filter}, 0)`;
    const list = selectList(scope);
    name = list.addSql(`100.0 * ${part} / nullif(${total}, 0)`, 'share');
    return selectStatement({ ...rows, select: list.items });
  });
  return {
    sql,
    selectionSql: write((scope) => {
      const rows = scope.rows(of);
      const condition = shareCondition(selection, scope);
      const stated = weight === undefined ? [] : [`${within(scope.expression(weight), 'sum')} IS NOT NULL`];
      return selectStatement({
        select: [scope.key],
        from: rows.from,
        where: [...rows.where, ...stated],
        orderBy: [...(condition === null ? [] : [`(${condition}) IS TRUE DESC`]), scope.key],
      });
    }),
    answerType: 'percentage',
    answerColumns: [{ name, type: 'percentage', unit: '%' }],
  };
}

function shareCondition(selection: Selection, scope: Scope): string | null {
  if (isLimited(selection)) return `${scope.key} IN ${subquery(scope.keys(selection))}`;
  return selection.where === undefined ? null : scope.predicate(selection.where).sql;
}
