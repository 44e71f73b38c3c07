import type { CatalogColumn } from '../../table/catalog.ts';
import { figureDraft, valuesDraft } from '../grammar/drafts.ts';
import type { Parse } from '../grammar/engine.ts';
import { measured } from '../grammar/figures.ts';
import { roleOf } from '../grammar/loose-words.ts';
import type { Quantity } from '../grammar/meanings.ts';
import { isCalendar, tellsOfEnd } from '../grammar/superlatives.ts';
import { daysBetween } from '../grammar/quantity-values.ts';
import { quantityOf } from '../grammar/terms.ts';
import { rowsIn } from './reading.ts';
import type { Assembled, Reading } from './reading.ts';

const durationCost = 0.2;

/** Words that speak of a length of time and name nothing else. */
const timeWords: ReadonlySet<string> = new Set(
  'time period day week month year long duration stay stayed way last lasted take took taken need wait process complete'.split(
    ' ',
  ),
);

/** What a date may be called on which a thing began. */
const beginnings =
  /\b(?:start\w*|beg[aiu]n\w*|open\w*|file[ds]?|filing|admi\w+|order\w*|hire[ds]?|shipp\w+|commission\w*|founded|launch\w*|sent|submi\w+|receiv\w+|report\w*|request\w*|appl\w+|issued?|posted|listed|signed|created|registered|depart\w*|enrol\w*|announced|from|first)\b/i;
/** What a date may be called on which it ended, beside the words for endings that make nothing older. */
const endings =
  /\b(?:deci[ds]\w+|resol\w+|approv\w+|return\w*|arriv\w+|judg\w+|conclu\w+|settled|to|until)\b/i;

const dateColumns = ({ context }: Reading): readonly CatalogColumn[] =>
  context.table.columns.filter(({ type }) => type === 'date');

/** The dates that the words name, in their order; null where a word speaks of something else. */
function datesNamed(reading: Reading, positions: readonly number[]): CatalogColumn[] | null {
  const { context } = reading;
  const named: CatalogColumn[] = [];
  for (const at of positions) {
    const token = context.tokens[at];
    if (token === undefined) return null;
    const columns = context.grammar
      .parse('verb-column', context, at)
      .filter(({ value, cost }) => value.type === 'date' && cost < 0.5)
      .flatMap(({ value }) => dateColumns(reading).filter(({ name }) => name === value.columns[0]));
    const [column] = columns;
    if (column !== undefined && !named.includes(column)) named.push(column);
    const saysLittle =
      column !== undefined ||
      token.kind === 'symbol' ||
      ['glue', 'light'].includes(roleOf(token)) ||
      timeWords.has(token.word) ||
      timeWords.has(token.lemma) ||
      ['and', 'between'].includes(token.word);
    if (!saysLittle) return null;
  }
  return named;
}

const begins = (column: CatalogColumn): boolean => beginnings.test(column.label) && !ends(column);
const ends = (column: CatalogColumn): boolean => tellsOfEnd(quantityOf(column)) || endings.test(column.label);

/** From which date to which a thing lasted, by what the words name and how the dates are called. */
function spanOf(
  reading: Reading,
  named: readonly CatalogColumn[],
): { readonly from: CatalogColumn; readonly to: CatalogColumn } | null {
  const dates = dateColumns(reading);
  const [first, second] = named;
  if (named.length > 2 || dates.length < 2) return null;
  if (first !== undefined && second !== undefined)
    return ends(first) && begins(second) ? { from: second, to: first } : { from: first, to: second };
  const only = <Item>(items: readonly Item[]): Item | null =>
    items.length === 1 ? (items[0] ?? null) : null;
  if (first !== undefined) {
    const other = only(dates.filter((date) => date !== first));
    if (other === null) return null;
    return ends(other) && !ends(first) ? { from: first, to: other } : { from: other, to: first };
  }
  const from = only(dates.filter(begins));
  const to = only(dates.filter(ends));
  return from === null || to === null || from === to ? null : { from, to };
}

/** The whole days from one date of a row to another, where the words speak of a length of time. */
export function durationsAt(reading: Reading, positions: readonly number[]): Parse<Quantity>[] {
  const named = datesNamed(reading, positions);
  const span = named === null ? null : spanOf(reading, named);
  if (span === null) return [];
  const { from, to } = span;
  const value = daysBetween(from, to);
  return [
    { end: 0, value, cost: durationCost, notes: [`counted in days from "${from.label}" to "${to.label}"`] },
  ];
}

/** "How long …", "how many days …": of one row, or on average. */
export function lengths(reading: Reading): Assembled[] {
  const { marks, measures, entities, loose } = reading;
  if (marks.length !== 1 || marks[0] !== 'how-long') return [];
  if (reading.superlatives.length + reading.groupings.length + reading.comparings.length > 0) return [];
  const all = rowsIn(reading.tiles);
  const [measure] = measures;
  return durationsAt(reading, loose).flatMap(({ value, cost, notes }): Assembled[] => {
    if (measure === undefined && entities.length === 1) {
      const draft = valuesDraft({ ...all, singular: true }, [value]);
      return draft === null ? [] : [{ draft, cost, notes }];
    }
    const how = measure?.meaning.measure.function;
    const figure = how === 'average' || how === 'median' ? measured({ function: how }, value, all) : null;
    const draft = figure === null ? null : figureDraft(figure);
    return draft === null ? [] : [{ draft, cost, notes }];
  });
}

/** "Has been open the longest": by the year or date since when; longest is what began first. */
export function standingsAt(reading: Reading, positions: readonly number[]): Parse<Quantity>[] {
  const { context } = reading;
  const words = positions.flatMap((at) => context.tokens[at] ?? []);
  const hasBeen = words.some(({ lemma }, index) => lemma === 'have' && words[index + 1]?.word === 'been');
  if (!hasBeen) return [];
  const since = context.table.columns
    .map((column) => quantityOf(column))
    .filter((quantity) => isCalendar(quantity) && !tellsOfEnd(quantity));
  const [only] = since;
  if (only === undefined || since.length !== 1 || positions.some((at) => !addsLittle(reading, at, only)))
    return [];
  return [
    { end: 0, value: only, cost: durationCost, notes: [`the longest is what has the first "${only.name}"`] },
  ];
}

function addsLittle({ context }: Reading, at: number, { columns }: Quantity): boolean {
  const token = context.tokens[at];
  if (token === undefined) return false;
  const isOf = context.grammar
    .parse('verb-column', context, at)
    .some(({ value }) => value.columns[0] === columns[0]);
  return (
    isOf ||
    ['glue', 'light'].includes(roleOf(token)) ||
    /^(?:business|existence|service|operation|operating|active|going)$/.test(token.word)
  );
}
