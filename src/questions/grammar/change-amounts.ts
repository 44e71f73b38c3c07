import { changed } from './changes.ts';
import { compare } from './compare.ts';
import { comparison } from './conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import type { Comparing, Condition, Literal, Operand, Quantity, Ranking } from './meanings.ts';
import { percentOf } from './quantity-values.ts';
import type { Comparison } from '../plan.ts';

const literalOf = (literal: Literal): Operand => ({ kind: 'literal', literal });

/** The condition that a column rose (or fell) by so much from one period to another. */
function changedBy(
  context: Context,
  column: Quantity,
  how: {
    readonly from: string | undefined;
    readonly to: string | undefined;
    readonly sign: Comparison;
    readonly literal: Literal;
    readonly up: boolean;
  },
): Weighed<Condition> | null {
  const { from, to, sign, literal, up } = how;
  const relative = literal.percent && column.type !== 'percentage';
  const outcome = changed(context, column, { from, to, relative });
  if (outcome === null) return null;
  const turned: Comparing = up
    ? { comparison: sign, operand: literalOf(literal) }
    : { comparison: mirrored[sign], operand: literalOf({ ...literal, value: -literal.value }) };
  return new Weighed(
    outcome.options.flatMap((option) => {
      const result = compare(context, option.value, turned);
      return result === null
        ? []
        : [
            {
              value: result.value,
              cost: option.cost + result.cost,
              notes: [...(option.notes ?? []), ...result.notes],
            },
          ];
    }),
  );
}

const mirrored: Readonly<Record<Comparison, Comparison>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '=': '=',
  '!=': '!=',
};

/** The rows in the order of how much a column rose or fell. */
function byChange(
  context: Context,
  column: Quantity,
  how: {
    readonly span: { readonly from?: string; readonly to?: string } | undefined;
    readonly up: boolean;
    readonly relative: boolean;
  },
): Weighed<Ranking> | null {
  const outcome = changed(context, column, {
    from: how.span?.from,
    to: how.span?.to,
    relative: how.relative,
  });
  if (outcome === null) return null;
  const terms = how.relative ? 'in percent' : 'in its own unit';
  return new Weighed(
    outcome.options.map((option) => ({
      value: {
        by: option.value.expression,
        descending: how.up,
        limit: null,
        offset: 0,
        quantity: option.value,
      },
      cost: option.cost + 0.05,
      notes: [...(option.notes ?? []), `the change of "${column.name}" is taken ${terms}`],
    })),
  );
}

/** Adds by how much a column rose or fell, as a condition and as an order. */
export function addChangeAmounts(grammar: AnalystGrammar): void {
  for (const [words, verb, up] of [
    ['$more', '$increased', true],
    ['$fewer', '$decreased', false],
  ] as const) {
    const than = `${words} than [it be|that|those] [in|of|for] <period:before>` as const;
    for (const pattern of [
      `<column> (in|of|for) <period:now> be <comparator:sign> <literal> ${than}`,
      `<period:now> <column> be <comparator:sign> <literal> ${than}`,
    ] as const)
      grammar.rule('clause', pattern, ({ column, now, sign, literal, before }, context) =>
        changedBy(context, column, { from: before, to: now, sign, literal, up }),
      );
    grammar.rule(
      'clause',
      `<column> be <comparator:sign> <literal> ${than}` as const,
      ({ column, sign, literal, before }, context) =>
        changedBy(context, column, { from: before, to: undefined, sign, literal, up }),
    );
    for (const [terms, relative] of [
      ['(in relative terms|in percentage terms|in percent|percentage wise|relatively)', true],
      ['(in absolute terms|absolutely)', false],
      ['', false],
    ] as const) {
      grammar.rule(
        'change-ranking',
        `${verb} [their|its] <column> (most|by most) [<span:span?>] ${terms}` as const,
        ({ column, span }, context) => byChange(context, column, { span, up, relative }),
      );
      grammar.rule(
        'change-ranking',
        `(see|saw|have|show|experience|record) [their|its] <column> ${verb} (most|by most) [<span:span?>] ${terms}` as const,
        ({ column, span }, context) => byChange(context, column, { span, up, relative }),
      );
      grammar.rule(
        'owned-ranking',
        `<column> [have] ${verb} (most|by most) [<span:span?>] ${terms}` as const,
        ({ column, span }, context) => byChange(context, column, { span, up, relative }),
      );
    }
    grammar.rule(
      'verb',
      `${verb} [both] [their|its] <column:first> and [their|its] <column:second> [<span:span?>]` as const,
      ({ first, second, span }, context) => bothMoved(context, [first, second], { span: span ?? {}, up }),
    );
  }
  for (const phrase of ['have', 'clause'] as const)
    grammar.rule(
      phrase,
      '<quantity> [that|which] exceed <operand> by [<comparator:sign?>] <literal>',
      ({ quantity, operand, sign, literal }, context) =>
        operand.kind === 'literal'
          ? null
          : comparison(context, quantity, {
              comparison: sign ?? '>=',
              operand: { kind: 'offset', literal, sign: 1, operand },
            }),
    );
  grammar.rule(
    'clause',
    '<term:part> (make up|account for|constitute|represent|comprise|form) <comparator:sign> <literal> of <term:whole>',
    ({ part, whole, sign, literal }, context) => {
      const share = percentOf(part, whole);
      return share === null || literal.of !== undefined
        ? null
        : comparison(context, share, { comparison: sign, operand: literalOf(literal) });
    },
  );
}

/** The condition that two columns both rose, or both fell. */
function bothMoved(
  context: Context,
  columns: readonly [Quantity, Quantity],
  how: { readonly span: { readonly from?: string; readonly to?: string }; readonly up: boolean },
): Condition | null {
  const conditions = columns.map((column) => {
    const outcome = changed(context, column, { from: how.span.from, to: how.span.to, relative: false });
    const [option] = outcome?.options ?? [];
    const zero: Comparing = {
      comparison: how.up ? '>' : '<',
      operand: literalOf({ value: 0, percent: false, unit: null }),
    };
    return option === undefined ? null : compare(context, option.value, zero);
  });
  const operands = conditions.flatMap((result) => (result === null ? [] : [result.value.predicate]));
  return operands.length < 2 ? null : { predicate: { kind: 'and', operands }, quantity: null };
}
