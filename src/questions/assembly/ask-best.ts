import { groupsDraft } from '../grammar/ask-groups.ts';
import { listDraft } from '../grammar/drafts.ts';
import type { Parse } from '../grammar/engine.ts';
import type { Group, Grouped, Quantity, Ranking, Rows, Superlative } from '../grammar/meanings.ts';
import { numeric, plainColumn, ratioOf } from '../grammar/quantity-values.ts';
import { ranked } from '../grammar/row-sets.ts';
import { rankingBy, rankingByAdjective } from '../grammar/superlatives.ts';
import type { GroupBy, GroupValue } from '../plan.ts';
import { holds } from './ask-rows.ts';
import { durationsAt, standingsAt } from './durations.ts';
import { emptyCost, isAboutRows, namingPositions, quantitiesAt, rowsIn } from './reading.ts';
import type { Assembled, Reading } from './reading.ts';

/** By what a superlative and the other words put rows in order. */
export function rankings(
  reading: Reading,
  superlative: Superlative,
  positions: readonly number[],
): Parse<Ranking>[] {
  const named: Parse<Ranking>[] = quantitiesAt(reading, positions).flatMap(({ value, cost, notes }) => {
    const ranking = rankingBy(superlative, value);
    return ranking === null ? [] : [{ end: 0, value: ranking, cost, notes }];
  });
  const loose = positions.filter((at) => reading.loose.includes(at));
  named.push(...relativeTo(reading, superlative, positions));
  const timed = superlative.measured.includes('duration')
    ? [
        ...rankedBy(superlative, durationsAt(reading, loose)),
        ...rankedBy({ ...superlative, descending: !superlative.descending }, standingsAt(reading, loose)),
      ]
    : [];
  if (named.length === 0 && timed.length > 0) return timed;
  const empty = emptyCost(
    reading,
    positions.filter((at) => reading.loose.includes(at)),
  );
  const alone = empty === null ? null : rankingByAdjective(reading.context, superlative, null);
  return [
    ...named,
    ...(alone?.options ?? []).map(({ value, cost, notes }) => ({
      end: 0,
      value,
      cost: cost + (empty?.cost ?? 0),
      notes: [...(notes ?? []), ...(empty?.notes ?? [])],
    })),
  ];
}

const relations: readonly string[] = [
  'relative to',
  'compared to',
  'compared with',
  'in relation to',
  'per',
  'for',
];

/** "The widest relative to its height": what the adjective measures, divided by what is named after it. */
function relativeTo(
  reading: Reading,
  superlative: Superlative,
  positions: readonly number[],
): Parse<Ranking>[] {
  const { tokens } = reading.context;
  const alone = rankingByAdjective(reading.context, superlative, null)?.options ?? [];
  const at = positions.findIndex((start) =>
    relations.some((phrase) =>
      phrase.split(' ').every((word, index) => tokens[start + index]?.word === word),
    ),
  );
  const start = positions[at];
  if (alone.length === 0 || start === undefined) return [];
  const length = relations.find((phrase) =>
    phrase.split(' ').every((word, index) => tokens[start + index]?.word === word),
  );
  const before = positions.slice(0, at).filter((each) => reading.loose.includes(each));
  const empty = emptyCost(reading, before);
  if (empty === null || length === undefined) return [];
  const below = quantitiesAt(reading, positions.slice(at + length.split(' ').length));
  return alone.flatMap(({ value: { quantity }, cost, notes }) =>
    below.flatMap((divisor): Parse<Ranking>[] => {
      const ratio = quantity === null ? null : (ratioOf(quantity, divisor.value)?.options[0]?.value ?? null);
      const value =
        ratio === null ? null : rankingBy({ ...superlative, measured: [], units: undefined }, ratio);
      return value === null
        ? []
        : [{ end: 0, value, cost: cost + divisor.cost, notes: [...(notes ?? []), ...divisor.notes] }];
    }),
  );
}

const rankedBy = (superlative: Superlative, quantities: readonly Parse<Quantity>[]): Parse<Ranking>[] =>
  quantities.flatMap((parse) => {
    const value = rankingBy({ ...superlative, measured: [], units: undefined }, parse.value);
    return value === null ? [] : [{ ...parse, value }];
  });

const isOpenedBy = (reading: Reading, ...marks: readonly string[]): boolean =>
  reading.marks.length <= 1 && marks.includes(reading.marks[0] ?? 'none');

/** Whether the form of the words that call the rows says that one is asked for. */
function asksForOne(reading: Reading): boolean {
  return reading.rows.every(({ end }) => {
    const last = reading.context.tokens[end - 1];
    return last !== undefined && last.word === last.lemma;
  });
}

/** Whether the answer is to be listed the other way round than it is chosen. */
const isTurned = ({ superlatives, ordered }: Reading): boolean =>
  ordered.some(({ meaning }) => meaning.descending !== superlatives[0]?.meaning.superlative.descending);

/** "Holes deeper than 200 m, deepest first": all rows that fulfil conditions, in an order. */
export function orderedRows(reading: Reading): Assembled[] {
  const { ordered, rows } = reading;
  const superlative = ordered[0]?.meaning.superlative ?? null;
  if (superlative === null || !isOpenedBy(reading, 'which', 'list', 'who', 'none')) return [];
  if (!holds(reading, { ordered: 1 }) || rows.length === 0 || !isAboutRows(reading)) return [];
  const all = rowsIn(reading.tiles);
  const empty = emptyCost(reading, reading.loose);
  if (empty === null || all.where === null) return [];
  return rankings(reading, superlative, []).flatMap(({ value, cost, notes }): Assembled[] => {
    const draft = listDraft({ ...all, by: { ...value, limit: null } });
    return draft === null ? [] : [{ draft, cost: cost + empty.cost, notes: [...notes, ...empty.notes] }];
  });
}

/** "Which … the longest", "the cheapest … to …": the first rows in an order. */
export function bestRows(reading: Reading): Assembled[] {
  const { superlatives } = reading;
  const [superlative] = superlatives;
  if (superlative === undefined || !isOpenedBy(reading, 'which', 'list', 'who', 'none')) return [];
  if (!holds(reading, { superlatives: 1, counts: 1, ordered: 1 }) || isTurned(reading)) return [];
  const { counts } = reading;
  if (reading.marks[0] === 'who' ? !areRowsPersons(reading) : !isAboutRows(reading)) return [];
  const stated = superlative.meaning.superlative.limit ?? counts[0] ?? null;
  if (counts.length > 1 || (stated === null && !asksForOne(reading))) return [];
  const limit = stated ?? 1;
  const all: Rows = rowsIn(reading.tiles);
  return rankings(reading, superlative.meaning.superlative, namingPositions(reading)).flatMap(
    ({ value, cost, notes }): Assembled[] => {
      const chosen = ranked(all, { ...value, limit });
      const draft = chosen === null ? null : listDraft(chosen);
      return draft === null ? [] : [{ draft, cost: cost + 0.05, notes }];
    },
  );
}

const persons: ReadonlySet<string> = new Set(
  'person people employee patient student player athlete customer member driver candidate teacher author artist rider worker politician minister senator pilot nurse doctor scientist actor director singer'.split(
    ' ',
  ),
);

const areRowsPersons = ({ context }: Reading): boolean =>
  context.table.nouns.some((noun) => persons.has(noun));

/** The groups that a field's values make. */
function groupBy(reading: Reading, quantity: Quantity): Group | null {
  const column = plainColumn(reading.context, quantity);
  if (column === null || !['category', 'text', 'list', 'boolean'].includes(column.type)) return null;
  const by: GroupBy = { kind: column.type === 'list' ? 'item' : 'column', column: column.name };
  return { by, name: quantity.name, columns: quantity.columns };
}

/** The field whose values are asked for, as the first loose words name it, and the words that are left. */
export function targetsOf(reading: Reading): readonly {
  readonly group: Group;
  readonly rest: readonly number[];
  readonly cost: number;
  readonly notes: readonly string[];
}[] {
  const positions = namingPositions(reading);
  const [named] = reading.targets;
  if (named !== undefined) return [{ group: named.meaning.group, rest: positions, cost: 0, notes: [] }];
  const first = reading.loose[0];
  if (first === undefined) return [];
  const start = positions.indexOf(first);
  const found = [];
  for (let length = 1; length <= 5; length += 1) {
    const own = positions.slice(start, start + length);
    const last = own.at(-1);
    if (last === undefined || last - first !== length - 1) break;
    for (const { value, cost, notes } of quantitiesAt(reading, own)) {
      const group = groupBy(reading, value);
      if (group !== null && cost < 0.5)
        found.push({ group, rest: positions.filter((at) => !own.includes(at)), cost, notes });
    }
  }
  return found;
}

const isAdditive = (quantity: Quantity): boolean =>
  quantity.type !== 'percentage' &&
  quantity.fraction !== true &&
  !/°|\/|per/.test(quantity.unit ?? '') &&
  !/\b(?:average|mean|median|rate|ratio|score|rating|index|level|age|price)\b/i.test(quantity.name);

const extremes: ReadonlySet<string> = new Set(['most', 'least', 'fewest']);

const count: GroupValue = { kind: 'measure', measure: { function: 'count' } };

/** What is calculated for every group, by the quantity, the measure and the superlative. */
function valueOfGroup(
  reading: Reading,
  quantity: Quantity,
  word: string,
): { value: GroupValue; cost: number } | null {
  const of = numeric(quantity);
  if (of === null) return null;
  const [measure] = reading.measures;
  if (measure !== undefined)
    return measure.meaning.measure.function === 'sum' && !isAdditive(of)
      ? null
      : { value: { kind: 'measure', measure: { ...measure.meaning.measure, of: of.expression } }, cost: 0 };
  // "The most weight" is that of all rows together; "the highest weight" may be that of one row.
  return extremes.has(word) && isAdditive(of)
    ? { value: { kind: 'measure', measure: { function: 'sum', of: of.expression } }, cost: 0.1 }
    : null;
}

/** "Which carrier moved the most …", "which ward has the oldest … on average": the first groups in an order. */
export function bestGroups(reading: Reading): Assembled[] {
  const { superlatives, rows, context } = reading;
  const [superlative] = superlatives;
  if (superlative === undefined || !isOpenedBy(reading, 'which', 'list', 'who', 'none')) return [];
  if (!holds(reading, { superlatives: 1, measures: 1, counts: 1, targets: 1, ordered: 1 })) return [];
  if (isTurned(reading)) return [];
  const all = rowsIn(reading.tiles);
  const word = context.tokens[superlative.end - 1]?.word ?? '';
  const ranking = superlative.meaning.superlative;
  const draftOf = (group: Group, grouped: Grouped): Assembled['draft'] | null =>
    groupsDraft(group, grouped, { superlative: ranking, count: reading.counts[0], show: 'group' });
  return targetsOf(reading).flatMap((target): Assembled[] => {
    const results: Assembled[] = [];
    const add = (
      value: GroupValue,
      quantity: Quantity | null,
      cost: number,
      notes: readonly string[],
    ): void => {
      const draft = draftOf(target.group, {
        value,
        rows: { ...all, singular: false },
        percentage: quantity?.type === 'percentage',
        unit: quantity === null ? null : quantity.type === 'percentage' ? '%' : quantity.unit,
      });
      if (draft !== null)
        results.push({ draft, cost: target.cost + cost + 0.05, notes: [...target.notes, ...notes] });
    };
    for (const { value: by, cost, notes } of rankings(reading, ranking, target.rest)) {
      if (by.quantity === null) continue;
      const value = valueOfGroup(reading, by.quantity, word);
      if (value !== null) add(value.value, by.quantity, cost + value.cost, notes);
    }
    const looseRest = target.rest.filter((at) => reading.loose.includes(at));
    const empty = emptyCost(reading, looseRest);
    const countsRows =
      extremes.has(word) &&
      rows.some(({ start, meaning }) => start === superlative.end && meaning.rows.noun !== null);
    if (
      empty !== null &&
      countsRows &&
      reading.measures.every(({ meaning }) => meaning.measure.function === 'sum')
    )
      add(count, null, empty.cost, empty.notes);
    return results;
  });
}

/** "What … turns up most often": the value that most rows have. */
export function commonest(reading: Reading): Assembled[] {
  if (!reading.marks.includes('often') || reading.marks.length > 2 || !holds(reading, {})) return [];
  if (reading.marks.length === 2 && !['which', 'who', 'list'].includes(reading.marks[0] ?? '')) return [];
  const all = rowsIn(reading.tiles);
  return targetsOf(reading).flatMap((target): Assembled[] => {
    const empty = emptyCost(
      reading,
      target.rest.filter((at) => reading.loose.includes(at)),
    );
    const superlative: Superlative = { descending: true, measured: [], limit: null, offset: 0 };
    const draft = groupsDraft(
      target.group,
      { value: count, rows: all, percentage: false, unit: null },
      { superlative, show: 'group' },
    );
    return draft === null || empty === null
      ? []
      : [{ draft, cost: target.cost + empty.cost, notes: [...target.notes, ...empty.notes] }];
  });
}
