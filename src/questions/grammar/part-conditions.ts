import { columnIndexOf } from '../linking/column-links.ts';
import { synonymsOf } from '../linking/synonyms.ts';
import type { Comparison } from '../plan.ts';
import { columnsCalled } from './catalog-columns.ts';
import { comparison } from './conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import type { Comparing, Condition, Literal, Quantity } from './meanings.ts';

const percent = (value: number): Literal => ({ value, percent: true, unit: null });

/** Whether the column's own names, unit or description say that it is a share of what the words name. */
function isShareOf(context: Context, share: Quantity, whole: Quantity): boolean {
  const words = (column: string | undefined): ReadonlySet<string> => {
    const found = columnIndexOf(context.table).columns.find((each) => each.column.name === column);
    return new Set([
      ...(found?.unitWords ?? []),
      ...(found?.describedBy ?? []),
      ...(found?.variants.flatMap((variant) => variant.segments.flat().map((word) => word.lemma)) ?? []),
    ]);
  };
  const own = words(share.columns[0]);
  return [...words(whole.columns[0])].some(
    (word) => own.has(word) || [...synonymsOf(word)].some((synonym) => own.has(synonym)),
  );
}

/** "Less than a quarter of the population has electricity": the share compares so with the part. */
function partHas(
  context: Context,
  part: { readonly sign: Comparison; readonly percent: number },
  quantities: { readonly whole: Quantity; readonly share: Quantity },
): Weighed<Condition> | null {
  const { whole, share } = quantities;
  if (share.type !== 'percentage' || whole.columns[0] === share.columns[0]) return null;
  if (whole.columns.length !== 1 || !isShareOf(context, share, whole)) return null;
  const comparing: Comparing = {
    comparison: part.sign,
    operand: { kind: 'literal', literal: percent(part.percent) },
  };
  const outcome = comparison(context, share, comparing);
  if (!(outcome instanceof Weighed)) return null;
  const note = `the part of "${whole.name}" is taken as "${share.name}"`;
  return new Weighed(
    outcome.options.map((option) => ({
      ...option,
      cost: option.cost + 0.05,
      notes: [...(option.notes ?? []), note],
    })),
  );
}

/** The columns of spending on what the words name: "spend more than 5 % on research". */
function spendingOn(context: Context, purpose: string, comparing: Comparing): Weighed<Condition> | null {
  const options = ['expenditure', 'spending', 'cost'].flatMap((word) =>
    columnsCalled(context, `${purpose.toLowerCase()} ${word}`).slice(0, 2),
  );
  const best = options.toSorted((left, right) => left.cost - right.cost)[0];
  if (best === undefined || best.cost > 0.3) return null;
  const outcome = comparison(context, best.quantity, comparing);
  if (!(outcome instanceof Weighed)) return null;
  const note = `"${purpose}" is taken as "${best.quantity.name}"`;
  return new Weighed(
    outcome.options.map((option) => ({
      ...option,
      cost: option.cost + best.cost + 0.1,
      notes: [...(option.notes ?? []), note],
    })),
  );
}

/** Adds conditions on the part of a whole that has something, and on what is spent on a purpose. */
export function addPartConditions(grammar: AnalystGrammar): void {
  const have =
    '(have|use|own|enjoy|get|live with|live under|live below|live in|be with|possess) [access to|use of] [be]' as const;
  grammar.rule(
    'inverted',
    `do <comparator:sign> <part> <column:whole> ${have} <quantity:share>` as const,
    ({ sign, part, whole, share }, context) => partHas(context, { sign, percent: part }, { whole, share }),
  );
  grammar.rule(
    'inverted',
    `do <part> <column:whole> ${have} <quantity:share>` as const,
    ({ part, whole, share }, context) => partHas(context, { sign: '=', percent: part }, { whole, share }),
  );
  grammar.rule(
    'clause',
    `<comparator:sign> <part> <column:whole> ${have} <quantity:share>` as const,
    ({ sign, part, whole, share }, context) => partHas(context, { sign, percent: part }, { whole, share }),
  );
  grammar.rule(
    'clause',
    `<part> <column:whole> ${have} <quantity:share>` as const,
    ({ part, whole, share }, context) => partHas(context, { sign: '=', percent: part }, { whole, share }),
  );
  const spend =
    '(devote|allocate|spend|dedicate|commit|assign|allot|direct|channel|invest|put|lay out|spent|devoted)' as const;
  grammar.rule(
    'predicate',
    `${spend} <comparing> (to|on|into|for|in) [their|its] <text>` as const,
    ({ comparing, text }, context) => spendingOn(context, text, comparing),
  );
  grammar.rule(
    'predicate',
    `${spend} <comparing> (to|on|into|for|in) [their|its] <quantity>` as const,
    ({ comparing, quantity }, context) => comparison(context, quantity, comparing),
  );
}
