import type { AnalystGrammar, Context } from './context.ts';
import type { Condition, Quantity } from './meanings.ts';
import { plainColumn } from './quantity-values.ts';
import { mainDate } from './predicate-conditions.ts';
import { quantityOf } from './terms.ts';

/** A stretch of the calendar, both ends included, at the precision of its ends. */
interface Era {
  readonly from: string;
  readonly to: string;
}

const two = (value: number): string => String(value).padStart(2, '0');

const months = (year: string, first: number, last: number): Era | null =>
  /^\d{4}$/.test(year) ? { from: `${year}-${two(first)}`, to: `${year}-${two(last)}` } : null;

/** The condition that a date, or a column of years, lies in the era. */
function within(context: Context, quantity: Quantity, { from, to }: Era): Condition | null {
  const column = plainColumn(context, quantity);
  if (column?.type === 'date') {
    const dated = (comparison: '>=' | '<=', date: string) =>
      ({ kind: 'date', column: column.name, comparison, date }) as const;
    return { predicate: { kind: 'and', operands: [dated('>=', from), dated('<=', to)] }, quantity };
  }
  const isYears = column?.type === 'number' && column.unit === null && /^\d{4}$/.test(from);
  if (!isYears) return null;
  const year = (text: string) => ({ kind: 'number', value: Number(text) }) as const;
  return {
    predicate: { kind: 'between', of: quantity.expression, low: year(from), high: year(to) },
    quantity,
  };
}

/** Decades that are named without their century; those after 2000 are not. */
const decadeNames = [
  'twenties',
  'thirties',
  'forties',
  'fifties',
  'sixties',
  'seventies',
  'eighties',
  'nineties',
];

/** Adds quarters, halves, decades and centuries as times when something happened. */
export function addEras(grammar: AnalystGrammar): void {
  grammar.rule('era', '<ordinal> quarter [of] <date>', ({ ordinal, date }) =>
    ordinal <= 4 ? months(date, ordinal * 3 - 2, ordinal * 3) : null,
  );
  grammar.rule('era', '<ordinal> half [of] <date>', ({ ordinal, date }) =>
    ordinal <= 2 ? months(date, ordinal * 6 - 5, ordinal * 6) : null,
  );
  for (const [word, quarter] of [
    ['q1', 1],
    ['q2', 2],
    ['q3', 3],
    ['q4', 4],
  ] as const)
    grammar.rule('era', `${word} [of] <date>` as const, ({ date }) =>
      months(date, quarter * 3 - 2, quarter * 3),
    );
  grammar.rule('era', '<ordinal> century', ({ ordinal }) =>
    ordinal < 11 || ordinal > 21 ? null : { from: `${ordinal - 1}01`, to: `${ordinal}00` },
  );
  grammar.primitive('decade', (context, at) => {
    const year = context.tokens[at];
    const named = year === undefined ? -1 : decadeNames.indexOf(year.word);
    if (named >= 0) {
      const value: Era = { from: `19${named + 2}0`, to: `19${named + 2}9` };
      return [
        { end: at + 1, cost: 0, value, notes: [`"${year?.text ?? ''}" is taken as the ${value.from}s`] },
      ];
    }
    const ending = context.tokens[at + 1];
    const isDecade =
      /^(?:1[5-9]|20)\d0$/.test(year?.text ?? '') && ending?.word === 's' && ending.start === year?.end;
    if (year === undefined || !isDecade) return [];
    const value: Era = { from: year.text, to: String(Number(year.text) + 9) };
    return [{ end: at + 2, cost: 0, value, notes: [] }];
  });
  grammar.rule('era', '<decade>', ({ decade }) => decade);
  grammar.rule('place', '<verb-column:column> (in|during|within) <era>', ({ column, era }, context) =>
    within(context, column, era),
  );
  grammar.rule('clause', '<quantity> (be|fall|lie) (in|within|during) <era>', ({ quantity, era }, context) =>
    within(context, quantity, era),
  );
  grammar.rule('have', '<quantity> (in|within|during) <era>', ({ quantity, era }, context) =>
    within(context, quantity, era),
  );
  grammar.rule('place', '(in|during|from) <era>', ({ era }, context) => withinOnly(context, era), 0.08);
  grammar.rule('verb', '$happened (in|during) <era>', ({ era }, context) => withinOnly(context, era));
}

/** In the era by the only date the table knows. */
function withinOnly(context: Context, era: Era): Condition | null {
  const main = mainDate(context);
  return main === null ? null : within(context, quantityOf(main.column), era);
}
