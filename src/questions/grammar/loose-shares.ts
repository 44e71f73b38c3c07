import type { AnalystGrammar } from './context.ts';
import { figureDraft, figurePercent } from './drafts.ts';
import { measured } from './figures.ts';
import type { Draft, Quantity, Rows } from './meanings.ts';
import { numeric, percentOf } from './quantity-values.ts';
import { allRows, selectionOf, within } from './row-sets.ts';
import { entityFigure } from './figures.ts';

/** The share that some rows have in the sum of a quantity over others. */
function shareOfSum(given: Quantity, part: Rows, whole: Rows): Draft | null {
  const weight = numeric(given);
  if (weight === null || weight.type === 'percentage' || part.count !== null || whole.by !== null)
    return null;
  if (part.where === null && part.by === null) return null;
  const of = selectionOf(whole);
  const isAll = Object.keys(of).length === 0;
  return {
    selection: selectionOf({ ...within(part, whole), singular: false }),
    output: { kind: 'share', weight: weight.expression, ...(isAll ? {} : { of }) },
  };
}

/** What percentage the sum of one quantity is of that of another. */
function sumInSum(part: Quantity, whole: Quantity, rows: Rows): Draft | null {
  if (part.columns.join() === whole.columns.join() || part.type === 'date' || whole.type === 'percentage')
    return null;
  const above = measured({ function: 'sum' }, part, rows);
  const below = measured({ function: 'sum' }, whole, rows);
  const share = above === null || below === null ? null : figurePercent(above, below);
  return share === null ? null : figureDraft(share);
}

/** Adds shares of sums with any verb: "what share of all participants took part in trials of …". */
export function addLooseShares(grammar: AnalystGrammar): void {
  const sum =
    '[total|summed|combined|overall|aggregate|entire|all|sum of|total of|total number of|number of]';
  const over = '[(of|across|over|in|at|for|among) <rows:whole?>]';
  grammar.rule(
    'ask',
    `(what|which) $portion of ${sum} <quantity> ${over} <light> [in|by|to|on|at|from|with|of] <rows:part>` as const,
    ({ quantity, whole, part }) => shareOfSum(quantity, part, whole ?? allRows),
    0.05,
  );
  grammar.rule(
    'ask',
    `(what|which) $portion of ${sum} <quantity> ${over} <loose-condition:part>` as const,
    ({ quantity, whole, part }) =>
      shareOfSum(quantity, { ...allRows, where: part.predicate }, whole ?? allRows),
    0.1,
  );
  grammar.rule(
    'ask',
    `(what|which) $portion of ${sum} <quantity:whole> ${over.replace('whole', 'rows') as '<rows:rows?>'} (be|go to|be spent on|be for|come from|be made up by|fall on|be due to|be used for) <quantity:part> [combined|together|taken together]` as const,
    ({ whole, part, rows }) => sumInSum(part, whole, { ...(rows ?? allRows), singular: false }),
    0.05,
  );
  grammar.rule(
    'ask',
    '(what|which) ($portion|fraction) of <quantity:whole> (at|in|of|for) <entity> (be|go to|be spent on|come from) [for] <quantity:part>',
    ({ whole, part, entity }) => {
      const share = percentOf(part, whole);
      return share === null ? null : figureDraft(entityFigure(share, entity));
    },
    0.02,
  );
}
