import type { Parts, Placed, Said, Superlative } from '../parts.ts';
import { listDraft } from '../../grammar/drafts.ts';
import { numeric } from '../../grammar/quantity-values.ts';
import { quantityOf } from '../../grammar/terms.ts';
import { ranked } from '../../grammar/row-sets.ts';
import type { GroupValue, Predicate } from '../../plan.ts';
import { groupFor } from '../grouping.ts';
import { parted, rowsOf } from '../rows.ts';
import { groupedDraft, rowCount } from './grouped.ts';
import { framed, holdsAtMost, marksAre, statedCalculation } from './frame.ts';
import type { Frame, Framed } from './frame.ts';
import { ordersOf } from './rankings.ts';
import type { Order } from './rankings.ts';

/** Two values of one field, or two names, between which an "or" stands. */
interface Rivals {
  readonly sides: readonly [Said, Said];
  /** What is said of either. */
  readonly both: readonly Said[];
}

/** "Are A or B heavier on average", "which has the better rating: A or B": the one of two that has more of something. */
export const winners: Frame = (parts) => {
  const [comparative] = parts.comparatives;
  if (comparative === undefined || !marksAre(parts, 'yes-no', 'which', 'who', 'list')) return [];
  if (!holdsAtMost(parts, { comparatives: 1, measures: 1, operators: 1, groups: 1 })) return [];
  const rivals = rivalsIn(parts);
  if (rivals === null) return [];
  const orders = ordersOf(parts, comparative).filter(({ rest }) =>
    rest.every(({ value }) => isOf(value.columns, rivals)),
  );
  return rivals.sides[0].entity === null
    ? winningGroups(parts, { rivals, comparative, orders })
    : winningRows(parts, { rivals, orders });
};

const isOf = (columns: readonly string[], { sides }: Rivals): boolean => columns[0] === sides[0].column;

function rivalsIn(parts: Parts): Rivals | null {
  const { conditions, pieces } = parts;
  for (const [index, one] of conditions.entries()) {
    const other = conditions[index + 1];
    if (other === undefined || one.column !== other.column) continue;
    if ((one.entity === null) !== (other.entity === null)) continue;
    if (one.entity === null && one.column === null) continue;
    if (!parted(pieces, one.end, other.start, 'or')) continue;
    return { sides: [one, other], both: conditions.filter((each) => each !== one && each !== other) };
  }
  return null;
}

/** The values of the field that the two sides stand for; null where a side is more than one value. */
function valuesOf({ context }: Parts, { sides }: Rivals): readonly string[] | null {
  const column = context.table.columns.find(({ name }) => name === sides[0].column);
  const valueOf = ({ predicate }: Said): string | null => {
    if (predicate.kind !== 'is') return null;
    const left =
      predicate.negated === true
        ? (column?.values.map(({ value }) => value).filter((value) => !predicate.values.includes(value)) ??
          [])
        : predicate.values;
    return left.length === 1 ? (left[0] ?? null) : null;
  };
  const values = sides.flatMap((side) => valueOf(side) ?? []);
  return values.length === 2 && values[0] !== values[1] ? values : null;
}

function winningGroups(
  parts: Parts,
  asked: {
    readonly rivals: Rivals;
    readonly comparative: Placed<Superlative>;
    readonly orders: readonly Order[];
  },
): readonly Framed[] {
  const { rivals, comparative, orders } = asked;
  const values = valuesOf(parts, rivals);
  const column = parts.context.table.columns.find(({ name }) => name === rivals.sides[0].column);
  const group = column === undefined ? null : groupFor(parts.context, quantityOf(column));
  if (values === null || column === undefined || group === null) return [];
  if (parts.groups.some(({ value }) => value.columns[0] !== column.name)) return [];
  const either: Predicate = { kind: 'is', column: column.name, values };
  const rows = rowsOf(parts, [...rivals.both, { ...rivals.sides[0], predicate: either }]);
  const { superlative, isAmount } = comparative.value;
  const best = { ...superlative, limit: 1, offset: 0 };
  const how = statedCalculation(parts);
  const isCount = isAmount && how === null && parts.free.length === 0 && parts.nouns.length > 0;
  if (isCount)
    return framed(groupedDraft({ group, values: [rowCount], rows, superlative: best, show: 'group' }));
  return orders.flatMap(({ quantity, ranking, cost, notes }) => {
    const of = quantity === null ? null : numeric(quantity);
    // Without a word for it, a sum and an average are as likely.
    if (of === null || how === null) return [];
    const value: GroupValue = { kind: 'measure', measure: { ...how, of: of.expression } };
    const draft = groupedDraft({
      group,
      values: [value],
      rows,
      quantity: of,
      superlative: { ...best, descending: ranking.descending },
      show: 'group',
    });
    return framed(draft, cost, notes);
  });
}

function winningRows(
  parts: Parts,
  { rivals, orders }: { readonly rivals: Rivals; readonly orders: readonly Order[] },
): readonly Framed[] {
  if (parts.measures.length > 0) return [];
  const rows = rowsOf(parts, [...rivals.both, ...rivals.sides]);
  return orders.flatMap(({ ranking, cost, notes }) => {
    const chosen = ranked(rows, { ...ranking, limit: 1 });
    return framed(chosen === null ? null : listDraft(chosen), cost, notes);
  });
}
