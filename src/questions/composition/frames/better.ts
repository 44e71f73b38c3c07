import { listDraft } from '../../grammar/drafts.ts';
import { numeric } from '../../grammar/quantity-values.ts';
import { ranked } from '../../grammar/row-sets.ts';
import { rankingBy } from '../../grammar/superlatives.ts';
import { quantityOf } from '../../grammar/terms.ts';
import type { GroupValue } from '../../plan.ts';
import { groupFor } from '../grouping.ts';
import { rowsOf } from '../rows.ts';
import { framed, holdsAtMost, isAdditive, marksAre, quantitiesIn, statedCalculation } from './frame.ts';
import type { Frame, Framed } from './frame.ts';
import { groupedDraft, rowCount } from './grouped.ts';

/** "Of A and B, which has the higher …": the first of a few that are named, by a field or by how many rows they have. */
export const better: Frame = (parts) => {
  const [superlative] = parts.superlatives;
  if (superlative === undefined || !marksAre(parts, 'which', 'who', 'than')) return [];
  if (!holdsAtMost(parts, { superlatives: 1, measures: 1 })) return [];
  const meaning = superlative.value.superlative;
  if (meaning.limit !== null || meaning.offset !== 0) return [];
  const rows = rowsOf(parts, parts.conditions);
  const named = parts.conditions.filter(({ entity }) => entity !== null);
  if (named.length >= 2)
    return quantitiesIn(parts).flatMap(({ quantity, rest, cost, notes }) => {
      const ranking = rankingBy({ ...meaning, measured: [], units: undefined, limit: 1 }, quantity);
      const first = ranking === null || rest.length > 0 ? null : ranked(rows, ranking);
      return framed(first === null ? null : listDraft(first), cost, notes);
    });
  const values = parts.conditions.filter(
    ({ predicate }) => predicate.kind === 'is' && predicate.negated !== true,
  );
  const byColumn = [...Map.groupBy(values, ({ column }) => column)].filter(([, said]) => said.length >= 2);
  const [column, ...others] = byColumn.map(([name]) =>
    parts.context.table.columns.find((each) => each.name === name),
  );
  if (column === undefined || others.length > 0) return [];
  const group = groupFor(parts.context, quantityOf(column));
  if (group === null) return [];
  const draft = (value: GroupValue, cost: number, notes: readonly string[]): readonly Framed[] =>
    framed(
      groupedDraft({ group, values: [value], rows, superlative: { ...meaning, limit: 1 }, show: 'group' }),
      cost,
      notes,
    );
  if (parts.free.length === 0) return parts.nouns.length > 0 ? draft(rowCount, 0, []) : [];
  return quantitiesIn(parts).flatMap(({ quantity, rest, cost, notes }) => {
    const of = numeric(quantity);
    const how = statedCalculation(parts) ?? (isAdditive(quantity) ? { function: 'sum' as const } : null);
    if (of === null || how === null || rest.length > 0) return [];
    return draft({ kind: 'measure', measure: { ...how, of: of.expression } }, cost, notes);
  });
};
