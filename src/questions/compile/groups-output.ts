import type { AnswerType } from '../answer-type.ts';
import type { GroupBy, GroupedOutput, GroupValue, Selection } from '../plan.ts';
import { PlanError } from '../plan-error.ts';
import { scalarType, withUnit, type CompiledOutput, type StatementWriter } from './compiled-output.ts';
import type { AnswerColumn } from './compiled-query.ts';
import { arithmeticSql, term, wholeNumber, within as inside } from './expression.ts';
import { groupedRowsWithin, groupType, type GroupedRows } from './grouped-rows.ts';
import { measureName } from './number-output.ts';
import { sqlComparison } from './predicate.ts';
import type { Scope, SqlExpression } from './scope.ts';
import { selectList, type SelectList } from './select-list.ts';
import { identifier, numberLiteral, selectStatement, subquery } from './sql-text.ts';
import { typeOfMeasure, type ValueType } from './value-type.ts';

/** Groups of rows with numbers for each. */
export function compileGroups({
  output,
  selection,
  write,
}: {
  output: GroupedOutput;
  selection: Selection;
  write: StatementWriter;
}): CompiledOutput {
  if (output.values.length === 0) throw new PlanError('A question for groups must name at least one number.');
  if (output.within !== undefined && output.show === 'number-of-groups') {
    throw new PlanError('The number of groups within groups is not asked for.');
  }
  let columns: GroupColumns = { within: null, group: emptyColumn, values: [] };
  const sql = write((scope) => {
    const statement = groupStatement({ output, selection, scope, placed: false });
    columns = statement.columns;
    if (output.show !== 'number-of-groups') return statement.sql;
    const name = scope.newName('number_of_groups');
    columns = { within: null, group: emptyColumn, values: [{ name, type: 'number', unit: null }] };
    return selectStatement({
      select: [`count(*) AS ${identifier(name)}`],
      from: `${subquery(statement.sql)} AS ${identifier(scope.newName('per_group'))}`,
    });
  });
  return {
    sql,
    selectionSql: write((scope) => rowsOfGroups({ output, selection, scope })),
    ...groupAnswer(output, columns),
  };
}

interface GroupColumns {
  readonly within: AnswerColumn | null;
  readonly group: AnswerColumn;
  readonly values: readonly AnswerColumn[];
}

const emptyColumn: AnswerColumn = { name: '', type: 'text', unit: null };

function groupAnswer(
  output: GroupedOutput,
  { within: outer, group, values }: GroupColumns,
): { readonly answerType: AnswerType; readonly answerColumns: readonly AnswerColumn[] } {
  if (outer !== null) {
    const own = { group: [group], value: values, both: [group, ...values], 'number-of-groups': values };
    return { answerType: 'rows', answerColumns: [outer, ...own[output.show]] };
  }
  const one = output.limit === 1;
  const [first] = values;
  const single = values.length === 1 && first !== undefined ? scalarType(first.type) : 'rows';
  switch (output.show) {
    case 'group':
      return { answerType: one ? scalarType(group.type) : 'list', answerColumns: [group] };
    case 'value':
      return { answerType: one || single === 'rows' ? single : 'list', answerColumns: values };
    case 'both':
      return { answerType: 'rows', answerColumns: [group, ...values] };
    case 'number-of-groups':
      return { answerType: 'number', answerColumns: values };
  }
}

/** The groups in their order; `placed` adds the group's place, for joining the rows to it. */
export function groupStatement({
  output,
  selection,
  scope,
  placed,
}: {
  output: GroupedOutput;
  selection: Selection;
  scope: Scope;
  placed: boolean;
}): { readonly sql: string; readonly columns: GroupColumns; readonly place: string } {
  const { rows, outer } = groupedRowsWithin(output, scope.rows(selection), scope);
  const list = selectList(scope);
  const outerName =
    outer === null || output.within === undefined ? null : addGroup(output.within, outer, list);
  const outers = outerName === null ? [] : [identifier(outerName)];
  const groupName = addGroup(output.group, rows, list);
  const group = identifier(groupName);
  const values = output.values.map((value) => {
    const name = list.addSql(groupValue(value, scope).sql, groupValueName(value));
    return { name, ...groupValueType({ value, output, scope }) };
  });
  const [first] = output.values.map((value) => inside(groupValue(value, scope), 'sum'));
  const direction = output.order === 'descending' ? ' DESC' : '';
  const firstName = identifier(values[0]?.name ?? '');
  const orderBy = [...outers, ...(output.order === 'group' ? [group] : [`${firstName}${direction}`, group])];
  const inOrder = `ORDER BY ${output.order === 'group' ? '' : `${first ?? ''}${direction}, `}${rows.group}`;
  const place = placed
    ? list.addSql(
        outer === null
          ? `row_number() OVER (${inOrder})`
          : `row_number() OVER (ORDER BY ${outer.group}, ${inOrder.replace('ORDER BY ', '')})`,
        'place',
      )
    : '';
  const { limit, offset = 0 } = output;
  const isCut = limit !== undefined || offset > 0;
  const ownPlace = outer === null ? '' : `row_number() OVER (PARTITION BY ${outer.group} ${inOrder})`;
  const lastPlace =
    limit === undefined ? '' : ` AND ${ownPlace} <= ${offset + wholeNumber(limit, 'groups asked for')}`;
  const having = output.having.map(({ left, comparison, right }) => {
    const [one, other] = [left, right].map((side) => inside(groupValue(side, scope), 'sum'));
    return `${one} ${sqlComparison(comparison)} ${other}`;
  });
  const counted = output.show === 'number-of-groups';
  const sql = selectStatement({
    select: list.items,
    from: rows.from,
    where: rows.where,
    groupBy: [...outers, group],
    having: [
      ...having,
      ...output.values
        .slice(0, 1)
        .filter(canBeMissing)
        .map(() => `${first ?? ''} IS NOT NULL`),
    ],
    ...(outer !== null && isCut ? { qualify: `${ownPlace} > ${offset}${lastPlace}` } : {}),
    orderBy: counted ? [] : orderBy,
    limit:
      counted || outer !== null || limit === undefined ? undefined : wholeNumber(limit, 'groups asked for'),
    offset: counted || outer !== null ? undefined : output.offset,
  });
  const within =
    outerName === null || output.within === undefined
      ? null
      : { name: outerName, ...groupType(output.within, scope) };
  const columns = { within, group: { name: groupName, ...groupType(output.group, scope) }, values };
  return { sql, columns, place };
}

/** Adds the group's column: bare where it is a column of the rows, so that GROUP BY can name it. */
function addGroup(groupBy: GroupBy, rows: GroupedRows, list: SelectList): string {
  if (groupBy.kind === 'column') return list.add({ kind: 'column', column: groupBy.column }, rows.name);
  return groupBy.kind === 'date-part' ? list.addSql(rows.group, rows.name) : list.addBare(rows.name);
}

/** Only a count always has a value. */
function canBeMissing(value: GroupValue): boolean {
  return !(value.kind === 'measure' && value.measure.function.startsWith('count'));
}

export function groupValue(value: GroupValue, scope: Scope): SqlExpression {
  switch (value.kind) {
    case 'measure':
      return scope.measure(value.measure, value.where);
    case 'overall':
      return scope.aggregate(value.aggregate);
    case 'number':
      return term(numberLiteral(value.value));
    case 'arithmetic': {
      const left = groupValue(value.left, scope);
      const right = groupValue(value.right, scope);
      return arithmeticSql(value.operator, left, right);
    }
  }
}

function groupValueName(value: GroupValue): string {
  return value.kind === 'measure' ? measureName(value.measure) : 'value';
}

function groupValueType({
  value,
  output,
  scope,
}: {
  value: GroupValue;
  output: GroupedOutput;
  scope: Scope;
}): ValueType {
  if (output.percentage) return { type: 'percentage', unit: '%' };
  const own = value.kind === 'measure' ? typeOfMeasure(value.measure, scope.table) : null;
  // The unit is that of the first value; a count beside it has none.
  return own !== null && value !== output.values[0]
    ? own
    : withUnit(own ?? { type: 'number', unit: null }, output.unit);
}

/** The keys of the rows of the groups in the answer, those of the first group first. */
function rowsOfGroups({
  output,
  selection,
  scope,
}: {
  output: GroupedOutput;
  selection: Selection;
  scope: Scope;
}): string {
  const groups = groupStatement({ output, selection, scope, placed: true });
  const { rows, outer } = groupedRowsWithin(output, scope.rows(selection), scope);
  const member = scope.newName('member_group');
  const outerMember = scope.newName('member_of');
  const members = selectStatement({
    select: [
      scope.key,
      ...(outer === null ? [] : [`${outer.group} AS ${identifier(outerMember)}`]),
      `${rows.group} AS ${identifier(member)}`,
    ],
    from: rows.from,
    where: rows.where,
  });
  const [left, right] = ['members', 'answer_groups'].map((name) => identifier(scope.newName(name)));
  const { within } = groups.columns;
  const sameOuter =
    within === null ? '' : ` AND ${left}.${identifier(outerMember)} = ${right}.${identifier(within.name)}`;
  return selectStatement({
    select: [`${left}.${scope.key}`],
    from: `${subquery(members)} AS ${left}\nJOIN ${subquery(groups.sql)} AS ${right}\n  ON ${left}.${identifier(member)} = ${right}.${identifier(groups.columns.group.name)}${sameOuter}`,
    groupBy: [`${left}.${scope.key}`],
    orderBy: [`min(${right}.${identifier(groups.place)})`, `${left}.${scope.key}`],
  });
}
