import { changed } from '../grammar/changes.ts';
import { comparison, plain } from '../grammar/conditions.ts';
import { Weighed } from '../grammar/engine.ts';
import type { Outcome } from '../grammar/engine.ts';
import type { Condition, Quantity } from '../grammar/meanings.ts';
import { periodsOf, plainColumn } from '../grammar/quantity-values.ts';
import type { Predicate } from '../plan.ts';
import type { ChineseContext, ChineseGrammar } from './context.ts';
import { statedChange } from './stated-changes.ts';
import { beforeLatest, fallen } from './quantities.ts';

/** Adds growth, falls, and what happened every year. */
export function addChangeClauses(grammar: ChineseGrammar): void {
  const since = '(较|比|相比|相对于|同比|较上年|较去年|比上年|比去年|较上一年|比上一年|环比)' as const;
  const rise = '(增长|上升|增加|提高|提升|上涨|增)' as const;
  const drop = '(下降|减少|降低|下滑|下跌|减|萎缩)' as const;
  const change = (
    context: ChineseContext,
    column: Quantity,
    how: { readonly from?: string | undefined; readonly to?: string | undefined; readonly falls: boolean },
  ): Weighed<Quantity> | null => {
    const outcome =
      changed(context, column, { from: how.from, to: how.to, relative: true }) ??
      (how.from === undefined && how.to === undefined ? statedChange(context, column) : null);
    return how.falls ? fallen(outcome) : outcome;
  };
  const zero = { comparison: '>', operand: { kind: 'literal', literal: plain(0) } } as const;
  for (const [verb, falls] of [
    [rise, false],
    [drop, true],
  ] as const) {
    for (const [span, cost] of [
      [`[${since}]`, 0],
      [`${since}<period:from>[年|度]`, 0],
      ['(从|自)<period:from>(到|至)<period:to>[间|期间]', 0],
    ] as const) {
      grammar.rule(
        'clause',
        `[<period:year?>][的]<column>${span}[的]${verb}[了|幅度|幅]<comparing>` as '<period:year?><column><period:from?><period:to?><comparing>',
        ({ column, from, to, year, comparing }, context) =>
          each(change(context, column, { from, to: to ?? year, falls }), (quantity) =>
            comparison(context, quantity, comparing),
          ),
        cost,
      );
      grammar.rule(
        'clause',
        `[<period:year?>][的]<column>${span}[有所|都|均|出现|实现][了]${verb}[了]` as '<period:year?><column><period:from?><period:to?>',
        ({ column, from, to, year }, context) =>
          each(change(context, column, { from, to: to ?? year, falls }), (quantity) =>
            comparison(context, quantity, zero),
          ),
        cost + 0.05,
      );
      grammar.rule(
        'clause',
        `[<period:year?>][的]<column>${span}${verb}[了]<literal>` as '<period:year?><column><period:from?><period:to?><literal>',
        ({ column, from, to, year, literal }, context) =>
          literal.percent
            ? each(change(context, column, { from, to: to ?? year, falls }), (quantity) =>
                comparison(context, quantity, { comparison: '=', operand: { kind: 'literal', literal } }),
              )
            : null,
        cost + 0.3,
      );
    }
    grammar.rule(
      'clause',
      `(与|和|同|跟|较|比)<period:from>(相比|比较|相较)[,][其]<column>[有所|都|均|出现][了]${verb}[了]` as const,
      ({ column, from }, context) =>
        each(change(context, column, { from, falls }), (quantity) => comparison(context, quantity, zero)),
      0.05,
    );
    grammar.rule(
      'clause',
      `<column>[在各期|各期](逐年|连续|每年|年年|持续|连年|逐期)[都|均]${verb}` as const,
      ({ column }, context) => everyYear(context, column, falls),
    );
  }
  for (const [words, sign] of [
    ['(高于|大于|超过|多于)', '>'],
    ['(低于|小于|少于)', '<'],
  ] as const) {
    grammar.rule(
      'clause',
      `<atom>${words}<period>` as const,
      ({ atom, period }, context) => {
        if (atom.expression.kind !== 'column') return null;
        const before = changed(
          context,
          { ...atom, expression: { kind: 'column', column: atom.expression.column } },
          {
            from: period,
            to: undefined,
            relative: false,
          },
        );
        return before === null ? null : overPeriod(context, atom, { period, sign });
      },
      0.05,
    );
    grammar.rule(
      'clause',
      `<column>${words}(上年|去年|上一年|前一年|上一年度|上年度|上期)[水平]` as const,
      ({ column }, context) =>
        each(beforeLatest(context, column), (quantity) =>
          comparison(context, column, { comparison: sign, operand: { kind: 'quantity', quantity } }),
        ),
    );
  }
}

/** What holds for each of several readings of a quantity. */
function each(
  outcome: Weighed<Quantity> | null,
  condition: (quantity: Quantity) => Outcome<Condition>,
): Weighed<Condition> | null {
  if (outcome === null) return null;
  return new Weighed(
    outcome.options.flatMap((option) => {
      const result = condition(option.value);
      if (!(result instanceof Weighed)) return [];
      return result.options.map((reading) => ({
        value: reading.value,
        cost: reading.cost + option.cost,
        notes: [...(option.notes ?? []), ...(reading.notes ?? [])],
      }));
    }),
  );
}

/** The quantity against itself in another period. */
function overPeriod(
  context: ChineseContext,
  quantity: Quantity,
  { period, sign }: { readonly period: string; readonly sign: '>' | '<' },
): Condition | null {
  if (quantity.expression.kind !== 'column') return null;
  const column = plainColumn(context, quantity);
  if (column === null || !periodsOf(column).includes(period)) return null;
  return {
    predicate: {
      kind: 'compare',
      left: quantity.expression,
      comparison: sign,
      right: { kind: 'column', column: column.name, period },
    },
    quantity,
  };
}

/** Each period against the one before. */
function everyYear(context: ChineseContext, quantity: Quantity, falls: boolean): Condition | null {
  const column = plainColumn(context, quantity);
  if (column === null || column.periods.length === 0) return null;
  const operands = column.periods.map((period, index): Predicate => {
    const later = column.periods[index - 1];
    return {
      kind: 'compare',
      left: { kind: 'column', column: column.name, ...(later === undefined ? {} : { period: later }) },
      comparison: falls ? '<' : '>',
      right: { kind: 'column', column: column.name, period },
    };
  });
  const [only] = operands;
  return {
    predicate: operands.length === 1 && only !== undefined ? only : { kind: 'and', operands },
    quantity,
  };
}
