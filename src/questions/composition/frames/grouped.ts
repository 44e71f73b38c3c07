import type { Draft, Group, Quantity, Rows, Superlative } from '../../grammar/meanings.ts';
import { selectionOf } from '../../grammar/row-sets.ts';
import type { GroupCondition, GroupedOutput, GroupValue } from '../../plan.ts';

/** The number of rows of a group. */
export const rowCount: GroupValue = { kind: 'measure', measure: { function: 'count' } };

/** A question about groups of rows. */
export function groupedDraft({
  group,
  values,
  rows,
  quantity,
  having,
  superlative,
  count,
  within,
  order,
  show,
}: {
  readonly group: Group;
  readonly values: readonly GroupValue[];
  readonly rows: Rows;
  /** What the first value is of, for its unit; null where rows are counted. */
  readonly quantity?: Quantity | null;
  readonly having?: readonly GroupCondition[];
  readonly superlative?: Superlative;
  readonly count?: number | undefined;
  readonly within?: Group;
  readonly order?: 'descending' | 'ascending';
  readonly show: GroupedOutput['show'];
}): Draft {
  const limit = superlative === undefined ? null : (superlative.limit ?? count ?? 1);
  const offset = superlative?.offset ?? 0;
  const isCalendar = group.by.kind === 'date-part';
  return {
    selection: selectionOf(rows),
    output: {
      kind: 'groups',
      group: group.by,
      ...(within === undefined ? {} : { within: within.by }),
      values,
      having: having ?? [],
      order:
        superlative !== undefined
          ? superlative.descending
            ? 'descending'
            : 'ascending'
          : (order ?? (isCalendar ? 'group' : 'descending')),
      ...(limit === null ? {} : { limit }),
      ...(offset === 0 ? {} : { offset }),
      show,
      percentage: quantity?.type === 'percentage',
      unit: quantity == null ? null : quantity.type === 'percentage' ? '%' : quantity.unit,
    },
  };
}
