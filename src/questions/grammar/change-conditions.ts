import type { Predicate } from '../plan.ts';
import { changed } from './changes.ts';
import { compare } from './compare.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import type { Comparing, Condition, Quantity } from './meanings.ts';
import { atPeriod, periodsOf, plainColumn } from './quantity-values.ts';

interface Span {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The condition that a quantity rose or fell between two periods, by as much as is said. */
function moved(
  context: Context,
  quantity: Quantity,
  how: { readonly up: boolean; readonly span: Span; readonly by?: Comparing | undefined },
): Weighed<Condition> | null {
  const { up, span, by } = how;
  if (by !== undefined && isSpanOfYears(by)) return null;
  if (by === undefined && span.from !== undefined && span.to !== undefined)
    return periodsCompared(context, quantity, { up, now: span.to, before: span.from });
  const relative =
    by === undefined
      ? false
      : by.operand.kind === 'literal' && by.operand.literal.percent && quantity.type !== 'percentage';
  const change = changed(context, quantity, { from: span.from, to: span.to, relative });
  if (change === null) return null;
  const options: { value: Condition; cost: number; notes: readonly string[] }[] = [];
  for (const option of change.options) {
    const rise = up ? option.value : negative(option.value);
    const comparing: Comparing = by ?? {
      comparison: '>',
      operand: { kind: 'literal', literal: { value: 0, percent: false, unit: null } },
    };
    const result = compare(context, rise, comparing);
    if (result !== null)
      options.push({
        value: result.value,
        cost: option.cost + result.cost,
        notes: [...(option.notes ?? []), ...result.notes],
      });
  }
  return options.length === 0 ? null : new Weighed(options);
}

/** "From 2000 to 2010" is when, not by how much. */
const isSpanOfYears = ({ operand, high }: Comparing): boolean =>
  [operand, high].every(
    (end) =>
      end?.kind === 'literal' &&
      end.literal.unit === null &&
      /^(?:19|20)\d\d$/.test(String(end.literal.value)),
  );

const negative = (quantity: Quantity): Quantity => ({
  ...quantity,
  expression: {
    kind: 'arithmetic',
    operator: '*',
    left: { kind: 'number', value: -1 },
    right: quantity.expression,
  },
});

/** The condition that a quantity moved the same way in every step from one known period to the next. */
function movedThroughout(context: Context, quantity: Quantity, up: boolean): Condition | null {
  const column = plainColumn(context, quantity);
  if (column === null || column.periods.length === 0) return null;
  const series: Quantity['expression'][] = [
    quantity.expression,
    ...column.periods.map((period) => ({ kind: 'column', column: column.name, period }) as const),
  ];
  const operands: Predicate[] = series.slice(1).flatMap((before, index): Predicate[] => {
    const now = series[index];
    return now === undefined
      ? []
      : [{ kind: 'compare', left: now, comparison: up ? '>' : '<', right: before }];
  });
  return { predicate: { kind: 'and', operands }, quantity };
}

/** The condition that compares a column in two periods: "higher in 2022 than in 2021". */
function periodsCompared(
  context: Context,
  quantity: Quantity,
  how: { readonly up: boolean; readonly now: string; readonly before: string },
): Weighed<Condition> | null {
  const now = atPeriod(context, quantity, how.now)?.options[0];
  const before = atPeriod(context, quantity, how.before)?.options[0];
  if (now === undefined || before === undefined) return null;
  const predicate: Predicate = {
    kind: 'compare',
    left: now.value.expression,
    comparison: how.up ? '>' : '<',
    right: before.value.expression,
  };
  const notes = [...(now.notes ?? []), ...(before.notes ?? [])];
  return new Weighed([{ value: { predicate, quantity: now.value }, cost: now.cost + before.cost, notes }]);
}

/** The condition that compares the latest period with an earlier one: "a larger budget than in 2022". */
function nowCompared(
  context: Context,
  quantity: Quantity,
  how: { readonly up: boolean; readonly before: string },
): Condition | null {
  const before = atPeriod(context, quantity, how.before)?.options[0];
  if (before === undefined || before.value.expression === quantity.expression) return null;
  const comparison = how.up ? '>' : '<';
  return {
    predicate: { kind: 'compare', left: quantity.expression, comparison, right: before.value.expression },
    quantity,
  };
}

/** The condition that compares a period with the one before it: "a higher income than the year before". */
function thanBefore(
  context: Context,
  quantity: Quantity,
  how: { readonly up: boolean; readonly now: string | undefined },
): Condition | Weighed<Condition> | null {
  const column = plainColumn(context, quantity);
  const known = column === null ? [] : periodsOf(column);
  const now = how.now ?? known[0];
  const before = known.find((period) => now !== undefined && period < now) ?? column?.periods[0];
  if (before === undefined) return null;
  return now === undefined || now === before
    ? nowCompared(context, quantity, { up: how.up, before })
    : periodsCompared(context, quantity, { up: how.up, now, before });
}

/** Adds conditions on what rose or fell from one period to another. */
export function addChangeConditions(grammar: AnalystGrammar): void {
  grammar.rule('span', '(from|between) <period:from> (to|and|until|through) <period:to>', (span) => span);
  grammar.rule(
    'span',
    '(since|compared with|compared to|over|relative to|from|versus|vs|against) <period:from>',
    ({ from }) => ({ from }),
  );
  grammar.rule(
    'span',
    '(in|during) <period:to> (compared with|compared to|over|relative to|versus|vs|against|from) <period:from>',
    (span) => span,
  );
  grammar.rule(
    'span',
    '(year over year|year on year|from previous year|over previous year|compared with previous year|compared to previous year|over last year|from prior year|from year before)',
    () => ({}),
  );
  for (const [verb, noun, comparative, up] of [
    ['$increased', '$rise', '$more', true],
    ['$decreased', '$drop', '$fewer', false],
  ] as const) {
    grammar.rule(
      'verb',
      `${verb} [their|its] <column> [<span:first?>] [by] [<comparing:by?>] [<span:last?>]`,
      ({ column, first, by, last }, context) => moved(context, column, { up, by, span: last ?? first ?? {} }),
      0.02,
    );
    grammar.rule(
      'verb',
      `(see|saw|experience|record|report|have|post|show) [their|its] <column> ${verb} [<span:first?>] [by] [<comparing:by?>] [<span:last?>]`,
      ({ column, first, by, last }, context) => moved(context, column, { up, by, span: last ?? first ?? {} }),
      0.02,
    );
    grammar.rule(
      'verb',
      `(see|experience|record|report|have|post|show|with) ${noun} in [their|its] <column> [of] [<comparing:by?>] [<span:last?>]`,
      ({ column, by, last }, context) => moved(context, column, { up, by, span: last ?? {} }),
      0.04,
    );
    grammar.rule(
      'have',
      `${noun} in [their|its] <column> [of] <comparing:by> [<span:last?>]`,
      ({ column, by, last }, context) => moved(context, column, { up, by, span: last ?? {} }),
      0.02,
    );
    grammar.rule(
      'have',
      `<column> ${noun} [of] <comparing:by> [<span:last?>]`,
      ({ column, by, last }, context) => moved(context, column, { up, by, span: last ?? {} }),
      0.02,
    );
    grammar.rule(
      'clause',
      `<column> ${verb} [<span:first?>] [by] [<comparing:by?>] [<span:last?>]`,
      ({ column, first, by, last }, context) => moved(context, column, { up, by, span: last ?? first ?? {} }),
    );
    grammar.rule(
      'clause',
      `<column> [have] ${verb} (in every year|every year|each year|in each year|in all years|in every period|every period|each period|in each period|in both periods|in both years|throughout|year after year|steadily|continuously|consistently)`,
      ({ column }, context) => movedThroughout(context, column, up),
    );
    grammar.rule(
      'verb',
      `${verb} [their|its] <column> (in every year|every year|each year|in each year|in all years|in every period|every period|each period|in each period|in both periods|in both years|throughout|year after year|steadily|continuously|consistently)`,
      ({ column }, context) => movedThroughout(context, column, up),
    );
    grammar.rule(
      'have',
      `${comparative} <column> than in <period:before>` as const,
      ({ column, before }, context) => nowCompared(context, column, { up, before }),
    );
    grammar.rule(
      'have',
      `${comparative} <column> [in <period:now?>] than [in|during] (year before|previous year|prior year|last year|year earlier|preceding year|period before|previous period)` as const,
      ({ column, now }, context) => thanBefore(context, column, { up, now }),
    );
    grammar.rule(
      'verb',
      `<verb-column:column> ${comparative} (in|during|for) <period:now> than [in|during|for] <period:before>` as const,
      ({ column, now, before }, context) => periodsCompared(context, column, { up, now, before }),
      0.05,
    );
    grammar.rule(
      'have',
      `${comparative} <column> in <period:now> than [in] <period:before>`,
      ({ column, now, before }, context) => periodsCompared(context, column, { up, now, before }),
    );
    grammar.rule(
      'clause',
      `<column> be ${comparative} in <period:now> than [it be] [in] <period:before>`,
      ({ column, now, before }, context) => periodsCompared(context, column, { up, now, before }),
    );
    grammar.rule(
      'clause',
      `<column> in <period:now> be ${comparative} than [it be|that] [in|of] <period:before>`,
      ({ column, now, before }, context) => periodsCompared(context, column, { up, now, before }),
    );
    grammar.rule(
      'clause',
      `<period:now> <column> be ${comparative} than [in|that of|their|its] <period:before> [<column:again?>]`,
      ({ column, now, before }, context) => periodsCompared(context, column, { up, now, before }),
    );
  }
}
