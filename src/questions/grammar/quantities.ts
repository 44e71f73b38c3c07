import type { AnalystGrammar, Context } from './context.ts';
import { columnsCalled, columnsInUnit } from './catalog-columns.ts';
import { namesClasses } from './class-names.ts';
import { addChangeRules } from './changes.ts';
import { Weighed } from './engine.ts';
import type { Quantity } from './meanings.ts';
import {
  absolute,
  arithmetic,
  atPeriod,
  constant,
  inUnit,
  numeric,
  percentOf,
  ratioOf,
} from './quantity-values.ts';
import { sumsAt } from './sums.ts';

/** Adds what a row's values are: columns, periods of them, formulas over them. */
export function addQuantityRules(grammar: AnalystGrammar): void {
  grammar.primitive('quantity', (context, at) => sumsAt(grammar, context, at));
  grammar.rule('term', '<column>', ({ column }) => column);
  grammar.rule(
    'term',
    '(outcome|result|product|quotient|resulting value|resulting figure|this value|this figure|that value)',
    (_, context) => context.discourse.quantity,
  );
  grammar.rule('term', '<defined-term:defined>', ({ defined }) => defined);
  grammar.rule('term', '<literal>', ({ literal }) =>
    literal.unit === null && literal.of === undefined
      ? constant(literal.percent ? literal.value / 100 : literal.value)
      : null,
  );
  grammar.rule('term', 'lparen <quantity> rparen', ({ quantity }) => quantity);
  grammar.rule('term', 'lparen <literal> rparen', ({ literal }) =>
    literal.unit === null && !literal.percent ? constant(literal.value) : null,
  );
  grammar.rule('term', '[their|its] [own] <noun> name', (_, context) => keyQuantity(context));
  grammar.rule('term', '(their|its) [own] name', (_, context) => keyQuantity(context), 0.1);
  grammar.rule('term', 'z score (of|for|in|on) [their] <column>', ({ column }) => standardScore(column));
  grammar.rule('term', '<column> z score', ({ column }) => standardScore(column));
  grammar.rule('term', 'population density', (_, context) => density(context));
  grammar.rule('term', '(their|its|his|her) <column>', ({ column }) => column);
  grammar.rule(
    'term',
    '(number|count) of [distinct|different|separate|listed] <list-column:list>',
    ({ list }) => numeric(list),
  );
  grammar.rule('term', 'number of (item|entry|value|name|element) in <list-column:list>', ({ list }) =>
    numeric(list),
  );

  grammar.rule(
    'term',
    '<column> [reported|recorded|stated] [in|for|of|as of|during|at end of] <period>',
    ({ column, period }, context) => atPeriod(context, column, period),
  );
  grammar.rule('term', '<column> lparen [in|for|of|as of] <period> rparen', ({ column, period }, context) =>
    atPeriod(context, column, period),
  );
  grammar.rule('term', '<period> <column>', ({ column, period }, context) =>
    atPeriod(context, column, period),
  );
  grammar.rule('term', '<column> in <unit>', ({ column, unit }) => inUnit(column, unit));
  grammar.rule('term', '<column> [expressed|measured] in <unit>', ({ column, unit }) => inUnit(column, unit));
  grammar.rule('term', '<column> lparen [in] <unit> rparen', ({ column, unit }) => inUnit(column, unit));
  grammar.rule(
    'term',
    '<column> lparen [in] <unit> [,] (times|*|x|multiplied by) <number> rparen',
    ({ column, unit, number }) => {
      const converted = inUnit(column, unit)?.options[0];
      const value = converted === undefined ? null : arithmetic('*', converted.value, constant(number));
      return value === null ? null : { ...value, unit: null };
    },
  );
  grammar.rule(
    'term',
    '<column> in <unit> lparen <unit:own> (times|*|x|multiplied by) <number> rparen',
    ({ column, unit, own, number }) =>
      // The question says how the field's numbers become numbers in the other unit.
      column.unit === null || column.unit === own
        ? inOtherUnit(arithmetic('*', column, constant(number)), unit)
        : null,
  );
  grammar.rule(
    'term',
    '(disk|storage|disc) (space|room) [once|when|after being|if] <text>',
    ({ text }, context) => sizeOf(context, text),
  );
  grammar.rule('term', '(space|room) (once|when|after being|if) <text>', ({ text }, context) =>
    sizeOf(context, text),
  );
  for (const [word, scale] of [
    ['thousand', 1e3],
    ['million', 1e6],
    ['billion', 1e9],
    ['trillion', 1e12],
  ] as const)
    for (const form of [`[expressed|measured] in ${word}`, `lparen in ${word} rparen`] as const)
      grammar.rule(
        'term',
        `<column> ${form}`,
        ({ column }) => arithmetic('/', column, constant(scale)),
        0.02,
      );

  // What the percentages are of says the question again; it tells no column from another.
  grammar.rule(
    'term',
    '<column> lparen [in|as] (%|percent|percentage|share|per cent) [of <column:whole?>] rparen',
    ({ column }) => (column.type === 'percentage' ? column : null),
    0.05,
  );
  addFormulaRules(grammar);
  addChangeRules(grammar);
}

function addFormulaRules(grammar: AnalystGrammar): void {
  grammar.rule(
    'term',
    '(ratio|quotient) (of|between) <quantity:part> (to|and|over) <quantity:whole>',
    ({ part, whole }) => ratioOf(part, whole),
  );
  grammar.rule('term', '<column:part> to <column:whole> ratio', ({ part, whole }) => ratioOf(part, whole));
  grammar.rule('term', '<column:part> <column:whole> ratio', ({ part, whole }) => ratioOf(part, whole), 0.2);
  grammar.rule(
    'term',
    '<column:part> (share|percentage|proportion|fraction) of <column:whole>',
    ({ part, whole }) => percentOf(part, whole),
    0.1,
  );
  grammar.rule('term', '<column:part> per <unit> of <column:whole>', ({ part, whole, unit }) => {
    const converted = inUnit(whole, unit)?.options[0];
    return converted === undefined ? null : arithmetic('/', part, converted.value);
  });
  grammar.rule(
    'term',
    '[number of] (days|time|duration|time elapsed|interval) (between|from) <column:from> (to|and|until) <column:to>',
    ({ from, to }) => daysBetween(from, to),
  );
  // "For each severity" groups by classes, though they are numbers.
  const perWhole = (part: Quantity, whole: Quantity): Weighed<Quantity> | null =>
    namesClasses(whole.name) ? null : ratioOf(part, whole);
  grammar.rule('term', '<column:part> per <column:whole>', ({ part, whole }) => perWhole(part, whole), 0.1);
  grammar.rule(
    'term',
    '<column:part> (for|to) (every|each) <column:whole>',
    ({ part, whole }) => perWhole(part, whole),
    0.1,
  );
  grammar.rule(
    'term',
    '<column:part> (per|for every|for each) [one] <number> [of] <column:whole>',
    ({ part, whole, number }) => {
      const scaled = arithmetic('/', whole, constant(number));
      return scaled === null ? null : arithmetic('/', part, scaled);
    },
  );
  grammar.rule('term', '<column:part> per (capita|head|person|inhabitant)', ({ part }, context) =>
    perHead(context, part, 1),
  );
  grammar.rule(
    'term',
    '<column:part> per <number> (people|person|head|inhabitant)',
    ({ part, number }, context) => perHead(context, part, number),
    0.05,
  );
  grammar.rule('term', '<column:part> per [<number:scale?>] <unit>', ({ part, unit, scale }, context) =>
    perUnit(context, part, { unit, scale: scale ?? 1 }),
  );
  grammar.rule(
    'term',
    // Which is taken from which is left open.
    '(difference|gap|spread|margin|swing) between <quantity:first> and <quantity:second>',
    ({ first, second }) => absolute(arithmetic('-', first, second)),
  );
  grammar.rule(
    'term',
    'absolute (difference|gap) between <quantity:first> and <quantity:second>',
    ({ first, second }) => absolute(arithmetic('-', first, second)),
  );
  grammar.rule('term', 'absolute (value of|) <quantity>', ({ quantity }) => absolute(quantity));
  grammar.rule('term', '(sum|total) of <quantity:first> and <quantity:second>', ({ first, second }) =>
    arithmetic('+', first, second),
  );
  grammar.rule(
    'term',
    '(combined|total) <quantity:first> and <quantity:second>',
    ({ first, second }) => arithmetic('+', first, second),
    0.2,
  );
  grammar.rule('term', '(average|mean) of <quantity:first> and <quantity:second>', ({ first, second }) => {
    const sum = arithmetic('+', first, second);
    return sum === null ? null : arithmetic('/', sum, constant(2));
  });
  grammar.rule('term', 'product of <quantity:first> and <quantity:second>', ({ first, second }) =>
    arithmetic('*', first, second),
  );
  grammar.rule(
    'quantity',
    '<term:part> (as|expressed as) (share|percentage|percent|proportion|fraction) of <term:whole>',
    ({ part, whole }) => percentOf(part, whole),
  );
  grammar.rule(
    'term',
    '(share|percentage|percent|proportion|fraction) of <quantity:whole> (that is|made up of|made up by|taken up by|represented by|consisting of) <quantity:part>',
    ({ part, whole }) => percentOf(part, whole),
  );
  grammar.rule(
    'term',
    '(share|percentage|percent|proportion|fraction) of <column:part> (in|to|relative to|out of|among) <column:whole>',
    ({ part, whole }) => percentOf(part, whole),
    0.1,
  );
  grammar.rule('term', '<factor> <term>', ({ factor, term }) => arithmetic('*', constant(factor), term));
  grammar.rule('term', 'half [of] <term>', ({ term }) => arithmetic('*', constant(0.5), term));
  grammar.rule('term', '<literal> of <term>', ({ literal, term }) =>
    literal.percent && literal.of === undefined ? arithmetic('*', constant(literal.value / 100), term) : null,
  );
}

const inOtherUnit = (quantity: Quantity | null, unit: string): Quantity | null =>
  quantity === null ? null : { ...quantity, unit };

/** The space that a thing takes once it is installed, unpacked, stored: its installed size. */
function sizeOf(context: Context, state: string): Weighed<Quantity> | null {
  const best = columnsCalled(context, `${state.toLowerCase()} size`)[0];
  if (best === undefined || best.cost > 0.2) return null;
  return new Weighed([
    { value: best.quantity, cost: best.cost + 0.1, notes: [`"space" is taken as "${best.quantity.name}"`] },
  ]);
}

/** The name of the row itself. */
const keyQuantity = ({ table }: Context): Quantity => ({
  expression: { kind: 'column', column: table.key },
  type: 'text',
  unit: null,
  name: table.key,
  columns: [table.key],
});

/** Inhabitants per unit of area, where the table has both. */
function density(context: Context): Weighed<Quantity> | null {
  const population = columnsCalled(context, 'population')[0]?.quantity;
  const area = columnsCalled(context, 'area')[0]?.quantity;
  if (population === undefined || area === undefined || area.unit === null) return null;
  const value = arithmetic('/', population, area);
  if (value === null) return null;
  const notes = [`"population density" is taken as ${population.name} / ${area.name}`];
  return new Weighed([{ value: { ...value, unit: `inhabitants/${area.unit}` }, cost: 0.2, notes }]);
}

/** How many standard deviations a value lies from the mean. */
function standardScore(given: Quantity): Quantity | null {
  const quantity = numeric(given);
  if (quantity === null) return null;
  return {
    ...quantity,
    expression: { kind: 'z-score', of: quantity.expression, deviation: 'population' },
    type: 'number',
    unit: null,
    name: `z-score of ${quantity.name}`,
  };
}

/** How long it is from one date to another. */
function daysBetween(from: Quantity, to: Quantity): Quantity | null {
  if (from.type !== 'date' || to.type !== 'date') return null;
  return {
    expression: { kind: 'days-between', from: from.expression, to: to.expression },
    type: 'number',
    unit: 'days',
    name: `days from ${from.name} to ${to.name}`,
    columns: [...from.columns, ...to.columns],
  };
}

/** Divides by the population, where the table has such a column. */
function perHead(context: Context, part: Quantity, scale: number): Weighed<Quantity> | null {
  const whole = columnsCalled(context, 'population')[0]?.quantity;
  if (whole === undefined) return null;
  const scaled = scale === 1 ? whole : arithmetic('/', whole, constant(scale));
  const value = scaled === null ? null : arithmetic('/', part, scaled);
  return value === null
    ? null
    : new Weighed([{ value, cost: 0.2, notes: [`"per head" is taken as per ${whole.name}`] }]);
}

/** Divides by the column that is in the unit: "inhabitants per sq km". */
function perUnit(
  context: Context,
  part: Quantity,
  per: { readonly unit: string; readonly scale: number },
): Weighed<Quantity> | null {
  const options: { value: Quantity; cost: number; notes: readonly string[] }[] = [];
  const pool = columnsInUnit(context, per.unit);
  for (const [index, whole] of pool.entries()) {
    if (whole.columns[0] === part.columns[0]) continue;
    const scaled = per.scale === 1 ? whole : arithmetic('/', whole, constant(per.scale));
    const value = scaled === null ? null : arithmetic('/', part, scaled);
    if (value !== null)
      options.push({
        value,
        cost: 0.2 + index * 0.15,
        notes: [`"per ${per.unit}" is taken as per ${whole.name}`],
      });
  }
  return options.length === 0 ? null : new Weighed(options);
}
