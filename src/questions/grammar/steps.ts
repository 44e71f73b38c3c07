import type { AnalystGrammar } from './context.ts';
import type { Figure, Rows } from './meanings.ts';
import { aggregateFigure } from './drafts.ts';
import { rebase } from './scope.ts';
import { isEveryRow } from './context.ts';
import { restrict, within } from './row-sets.ts';

/** The number over the rows named before it: "For all companies in Asia, calculate the average revenue." */
function figureOver(figure: Figure, base: Rows): Figure | null {
  if (figure.over === undefined) return null;
  const { measure, rows } = figure.over;
  const narrowed = within(rows, base);
  const again = aggregateFigure(measure, null, narrowed);
  return { ...again, unit: figure.unit, percentage: figure.percentage, type: figure.type, name: figure.name };
}

/** Adds sentences before the question proper, and after it. */
export function addStepRules(grammar: AnalystGrammar): void {
  grammar.rule(
    'step',
    '[first] [,] $among <base> [,|:] [first] $compute [me] <figure>',
    ({ base, figure }) => {
      const over = figureOver(figure, base);
      return over === null ? null : { rows: base, figure: over, binds: false };
    },
  );
  grammar.rule('step', '[first] [,] $compute <figure>', ({ figure }) =>
    figure.over === undefined ? null : { rows: figure.over.rows, figure, binds: false },
  );
  grammar.rule(
    'step',
    '[first] [,] (consider|take|look at|focus on|restrict yourself to|restrict attention to|limit yourself to|select|filter for|filter to|keep|use|start with|start from|let us look at|restrict analysis to|limit analysis to|consider just) [only] <base>',
    ({ base }) => ({ rows: base, figure: null, binds: true }),
  );

  grammar.rule(
    'afterthought',
    '(leave out|exclude|ignore|skip|omit|disregard|do not count|do not include|drop) [all|any] <rows>',
    ({ rows }) => {
      const { where } = rows;
      if (where === null || isEveryRow(where) || rows.by !== null) return null;
      return (draft) => rebase(draft, restrict({ ...rows, where: null }, { kind: 'not', operand: where }));
    },
  );
  // A row without a value takes no part in a comparison or a calculation in any case.
  grammar.rule(
    'afterthought',
    '(leave out|exclude|ignore|skip|omit|disregard|do not count|drop) [all|any] <noun> (that lack|lacking|without|missing|with missing|where|that do not have|that do not state|that miss) (one|any|either|some|) [of] (two|three|four|five|these|those|them|inputs|values|figures|it|value|one|data|this value) [values|figures|inputs|fields]',
    () => (draft) => draft,
  );
  grammar.rule(
    'afterthought',
    '(count|include|consider) only <rows>',
    ({ rows }) =>
      (draft) =>
        rows.by === null && rows.count === null ? rebase(draft, rows) : null,
  );
  grammar.rule('afterthought', '<tail>', ({ tail }) => tail);
  grammar.rule(
    'afterthought',
    '(sort|order|rank|list|give) (them|result|results|answer|list) [in] <direction> [order]',
    ({ direction }) =>
      (draft) =>
        draft.selection.order?.descending === direction ? draft : null,
  );
  grammar.rule(
    'afterthought',
    '(round|give|report|express|state|return|provide) [your|answer|result|it|value|percentage|them|numbers|all] [answer|result|value] (to|with|rounded to|in) [<number:digits?>] (decimal|decimals|decimal place|whole number|digits|percent|integer|percentage) [after decimal point|places|place]',
    () => (draft) => draft,
  );
}
