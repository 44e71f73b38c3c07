import type { CatalogColumn } from '../../table/catalog.ts';
import { stemOf } from '../language/lemma.ts';
import { wordsKey } from '../linking/value-links.ts';
import { columnsCalled } from './catalog-columns.ts';
import { comparison } from './conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { valuesDraft } from './drafts.ts';
import { Weighed } from './engine.ts';
import type { Outcome } from './engine.ts';
import type { Comparing, Condition, Quantity } from './meanings.ts';
import { allRows } from './row-sets.ts';
import { quantityOf } from './terms.ts';

const dateColumns = ({ table }: Context): readonly CatalogColumn[] =>
  table.columns.filter((column) => column.type === 'date');

const only = <T>(all: readonly T[]): T | null => (all.length === 1 ? (all[0] ?? null) : null);

/** The date on which a thing was offered: the one that speaks of listing, where there is one. */
function marketDate(context: Context): Quantity | null {
  const column = only(
    dateColumns(context).filter(({ label }) =>
      wordsKey(label.replaceAll('_', ' '))
        .split(' ')
        .some((word) => stemOf(word).startsWith('list')),
    ),
  );
  return column === null ? null : quantityOf(column);
}

/** The date of the record itself: the only date there is, or the one that is called nothing else. */
function recordDate(context: Context): Quantity | null {
  const dates = dateColumns(context);
  const column = only(dates) ?? only(dates.filter(({ label }) => wordsKey(label) === 'date'));
  return column === null ? null : quantityOf(column);
}

/** A condition on the date of an event that the table calls otherwise. */
function dated(context: Context, quantity: Quantity | null, comparing: Comparing): Outcome<Condition> {
  const { operand } = comparing;
  if (quantity === null || operand.kind !== 'date') return null;
  const outcome = comparison(context, quantity, comparing);
  if (!(outcome instanceof Weighed)) return outcome;
  const notes = [`the date is taken as the field "${quantity.name}"`];
  return new Weighed(
    outcome.options.map((option) => ({
      ...option,
      cost: option.cost + 0.15,
      notes: [...(option.notes ?? []), ...notes],
    })),
  );
}

const on = (date: string): Comparing => ({ comparison: '=', operand: { kind: 'date', date } });

/** The months of a part of a year. */
function monthsOf(year: string, first: number, count: number): Comparing | null {
  if (!/^\d{4}$/.test(year)) return null;
  const month = (number: number): string => `${year}-${String(number).padStart(2, '0')}`;
  return {
    comparison: '>=',
    operand: { kind: 'date', date: month(first) },
    high: { kind: 'date', date: month(first + count - 1) },
  };
}

/** Adds events in everyday words, and parts of a year. */
export function addEverydayEvents(grammar: AnalystGrammar): void {
  const market = '(come|came|go|went|be put|be placed|appear|be) (on|onto|to) market';
  const made = '(be|) (taken|made|sent|dated|logged|written|submitted|entered|filed|noted|received)';
  grammar.rule(
    'ask',
    '(when|on which date|on what date) do <entity> (come|go|appear) (on|onto|to) market',
    ({ entity }, context) => {
      const quantity = marketDate(context);
      return quantity === null
        ? null
        : valuesDraft({ ...allRows, where: { kind: 'entity', names: [entity] }, singular: true }, [quantity]);
    },
  );
  for (const [words, dateOf] of [
    [market, marketDate],
    [made, recordDate],
  ] as const) {
    grammar.rule('verb', `${words} [in|on|during] <comparing>` as const, ({ comparing }, context) =>
      dated(context, dateOf(context), comparing),
    );
    grammar.rule('verb', `${words} (in|on|during) <date>` as const, ({ date }, context) =>
      dated(context, dateOf(context), on(date)),
    );
  }
  grammar.rule(
    'restrictor',
    '(taken|made|sent|dated|logged|written|submitted|entered|filed|noted|received) (in|on|during) <date>',
    ({ date }, context) => {
      const outcome = dated(context, recordDate(context), on(date));
      return outcome instanceof Weighed
        ? new Weighed(
            outcome.options.map((option) => ({
              ...option,
              value: { kind: 'condition', condition: option.value } as const,
            })),
          )
        : null;
    },
  );
  grammar.rule('verb', '(ask|be asking|asking) [for] <comparing>', ({ comparing }, context) => {
    const price = only(columnsCalled(context, 'price').filter(({ cost }) => cost < 0.2));
    return price === null ? null : comparison(context, price.quantity, comparing);
  });
  grammar.rule('comparing', '[in|during] <ordinal> (quarter|q) [of] <date>', ({ ordinal, date }) =>
    ordinal >= 1 && ordinal <= 4 ? monthsOf(date, 3 * ordinal - 2, 3) : null,
  );
  grammar.rule('comparing', '[in|during] <ordinal> half of <date>', ({ ordinal, date }) =>
    ordinal === 1 || ordinal === 2 ? monthsOf(date, 6 * ordinal - 5, 6) : null,
  );
}
