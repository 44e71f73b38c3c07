import type { GroupedOutput, GroupValue } from '../plan.ts';
import type { AnalystGrammar } from './context.ts';
import { Weighed } from './engine.ts';
import type { Draft, Group, Grouped, Having, Quantity, Rows, Superlative } from './meanings.ts';
import { numeric } from './quantity-values.ts';
import { measuresAmounts } from './superlatives.ts';
import { allRows, modified, selectionOf, within } from './row-sets.ts';

/** What is asked of the groups beside their first value. */
export interface Asked {
  readonly having?: Having | undefined;
  readonly superlative?: Superlative | undefined;
  readonly count?: number | undefined;
  readonly more?: Grouped | undefined;
  readonly show: GroupedOutput['show'];
}

const isCount = (value: GroupValue): boolean =>
  value.kind === 'measure' && value.measure.function === 'count';

/** A question about groups of rows. */
export function groupsDraft(group: Group, grouped: Grouped, asked: Asked): Draft | null {
  const { having, superlative, show } = asked;
  if (grouped.rows.count !== null || grouped.rows.by !== null) return null;
  if (asked.more !== undefined && (asked.more.rows.where !== null || grouped.rows.where !== null))
    return null;
  // The year with the sunniest days is not the one of which there are most.
  if (superlative !== undefined && isCount(grouped.value) && !measuresAmounts(superlative)) return null;
  const limit = superlative === undefined ? null : (superlative.limit ?? asked.count ?? 1);
  if (asked.count !== undefined && superlative?.limit != null && superlative.limit !== asked.count)
    return null;
  const order =
    superlative === undefined
      ? group.by.kind === 'date-part' || group.by.kind === 'tier'
        ? 'group'
        : 'descending'
      : superlative.descending
        ? 'descending'
        : 'ascending';
  const rows = having === undefined ? grouped.rows : within(grouped.rows, having.rows);
  const offset = superlative?.offset ?? 0;
  return {
    selection: selectionOf(rows),
    output: {
      kind: 'groups',
      group: group.by,
      values: asked.more === undefined ? [grouped.value] : [grouped.value, asked.more.value],
      having:
        having === undefined
          ? []
          : [{ left: having.left, comparison: having.comparison, right: having.right }],
      order,
      ...(limit === null ? {} : { limit }),
      ...(offset === 0 ? {} : { offset }),
      show,
      percentage: grouped.percentage,
      unit: grouped.unit,
    },
  };
}

const rowCount: GroupValue = { kind: 'measure', measure: { function: 'count' } };

const counted = (rows: Rows): Grouped => ({
  value: rowCount,
  rows: { ...rows, singular: false },
  percentage: false,
  unit: null,
});

/** The groups that fulfil a condition. */
const groupsHaving = (group: Group, having: Having, show: 'group' | 'number-of-groups'): Draft | null =>
  groupsDraft(group, { value: having.left, rows: allRows, percentage: false, unit: null }, { having, show });

const lie = '(country|city|place|state|region|town|location|nation|area)';

const top: Superlative = { descending: true, measured: [], limit: null, offset: 0 };
const bottom: Superlative = { ...top, descending: false };

/** Adds questions about groups of rows. */
export function addGroupQuestions(grammar: AnalystGrammar): void {
  addBestGroupQuestions(grammar);
  addEachGroupQuestions(grammar);
}

function addBestGroupQuestions(grammar: AnalystGrammar): void {
  for (const [word, superlative] of [
    ['most', top],
    ['fewest', bottom],
  ] as const)
    grammar.rule(
      'ask',
      `(which|what) [<count:count?>] <group> <verb-column:quantity> ${word} [people|person|<quantity:again?>]` as const,
      ({ count, group, quantity }) => summedGroups(group, quantity, { count, superlative }),
      0.05,
    );
  grammar.rule(
    'ask',
    '(which|what|who) [<count:count?>] <group> <verb-column:column> <superlative> <group-value:grouped>',
    ({ count, group, column, superlative, grouped }) =>
      column.columns[0] === group.columns[0]
        ? groupsDraft(group, grouped, { superlative, count, show: 'group' })
        : null,
  );
  grammar.rule(
    'ask',
    '(which|what|who) [<count:count?>] <group> (have|account for|see|record|report|cause|suffer|produce|<light>) (most|fewest) <quantity>',
    ({ count, group, quantity }, context) => {
      const isMost = context.tokens.some((token) => token.word === 'most');
      return summedGroups(group, quantity, { count, superlative: isMost ? top : bottom });
    },
    0.05,
  );
  grammar.rule(
    'ask',
    '(which|what|who) [<count:count?>] <group> [<having:having?>] (have|contain|hold|show|record|account for|include|see|list|produce|maintain|run|publish|own|manage|offer|host|get|sell|operate|conduct|represent|handle|report|name|organise|make|write|lead|back|fund|file|issue|look after|care for|be responsible for|carry|employ|command|attract|post|receive) <superlative> <group-value:grouped>',
    ({ count, group, having, superlative, grouped }) =>
      groupsDraft(group, grouped, { having, superlative, count, show: 'group' }),
  );
  grammar.rule(
    'ask',
    '(which|what|who) [<count:count?>] <group> [<having:having?>] <light> <superlative> <group-value:grouped> [<light:more?>]',
    ({ count, group, having, superlative, grouped }) =>
      groupsDraft(group, grouped, { having, superlative, count, show: 'group' }),
    0.1,
  );
  grammar.rule(
    'ask',
    'who <verb-group:group> <superlative> <group-value:grouped>',
    ({ group, superlative, grouped }) =>
      group.by.kind === 'date-part' ? null : groupsDraft(group, grouped, { superlative, show: 'group' }),
    0.05,
  );
  grammar.rule('ask', '(which|what) <group> do most <rows> <light>', ({ group, rows }) =>
    groupsDraft(group, counted(rows), { superlative: top, show: 'group' }),
  );
  grammar.rule(
    'ask',
    "(which|what) [<count:count?>] <group> 's <noun> have <superlative> <group-value:grouped>",
    ({ count, group, superlative, grouped }) =>
      groupsDraft(group, grouped, { superlative, count, show: 'group' }),
  );
  grammar.rule(
    'ask',
    '[in|for|from|to|under|within|of|by|at|on|with] (which|what) [<count:count?>] <group> (do|be|have) most [of] <rows> [$happen] [$situated]',
    ({ count, group, rows }) => groupsDraft(group, counted(rows), { superlative: top, count, show: 'group' }),
  );
  grammar.rule(
    'ask',
    '(in|for|from|to|under|within|of|by|at|on|with) (which|what) [<count:count?>] <group> (be|do) <superlative> <group-value:grouped> [$happen]',
    ({ count, group, superlative, grouped }) =>
      groupsDraft(group, grouped, { superlative, count, show: 'group' }),
    0.05,
  );
  grammar.rule(
    'ask',
    '(in|for|from|to|under|within|of|by|at|on|with) (which|what) [<count:count?>] <group> be <group-value:grouped> <superlative>',
    ({ count, group, superlative, grouped }) =>
      groupsDraft(group, grouped, { superlative, count, show: 'group' }),
  );
  grammar.rule(
    'ask',
    `(in|from) (which|what) [<count:count?>] ${lie} (do|be) most [of] <rows> <verb-group:group>`,
    ({ count, group, rows }) => groupsDraft(group, counted(rows), { superlative: top, count, show: 'group' }),
    0.1,
  );
  grammar.rule(
    'ask',
    'how many <rows> [be|have been] <verb-group:group> (per|each|in each|by|every|in every|for each) <date-part:part>',
    ({ rows, group, part }) => datedGroups(group, part, rows),
  );
  for (const [word, chosen] of [
    ['most', 'top'],
    ['least', 'bottom'],
  ] as const) {
    const superlative = chosen === 'top' ? top : bottom;
    grammar.rule(
      'ask',
      `[$list|which be] [<count:count?>] ${word} (common|frequent|popular|often used|frequently used|widespread|prevalent) [<count:more?>] <group> [$over <rows:rows?>]` as const,
      ({ count, more, group, rows }) =>
        groupsDraft(group, counted(rows ?? allRows), { superlative, count: count ?? more, show: 'group' }),
    );
    grammar.rule(
      'ask',
      `(which|what) <group> (be|occur|appear) [<count:count?>] ${word} (common|frequent|popular|often|frequently) [$over <rows:rows?>]` as const,
      ({ count, group, rows }) =>
        groupsDraft(group, counted(rows ?? allRows), { superlative, count, show: 'group' }),
    );
  }
  grammar.rule(
    'ask',
    '[$list] <superlative> <group> (by|in terms of|ranked by) <group-value:grouped>',
    ({ group, superlative, grouped }) => groupsDraft(group, grouped, { superlative, show: 'group' }),
  );
  grammar.rule(
    'ask',
    '(rank|order|sort) [all] <group> (by|according to) [their] <group-value:grouped>',
    ({ group, grouped }) => groupsDraft(group, grouped, { show: 'group' }),
  );
  grammar.rule('ask', '(which|what|list|name|show|find) [all] <group> <having>', ({ group, having }) =>
    groupsHaving(group, having, 'group'),
  );
  grammar.rule('ask', '(how many) <group> <having>', ({ group, having }) =>
    groupsHaving(group, having, 'number-of-groups'),
  );
}

/** Counts by a part of the calendar of the date that a verb names: "started each year". */
function datedGroups(group: Group, part: 'year' | 'quarter' | 'month', rows: Rows): Draft | null {
  if (group.by.kind !== 'date-part') return null;
  return groupsDraft({ ...group, by: { ...group.by, part } }, counted(rows), { show: 'both' });
}

/** "Which operator had the most fatalities": the counts of a group's rows added up. */
function summedGroups(
  group: Group,
  given: Quantity,
  asked: { readonly count: number | undefined; readonly superlative: Superlative },
): Weighed<Draft> | null {
  const quantity = numeric(given);
  if (quantity === null || quantity.type !== 'number' || quantity.unit !== null) return null;
  const value: GroupValue = { kind: 'measure', measure: { function: 'sum', of: quantity.expression } };
  const draft = groupsDraft(
    group,
    { value, rows: allRows, percentage: false, unit: null },
    { ...asked, show: 'group' },
  );
  const notes = [`"${quantity.name}" is added up for each ${group.name}`];
  return draft === null ? null : new Weighed([{ value: draft, cost: 0.1, notes }]);
}

function addEachGroupQuestions(grammar: AnalystGrammar): void {
  const each = '(for|in|within|per|of) (every|each|all)';
  grammar.rule(
    'ask',
    `(for|in|within|per|of) (every|each|all) <group> [<having:having?>] [,] [$compute|$list|how many] [me] <group-value:grouped> and [$compute] <group-value:more>` as const,
    ({ group, having, grouped, more }) => groupsDraft(group, grouped, { having, more, show: 'both' }),
    0.02,
  );
  grammar.rule(
    'ask',
    `($compute|$list|) <group-value:grouped> and <group-value:more> (by|per|for each|for every|in each|in every|of each|within each) <group>` as const,
    ({ group, grouped, more }) => groupsDraft(group, grouped, { more, show: 'both' }),
    0.02,
  );
  grammar.rule(
    'ask',
    `${each} <group> [<having:having?>] [,] [$compute|$list|how many] [me] <group-value:grouped> [be there]` as const,
    ({ group, having, grouped }) => groupsDraft(group, grouped, { having, show: 'both' }),
  );
  grammar.rule(
    'ask',
    `${each} <group> [<having:having?>] [,] [$compute|$list|how many] [me] <group-value:grouped> (;|,|and|, and|, then|;|and then) (which|what|list|give|show|name) [<count:count?>] [of them|ones|group|<group:again?>] (be|have|) <superlative> [value|one|average|figure]` as const,
    ({ group, having, grouped, count, superlative }) =>
      groupsDraft(group, grouped, { having, superlative, count, show: 'group' }),
  );
  grammar.rule(
    'ask',
    '($compute|$list|) <group-value:grouped> (by|per|for each|for every|in each|in every|of each|within each|across each|broken down by|grouped by|split by|at each|across|across all|by each) <group> [[,] [for|in|only for|considering] [only|those|all] [<group:again?>] <having:having?>]',
    ({ group, grouped, having }) => groupsDraft(group, grouped, { having, show: 'both' }),
    0.02,
  );
  grammar.rule(
    'ask',
    'how many <rows> [be there|exist|do we have] (by|per|for each|in each|of each|within each|at each|in every|for every) <group> [<having:having?>]',
    ({ rows, group, having }) => groupsDraft(group, counted(rows), { having, show: 'both' }),
    0.02,
  );
  grammar.rule(
    'ask',
    '(count|tally) [all] <rows> (by|per|for each|for every|in each|in every|of each) <group> [<having:having?>]',
    ({ rows, group, having }) => groupsDraft(group, counted(rows), { having, show: 'both' }),
  );
  grammar.rule(
    'ask',
    'how many <rows> do (each|every) <group> <light>',
    ({ rows, group }) => groupsDraft(group, counted(rows), { show: 'both' }),
    0.05,
  );
  grammar.rule(
    'ask',
    'how many <rows> <light> [in|by|for|during|per|at|on|from] (each|every) <group> [<restrictors:more?>]',
    ({ rows, group, more }) => {
      const chosen = more === undefined ? rows : modified(rows, more);
      return chosen === null ? null : groupsDraft(group, counted(chosen), { show: 'both' });
    },
    0.05,
  );
  grammar.rule(
    'ask',
    'how many <rows> do (each|every) <group> (have|contain|hold|include) [<having:having?>]',
    ({ rows, group, having }) => groupsDraft(group, counted(rows), { having, show: 'both' }),
  );
}
