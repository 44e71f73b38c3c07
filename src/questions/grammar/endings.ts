import type { Expression } from '../plan.ts';
import { columnsCalled } from './catalog-columns.ts';
import type { AnalystGrammar, Context } from './context.ts';
import type { Tail } from './context.ts';
import type { Draft, Quantity, Superlative } from './meanings.ts';
import { plainColumn } from './quantity-values.ts';
import { shownQuantity } from './row-sets.ts';
import { isKeyColumn } from './terms.ts';

/** Whether a list of rows shows the column in any case, because the rows are named by it. */
function isName(context: Context, quantity: Quantity): boolean {
  const column = plainColumn(context, quantity);
  return column !== null && isKeyColumn(context, column);
}

/** The list with the field beside the names, or as it is where the names are the field. */
function showing(context: Context, quantity: Quantity): Tail {
  return (draft) => {
    const { output } = draft;
    if (output.kind !== 'entities') return null;
    if (isName(context, quantity)) return draft;
    return { ...draft, output: { ...output, show: [...output.show, shownQuantity(quantity)] } };
  };
}

const same = (left: Expression, right: Expression): boolean => JSON.stringify(left) === JSON.stringify(right);

/** The answer in the order of a field: groups by their own field or number, rows by any. */
function orderedBy(quantity: Quantity, descending: boolean): Tail {
  return (draft) => {
    const { output, selection } = draft;
    if (output.kind === 'groups') {
      const { group } = output;
      if (output.limit !== undefined) return null;
      const [first] = output.values;
      if (
        (group.kind === 'column' || group.kind === 'item') &&
        same(quantity.expression, { kind: 'column', column: group.column })
      )
        return descending ? null : { ...draft, output: { ...output, order: 'group' } };
      if (first?.kind !== 'measure' || first.measure.of === undefined) return null;
      return same(first.measure.of, quantity.expression)
        ? { ...draft, output: { ...output, order: descending ? 'descending' : 'ascending' } }
        : null;
    }
    if (output.kind !== 'entities' || selection.limit !== undefined) return null;
    if (selection.order !== undefined)
      return same(selection.order.by, quantity.expression) && selection.order.descending === descending
        ? draft
        : null;
    return { ...draft, selection: { ...selection, order: { by: quantity.expression, descending } } };
  };
}

/** "Most expensive first": the order of groups, where their number is of what the adjective measures. */
function superlativeFirst(context: Context, { descending, measured, limit }: Superlative): Tail {
  return (draft: Draft) => {
    const { output, selection } = draft;
    if (limit !== null) return null;
    const ordered = output.kind === 'groups' ? output.values[0] : undefined;
    const by =
      ordered?.kind === 'measure'
        ? ordered.measure.of
        : output.kind === 'groups'
          ? undefined
          : selection.order?.by;
    const fits =
      measured.length === 0 ||
      measured.some((word) =>
        columnsCalled(context, word).some(
          ({ quantity, cost }) => cost < 0.2 && by !== undefined && same(quantity.expression, by),
        ),
      );
    if (!fits) return null;
    if (output.kind === 'groups')
      return output.limit === undefined
        ? { ...draft, output: { ...output, order: descending ? 'descending' : 'ascending' } }
        : (output.order === 'descending') === descending
          ? draft
          : null;
    return selection.order?.descending === descending ? draft : null;
  };
}

const unchanged: Tail = (draft) => draft;

/** Adds what is said at the end of a question about the form of its answer. */
export function addEndings(grammar: AnalystGrammar): void {
  const show = '(give|show|list|state|return|report|name|provide|print|and give|and show|and list|and state)';
  grammar.rule(
    'tail',
    `${show} [me] [only|just] [their|its|all] <column> [only]` as const,
    ({ column }, context) => showing(context, column),
    0.02,
  );
  grammar.rule(
    'tail',
    '<column> [only]',
    ({ column }, context) => (isName(context, column) ? showing(context, column) : null),
    0.05,
  );
  grammar.rule('tail', 'lparen <column> [, <tail:order?>] rparen', ({ column, order }, context) => {
    if (!isName(context, column)) return null;
    const shown = showing(context, column);
    return (draft) => {
      const named = shown(draft);
      return named === null || order === undefined ? named : order(named);
    };
  });
  const sort =
    '(sort|order|sorted|ordered|arranged|arrange|listed|in order of|and sort|and order) [them|it|list|result|results|answer] [by|alphabetically by|in order of]';
  grammar.rule('tail', `${sort} <column> [name] [$rising]` as const, ({ column }) =>
    orderedBy(column, false),
  );
  grammar.rule('tail', `${sort} <column> [$falling]` as const, ({ column }, context) =>
    context.tokens.some((token) => /^(?:desc|falling|highest|largest|most|latest|newest)/.test(token.word))
      ? orderedBy(column, true)
      : null,
  );
  grammar.rule('tail', '(in|sorted in|ordered in) chronological order', () => (draft) => {
    const { output } = draft;
    return output.kind === 'groups' && output.group.kind === 'date-part'
      ? { ...draft, output: { ...output, order: 'group' } }
      : null;
  });
  grammar.rule('tail', 'lparen month (as|in form|formatted as) yyyy mm rparen', () => (draft) => {
    const { output } = draft;
    const isMonths =
      output.kind === 'groups' && output.group.kind === 'date-part' && output.group.part === 'month';
    return isMonths ? draft : null;
  });
  grammar.rule(
    'tail',
    '<superlative> [<noun:noun?>|<column:column?>|one|ones] first',
    ({ superlative }, context) => superlativeFirst(context, superlative),
    0.02,
  );
  grammar.rule(
    'tail',
    '(across|over|in|from) (both|all|all of|both of|whole|entire|two) (file|list|sheet|table|document|source|data|dataset|record)',
    () => unchanged,
    0.05,
  );
  grammar.rule(
    'tail',
    '[rounded|round|round it|given|to be rounded] (to|with) [<number:digits?>] (decimal|decimal place|digit|significant digit|significant figure|nearest integer|nearest whole number|whole number)',
    () => unchanged,
  );
  grammar.rule(
    'tail',
    '[lparen] [in|as|given in] [a|] (percent|percentage|%|pct) [rparen]',
    () => (draft) => {
      const { output } = draft;
      if (output.kind === 'share') return draft;
      if (output.kind === 'groups') return output.percentage ? draft : null;
      return output.kind === 'calculation' && output.values.every(({ percentage }) => percentage)
        ? draft
        : null;
    },
  );
}
