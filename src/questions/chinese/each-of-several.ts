import { groupedDraft } from '../composition/frames/grouped.ts';
import type { Draft } from '../grammar/meanings.ts';
import { allRows } from '../grammar/row-sets.ts';
import type { Predicate } from '../plan.ts';

const asksEach = /各有|各自|分别有|分别是|分别为|各是|各为/u;

/** "城西区和滨湖区各有多少家店": a number for each of the values that are named, and not one over all of them. */
export function eachOfSeveral(draft: Draft, question: string): Draft {
  const { output, selection } = draft;
  if (output.kind !== 'aggregate' || !asksEach.test(question) || selection.where === undefined) return draft;
  if (selection.limit !== undefined) return draft;
  const column = severalOf(selection.where);
  if (column === null) return draft;
  const grouped = groupedDraft({
    group: { by: { kind: 'column', column }, name: column, columns: [column] },
    values: [{ kind: 'measure', measure: output.aggregate }],
    rows: { ...allRows, where: selection.where },
    show: 'both',
  });
  return grouped.output.kind === 'groups'
    ? { ...grouped, output: { ...grouped.output, unit: output.unit } }
    : grouped;
}

/** The field of which several values are named; null where that is not one field. */
function severalOf(where: Predicate): string | null {
  const operands = where.kind === 'and' ? where.operands : [where];
  const several = operands.flatMap((each) =>
    each.kind === 'is' && each.negated !== true && each.values.length > 1 ? [each.column] : [],
  );
  return several.length === 1 ? (several[0] ?? null) : null;
}
