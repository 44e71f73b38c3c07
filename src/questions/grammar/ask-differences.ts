import { isSameExpression } from '../plan-nodes.ts';
import type { Comparison, Expression, Measure, Predicate } from '../plan.ts';
import { changed } from './changes.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import { opposite } from './conditions.ts';
import { figureArithmetic, figureDraft } from './drafts.ts';
import { entityFigure, measured } from './figures.ts';
import type { Contrast, Draft, Named, Quantity, Rows, Superlative } from './meanings.ts';
import { numeric } from './quantity-values.ts';
import { allRows } from './row-sets.ts';

type Statistic = Pick<Measure, 'function' | 'percentile' | 'deviation'>;

type How = 'average' | 'median' | 'sum';

/** The aggregate over some rows less that over others. */
function compared(quantity: Quantity, how: How, groups: readonly [Rows, Rows | null]): Draft | null {
  const [first, second] = groups;
  if (second === null) return null;
  const left = measured({ function: how }, quantity, first);
  const right = measured({ function: how }, quantity, second);
  const difference = left === null || right === null ? null : figureArithmetic('-', left, right);
  return difference === null ? null : figureDraft(difference);
}

/** The rows that stand against others: "those with less", "the rest". */
function contrasted(rows: Rows, contrast: Contrast): Rows | null {
  const { where } = rows;
  if (where === null || rows.by !== null || rows.count !== null) return null;
  if (contrast === 'rest') return { ...rows, where: { kind: 'not', operand: where } };
  const last = where.kind === 'and' ? where.operands.at(-1) : where;
  if (last === undefined || last.kind !== 'compare') return null;
  const turned: Predicate = { ...last, comparison: turn(last.comparison, contrast) };
  if (where.kind !== 'and') return { ...rows, where: turned };
  return { ...rows, where: { kind: 'and', operands: [...where.operands.slice(0, -1), turned] } };
}

/** "At least 5 … those with less": below 5; "more than 5 … those with less": at most 5. */
function turn(comparison: Comparison, contrast: 'less' | 'more'): Comparison {
  if (contrast === 'less') return comparison === '>' ? '<=' : '<';
  return comparison === '<' ? '>=' : '>';
}

/** Adds questions for differences: of two groups' averages, of two entities, of the extremes. */
export function addDifferenceQuestions(grammar: AnalystGrammar): void {
  grammar.rule(
    'contrast',
    '[<noun:noun?>|those|ones] (with|having) (less|fewer|lower one|smaller one|lower value)',
    () => 'less',
  );
  grammar.rule(
    'contrast',
    '[<noun:noun?>|those|ones] (with|having) (more|higher one|larger one|higher value)',
    () => 'more',
  );
  grammar.rule(
    'contrast',
    '(rest|others|other <noun:noun?>|all others|all other <noun:other?>|remaining <noun:remaining?>|remainder|other ones)',
    () => 'rest',
  );
  grammar.rule(
    'contrast',
    '(those|ones|<noun:noun?>) (without|that do not|which do not|that be not|below that|with no such)',
    () => 'rest',
    0.05,
  );
  for (const [word, how] of [
    ['(average|mean)', 'average'],
    ['median', 'median'],
    ['(total|summed|combined)', 'sum'],
  ] as const) {
    const compare =
      `compare ${word} <quantity> $over <rows:first> (with|to|and|against) (that|those|one|$same) (of|for|in)` as const;
    const end =
      '[: what be difference|and give difference|, what be difference|and report difference|and tell difference|; what be difference]';
    grammar.rule('ask', `${compare} <rows:second> ${end}` as const, ({ quantity, first, second }) =>
      compared(quantity, how, [first, second]),
    );
    grammar.rule('ask', `${compare} <contrast> ${end}` as const, ({ quantity, first, contrast }) =>
      compared(quantity, how, [first, contrasted(first, contrast)]),
    );
    const gap = `(what be|$compute) (difference|gap) (in|between) ${word} <quantity>` as const;
    grammar.rule(
      'ask',
      `${gap} (between|of|for) <rows:first> and [(that|those) of] <rows:second>` as const,
      ({ quantity, first, second }) => compared(quantity, how, [first, second]),
    );
    grammar.rule(
      'ask',
      `${gap} (between|of|for) <rows:first> and [(that|those) of] <contrast>` as const,
      ({ quantity, first, contrast }) => compared(quantity, how, [first, contrasted(first, contrast)]),
    );
    grammar.rule(
      'ask',
      `${gap} (of|for|among|in|across) <rows:first> and [${word}] (that|those|one|) (of|for|among|in|) <rows:second>` as const,
      ({ quantity, first, second }) => compared(quantity, how, [first, second]),
    );
    grammar.rule(
      'ask',
      `${gap} (of|for|among|in|across) <rows:first> and [${word}] (that|those|one|) (of|for|among|in|) <contrast>` as const,
      ({ quantity, first, contrast }) => compared(quantity, how, [first, contrasted(first, contrast)]),
    );
    grammar.rule('ask', `${gap} between <row-pair:pair>` as const, ({ quantity, pair }) =>
      compared(quantity, how, pair),
    );
    grammar.rule(
      'ask',
      `(what be|$compute) (difference|gap) between <row-pair:pair> in ${word} <quantity>` as const,
      ({ quantity, pair }) => compared(quantity, how, pair),
    );
    const much =
      `(how much|by how much) ($more|do) [be] ${word} <quantity> (of|for|among|in|across) <rows:first> (than|exceed|be $more than|differ from) [that of|that in|that for|those of|in|for|among]` as const;
    grammar.rule('ask', `${much} <rows:second>` as const, ({ quantity, first, second }) =>
      compared(quantity, how, [first, second]),
    );
    grammar.rule(
      'ask',
      `(how much|by how much) ($more) [, in <unit:unit?> ,] [be] ${word} <quantity> (of|for|among|in|across) <rows:first> than [that|it be|those] (of|for|among|in|across) <count> [<noun:noun?>] with <superlative> [one|value]` as const,
      ({ quantity, first, count, superlative }) => {
        const { by } = first;
        if (by === null || by.limit !== count || by.descending === superlative.descending) return null;
        const second: Rows = { ...first, by: { ...by, descending: superlative.descending } };
        return compared(quantity, how, [first, second]);
      },
    );
    grammar.rule('ask', `${much} <contrast>` as const, ({ quantity, first, contrast }) =>
      compared(quantity, how, [first, contrasted(first, contrast)]),
    );
  }
  grammar.rule('row-pair', '<value:first> and <value:second> <noun>', ({ first, second, noun }) =>
    first.column === second.column ? [having(noun, first), having(noun, second)] : null,
  );
  grammar.rule('row-pair', '<flag:first> and (non|not) [-] <flag:second> <noun>', ({ first, second, noun }) =>
    opposed(noun, first, second),
  );
  grammar.rule(
    'row-pair',
    '<value:first> and (non|not) [-] <value:second> <noun>',
    ({ first, second, noun }) => opposed(noun, first, second),
  );
  grammar.rule(
    'row-pair',
    '<flag:first> <noun> and (non|not) [-] <flag:second> <noun:again>',
    ({ first, second, noun }) => opposed(noun, first, second),
  );
  addGapQuestions(grammar);
}

const having = (noun: string, { predicate }: Named): Rows => ({ ...allRows, noun, where: predicate });

/** Those that are so and those that are not. */
function opposed(noun: string, first: Named, second: Named): readonly [Rows, Rows] | null {
  if (JSON.stringify(first.predicate) !== JSON.stringify(second.predicate)) return null;
  return [
    having(noun, first),
    { ...allRows, noun, where: opposite({ predicate: first.predicate, quantity: null }).predicate },
  ];
}

function addGapQuestions(grammar: AnalystGrammar): void {
  grammar.rule(
    'ask',
    '(what be|$compute) <quantity> (difference|gap) between <superlative:first> [<noun:one?>] and <superlative:second> [<noun:other?>] [$over <rows:rows?>]',
    ({ quantity, first, second, rows }) => rankedGap(quantity, [first, second], rows ?? allRows),
  );
  grammar.rule(
    'ask',
    '(what be|$compute) <quantity> (difference|gap) between <entity:first> and <entity:second>',
    ({ quantity, first, second }) => entityGap(quantity, first, second),
  );
  for (const change of ['(change|increase|grow|rise|fall|decrease|decline|shrink|drop)'] as const) {
    grammar.rule(
      'ask',
      `by (what percentage|how many percent|how much percent|what percent) do <column> of <entity> ${change} [<span:span?>]` as const,
      ({ column, entity, span }, context) => entityChange(context, column, { entity, span, relative: true }),
    );
    grammar.rule(
      'ask',
      `by (what percentage|how many percent|how much percent|what percent) do <entity> 's <column> ${change} [<span:span?>]` as const,
      ({ column, entity, span }, context) => entityChange(context, column, { entity, span, relative: true }),
    );
    grammar.rule(
      'ask',
      `(how much|by how much) do <column> of <entity> ${change} [<span:span?>]` as const,
      ({ column, entity, span }, context) => entityChange(context, column, { entity, span, relative: false }),
    );
    grammar.rule(
      'ask',
      `(how much|by how much) do <entity> 's <column> ${change} [<span:span?>]` as const,
      ({ column, entity, span }, context) => entityChange(context, column, { entity, span, relative: false }),
    );
  }
  grammar.rule(
    'ask',
    'by how (much|many <unit:unit?>) do <superlative:first> <quantity> (exceed|surpass|differ from) <superlative:second> [one|value] [$over <rows:rows?>]',
    ({ quantity, first, second, rows }) => rankedGap(quantity, [first, second], rows ?? allRows),
  );
  grammar.rule(
    'ask',
    'by how (much|many <unit:unit?>) do <quantity> of <entity:first> exceed that of <entity:second>',
    ({ quantity, first, second }) => entityGap(quantity, first, second),
  );
  grammar.rule(
    'ask',
    'how many times $more be <quantity> of <entity:first> than [that of] <entity:second>',
    ({ quantity, first, second }) => entityRatio(quantity, first, second),
  );
  grammar.rule(
    'ask',
    "how many times $more be <entity:first> 's <quantity> than [that of] <entity:second> ['s|]",
    ({ quantity, first, second }) => entityRatio(quantity, first, second),
  );
  grammar.rule(
    'ask',
    '(what be|$compute) [absolute] (difference|gap) between <measure:first> and <measure:second> [value] (of|for|in) <quantity> [$over <rows:rows?>]',
    ({ first, second, quantity, rows }) => measureGap(quantity, [first, second], rows ?? allRows),
  );
  grammar.rule(
    'ask',
    '(what be|$compute) [absolute] (difference|gap) between <measure:first> <quantity> and <measure:second> [<quantity:again?>] [$over <rows:rows?>]',
    ({ first, second, quantity, again, rows }) =>
      again === undefined || isSameExpression(again.expression, quantity.expression)
        ? measureGap(quantity, [first, second], rows ?? allRows)
        : null,
  );
  grammar.rule(
    'ask',
    '(how much|by how much) $more be <quantity> of <entity:first> than [that of] <entity:second>',
    ({ quantity, first, second }) => entityGap(quantity, first, second),
  );
  grammar.rule(
    'ask',
    "(how much|by how much) $more be <entity:first> 's <quantity> than [that of] <entity:second> ['s|]",
    ({ quantity, first, second }) => entityGap(quantity, first, second),
  );
  grammar.rule(
    'ask',
    '(how much|by how much) do <entity:first> exceed <entity:second> (in|in terms of) <quantity>',
    ({ quantity, first, second }) => entityGap(quantity, first, second),
  );
  grammar.rule(
    'ask',
    '(what be|$compute) [absolute] (difference|gap|spread) (in|of) <quantity> between <superlative:first> [<noun:one?>] and <superlative:second> [<noun:other?>] [$over <rows:rows?>]',
    ({ quantity, first, second, rows }) => rankedGap(quantity, [first, second], rows ?? allRows),
  );
  grammar.rule(
    'ask',
    '(what be|$compute) [absolute] (difference|gap|spread) between <superlative:first> [<noun:one?>] and <superlative:second> [<noun:other?>] (in|in terms of|by) <quantity>',
    ({ quantity, first, second }) => rankedGap(quantity, [first, second], allRows),
  );
  grammar.rule(
    'ask',
    '(what be|$compute) [absolute] (difference|gap|spread) between <superlative:first> and <superlative:second> <quantity> [$over <rows:rows?>]',
    ({ quantity, first, second, rows }) => rankedGap(quantity, [first, second], rows ?? allRows),
  );
  grammar.rule(
    'ask',
    '(how much|how many) $more <quantity> do <entity:first> have than <entity:second>',
    ({ quantity, first, second }) => entityGap(quantity, first, second),
  );
  grammar.rule(
    'ask',
    '(what be|$compute) [absolute] (difference|gap) (in|of) <quantity> between <entity:first> and <entity:second>',
    ({ quantity, first, second }) => entityGap(quantity, first, second),
  );
  grammar.rule(
    'ask',
    '(what be|$compute) [absolute] (difference|gap) between <entity:first> and <entity:second> (in|in terms of) <quantity>',
    ({ quantity, first, second }) => entityGap(quantity, first, second),
  );
}

/** The difference of two aggregates of the same quantity. */
function measureGap(quantity: Quantity, measures: readonly [Statistic, Statistic], rows: Rows): Draft | null {
  const left = measured(measures[0], quantity, rows);
  const right = measured(measures[1], quantity, rows);
  const difference = left === null || right === null ? null : figureArithmetic('-', left, right);
  return difference === null ? null : figureDraft(difference);
}

function entityRatio(quantity: Quantity, first: string, second: string): Draft | null {
  const ratio = figureArithmetic('/', entityFigure(quantity, first), entityFigure(quantity, second));
  return ratio === null ? null : figureDraft(ratio);
}

/** How much the value of one row changed between two periods. */
function entityChange(
  context: Context,
  column: Quantity,
  how: {
    readonly entity: string;
    readonly span: { readonly from?: string; readonly to?: string } | undefined;
    readonly relative: boolean;
  },
): Weighed<Draft> | null {
  const { entity, span, relative } = how;
  const outcome = changed(context, column, { from: span?.from, to: span?.to, relative });
  if (outcome === null) return null;
  return new Weighed(
    outcome.options.flatMap((option) => {
      const draft = figureDraft(entityFigure(option.value, entity));
      return draft === null ? [] : [{ ...option, value: draft }];
    }),
  );
}

/** The difference of the values at two places of an order. */
function rankedGap(given: Quantity, places: readonly [Superlative, Superlative], rows: Rows): Draft | null {
  const quantity = numeric(given);
  if (quantity === null || rows.by !== null || rows.count !== null) return null;
  const values = places.map((place) => {
    const by = {
      by: quantity.expression,
      descending: place.descending,
      limit: 1,
      offset: place.offset,
      quantity,
    };
    return place.limit === null || place.limit === 1
      ? measured({ function: 'maximum' }, quantity, { ...rows, by })
      : null;
  });
  const [left, right] = values;
  if (left == null || right == null) return null;
  const difference = figureArithmetic('-', left, right);
  return difference === null ? null : figureDraft(difference);
}

function entityGap(given: Quantity, first: string, second: string): Draft | null {
  const quantity = numeric(given);
  if (quantity === null) return null;
  const of = (entity: string): Expression => ({ kind: 'entity-value', entity, of: quantity.expression });
  return {
    selection: {},
    output: {
      kind: 'calculation',
      values: [
        {
          value: { kind: 'arithmetic', operator: '-', left: of(first), right: of(second) },
          name: `${quantity.name}: ${first} - ${second}`,
          unit: quantity.type === 'percentage' ? '%' : quantity.unit,
          percentage: quantity.type === 'percentage',
        },
      ],
    },
  };
}
