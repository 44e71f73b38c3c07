import type { AnalystGrammar, TableContext } from './context.ts';
import { Weighed } from './engine.ts';
import type { Quantity } from './meanings.ts';
import { arithmetic, atPeriod, constant, plainColumn } from './quantity-values.ts';

const change = (now: Quantity, before: Quantity): Quantity => ({
  expression: { kind: 'change', of: now.expression, before: before.expression },
  type: 'percentage',
  unit: null,
  name: `change from ${before.name} to ${now.name}`,
  columns: [...new Set([...now.columns, ...before.columns])],
});

/** The change of a quantity between two periods, in percent or in its own unit. */
export function changed(
  context: TableContext,
  quantity: Quantity,
  span: {
    readonly from: string | undefined;
    readonly to: string | undefined;
    readonly relative: boolean | null;
  },
): Weighed<Quantity> | null {
  const column = plainColumn(context, quantity);
  if (column === null) return null;
  const from = span.from ?? periodBefore(column.periods, span.to);
  if (from === undefined) return null;
  const before = atPeriod(context, quantity, from)?.options[0];
  const now =
    span.to === undefined
      ? { value: quantity, cost: 0.05 }
      : atPeriod(context, quantity, span.to)?.options[0];
  if (before === undefined || now === undefined) return null;
  const difference = arithmetic('-', now.value, before.value);
  const options: { value: Quantity; cost: number }[] = [];
  const relative = change(now.value, before.value);
  if (span.relative !== false) options.push({ value: relative, cost: span.relative === null ? 0.35 : 0 });
  if (span.relative !== true && difference !== null) options.push({ value: difference, cost: 0 });
  const notes = span.from === undefined ? [`"${column.label}" is compared with ${from}`] : [];
  return new Weighed(
    options.map((option) => ({ ...option, cost: option.cost + before.cost + now.cost, notes })),
  );
}

/** The known period before another, or before the latest. */
function periodBefore(periods: readonly string[], period: string | undefined): string | undefined {
  return period === undefined ? periods[0] : periods.find((each) => each < period);
}

/** A change that is spoken of as a drop, with its sign turned. */
function signed(outcome: Weighed<Quantity> | null, sign: 1 | -1): Weighed<Quantity> | null {
  if (outcome === null || sign === 1) return outcome;
  return new Weighed(
    outcome.options.flatMap((option) => {
      const value = arithmetic('*', constant(-1), option.value);
      return value === null ? [] : [{ ...option, value: { ...value, type: option.value.type } }];
    }),
  );
}

/** Adds what changes from one period to another. */
export function addChangeRules(grammar: AnalystGrammar): void {
  const span = '(from|between) <period:from> (to|and|until) <period:to>';
  for (const [noun, sign] of [
    ['$rise', 1],
    ['$drop', -1],
  ] as const) {
    grammar.rule('term', `${noun} (in|of) <column> ${span}`, ({ column, from, to }, context) =>
      signed(changed(context, column, { from, to, relative: null }), sign),
    );
    grammar.rule('term', `<column> ${noun} ${span}`, ({ column, from, to }, context) =>
      signed(changed(context, column, { from, to, relative: null }), sign),
    );
    grammar.rule('term', `$percentual ${noun} (in|of) <column> ${span}`, ({ column, from, to }, context) =>
      signed(changed(context, column, { from, to, relative: true }), sign),
    );
    grammar.rule(
      'term',
      `$percentual ${noun} (in|of) <column> since <period:from>`,
      ({ column, from }, context) =>
        signed(changed(context, column, { from, to: undefined, relative: true }), sign),
    );
    grammar.rule('term', `absolute ${noun} (in|of) <column> ${span}`, ({ column, from, to }, context) =>
      signed(changed(context, column, { from, to, relative: false }), sign),
    );
    grammar.rule('term', `($percentual|$yearly) ${noun} (in|of) <column>`, ({ column }, context) =>
      signed(changed(context, column, { from: undefined, to: undefined, relative: true }), sign),
    );
    grammar.rule(
      'term',
      `${noun} (in|of) <column>`,
      ({ column }, context) =>
        signed(changed(context, column, { from: undefined, to: undefined, relative: null }), sign),
      0.05,
    );
    grammar.rule('term', `$yearly <column> ${noun}`, ({ column }, context) =>
      signed(changed(context, column, { from: undefined, to: undefined, relative: true }), sign),
    );
  }
  for (const noun of ['growth', 'growth rate', 'increase', 'change'] as const)
    grammar.rule(
      'term',
      `[$yearly] $percentual ${noun} (in|of) <column> [${span}]` as const,
      ({ column, from, to }, context) => changed(context, column, { from, to, relative: true }),
      0.01,
    );
  for (const noun of ['growth', 'growth rate', '$rise'] as const) {
    grammar.rule(
      'term',
      `[$yearly] <column> ${noun} (in|for|of|during) <period:to>`,
      ({ column, to }, context) => changed(context, column, { from: undefined, to, relative: true }),
    );
    grammar.rule(
      'term',
      `[$yearly] ${noun} (in|of) <column> (in|for|during) <period:to>`,
      ({ column, to }, context) => changed(context, column, { from: undefined, to, relative: true }),
    );
    grammar.rule('term', `$yearly <column> ${noun}`, ({ column }, context) =>
      changed(context, column, { from: undefined, to: undefined, relative: true }),
    );
  }
  for (const prefix of ['growth', 'growth rate'] as const) {
    grammar.rule('term', `${prefix} (in|of) <column> ${span}`, ({ column, from, to }, context) =>
      changed(context, column, { from, to, relative: true }),
    );
    grammar.rule('term', `<column> ${prefix} ${span}`, ({ column, from, to }, context) =>
      changed(context, column, { from, to, relative: true }),
    );
  }
}
