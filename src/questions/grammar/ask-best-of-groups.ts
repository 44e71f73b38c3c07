import { groupsDraft } from './ask-groups.ts';
import type { Asked } from './ask-groups.ts';
import type { AnalystGrammar } from './context.ts';
import type { Draft, Group, Grouped, Having, Quantity, Rows } from './meanings.ts';
import { numeric, plainColumn } from './quantity-values.ts';
import { allRows, ranked, selectionOf } from './row-sets.ts';

/** The first groups of a kind within each group of another kind. */
export function withinGroups(outer: Group, group: Group, grouped: Grouped, asked: Asked): Draft | null {
  if (outer.by.kind === 'tier' || group.by.kind === 'tier') return null;
  if (outer.columns.join() === group.columns.join() && outer.by.kind === group.by.kind) return null;
  const draft = groupsDraft(group, grouped, asked);
  return draft === null || draft.output.kind !== 'groups'
    ? null
    : { ...draft, output: { ...draft.output, within: outer.by } };
}

/** The sum of a quantity over the rows of a group, where numbers of it add up. */
function summed(given: Quantity): Grouped | null {
  const quantity = numeric(given);
  if (quantity === null || quantity.type === 'percentage' || quantity.fraction === true) return null;
  return {
    value: { kind: 'measure', measure: { function: 'sum', of: quantity.expression } },
    rows: allRows,
    percentage: false,
    unit: quantity.unit,
  };
}

/** The first rows of each group. */
export function bestOfGroups(
  group: Group,
  rows: Rows,
  how: { readonly having?: Having | undefined; readonly name?: Quantity | undefined } = {},
): Draft | null {
  if (rows.by === null || rows.by.offset !== 0) return null;
  const { by, descending, limit } = rows.by;
  const { having, name } = how;
  if (having !== undefined && (having.rows.where !== null || having.rows.by !== null)) return null;
  return {
    selection: selectionOf({ ...rows, by: null, count: null }),
    output: {
      kind: 'best-per-group',
      group: group.by,
      ...(name === undefined ? {} : { name: name.expression }),
      ...(having === undefined
        ? {}
        : { having: [{ left: having.left, comparison: having.comparison, right: having.right }] }),
      by,
      descending,
      limit: limit ?? 1,
    },
  };
}

/** Adds questions for the first rows, or the first groups, of each group. */
export function addBestOfGroupsQuestions(grammar: AnalystGrammar): void {
  const best = bestOfGroups;
  const each = '(for|in|within|per|of|from) (every|each|all)';
  grammar.rule(
    'ask',
    `${each} <group:outer> [,] (which|what|who) [<count:count?>] <group> (have|show|account for|see|<light>) <superlative> <group-value:grouped>` as const,
    ({ outer, group, count, superlative, grouped }) =>
      withinGroups(outer, group, grouped, { superlative, count, show: 'both' }),
    0.02,
  );
  for (const [word, descending] of [
    ['most', true],
    ['(least|fewest)', false],
  ] as const)
    grammar.rule(
      'ask',
      `${each} <group:outer> [,] (which|what|who) [<count:count?>] <group> (have|show|account for|see|<light>) ${word} <quantity>` as const,
      ({ outer, group, count, quantity }) => {
        const grouped = summed(quantity);
        const superlative = { descending, measured: [], limit: null, offset: 0 };
        return grouped === null
          ? null
          : withinGroups(outer, group, grouped, { superlative, count, show: 'both' });
      },
      0.05,
    );
  grammar.rule(
    'ask',
    '($compute|$list|how many|) <group-value:grouped> (by|per|for each|for every|in each|of each) <group:outer> and [each|per|by] <group>',
    ({ outer, group, grouped }) => withinGroups(outer, group, grouped, { show: 'both' }),
    0.05,
  );
  grammar.rule(
    'ask',
    `${each} <group:outer> [,] how many <rows> <light> (each|every) <group>` as const,
    ({ outer, group, rows }) => {
      const value = { kind: 'measure', measure: { function: 'count' } } as const;
      return withinGroups(
        outer,
        group,
        { value, rows: { ...rows, singular: false }, percentage: false, unit: null },
        { show: 'both' },
      );
    },
    0.05,
  );
  grammar.rule(
    'ask',
    `${each} <group> <having> [,] ($list|which be) [name of] <rows>` as const,
    ({ group, having, rows }) => best(group, rows, { having }),
    0.02,
  );
  grammar.rule(
    'ask',
    `${each} <group> <having> [,] (which|what) <rows> <loose-ranking:ranking>` as const,
    ({ group, having, rows, ranking }) => {
      const result = ranked({ ...rows, singular: false }, ranking);
      return result === null ? null : best(group, result, { having });
    },
  );
  grammar.rule(
    'ask',
    `${each} <group> [<having:having?>] [,] (which|what|who) <column:name> <loose-ranking:ranking>` as const,
    ({ group, having, name, ranking }, context) => {
      const column = plainColumn(context, name);
      const result = ranked(allRows, ranking);
      if (result === null || column?.type !== 'text') return null;
      return best(group, result, { having, name });
    },
    0.02,
  );
  grammar.rule('ask', `${each} <group> [,] ($list|which be) [name of] <rows>` as const, ({ group, rows }) =>
    best(group, rows),
  );
  grammar.rule(
    'ask',
    `${each} <group> [,] (which|what) <rows> (have|show) <ranking>` as const,
    ({ group, rows, ranking }) => {
      const result = ranked({ ...rows, singular: false }, ranking);
      return result === null ? null : best(group, result);
    },
  );
  grammar.rule(
    'ask',
    `(which|what) <rows> (have|show) <ranking> ${each} <group>` as const,
    ({ group, rows, ranking }) => {
      const result = ranked({ ...rows, singular: false }, ranking);
      return result === null ? null : best(group, result);
    },
  );
  grammar.rule(
    'ask',
    `${each} <group> [,] (which|what) <rows> <loose-ranking:ranking>` as const,
    ({ group, rows, ranking }) => {
      const result = ranked({ ...rows, singular: false }, ranking);
      return result === null ? null : best(group, result);
    },
  );
  grammar.rule('ask', `$list <rows> ${each} <group>` as const, ({ group, rows }) => best(group, rows));
}
