import { convertUnit } from '../../table/values/units.ts';
import type { Comparison, Expression } from '../plan.ts';
import type { AnalystGrammar } from './context.ts';
import { isNumeric } from './context.ts';
import { aggregateFigure, valuesDraft } from './drafts.ts';
import { amongRanked } from './predicate-conditions.ts';
import { measured } from './figures.ts';
import type { Draft, Figure, Literal, Quantity, Rows } from './meanings.ts';
import { numeric } from './quantity-values.ts';
import { allRows, restrict } from './row-sets.ts';
import { quantityOf } from './terms.ts';

const yesNo = (left: Expression, comparison: Comparison, right: Expression): Draft => ({
  selection: {},
  output: { kind: 'yes-no', left, comparison, right },
});

const compareFigures = (left: Figure | null, comparison: Comparison, right: Figure | null): Draft | null =>
  left === null || right === null || !isNumeric(left.type) || !isNumeric(right.type)
    ? null
    : yesNo(left.expression, comparison, right.expression);

/** Adds questions that yes or no answers. */
export function addYesNoQuestions(grammar: AnalystGrammar): void {
  grammar.rule(
    'ask',
    '(do|be) <entity> (have|be) <ranking> [of all <noun:noun?>|of all]',
    ({ entity, ranking }) => {
      const among = amongRanked(allRows, { ...ranking, limit: ranking.limit ?? 1 });
      if (among === null) return null;
      const rows = restrict(restrict(allRows, { kind: 'entity', names: [entity] }), among.predicate);
      return yesNo(aggregateFigure({ function: 'count' }, null, rows).expression, '>', {
        kind: 'number',
        value: 0,
      });
    },
  );
  addFigureTruths(grammar);
  addCorrelationTruths(grammar);
  const entityValue = (quantity: Quantity, entity: string): Expression | null => {
    const of = numeric(quantity)?.expression;
    return of === undefined ? null : { kind: 'entity-value', entity, of };
  };
  for (const [words, sign] of [
    ['$more', '>'],
    ['$fewer', '<'],
  ] as const) {
    grammar.rule(
      'ask',
      `(do|be) <entity:first> have ${words} <quantity> than <entity:second>` as const,
      ({ first, second, quantity }) => {
        const left = entityValue(quantity, first);
        const right = entityValue(quantity, second);
        return left === null || right === null ? null : yesNo(left, sign, right);
      },
    );
    grammar.rule(
      'ask',
      `(do|be) <rows:first> (have|show) ${words} <measure> <quantity> than <rows:second>` as const,
      ({ first, second, measure, quantity }) =>
        compareFigures(measured(measure, quantity, first), sign, measured(measure, quantity, second)),
    );
    grammar.rule(
      'ask',
      `be <quantity> (of|in|for) <entity:first> ${words} than [that of|that in|that for|those of|in] <entity:second>` as const,
      ({ first, second, quantity }) => {
        const left = entityValue(quantity, first);
        const right = entityValue(quantity, second);
        return left === null || right === null ? null : yesNo(left, sign, right);
      },
    );
    grammar.rule(
      'ask',
      `be <figure:left> ${words} than [that of] <figure:right>` as const,
      ({ left, right }) => compareFigures(left, sign, right),
    );
    grammar.rule(
      'ask',
      `be <measure> <quantity> of <rows:first> ${words} than [that of|that for|in|for] <rows:second>` as const,
      ({ measure, quantity, first, second }) =>
        compareFigures(measured(measure, quantity, first), sign, measured(measure, quantity, second)),
    );
    grammar.rule(
      'ask',
      `be <entity:first> 's <quantity> ${words} than [that of|those of] <entity:second> ['s|]` as const,
      ({ first, second, quantity }) => {
        const left = entityValue(quantity, first);
        const right = entityValue(quantity, second);
        return left === null || right === null ? null : yesNo(left, sign, right);
      },
    );
    grammar.rule(
      'ask',
      `which (have|be) ${words} <quantity> [,|:] <entity:first> or <entity:second>` as const,
      ({ first, second, quantity }) => {
        const of = numeric(quantity)?.expression;
        return of === undefined
          ? null
          : {
              selection: {
                where: { kind: 'entity', names: [first, second] },
                order: { by: of, descending: sign === '>' },
                limit: 1,
              },
              output: { kind: 'entities', show: [] },
            };
      },
    );
  }
  for (const [words, sign] of [
    ['more', '>'],
    ['fewer', '<'],
  ] as const)
    grammar.rule('ask', `be there ${words} <rows:first> than <rows:second>`, ({ first, second }) =>
      first.count !== null || second.count !== null
        ? null
        : compareFigures(
            aggregateFigure({ function: 'count' }, null, first),
            sign,
            aggregateFigure({ function: 'count' }, null, second),
          ),
    );
  grammar.rule('ask', 'be <figure:left> <comparator:sign> <figure:right>', ({ left, sign, right }) =>
    compareFigures(left, sign, right),
  );
  grammar.rule(
    'ask',
    'be <measure> <quantity> of <rows:first> <comparator:sign> (that of|that for) <rows:second>',
    ({ measure, quantity, first, sign, second }) =>
      compareFigures(measured(measure, quantity, first), sign, measured(measure, quantity, second)),
  );
  grammar.rule('ask', '(be there|do there exist) [any] <rows>', ({ rows }) => {
    const figure = aggregateFigure({ function: 'count' }, null, { ...rows, singular: false });
    return rows.where === null || rows.count !== null
      ? null
      : yesNo(figure.expression, '>', { kind: 'number', value: 0 });
  });
  grammar.rule('ask', 'do (any|at least one) [of] <noun> <predicates>', ({ predicates }) => {
    const figure = aggregateFigure({ function: 'count' }, null, restrict(allRows, predicates.predicate));
    return yesNo(figure.expression, '>', { kind: 'number', value: 0 });
  });
  grammar.rule(
    'ask',
    '(do|be|have) <entity> <predicates>',
    ({ entity, predicates }) => {
      const rows = restrict(restrict(allRows, { kind: 'entity', names: [entity] }), predicates.predicate);
      return yesNo(aggregateFigure({ function: 'count' }, null, rows).expression, '>', {
        kind: 'number',
        value: 0,
      });
    },
    0.05,
  );
  // "Is it public or private?" asks which, not whether.
  grammar.rule(
    'ask',
    'be <entity> [$placed] <value:first> or [$placed] <value:second>',
    ({ entity, first, second }, context) => {
      const column = context.table.columns.find(({ name }) => name === first.column);
      if (column === undefined || first.column !== second.column) return null;
      const rows = { ...allRows, where: { kind: 'entity', names: [entity] } as const, singular: true };
      return valuesDraft(rows, [quantityOf(column)]);
    },
    -0.15,
  );
  grammar.rule('ask', 'be <entity> <beings>', ({ entity, beings }) => {
    const rows = restrict(restrict(allRows, { kind: 'entity', names: [entity] }), beings.predicate);
    return yesNo(aggregateFigure({ function: 'count' }, null, rows).expression, '>', {
      kind: 'number',
      value: 0,
    });
  });
}

/** A number that the question states as a number to compare a figure with; null where their units do not fit. */
function statedFor(figure: Figure, literal: Literal): Expression | null {
  if (literal.percent !== figure.percentage && literal.percent) return null;
  if (literal.unit === null) return { kind: 'number', value: literal.value };
  const value =
    figure.unit === null ? null : convertUnit({ number: literal.value, from: literal.unit, to: figure.unit });
  return value === null ? null : { kind: 'number', value };
}

/** "Is the average population above 5 million?" */
function addFigureTruths(grammar: AnalystGrammar): void {
  grammar.rule('ask', 'be <figure> <comparator:sign> <literal>', ({ figure, sign, literal }) => {
    const right = statedFor(figure, literal);
    return right === null || !isNumeric(figure.type) ? null : yesNo(figure.expression, sign, right);
  });
  for (const [word, sign] of signs) {
    grammar.rule('ask', `be <figure> ${word}` as const, ({ figure }) =>
      isNumeric(figure.type) ? yesNo(figure.expression, sign, zero) : null,
    );
  }
}

const zero: Expression = { kind: 'number', value: 0 };
const signs = [
  ['positive', '>'],
  ['negative', '<'],
] as const;

/** "Is there a negative correlation between price and sales?" */
function addCorrelationTruths(grammar: AnalystGrammar): void {
  const correlated = (first: Quantity, second: Quantity, sign: Comparison, rows: Rows): Draft | null => {
    const [of, other] = [numeric(first)?.expression, numeric(second)?.expression];
    if (of === undefined || other === undefined || rows.count !== null) return null;
    const figure = aggregateFigure({ function: 'correlation', of, with: other }, null, rows);
    return yesNo(figure.expression, sign, zero);
  };
  for (const [word, sign] of signs) {
    grammar.rule(
      'ask',
      `be there ${word} (correlation|relationship|relation|association) between <quantity:first> and <quantity:second> [$over <rows:rows?>]` as const,
      ({ first, second, rows }) => correlated(first, second, sign, rows ?? allRows),
    );
    grammar.rule(
      'ask',
      `be <quantity:first> and <quantity:second> ${word}ly (correlated|related|associated) [$over <rows:rows?>]` as const,
      ({ first, second, rows }) => correlated(first, second, sign, rows ?? allRows),
    );
  }
}
