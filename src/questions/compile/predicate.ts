import type { Comparison, Predicate } from '../plan.ts';
import { PlanError } from '../plan-error.ts';
import { dateColumn, term, within } from './expression.ts';
import type { Scope, SqlExpression } from './scope.ts';
import { literal, numberLiteral, subquery } from './sql-text.ts';

/** The SQL condition of a predicate: NULL, which selects nothing, where a missing value leaves it open. */
export function compilePredicate(predicate: Predicate, scope: Scope): SqlExpression {
  switch (predicate.kind) {
    case 'compare': {
      const left = within(scope.expression(predicate.left), 'sum');
      const right = within(scope.expression(predicate.right), 'sum');
      return comparison(`${left} ${sqlComparison(predicate.comparison)} ${right}`);
    }
    case 'between': {
      const [of, low, high] = [predicate.of, predicate.low, predicate.high].map((part) =>
        within(scope.expression(part), 'sum'),
      );
      return comparison(`${of} ${not(predicate)}BETWEEN ${low} AND ${high}`);
    }
    case 'is':
      return is(predicate, scope);
    case 'contains':
      return contains(predicate, scope);
    case 'date':
      return date(predicate, scope);
    case 'boolean': {
      if (scope.column(predicate.column)?.type !== 'boolean') {
        throw new PlanError(`The column ${predicate.column} is not yes or no.`);
      }
      const column = scope.columnName(predicate.column);
      return predicate.value ? term(column) : comparison(`NOT ${column}`);
    }
    case 'stated':
      return comparison(
        `${scope.columnName(predicate.column, predicate.period)} IS ${predicate.negated === true ? '' : 'NOT '}NULL`,
      );
    case 'entity':
      return comparison(
        oneOf(
          scope.key,
          predicate.names.map((name) => literal(scope.entity(name))),
          predicate,
        ),
      );
    case 'among':
      return comparison(`${scope.key} ${not(predicate)}IN ${subquery(scope.keys(predicate.selection))}`);
    case 'and':
    case 'or':
      return junction(predicate, scope);
    case 'not':
      return comparison(`NOT (${scope.predicate(predicate.operand).sql})`);
  }
}

/** The conditions of a WHERE clause, each of which can be joined by AND. */
export function compileConditions(predicate: Predicate | undefined, scope: Scope): readonly string[] {
  if (predicate === undefined) return [];
  if (predicate.kind === 'and') return predicate.operands.flatMap((part) => scope.conditions(part));
  return [within(scope.predicate(predicate), 'comparison')];
}

function comparison(sql: string): SqlExpression {
  return { sql, binding: 'comparison', double: false };
}

function not(predicate: { readonly negated?: boolean }): string {
  return predicate.negated === true ? 'NOT ' : '';
}

export function sqlComparison(comparison: Comparison): string {
  return comparison === '!=' ? '<>' : comparison;
}

function junction(predicate: Predicate & { readonly kind: 'and' | 'or' }, scope: Scope): SqlExpression {
  const [only] = predicate.operands;
  if (only === undefined) throw new PlanError(`An "${predicate.kind}" needs at least one condition.`);
  if (predicate.operands.length === 1) return scope.predicate(only);
  const parts = predicate.operands.map((part) => within(scope.predicate(part), 'comparison'));
  const sql = parts.join(predicate.kind === 'and' ? ' AND ' : ' OR ');
  return { sql, binding: predicate.kind, double: false };
}

function oneOf(of: string, values: readonly string[], predicate: { readonly negated?: boolean }): string {
  if (values.length === 0) throw new PlanError('A comparison with values needs at least one value.');
  if (values.length === 1) return `${of} ${predicate.negated === true ? '<>' : '='} ${values.join('')}`;
  return `${of} ${not(predicate)}IN (${values.join(', ')})`;
}

/** A text without case and accents. */
function folded(sql: string): string {
  return `strip_accents(lower(${sql}))`;
}

function foldedLiteral(text: string): string {
  // Only DuckDB itself folds as DuckDB does; of plain ASCII it is certain.
  return /^[ -~]*$/.test(text) ? literal(text.toLowerCase()) : folded(literal(text));
}

function textColumn(column: string, scope: Scope): string {
  const type = scope.column(column)?.type ?? 'text';
  if (type !== 'text' && type !== 'category') {
    throw new PlanError(`The column ${column} is a ${type} and cannot be compared with words.`);
  }
  return scope.columnName(column);
}

function is(predicate: Predicate & { readonly kind: 'is' }, scope: Scope): SqlExpression {
  const column = textColumn(predicate.column, scope);
  const values = predicate.values.map(foldedLiteral);
  const isFreeText = scope.column(predicate.column)?.type === 'text';
  const named = isFreeText && !predicate.values.some((value) => /[(<[]/.test(value));
  return comparison(oneOf(folded(named ? withoutBrackets(column) : column), values, predicate));
}

/** A text without what follows it in brackets: `Jo Ray <jo@example.org>`. */
function withoutBrackets(sql: string): string {
  return String.raw`regexp_replace(${sql}, '(\S)\s*[(<\[][^()<>\[\]]*[)>\]]$', '\1')`;
}

function contains(predicate: Predicate & { readonly kind: 'contains' }, scope: Scope): SqlExpression {
  const prefix = not(predicate);
  if (scope.column(predicate.column)?.type === 'list') {
    const pattern = foldedLiteral(`^${escapePattern(predicate.text)}${itemQualifier}`);
    const matches = `regexp_matches(${folded('item')}, ${pattern})`;
    const items = `list_filter(${scope.columnName(predicate.column)}, lambda item: ${matches})`;
    return comparison(`len(${items}) ${predicate.negated === true ? '=' : '>'} 0`);
  }
  const column = folded(textColumn(predicate.column, scope));
  const test = { start: 'starts_with', end: 'ends_with', anywhere: 'contains' }[predicate.at ?? 'anywhere'];
  return comparison(`${prefix}${test}(${column}, ${foldedLiteral(predicate.text)})`);
}

/** What may follow an item's name: nothing, something in brackets, or a percentage. */
const itemQualifier = String.raw`(\s*($|[(\[<:])|\s+[0-9.,]+\s*%)`;

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

function date(predicate: Predicate & { readonly kind: 'date' }, scope: Scope): SqlExpression {
  const column = dateColumn(predicate.column, scope);
  const operator = sqlComparison(predicate.comparison);
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(predicate.date);
  if (parts === null || Number.isNaN(Date.parse(predicate.date))) {
    throw new PlanError(`"${predicate.date}" is no date of the form 2021, 2021-03 or 2021-03-09.`);
  }
  const [, year, month, day] = parts;
  if (day !== undefined) return comparison(`${column} ${operator} DATE ${literal(predicate.date)}`);
  if (month !== undefined) {
    return comparison(`strftime(${column}, '%Y-%m') ${operator} ${literal(predicate.date)}`);
  }
  return comparison(`year(${column}) ${operator} ${numberLiteral(Number(year))}`);
}
