import type { GroupedOutput, Measure } from '../plan.ts';
import { groupsDraft } from './ask-groups.ts';
import type { AnalystGrammar, Tail } from './context.ts';
import { havingOf } from './group-values.ts';
import type { Comparing, Draft, Group, Grouped, Having, Quantity, Rows, Superlative } from './meanings.ts';
import { numeric } from './quantity-values.ts';
import { allRows } from './row-sets.ts';

type Show = GroupedOutput['show'];

/** The draft with a further condition on its groups; null where the two are about different rows. */
function alsoHaving(draft: Draft | null, having: Having): Draft | null {
  if (draft === null || draft.output.kind !== 'groups') return null;
  const { where, by } = having.rows;
  if (by !== null || (where !== null && JSON.stringify(where) !== '{"kind":"and","operands":[]}'))
    return null;
  const condition = { left: having.left, comparison: having.comparison, right: having.right };
  return { ...draft, output: { ...draft.output, having: [...draft.output.having, condition] } };
}

const groupsOf = (group: Group, having: Having, show: Show): Draft | null =>
  groupsDraft(group, { value: having.left, rows: allRows, percentage: false, unit: null }, { having, show });

function bestOf(
  group: Group,
  having: Having,
  best: { readonly superlative: Superlative; readonly grouped: Grouped; readonly count: number | undefined },
): Draft | null {
  const { superlative, grouped, count } = best;
  return groupsDraft(group, grouped, { having, superlative, count, show: 'group' });
}

/** The groups with a further condition on them, said after the question. */
const onlyGroups =
  (group: Group, having: Having): Tail =>
  (draft) => {
    const isSame =
      draft.output.kind === 'groups' && JSON.stringify(draft.output.group) === JSON.stringify(group.by);
    return isSame ? alsoHaving(draft, having) : null;
  };

/** Adds questions about groups that a condition chose before: "of the sectors with at least five firms, …". */
export function addChosenGroupQuestions(grammar: AnalystGrammar): void {
  grammar.rule(
    'tail',
    '(looking only at|looking at|considering only|considering|counting only|taking only|taking|restricted to|limited to|among|for|only for|only among|only|if only|with only) [only|those|all] <group> <having> [be|be considered|be counted]',
    ({ group, having }) => onlyGroups(group, having),
    -0.02,
  );
  for (const [many, show] of [
    ['(which|what|list|name|show|find)', 'group'],
    ['how many', 'number-of-groups'],
  ] as const)
    grammar.rule(
      'ask',
      `${many} [all] <group> <having:first> [and|,|, and|also] <having:second>` as const,
      ({ group, first, second }) => alsoHaving(groupsOf(group, first, show), second),
    );
  const them =
    '(of them|of these|of those|one|ones|<group:again?>|type|kind|class|category|group|one of them|)' as const;
  const chosen = '($among) [all|those|only|just|every] <group> <having>' as const;
  const have = '(have|show|record|report|reach|come with|boast|see|account for|contain|hold|list)' as const;
  grammar.rule(
    'ask',
    `${chosen} [,|:] (which|what) [<count:count?>] ${them} ${have} <superlative> <group-value:grouped>` as const,
    ({ group, having, superlative, grouped, count }) =>
      bestOf(group, having, { superlative, grouped, count }),
  );
  grammar.rule(
    'ask',
    `${chosen} [,|:] (in|for|at|of|with) (which|what) [<count:count?>] ${them} be <superlative> <group-value:grouped>` as const,
    ({ group, having, superlative, grouped, count }) =>
      bestOf(group, having, { superlative, grouped, count }),
  );
  grammar.rule(
    'ask',
    `${chosen} [,|:] (in|for|at|of|with) (which|what) [<count:count?>] ${them} be <group-value:grouped> <superlative>` as const,
    ({ group, having, superlative, grouped, count }) =>
      bestOf(group, having, { superlative, grouped, count }),
  );
  grammar.rule(
    'ask',
    `${chosen} [,|:] (which|what) ${them} <having:second>` as const,
    ({ group, having, second }) => alsoHaving(groupsOf(group, having, 'group'), second),
  );
  grammar.rule(
    'ask',
    `${chosen} [,|:] how many ${them} <having:second>` as const,
    ({ group, having, second }) => alsoHaving(groupsOf(group, having, 'number-of-groups'), second),
  );
  grammar.rule(
    'ask',
    `${chosen} [,|:] (in|for|at|of|with) (which|what) ${them} be <group-value:grouped> <comparing>` as const,
    ({ group, having, grouped, comparing }, context) => {
      const second = havingOf(context, grouped, comparing, null);
      return second === null ? null : alsoHaving(groupsOf(group, having, 'group'), second);
    },
  );
  grammar.rule(
    'ask',
    '(in|for|at|of|with) (which|what) <group> [<having:having?>] be <group-value:grouped> <comparing>',
    ({ group, having, grouped, comparing }, context) => {
      const own = havingIn(grouped, comparing, (left) => havingOf(context, left, comparing, null));
      if (own === null) return null;
      return having === undefined
        ? groupsDraft(group, grouped, { having: own, show: 'group' })
        : alsoHaving(groupsOf(group, having, 'group'), own);
    },
    0.05,
  );
  grammar.rule(
    'ask',
    '(compare|contrast) <measure> <quantity> [lparen [in] <unit:unit?> rparen] (of|for|between|among|in) <rows:first> (and|with|to|against) [(that|those) of] <rows:second>',
    ({ measure, quantity, first, second }) => comparedValues(measure, quantity, [first, second]),
  );
  grammar.rule(
    'ask',
    "(which|what|list|name) <group> (whose <noun:noun?>|'s <noun:noun?>) be (look after|looked after|maintained|run|owned|handled|made|produced|led|managed|sold|offered|published|sponsored) by <comparator:sign> <count:limit> (different|distinct|unique|separate) <column>",
    ({ group, sign, limit, column }) =>
      groupsOf(group, distinctHaving(column.columns[0], sign, limit), 'group'),
  );
  grammar.rule(
    'ask',
    '<group> whose <noun> be (look after|looked after|maintained|run|owned|handled|made|produced|led|managed|sold|offered|published|sponsored) by <comparator:sign> <count:limit> (different|distinct|unique|separate) <column> [: (which|what) be they]',
    ({ group, sign, limit, column }) =>
      groupsOf(group, distinctHaving(column.columns[0], sign, limit), 'group'),
    0.05,
  );
}

/** The same number for two values of one column, side by side. */
function comparedValues(
  measure: Pick<Measure, 'function' | 'percentile' | 'deviation'>,
  given: Quantity,
  rows: readonly [Rows, Rows],
): Draft | null {
  const quantity = numeric(given);
  const [first, second] = rows.map(({ where, by, count }) =>
    by === null && count === null && where?.kind === 'is' && where.negated !== true ? where : null,
  );
  if (quantity === null || first == null || second == null || first.column !== second.column) return null;
  const where = { ...first, values: [...first.values, ...second.values] };
  return {
    selection: { where },
    output: {
      kind: 'groups',
      group: { kind: 'column', column: first.column },
      values: [{ kind: 'measure', measure: { ...measure, of: quantity.expression } }],
      having: [],
      order: 'descending',
      show: 'both',
      percentage: quantity.type === 'percentage',
      unit: quantity.unit,
    },
  };
}

const havingIn = (
  grouped: Grouped,
  comparing: Comparing,
  make: (grouped: Grouped) => Having | null,
): Having | null => (comparing.high === undefined ? make(grouped) : null);

const distinctHaving = (
  column: string | undefined,
  comparison: Having['comparison'],
  limit: number,
): Having => ({
  left: {
    kind: 'measure',
    measure: { function: 'count-distinct', of: { kind: 'column', column: column ?? '' } },
  },
  comparison,
  right: { kind: 'number', value: limit },
  rows: allRows,
});
