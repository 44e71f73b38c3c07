import type { CatalogColumn } from '../../table/catalog.ts';
import { lemmaOf } from '../language/lemma.ts';
import type { Comparison, GroupBy, GroupValue, Measure, Predicate } from '../plan.ts';
import type { AnalystGrammar, TableContext } from './context.ts';
import type { Comparing, Group, Grouped, Having, Quantity, Rows } from './meanings.ts';
import { fitLiteral } from './compare.ts';
import { numeric, plainColumn } from './quantity-values.ts';
import { allRows } from './row-sets.ts';
import { mainDate } from './predicate-conditions.ts';
import { isKeyColumn, quantityOf } from './terms.ts';

/** The groups that a column's values make; null for columns of numbers. */
export function groupOf(context: TableContext, quantity: Quantity): Group | null {
  const column = plainColumn(context, quantity);
  // A group by the names of the rows would be each row by itself.
  if (column === null || isKeyColumn(context, column) || isNameOfRows(context, column)) return null;
  const isLabel = column.type === 'category' || column.type === 'text' || column.type === 'boolean';
  const by: GroupBy | null =
    column.type === 'list'
      ? { kind: 'item', column: column.name }
      : isLabel
        ? { kind: 'column', column: column.name }
        : null;
  return by === null ? null : { by, name: quantity.name, columns: quantity.columns };
}

/** Whether a field of many different texts is called as the rows are: the lake of lakes. */
const isNameOfRows = ({ table }: TableContext, { type, label }: CatalogColumn): boolean =>
  type === 'text' && table.nouns.includes(lemmaOf(label.toLowerCase()));

const count: GroupValue = { kind: 'measure', measure: { function: 'count' } };

const grouped = (value: GroupValue, rows: Rows, quantity: Quantity | null = null): Grouped => ({
  value,
  rows: { ...rows, singular: false },
  percentage: quantity?.type === 'percentage',
  unit: quantity === null ? null : quantity.type === 'percentage' ? '%' : quantity.unit,
});

export function measuredGroup(
  measure: Pick<Measure, 'function' | 'percentile' | 'deviation'>,
  given: Quantity,
  rows: Rows,
): Grouped | null {
  const isOrdered =
    given.type === 'date' && (measure.function === 'minimum' || measure.function === 'maximum');
  const quantity = isOrdered ? given : numeric(given);
  if (quantity === null || rows.count !== null || rows.by !== null) return null;
  return grouped({ kind: 'measure', measure: { ...measure, of: quantity.expression } }, rows, quantity);
}

/** The share of a group's rows that fulfil a condition, in percent. */
export function groupShare(rows: Rows, part: Rows['where']): Grouped | null {
  if (part === null || rows.by !== null || rows.count !== null) return null;
  return { ...grouped(shareOfGroup(part), rows), percentage: true, unit: '%' };
}

/** The rows of a group that fulfil the condition, in percent of all of them. */
export const shareOfGroup = (where: Predicate): GroupValue => ({
  kind: 'arithmetic',
  operator: '/',
  left: {
    kind: 'arithmetic',
    operator: '*',
    left: { kind: 'number', value: 100 },
    right: { kind: 'measure', measure: { function: 'count' }, where },
  },
  right: count,
});

export function havingOf(
  context: TableContext,
  left: Grouped,
  comparing: Comparing,
  quantity: Quantity | null,
): Having | null {
  const { operand, comparison, high } = comparing;
  if (high !== undefined) return null;
  if (operand.kind === 'literal') {
    if (quantity === null && left.percentage && operand.literal.unit === null)
      return {
        left: left.value,
        comparison,
        right: { kind: 'number', value: operand.literal.value },
        rows: left.rows,
      };
    if (quantity === null)
      return operand.literal.percent || operand.literal.unit !== null
        ? null
        : {
            left: left.value,
            comparison,
            right: { kind: 'number', value: operand.literal.value },
            rows: left.rows,
          };
    const fitted = fitLiteral(context, quantity, operand.literal);
    if (fitted === null || fitted.expression.kind !== 'number') return null;
    return {
      left: left.value,
      comparison,
      right: { kind: 'number', value: fitted.expression.value },
      rows: left.rows,
    };
  }
  if (operand.kind === 'own-aggregate' && quantity !== null && operand.rows?.by == null) {
    const aggregate = {
      ...operand.measure,
      of: quantity.expression,
      ...(operand.rows?.where == null ? {} : { selection: { where: operand.rows.where } }),
    };
    return { left: left.value, comparison, right: { kind: 'overall', aggregate }, rows: left.rows };
  }
  if (operand.kind === 'figure' && operand.figure.over !== undefined) {
    const { measure, rows } = operand.figure.over;
    if (rows.by !== null) return null;
    const aggregate = rows.where === null ? measure : { ...measure, selection: { where: rows.where } };
    return { left: left.value, comparison, right: { kind: 'overall', aggregate }, rows: left.rows };
  }
  return null;
}

/** The condition that a group has so many rows. */
const countHaving = (comparison: Comparison, value: number): Having => ({
  left: count,
  comparison,
  right: { kind: 'number', value },
  rows: allRows,
});

/** Adds groups, the numbers asked of them, and the conditions on them. */
export function addGroupRules(grammar: AnalystGrammar): void {
  const occur = '(occur|appear|be used|be found|be listed|show up|come up)';
  grammar.rule('having', `${occur} [only|exactly|just] once`, () => countHaving('=', 1));
  grammar.rule('having', `${occur} more than once`, () => countHaving('>', 1));
  grammar.rule('having', `${occur} [only|exactly|just] <count> times`, ({ count }) =>
    countHaving('=', count),
  );
  grammar.rule('having', `${occur} <comparator:sign> <count:limit> times`, ({ sign, limit }) =>
    countHaving(sign, limit),
  );
  const found =
    '(occur|appear|occurring|appearing|be used|be found|found|be shared|shared|used|present|be present|be listed|listed|show up)';
  grammar.rule(
    'having',
    `${found} (in|by|among|for) <comparator:sign> <count:limit> <rows>` as const,
    ({ sign, limit, rows }) =>
      rows.by === null && rows.count === null ? { ...countHaving(sign, limit), rows } : null,
  );
  grammar.rule(
    'having',
    `${found} (in|by|among|for) [only|exactly|just] <count:limit> <rows>` as const,
    ({ limit, rows }) =>
      rows.by === null && rows.count === null ? { ...countHaving('=', limit), rows } : null,
  );
  // "Dyes that at least five cloths share", "dyes used at least five times".
  grammar.rule(
    'having',
    '(that|which) <comparator:sign> <count:limit> <rows> (share|have|use|carry|show|bear|belong to|come from|fall into|be in|be from|be of)',
    ({ sign, limit, rows }) =>
      rows.by === null && rows.count === null ? { ...countHaving(sign, limit), rows } : null,
  );
  grammar.rule(
    'having',
    '(be|have been) <unknown-verb> <comparator:sign> <count:limit> times',
    ({ sign, limit }) => countHaving(sign, limit),
    0.1,
  );
  for (const [words, sign] of [
    ['(or|and) $more', '>='],
    ['(or|and) $fewer', '<='],
  ] as const) {
    const holding =
      '(with|having|that have|which have|have|containing|that contain|hold|contain|of)' as const;
    for (const opening of [`${found} (in|by|among|for)`, holding] as const) {
      grammar.rule('having', `${opening} <count:limit> ${words} <rows>` as const, ({ limit, rows }) =>
        rows.by === null && rows.count === null ? { ...countHaving(sign, limit), rows } : null,
      );
      grammar.rule('having', `${opening} <count:limit> <rows> ${words}` as const, ({ limit, rows }) =>
        rows.by === null && rows.count === null ? { ...countHaving(sign, limit), rows } : null,
      );
    }
  }
  grammar.rule(
    'having',
    '<light> [<comparator:sign?>] <count:limit> <rows>',
    ({ sign, limit, rows }) =>
      rows.count !== null || rows.by !== null || rows.noun === null
        ? null
        : { ...countHaving(sign ?? '=', limit), rows: { ...rows, singular: false } },
    0.1,
  );
  grammar.rule('group', '[different|distinct|individual|single] <column>', ({ column }, context) =>
    groupOf(context, column),
  );
  grammar.rule(
    'group',
    '[different|distinct] <column> (type|kind|sort|class|category)',
    ({ column }, context) => groupOf(context, column),
    0.03,
  );
  grammar.rule('group', '(calendar|) <date-part:part> [of|in] <column>', ({ part, column }) =>
    dated(part, column),
  );
  grammar.rule('group', '<column> <date-part:part>', ({ part, column }) => dated(part, column));
  grammar.rule(
    'verb-group',
    '<verb-column:column>',
    ({ column }, context) => groupOf(context, column) ?? dated('year', column),
  );
  grammar.rule('group', '<date-part:part>', ({ part }, context) => {
    const main = mainDate(context);
    return main === null ? null : dated(part, quantityOf(main.column));
  });

  grammar.rule(
    'group-value',
    '<rows>',
    ({ rows }) => (rows.count !== null || rows.by !== null || rows.singular ? null : grouped(count, rows)),
    0.02,
  );
  grammar.rule('group-value', '(number|count|total number|overall number) of <rows>', ({ rows }) =>
    rows.count !== null || rows.by !== null ? null : grouped(count, rows),
  );
  grammar.rule('group-value', '<noun> count', () => grouped(count, allRows));
  grammar.rule(
    'group-value',
    '<measure> [value|values] [of|number of|amount of] [their|all|its] <quantity>',
    ({ measure, quantity }) => measuredGroup(measure, quantity, allRows),
  );
  grammar.rule(
    'group-value',
    '<measure> [value|values] [of|number of|amount of] [their|all|its] <quantity> (of|over|across|among|for) [their|its] <rows>',
    ({ measure, quantity, rows }) => measuredGroup(measure, quantity, rows),
  );
  grammar.rule(
    'group-value',
    '<measure> [value|values] [of|number of|amount of] [their|all|its] <quantity> per <noun>',
    ({ measure, quantity }) => measuredGroup(measure, quantity, allRows),
    0.03,
  );
  grammar.rule('group-value', '<quantity> on average', ({ quantity }) =>
    measuredGroup({ function: 'average' }, quantity, allRows),
  );
  grammar.rule('group-value', '$portion of <rows> (that|which|who) <predicates>', ({ rows, predicates }) =>
    groupShare(rows, predicates.predicate),
  );
  grammar.rule('group-value', '$portion of <rows> (with|having) <haves>', ({ rows, haves }) =>
    groupShare(rows, haves.predicate),
  );
  grammar.rule('group-value', '$portion of <rows>', ({ rows }) => groupShare(allRows, rows.where));
  grammar.rule('group-value', '(number|count) of (different|distinct|unique) <column>', ({ column }) =>
    column.expression.kind === 'column' && column.type !== 'list'
      ? grouped({ kind: 'measure', measure: { function: 'count-distinct', of: column.expression } }, allRows)
      : null,
  );
  grammar.rule('group-value', '(range|spread) of <quantity>', ({ quantity }) => {
    const high = measuredGroup({ function: 'maximum' }, quantity, allRows);
    const low = measuredGroup({ function: 'minimum' }, quantity, allRows);
    return high === null || low === null
      ? null
      : { ...high, value: { kind: 'arithmetic', operator: '-', left: high.value, right: low.value } };
  });
  grammar.rule(
    'group-value',
    '(ratio of|) (total|summed) <quantity:part> (to|per|divided by) (total|summed) <quantity:whole>',
    ({ part, whole }) => {
      const above = measuredGroup({ function: 'sum' }, part, allRows);
      const below = measuredGroup({ function: 'sum' }, whole, allRows);
      return above === null || below === null
        ? null
        : grouped({ kind: 'arithmetic', operator: '/', left: above.value, right: below.value }, allRows);
    },
  );

  grammar.rule(
    'having',
    '(with|having|that have|which have|containing|that contain|have|contain|include|hold|of) <comparing> <rows>',
    ({ comparing, rows }, context) =>
      rows.count !== null || rows.by !== null
        ? null
        : havingOf(context, grouped(count, rows), comparing, null),
  );
  grammar.rule(
    'having',
    '(with|having|that have|which have|containing|that contain|have|contain|include|hold|maintain|own|manage|publish|run|sell|operate|host|offer) <comparator:sign> <count:limit> <rows>',
    ({ sign, limit, rows }, context) =>
      rows.count !== null || rows.by !== null || rows.singular
        ? null
        : havingOf(
            context,
            grouped(count, rows),
            {
              comparison: sign,
              operand: { kind: 'literal', literal: { value: limit, percent: false, unit: null } },
            },
            null,
          ),
  );
  grammar.rule(
    'having',
    '(with|having|that have|which have|have|show) <measure> [of|number of] <quantity> [of|that be|be] <comparing>',
    ({ measure, quantity: given, comparing }, context) => {
      const quantity = numeric(given);
      const left = measuredGroup(measure, given, allRows);
      return left === null || quantity === null ? null : havingOf(context, left, comparing, quantity);
    },
  );
  grammar.rule(
    'having',
    '(with|having|that have|which have|have|show) (average|mean) of <comparing> <quantity:given>',
    ({ comparing, given }, context) => {
      const quantity = numeric(given);
      const left = measuredGroup({ function: 'average' }, given, allRows);
      return left === null || quantity === null ? null : havingOf(context, left, comparing, quantity);
    },
  );
  grammar.rule(
    'having',
    '(with|having|that have|have|contain|maintain|own|manage|publish|run|sell|operate|hold|host|offer) [only|exactly|just] <count:limit> <rows>',
    ({ limit, rows }) =>
      rows.count !== null || rows.by !== null ? null : { ...countHaving('=', limit), rows },
  );
  grammar.rule(
    'having',
    '(whose|where|in which|for which) [their|its] <measure> [of|number of] <quantity> [be] <comparing>',
    ({ measure, quantity: given, comparing }, context) => {
      const quantity = numeric(given);
      const left = measuredGroup(measure, given, allRows);
      return left === null || quantity === null ? null : havingOf(context, left, comparing, quantity);
    },
  );
}

/** The groups that a calendar part of a date makes. */
export const dated = (part: 'year' | 'quarter' | 'month', quantity: Quantity): Group | null => {
  if (quantity.type !== 'date' || quantity.expression.kind !== 'column') return null;
  return {
    by: { kind: 'date-part', column: quantity.expression.column, part },
    name: `${part} of ${quantity.name}`,
    columns: quantity.columns,
  };
};
