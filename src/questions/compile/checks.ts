import type { CatalogTable } from '../../table/catalog.ts';
import { columnsCounted, columnsNamed, cutSelections, type CutSelection } from '../plan-nodes.ts';
import type { Expression, GroupBy, GroupedOutput, Measure, QueryPlan, Selection } from '../plan.ts';
import type { StatementWriter } from './compiled-output.ts';
import type { Check } from './compiled-query.ts';
import { within } from './expression.ts';
import { groupedRows } from './grouped-rows.ts';
import { groupStatement } from './groups-output.ts';
import { groupConditions } from './ordered-output.ts';
import { identifier, selectStatement, subquery } from './sql-text.ts';

/** What a reader of the answer should know: ties at a cut, and rows left out because a value is missing. */
export function compileChecks({
  plan,
  table,
  write,
}: {
  plan: QueryPlan;
  table: CatalogTable;
  write: StatementWriter;
}): readonly Check[] {
  const checks = [
    ...cutSelections(plan).flatMap((selection) => tieChecks(selection, write)),
    ...groupTieChecks(plan, write),
    ...missingChecks({ plan, table, write }),
  ];
  return [...new Map(checks.map((check) => [check.sql, check])).values()];
}

/** Looks whether the rows on both sides of a cut have the same value. */
function tieChecks(selection: CutSelection, write: StatementWriter): readonly Check[] {
  const { limit, offset = 0, order } = selection;
  const uncut: Selection = { order, ...(selection.where === undefined ? {} : { where: selection.where }) };
  return [offset, offset + limit]
    .filter((place) => place > 0)
    .map((place) => ({
      sql: write((scope) => {
        const rows = scope.ordered(uncut);
        const neighbours = selectStatement({
          select: [`${rows.by} AS value`],
          from: rows.from,
          where: rows.where,
          orderBy: rows.orderBy,
          limit: 2,
          offset: place - 1,
        });
        return tieStatement(neighbours);
      }),
      warning: tieWarning('rows', place),
    }));
}

function tieStatement(neighbours: string): string {
  return selectStatement({
    select: ['CASE WHEN count(*) = 2 AND min(value) = max(value) THEN 1 ELSE 0 END AS n'],
    from: `${subquery(neighbours)} AS neighbours`,
  });
}

function tieWarning(what: string, place: number): string {
  return `Tie at the cut: the ${what} in places ${place} and ${place + 1} have the same value, and the name decided.`;
}

function groupTieChecks({ output, selection }: QueryPlan, write: StatementWriter): readonly Check[] {
  if (output.kind === 'best-per-group') return [bestTieCheck(output, selection, write)];
  if (output.kind !== 'groups' || output.order === 'group' || output.limit === undefined) return [];
  if (output.within !== undefined)
    return [withinTieCheck({ ...output, limit: output.limit }, selection, write)];
  const { limit, offset = 0 } = output;
  return [offset, offset + limit]
    .filter((place) => place > 0)
    .map((place) => ({
      sql: write((scope) => {
        const cut = { ...output, limit: 2, offset: place - 1 };
        const groups = groupStatement({ output: cut, selection, scope, placed: false });
        const value = identifier(groups.columns.values[0]?.name ?? '');
        const neighbours = selectStatement({
          select: [`${value} AS value`],
          from: `${subquery(groups.sql)} AS per_group`,
        });
        return tieStatement(neighbours);
      }),
      warning: tieWarning('groups', place),
    }));
}

/** Whether groups within groups tie at the cut. */
function withinTieCheck(
  output: GroupedOutput & { readonly limit: number },
  selection: Selection,
  write: StatementWriter,
): Check {
  return {
    sql: write((scope) => {
      const last = (output.offset ?? 0) + output.limit;
      const { limit: _, offset: __, ...whole } = output;
      const groups = groupStatement({ output: whole, selection, scope, placed: false });
      const { within: outer, group, values } = groups.columns;
      const value = identifier(values[0]?.name ?? '');
      const direction = output.order === 'descending' ? ' DESC' : '';
      const places = selectStatement({
        select: [
          `${identifier(outer?.name ?? '')} AS of_group`,
          `${value} AS value`,
          `row_number() OVER (PARTITION BY ${identifier(outer?.name ?? '')} ORDER BY ${value}${direction}, ${identifier(group.name)}) AS place`,
        ],
        from: `${subquery(groups.sql)} AS per_group`,
      });
      const tied = selectStatement({
        select: ['of_group'],
        from: `${subquery(places)} AS places`,
        where: [`place BETWEEN ${last} AND ${last + 1}`],
        groupBy: ['of_group'],
        having: ['count(*) = 2', 'min(value) = max(value)'],
      });
      return selectStatement({ select: ['count(*) AS n'], from: `${subquery(tied)} AS tied` });
    }),
    warning: 'Groups with a tie at the cut, where the name decided: {n}.',
  };
}

function bestTieCheck(
  output: QueryPlan['output'] & { readonly kind: 'best-per-group' },
  selection: Selection,
  write: StatementWriter,
): Check {
  return {
    sql: write((scope) => {
      const rows = groupedRows(output.group, scope.rows(selection), scope);
      const by = scope.expression(output.by);
      const direction = output.descending ? ' DESC' : '';
      const places = selectStatement({
        select: [
          `${rows.group} AS of_group`,
          `${by.sql} AS value`,
          `row_number() OVER (PARTITION BY ${rows.group} ORDER BY ${by.sql}${direction}, ${scope.key}) AS place`,
        ],
        from: rows.from,
        where: [
          ...rows.where,
          ...groupConditions({ output, rows, scope }),
          `${within(by, 'sum')} IS NOT NULL`,
        ],
      });
      const tied = selectStatement({
        select: ['of_group'],
        from: `${subquery(places)} AS places`,
        where: [`place BETWEEN ${output.limit} AND ${output.limit + 1}`],
        groupBy: ['of_group'],
        having: ['count(*) = 2', 'min(value) = max(value)'],
      });
      return selectStatement({ select: ['count(*) AS n'], from: `${subquery(tied)} AS tied` });
    }),
    warning: 'Groups with a tie at the cut, where the name decided: {n}.',
  };
}

function missingChecks({
  plan,
  table,
  write,
}: {
  plan: QueryPlan;
  table: CatalogTable;
  write: StatementWriter;
}): readonly Check[] {
  const { output, selection } = plan;
  const stated = (part: unknown): string => columnsInWords(columnsNamed(part), table);
  const alone = output.kind === 'calculation' || output.kind === 'yes-no';
  const measured = measuredSelections(plan);
  return [
    ...(alone ? [] : undecidedChecks(selection, stated, write)),
    ...measured.flatMap(({ of, rows }) => [
      ...(alone ? undecidedChecks(rows, stated, write) : []),
      ...(of === null ? [] : [missingCheck({ of, selection: rows, stated, write })]),
    ]),
    ...columnsCounted(plan).map((column) =>
      uncountedCheck({ column, selection: alone ? {} : selection, stated, write }),
    ),
  ];
}

/** The values a plan needs of rows, with the rows it needs them of. */
function measuredSelections({
  output,
  selection,
}: QueryPlan): readonly { readonly of: Expression | null; readonly rows: Selection }[] {
  const unlimited: Selection = selection.where === undefined ? {} : { where: selection.where };
  switch (output.kind) {
    case 'entities':
    case 'values':
      return selection.order === undefined ? [] : [{ of: selection.order.by, rows: unlimited }];
    case 'aggregate':
      return measureParts(output.aggregate, selection);
    case 'calculation':
      return output.values.flatMap(({ value }) => aggregateParts(value));
    case 'yes-no':
      return [output.left, output.right].flatMap(aggregateParts);
    case 'share':
      return output.weight === undefined ? [] : [{ of: output.weight, rows: output.of ?? {} }];
    case 'groups':
      return [
        ...(output.within === undefined ? [] : groupParts(output.within, selection)),
        ...groupParts(output.group, selection),
        ...output.values.flatMap((value) =>
          value.kind === 'measure' ? measureParts(value.measure, selection) : [],
        ),
      ];
    case 'best-per-group':
      return [...groupParts(output.group, selection), { of: output.by, rows: selection }];
    case 'cumulative':
      return [{ of: output.of, rows: selection }];
  }
}

type MeasuredPart = ReturnType<typeof measuredSelections>[number];

function measureParts(measure: Measure, rows: Selection): readonly MeasuredPart[] {
  const parts = [measure.of, measure.with].filter((part) => part !== undefined);
  return parts.length === 0 ? [{ of: null, rows }] : parts.map((of) => ({ of, rows }));
}

function groupParts(group: GroupBy, rows: Selection): readonly MeasuredPart[] {
  return [{ of: group.kind === 'tier' ? group.of : { kind: 'column', column: group.column }, rows }];
}

function aggregateParts(expression: Expression): readonly MeasuredPart[] {
  switch (expression.kind) {
    case 'aggregate':
      return measureParts(expression.aggregate, expression.aggregate.selection ?? {});
    case 'absolute':
      return aggregateParts(expression.of);
    case 'arithmetic':
      return [expression.left, expression.right].flatMap(aggregateParts);
    case 'change':
      return [expression.of, expression.before].flatMap(aggregateParts);
    default:
      return [];
  }
}

type Stated = (part: unknown) => string;

/** The labels of columns, as a person reads them: `"Area" or "Population (2020)"`. */
function columnsInWords(columns: readonly string[], table: CatalogTable): string {
  const labels = columns.map((name) => {
    const [, column = name, period] = /^(.+?)(?:@(.+))?$/.exec(name) ?? [];
    const label = table.columns.find((candidate) => candidate.name === column)?.label ?? column;
    return period === undefined ? `"${label}"` : `"${label} (${period})"`;
  });
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} or ${labels.at(-1) ?? ''}`;
}

/** Counts the rows of which a missing value leaves open whether they fulfil the conditions. */
function undecidedChecks({ where }: Selection, stated: Stated, write: StatementWriter): readonly Check[] {
  if (where === undefined || columnsNamed(where).length === 0) return [];
  return [
    {
      sql: write((scope) => countStatement(scope.relation, [`(${scope.predicate(where).sql}) IS NULL`])),
      warning: `Rows left out because they do not state ${stated(where)}, which the conditions need: {n}.`,
    },
  ];
}

function missingCheck({
  of,
  selection,
  stated,
  write,
}: {
  of: Expression;
  selection: Selection;
  stated: Stated;
  write: StatementWriter;
}): Check {
  return {
    sql: write((scope) => {
      const rows = scope.rows(selection);
      const missing = `${within(scope.expression(of), 'sum')} IS NULL`;
      return countStatement(rows.from, [...rows.where, missing]);
    }),
    warning: `Rows left out because they do not state ${stated(of) || 'a value'}: {n}.`,
  };
}

function uncountedCheck({
  column,
  selection,
  stated,
  write,
}: {
  column: string;
  selection: Selection;
  stated: Stated;
  write: StatementWriter;
}): Check {
  return {
    sql: write((scope) => {
      const rows = scope.rows(selection);
      return countStatement(rows.from, [...rows.where, `${scope.columnName(column)} IS NULL`]);
    }),
    warning: `Rows that do not state ${stated({ column })}, counted as having none: {n}.`,
  };
}

function countStatement(from: string, where: readonly string[]): string {
  return selectStatement({ select: ['count(*) AS n'], from, where });
}
