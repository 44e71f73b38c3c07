import type { Comparison, Expression, Predicate } from '../plan.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { isNumeric } from './context.ts';
import { aggregateFigure, figureArithmetic, figureDraft } from './drafts.ts';
import { measured } from './figures.ts';
import { datedIn } from './loose-changes.ts';
import { mapNodes } from './map-nodes.ts';
import type { Draft, Figure, Named, Rows } from './meanings.ts';
import { restrict } from './row-sets.ts';

/** The part with the one value that it has of the other's column put in place of the other; null where it has none. */
function turnedTo<Part>(part: Part, other: Named): Part | null {
  const { predicate } = other;
  if (predicate.kind !== 'is' || predicate.values.length !== 1) return null;
  let found = 0;
  const isOwn = (node: object): node is Predicate & { kind: 'is' } =>
    'kind' in node && node.kind === 'is' && 'column' in node && node.column === predicate.column;
  const changed = mapNodes(part, (node) => {
    if (!isOwn(node) || node.values.length !== 1 || node.values[0] === predicate.values[0]) return null;
    found += 1;
    return { ...node, values: predicate.values };
  });
  return found === 1 ? changed : null;
}

const turnedFigure = (figure: Figure, other: Named): Figure | null => {
  const { over: _, ...plain } = figure;
  return turnedTo<Figure>(plain, other);
};

const yesNo = (left: Expression, comparison: Comparison, right: Expression): Draft => ({
  selection: {},
  output: { kind: 'yes-no', left, comparison, right },
});

const comparedTo = (left: Figure, comparison: Comparison, other: Named): Draft | null => {
  const right = turnedFigure(left, other);
  return right === null || !isNumeric(left.type)
    ? null
    : yesNo(left.expression, comparison, right.expression);
};

function differenceTo(left: Figure, other: Named, sign: 1 | -1): Draft | null {
  const right = turnedFigure(left, other);
  if (right === null) return null;
  const { over: _, ...plain } = left;
  const difference = sign === 1 ? figureArithmetic('-', plain, right) : figureArithmetic('-', right, plain);
  return difference === null ? null : figureDraft(difference);
}

/** Whether more of the rows fell into one year than into another. */
function countsCompared(
  context: Context,
  rows: Rows,
  how: { readonly comparison: Comparison; readonly first: string; readonly second: string },
): Draft | null {
  if (rows.count !== null || rows.by !== null) return null;
  const [left, right] = [how.first, how.second].map((date) => {
    const predicate = datedIn(context, date);
    return predicate === null
      ? null
      : aggregateFigure({ function: 'count' }, null, restrict({ ...rows, singular: false }, predicate));
  });
  return left == null || right == null ? null : yesNo(left.expression, how.comparison, right.expression);
}

/** Adds contrasts of one value of a field with another: "is the average at A higher than at B", "… differ from B". */
export function addLooseContrasts(grammar: AnalystGrammar): void {
  grammar.rule(
    'value-operand',
    '[that|those|one|same] [of|in|at|for|on|with|among] <value> [<column:column?>] [<noun:noun?>|ones|one]',
    ({ value }) => value,
  );
  grammar.rule(
    'value-operand',
    '[that|those|one|same] [of|in|at|for|on|with|among] <column> <value>',
    ({ value, column }) => (value.column === column.columns[0] ? value : null),
  );
  for (const [words, sign] of [
    ['($more|better)', '>'],
    ['($fewer|worse)', '<'],
  ] as const) {
    grammar.rule('ask', `be <figure:left> ${words} than <value-operand:other>` as const, ({ left, other }) =>
      comparedTo(left, sign, other),
    );
    grammar.rule(
      'ask',
      `be <measure> <quantity> ${words} (in|at|for|among|with|of|on) <rows:first> than <value-operand:other>` as const,
      ({ measure, quantity, first, other }) => {
        const left = measured(measure, quantity, { ...first, singular: false });
        return left === null ? null : comparedTo(left, sign, other);
      },
    );
    grammar.rule(
      'ask',
      `(do|have) <rows:first> <light> ${words} <quantity> [on average] than <value-operand:other>` as const,
      ({ first, quantity, other }) => {
        const left = measured({ function: 'average' }, quantity, { ...first, singular: false });
        return left === null ? null : comparedTo(left, sign, other);
      },
    );
    grammar.rule(
      'ask',
      `(how much|by how much|how many <unit:unit?>|how many percentage point|how many point) ${words} be <figure:left> than <value-operand:other>` as const,
      ({ left, other }) => differenceTo(left, other, sign === '>' ? 1 : -1),
    );
    grammar.rule(
      'ask',
      `(do|be) (we|you|they|there|it) [have|see|record] ${words} <rows> (in|during) <period:first> than [in|during] <period:second>` as const,
      ({ rows, first, second }, context) =>
        countsCompared(context, rows, { comparison: sign, first, second }),
    );
    grammar.rule(
      'ask',
      `be there ${words} <rows> (in|during) <period:first> than [in|during] <period:second>` as const,
      ({ rows, first, second }, context) =>
        countsCompared(context, rows, { comparison: sign, first, second }),
    );
    const much =
      `(how much|by how much|how many <unit:unit?>|how many percentage point|how many point) ${words} be` as const;
    grammar.rule('ask', `${much} <figure:left> than [that of] <figure:right>` as const, ({ left, right }) => {
      const gap = sign === '>' ? figureArithmetic('-', left, right) : figureArithmetic('-', right, left);
      return gap === null ? null : figureDraft(gap);
    });
  }
  // "Higher or lower": the sign says which.
  grammar.rule(
    'ask',
    '(how much|by how much) ($more or $fewer|$fewer or $more) be <figure:left> than [that of] <figure:right>',
    ({ left, right }) => {
      const gap = figureArithmetic('-', left, right);
      return gap === null ? null : figureDraft(gap);
    },
  );
  for (const verb of ['(differ from|exceed|surpass|be above|be $more than|lie above|outstrip)'] as const) {
    grammar.rule(
      'ask',
      `by how (much|many <unit:unit?>|many percentage point|many percent point|many point) do <figure:left> ${verb} <value-operand:other>` as const,
      ({ left, other }) => differenceTo(left, other, 1),
    );
    grammar.rule(
      'ask',
      `by how (much|many <unit:unit?>|many percentage point|many percent point|many point) do <figure:left> ${verb} [that of] <figure:right>` as const,
      ({ left, right }) => {
        const gap = figureArithmetic('-', left, right);
        return gap === null ? null : figureDraft(gap);
      },
    );
  }
  grammar.rule(
    'ask',
    '(what be|$compute) (difference|gap) (between|in) <figure:left> and <value-operand:other>',
    ({ left, other }) => differenceTo(left, other, 1),
    0.02,
  );
}
