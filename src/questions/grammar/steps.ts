import { withCounts } from './ask-frames.ts';
import type { AnalystGrammar, Tail } from './context.ts';
import { Weighed } from './engine.ts';
import type { Draft, Figure, Rows, Superlative } from './meanings.ts';
import { aggregateFigure } from './drafts.ts';
import { rebase } from './scope.ts';
import { isEveryRow } from './context.ts';
import { numeric } from './quantity-values.ts';
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
      if (over === null) return null;
      const notes = ['what follows is taken to be about the rows named first'];
      return new Weighed([
        { value: { rows: base, figure: over, quantity: null, binds: true }, cost: 0.05, notes },
      ]);
    },
  );
  grammar.rule('step', '[first] [,] $compute <figure>', ({ figure }) =>
    figure.over === undefined ? null : { rows: figure.over.rows, figure, quantity: null, binds: false },
  );
  grammar.rule(
    'step',
    '[first] [,] (consider|take|look at|focus on|restrict yourself to|restrict attention to|limit yourself to|select|filter for|filter to|keep|use|start with|start from|let us look at|restrict analysis to|limit analysis to|consider just) [only] <base>',
    ({ base }) => ({ rows: base, figure: null, quantity: null, binds: true }),
  );

  grammar.rule(
    'step',
    '[first] [,] $compute <quantity> (for|of) [each|every|all] <rows>',
    ({ quantity, rows }) =>
      numeric(quantity) === null || rows.by !== null || rows.count !== null
        ? null
        : { rows: { ...rows, singular: false }, figure: null, quantity, binds: true },
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
  grammar.rule(
    'afterthought',
    '(which|what) [<count:count?>] [of them|of these|one|ones|group|groups|<noun:noun?>|<column:column?>] (have|be|show|come out|rank) <superlative> [one|value|average|figure|share|number|total|mean|median|result]',
    ({ count, superlative }) =>
      (draft) =>
        topOf(draft, superlative, count ?? 1),
  );
  grammar.rule(
    'afterthought',
    '$list [only] <superlative> [<noun:noun?>]',
    ({ superlative }) =>
      (draft) =>
        firstOf(draft, superlative),
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
  grammar.rule(
    'afterthought',
    '<tails>',
    ({ tails }) =>
      (draft) =>
        throughAll(draft, tails),
  );
  grammar.rule(
    'afterthought',
    '(give|show|state|list|report|name|print|return|provide) (each|every|them|these|all) [<column:column?>|<noun:noun?>|one|group|of them] [together|along] (with|and) [its|their|number of] (count|number|figure|value|total|average|<noun:counted?>) [of <noun:things?>]',
    () => withCounts,
  );
  grammar.rule(
    'afterthought',
    '(give|show|state|list|report|name|print|return|provide) (each|every|them|these|all) [<column:column?>|<noun:noun?>|one|group|of them] [together|along] (with|and) [its|their|number of] (count|number|figure|value|total|average|<noun:counted?>) [of <noun:things?>] <tails>',
    ({ tails }) =>
      (draft) => {
        const shown = withCounts(draft);
        return shown === null ? null : throughAll(shown, tails);
      },
  );
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

const throughAll = (draft: Draft, tails: readonly Tail[]): Draft | null =>
  tails.reduce<Draft | null>((current, tail) => (current === null ? null : tail(current)), draft);

/** The first of the groups or rows that were asked for. */
function topOf(draft: Draft, superlative: Superlative, count: number): Draft | null {
  const { output, selection } = draft;
  const { descending, offset } = superlative;
  const limit = superlative.limit ?? count;
  if (output.kind === 'groups' && output.limit === undefined) {
    const order = descending ? 'descending' : 'ascending';
    return {
      selection,
      output: { ...output, order, limit, ...(offset === 0 ? {} : { offset }), show: 'group' },
    };
  }
  const shown = output.kind === 'entities' ? output.show[0] : undefined;
  if (shown === undefined || selection.limit !== undefined) return null;
  const order = { by: shown.value, descending };
  return {
    selection: { ...selection, order, limit, ...(offset === 0 ? {} : { offset }) },
    output: { kind: 'entities', show: [] },
  };
}

/** The first of the rows in the order that was asked for: "give the top two". */
function firstOf(draft: Draft, { limit, offset, descending }: Superlative): Draft | null {
  const { selection, output } = draft;
  if (selection.order === undefined || selection.limit !== undefined || output.kind !== 'entities')
    return null;
  if (!descending) return null;
  return { output, selection: { ...selection, limit: limit ?? 1, ...(offset === 0 ? {} : { offset }) } };
}
