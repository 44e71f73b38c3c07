import { countDraft, figureDraft, listDraft, valuesDraft } from '../grammar/drafts.ts';
import { distinctCount, measured } from '../grammar/figures.ts';
import { groupsDraft } from '../grammar/ask-groups.ts';
import type { Draft, Grouped, Quantity, Rows } from '../grammar/meanings.ts';
import { numeric, plainColumn } from '../grammar/quantity-values.ts';
import { allRows } from '../grammar/row-sets.ts';
import type { GroupValue } from '../plan.ts';
import { isCalendar } from '../grammar/superlatives.ts';
import { columnsNamed } from '../plan-nodes.ts';
import { durationsAt } from './durations.ts';
import { emptyCost, isAboutRows, namingPositions, quantitiesAt, rowsIn } from './reading.ts';
import type { Assembled, Reading } from './reading.ts';

/** Whether the reading holds no more of these kinds than are asked for. */
export const holds = (
  reading: Reading,
  most: {
    superlatives?: number;
    measures?: number;
    groupings?: number;
    comparings?: number;
    counts?: number;
    ordered?: number;
    times?: number;
    targets?: number;
  },
): boolean =>
  reading.counts.length <= (most.counts ?? 0) &&
  reading.times.length <= (most.times ?? 0) &&
  reading.ordered.length <= (most.ordered ?? 0) &&
  reading.targets.length <= (most.targets ?? 0) &&
  reading.superlatives.length <= (most.superlatives ?? 0) &&
  reading.measures.length <= (most.measures ?? 0) &&
  reading.groupings.length <= (most.groupings ?? 0) &&
  reading.comparings.length <= (most.comparings ?? 0);

const opener = ({ marks }: Reading): string => marks[0] ?? 'none';

const rowCount: GroupValue = { kind: 'measure', measure: { function: 'count' } };

const grouped = (value: GroupValue, rows: Rows, quantity: Quantity | null): Grouped => ({
  value,
  rows: { ...rows, singular: false },
  percentage: quantity?.type === 'percentage',
  unit: quantity === null ? null : quantity.type === 'percentage' ? '%' : quantity.unit,
});

const asList = (draft: Draft | null, rest: Pick<Assembled, 'cost' | 'notes'>): Assembled[] =>
  draft === null ? [] : [{ draft, ...rest }];

/** "How many …", "number of … per …": rows counted, in groups where a grouping says so. */
export function countedRows(reading: Reading): Assembled[] {
  const { marks, rows, groupings, loose } = reading;
  if (marks.length !== 1 || opener(reading) !== 'many' || rows.length === 0) return [];
  if (!holds(reading, { groupings: 1 })) return [];
  const empty = emptyCost(reading, loose);
  if (empty === null || rows.some(({ meaning }) => meaning.rows.count !== null)) return [];
  // "How many chairs were sold" asks for pieces where rows say how many pieces each is of.
  if (rows.every(({ meaning }) => meaning.rows.noun === null)) return [];
  const all = rowsIn(reading.tiles);
  const [grouping] = groupings;
  // Where nothing else is said of the rows, a verb that is left out said it.
  if (all.where === null && empty.notes.length > 0) return [];
  if (grouping === undefined) return asList(countDraft(all), empty);
  return asList(groupsDraft(grouping.meaning.group, grouped(rowCount, all, null), { show: 'both' }), empty);
}

/** "Which …", "list …": the rows that fulfil conditions. */
export function listedRows(reading: Reading): Assembled[] {
  const { marks, rows, loose } = reading;
  if (rows.length === 0 || marks.length > 1 || !['which', 'list', 'who', 'none'].includes(opener(reading)))
    return [];
  if (!holds(reading, {})) return [];
  const all = rowsIn(reading.tiles);
  if (reading.entities.length > 0 || !isAboutRows(reading)) return [];
  const empty = all.where === null ? null : emptyCost(reading, loose);
  if (empty === null || rows.some(({ meaning }) => meaning.rows.count !== null)) return [];
  return asList(listDraft(all), opener(reading) === 'none' ? { ...empty, cost: empty.cost + 0.1 } : empty);
}

/** What is calculated where the question names no measure. */
function implied(reading: Reading): 'sum' | 'average' | null {
  const [measure] = reading.measures;
  if (measure !== undefined) return null;
  return ['many', 'much'].includes(opener(reading)) ? 'sum' : null;
}

/** "How much … in total", "average … per …": a quantity calculated over rows, in groups where a grouping says so. */
export function calculated(reading: Reading): Assembled[] {
  const { marks, measures, groupings } = reading;
  if (marks.length > 1 || !['many', 'much', 'which', 'list', 'none'].includes(opener(reading))) return [];
  if (!holds(reading, { measures: 2, groupings: 1 })) return [];
  const [first, second] = measures;
  // "The total … altogether" says the same twice; two measures otherwise ask for two numbers.
  if (second !== undefined && first?.meaning.measure.function !== second.meaning.measure.function) return [];
  const measure = first?.meaning.measure ?? (implied(reading) === null ? null : { function: 'sum' as const });
  if (measure === null) return [];
  const all = rowsIn(reading.tiles);
  const isLookup = first === undefined && reading.entities.length > 0;
  const named = quantitiesAt(reading, namingPositions(reading));
  const isMean = measure.function === 'average' || measure.function === 'median';
  const options = named.length > 0 || !isMean ? named : durationsAt(reading, reading.loose);
  return options.flatMap(({ value, cost, notes }): Assembled[] => {
    const isRate = value.type === 'percentage' || value.fraction === true;
    if (measure.function === 'sum' && (isRate || isCalendar(value))) return [];
    const [grouping] = groupings;
    if (grouping !== undefined) {
      const of = numeric(value);
      if (of === null) return [];
      const each: GroupValue = { kind: 'measure', measure: { ...measure, of: of.expression } };
      const draft = groupsDraft(grouping.meaning.group, grouped(each, all, value), { show: 'both' });
      return asList(draft, { cost, notes });
    }
    if (isLookup) {
      const shown = numeric(value);
      return shown === null ? [] : asList(valuesDraft({ ...all, singular: true }, [shown]), { cost, notes });
    }
    const figure = measured(measure, value, all);
    return figure === null ? [] : asList(figureDraft(figure), { cost, notes });
  });
}

/** "How many managers are there": different values of a field that are no numbers. */
export function countedValues(reading: Reading): Assembled[] {
  if (opener(reading) !== 'many' || reading.marks.length !== 1 || !holds(reading, {})) return [];
  if (reading.entities.length > 0 || isAboutRows(reading)) return [];
  const all = rowsIn(reading.tiles);
  return quantitiesAt(reading, namingPositions(reading)).flatMap(({ value, cost, notes }): Assembled[] => {
    const column = plainColumn(reading.context, value);
    if (column === null || !['category', 'text'].includes(column.type)) return [];
    if (columnsNamed(all.where).includes(column.name)) return [];
    const figure = distinctCount(value, all);
    return figure === null ? [] : asList(figureDraft(figure), { cost: cost + 0.05, notes });
  });
}

/** "Which donors supported …": the values of a field that rows have. */
export function listedValues(reading: Reading): Assembled[] {
  const { marks, context } = reading;
  if (marks.length !== 1 || !['which', 'list', 'who'].includes(opener(reading)) || !holds(reading, {}))
    return [];
  const all = rowsIn(reading.tiles);
  if (all.where === null || isAboutRows(reading)) return [];
  return quantitiesAt(reading, namingPositions(reading)).flatMap(({ value, cost, notes }): Assembled[] => {
    const column = plainColumn(context, value);
    if (column === null || !['category', 'text', 'list'].includes(column.type)) return [];
    if (columnsNamed(all.where).includes(column.name)) return [];
    const draft = valuesDraft(all, [value]);
    if (draft === null || draft.output.kind !== 'values') return [];
    const isOne = reading.entities.length > 0 || column.type === 'list';
    const output = isOne ? draft.output : { ...draft.output, distinct: true };
    return [{ draft: { ...draft, output }, cost: cost + 0.05, notes }];
  });
}

export { allRows };
