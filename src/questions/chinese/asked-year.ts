import type { CatalogTable } from '../../table/catalog.ts';
import type { Draft } from '../grammar/meanings.ts';

const asksYear = /(?:哪一?年|何年|什么年份|哪个年份)(?!哪|.{0,2}月)/u;

/** "哪一年": the year of a date; the draft as it is where no date is shown, or no year alone is asked for. */
export function inAskedYear(draft: Draft, { columns }: CatalogTable, question: string): Draft {
  const { output } = draft;
  if (output.kind !== 'values' || !asksYear.test(question)) return draft;
  const dates = new Set(columns.filter(({ type }) => type === 'date').map(({ name }) => name));
  const show = output.show.map((each) =>
    each.value.kind === 'column' && each.value.period === undefined && dates.has(each.value.column)
      ? { ...each, value: { kind: 'date-part', column: each.value.column, part: 'year' } as const }
      : each,
  );
  return { ...draft, output: { ...output, show } };
}
