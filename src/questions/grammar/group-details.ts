import type { GroupValue, Measure, Predicate } from '../plan.ts';
import { groupsDraft } from './ask-groups.ts';
import { comparison } from './conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import type { Weighed } from './engine.ts';
import { groupOf } from './group-values.ts';
import type { Condition, Draft, Group, Grouped, Quantity, Rows, Superlative } from './meanings.ts';
import { numeric } from './quantity-values.ts';
import { allRows, restrict } from './row-sets.ts';

/** How a row's value compares with an aggregate over the rows that share its category. */
function againstOwnGroup(
  context: Context,
  given: Quantity,
  how: {
    readonly comparison: '>' | '<';
    readonly measure: Pick<Measure, 'function' | 'percentile'>;
    readonly group: Quantity;
  },
): Condition | Weighed<Condition> | null {
  const by = groupOf(context, how.group)?.by;
  if (by?.kind !== 'column') return null;
  const operand = { kind: 'own-group', measure: how.measure, by: by.column } as const;
  return comparison(context, given, { comparison: how.comparison, operand });
}

const counted = (rows: Rows): Grouped => ({
  value: { kind: 'measure', measure: { function: 'count' } },
  rows: { ...rows, singular: false },
  percentage: false,
  unit: null,
});

/** Groups by a part of the calendar, of the dates in the year alone. */
function groupsOfYear(
  group: Group,
  grouped: Grouped,
  asked: { readonly date: string; readonly superlative: Superlative; readonly count?: number | undefined },
): Draft | null {
  if (group.by.kind !== 'date-part' || group.by.part === 'year' || !/^\d{4}$/.test(asked.date)) return null;
  const within: Predicate = {
    kind: 'date',
    column: group.by.column,
    comparison: '=',
    date: asked.date,
  };
  return groupsDraft(
    group,
    { ...grouped, rows: restrict(grouped.rows, within) },
    { superlative: asked.superlative, count: asked.count, show: 'group' },
  );
}

const top: Superlative = { descending: true, measured: [], limit: null, offset: 0 };
const bottom: Superlative = { ...top, descending: false };

/** Adds what is asked of groups in more words: the months of a year, spans of values, the own group's average. */
export function addGroupDetails(grammar: AnalystGrammar): void {
  const see = '(have|see|record|bring|get|count|show)';
  for (const [word, superlative] of [
    ['most', top],
    ['fewest', bottom],
  ] as const)
    grammar.rule(
      'ask',
      `[in] (which|what) [<count:count?>] <group> (of|in) <date> ${see} ${word} <rows>` as const,
      ({ count, group, date, rows }) =>
        rows.by !== null || rows.count !== null
          ? null
          : groupsOfYear(group, counted(rows), { date, superlative, count }),
    );
  grammar.rule(
    'ask',
    `(which|what) [<count:count?>] <group> (of|in) <date> ${see} <superlative> <group-value:grouped>` as const,
    ({ count, group, date, superlative, grouped }) =>
      groupsOfYear(group, grouped, { date, superlative, count }),
  );
  grammar.rule(
    'ask',
    '(for|in|within|per|of) (every|each|all) <group> [,] [how many|$compute] <group-value:grouped> (be there|exist|do we have) [,] and [$compute] [their|its] <group-value:more>',
    ({ group, grouped, more }) => groupsDraft(group, grouped, { more, show: 'both' }),
  );
  grammar.rule(
    'ask',
    '(for|in|within|per|of) (every|each|all) <group> [,] [how many|$compute] <group-value:grouped> [,] and [what be] (their|its) <group-value:more>',
    ({ group, grouped, more }) => groupsDraft(group, grouped, { more, show: 'both' }),
  );
  grammar.rule('group', 'number of <column>', ({ column }) =>
    column.type === 'number' && column.unit === null && column.expression.kind === 'column'
      ? {
          by: { kind: 'column', column: column.expression.column },
          name: column.name,
          columns: column.columns,
        }
      : null,
  );
  grammar.rule(
    'group-value',
    '(difference|gap|spread|range|span) between [their|its] (highest|maximum|largest|max) and [their|its] (lowest|minimum|smallest|min) <quantity> [<noun:noun?>|value]',
    ({ quantity: given }) => {
      const quantity = numeric(given);
      if (quantity === null) return null;
      const extreme = (name: 'maximum' | 'minimum'): GroupValue => ({
        kind: 'measure',
        measure: { function: name, of: quantity.expression },
      });
      return {
        value: {
          kind: 'arithmetic',
          operator: '-',
          left: extreme('maximum'),
          right: extreme('minimum'),
        },
        rows: allRows,
        percentage: quantity.type === 'percentage',
        unit: quantity.unit,
      };
    },
  );
  const own = '(for|of|in|within|at|among) (their|its|same) [own|respective] <column:group>';
  for (const [words, comparison] of [
    ['(above|over|beyond|$more than)', '>'],
    ['(below|under|$fewer than)', '<'],
  ] as const) {
    grammar.rule(
      'predicate',
      `(be|lie) <verb-column:quantity> ${words} <measure> [<column:again?>] ${own}` as const,
      ({ quantity, measure, group }, context) =>
        againstOwnGroup(context, quantity, { comparison, measure, group }),
    );
    grammar.rule(
      'have',
      `<quantity> ${words} <measure> [<column:again?>] ${own}` as const,
      ({ quantity, measure, group }, context) =>
        againstOwnGroup(context, quantity, { comparison, measure, group }),
    );
    grammar.rule(
      'clause',
      `<quantity> (be|lie) ${words} <measure> [<column:again?>] ${own}` as const,
      ({ quantity, measure, group }, context) =>
        againstOwnGroup(context, quantity, { comparison, measure, group }),
    );
  }
}
