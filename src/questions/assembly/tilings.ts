import { isEveryRow } from '../grammar/context.ts';
import type { Context } from '../grammar/context.ts';
import type { Parse } from '../grammar/engine.ts';
import { compare } from '../grammar/compare.ts';
import { plain } from '../grammar/conditions.ts';
import { countsThings } from '../grammar/loose-conditions.ts';
import { plainColumn } from '../grammar/quantity-values.ts';
import { allRows } from '../grammar/row-sets.ts';
import { unitWords } from '../language/number-words.ts';
import { roleOf } from '../grammar/loose-words.ts';
import { columnIndexOf } from '../linking/column-links.ts';
import type { Predicate } from '../plan.ts';
import { marksAt } from './marks.ts';
import type { Tile, TileMeaning } from './tile.ts';

/** Of the tilings that reach a position, the cheapest so many are gone on with. */
const keptTilings = 60;
const keptPerKind = 12;
/** Conditions made of loose words cost as much anywhere; where all is put together out of parts, less. */
const looseRefund = 0.1;
const contentCost = 0.02;
const tileCost = 0.01;

/** A question's words, each in one tile. */
export interface Tiling {
  readonly tiles: readonly Tile[];
  readonly cost: number;
}

const toTiles = <Value>(
  at: number,
  parses: readonly Parse<Value>[],
  meaningOf: (value: Value) => TileMeaning | null,
): Tile[] =>
  parses
    .filter((parse) => parse.end > at)
    .toSorted((one, other) => one.cost - other.cost)
    .flatMap(({ end, cost, notes, value }) => {
      const meaning = meaningOf(value);
      return meaning === null ? [] : [{ start: at, end, cost, notes, meaning }];
    })
    .slice(0, keptPerKind);

const groupingWords: readonly string[] = [
  'per',
  'by',
  'for each',
  'for every',
  'in each',
  'in every',
  'of each',
  'of every',
  'at each',
  'at every',
  'each',
  'every',
  'each of',
  'did each of',
  'grouped by',
  'broken down by',
  'split by',
  'across',
  'for all',
];

/** "Per region", "in each year": a word for every group, and what makes the groups. */
function groupingsAt(context: Context, at: number): Tile[] {
  const { tokens, grammar } = context;
  return groupingWords.flatMap((phrase) => {
    const words = phrase.split(' ');
    if (!words.every((word, index) => tokens[at + index]?.word === word)) return [];
    const start = at + words.length;
    return toTiles(start, grammar.parse('group', context, start), (group) => ({
      kind: 'grouping',
      group,
    })).map((tile) => ({
      ...tile,
      start: at,
      cost: tile.cost + (phrase === 'across' || phrase === 'by' ? 0.05 : 0),
    }));
  });
}

/** That a field is stated says little; a question that means it says so in words that the grammar reads in order. */
const isVacuous = (predicate: Predicate): boolean =>
  isEveryRow(predicate) ||
  (predicate.kind === 'stated' && predicate.negated !== true) ||
  (predicate.kind === 'compare' &&
    predicate.comparison === '>' &&
    predicate.right.kind === 'number' &&
    predicate.right.value === 0) ||
  (predicate.kind === 'and' && predicate.operands.some(isVacuous));

/** ", longest first", "in descending order": how the answer is listed. */
function orderedAt(context: Context, at: number): Tile[] {
  const { tokens, grammar } = context;
  const start = tokens[at]?.word === ',' ? at + 1 : at;
  const from = tokens[start]?.word === 'in' ? start + 1 : start;
  const named = grammar.parse('superlative', context, start).flatMap(({ end, value }): Tile[] =>
    tokens[end]?.word === 'first' && value.limit === null && value.offset === 0
      ? [
          {
            start: at,
            end: end + 1,
            cost: 0,
            notes: [],
            meaning: { kind: 'ordered', descending: value.descending, superlative: value },
          },
        ]
      : [],
  );
  const directed = grammar.parse('direction', context, from).map(({ end, value }): Tile => ({
    start: at,
    end: tokens[end]?.word === 'order' ? end + 1 : end,
    cost: 0,
    notes: [],
    meaning: { kind: 'ordered', descending: value, superlative: null },
  }));
  return [...named, ...directed];
}

const allRowsTile = { kind: 'rows', rows: { ...allRows, noun: 'row' } } as const;

/** "Over all clubs", "per service": words that speak of every row, whatever they are called. */
function everythingAt(context: Context, at: number): Tile[] {
  const { tokens, grammar } = context;
  const word = tokens[at]?.word ?? '';
  const next = tokens[at + 1]?.word ?? '';
  const tile = (end: number, cost: number): Tile => ({
    start: at,
    end,
    cost,
    notes: [],
    meaning: allRowsTile,
  });
  if (word === 'per' || word === 'each')
    return grammar
      .parse('noun', context, at + 1)
      .filter(({ cost }) => cost < 0.3)
      .map(({ end }) => tile(end, 0.05));
  if (!['over', 'across', 'of', 'for', 'in', 'by', 'to'].includes(word) || next !== 'all') return [];
  const ends = [
    ...grammar.parse('noun', context, at + 2).map(({ end }) => end),
    ...grammar.parse('group', context, at + 2).map(({ end }) => end),
  ];
  return [...new Set(ends)].map((end) => tile(end, 0.05));
}

/** "Four engines": so many of what a field counts. */
function countedAt(context: Context, at: number): Tile[] {
  const { grammar } = context;
  return grammar.parse('count', context, at).flatMap(({ end, value }) =>
    grammar.parse('column', context, end).flatMap((column): Tile[] => {
      const found = plainColumn(context, column.value);
      if (found === null || found.type !== 'number' || !countsThings(found) || column.cost > 0.3) return [];
      const compared = compare(context, column.value, {
        comparison: '=',
        operand: { kind: 'literal', literal: plain(value) },
      });
      return compared === null
        ? []
        : [
            {
              start: at,
              end: column.end,
              cost: 0.1 + column.cost,
              notes: column.notes,
              meaning: { kind: 'condition', condition: compared.value },
            },
          ];
    }),
  );
}

/** "Among the departments": of what one is asked for. */
function targetsAt(context: Context, at: number): Tile[] {
  const { tokens, grammar } = context;
  if (!['among', 'amongst', 'of'].includes(tokens[at]?.word ?? '')) return [];
  const start = tokens[at + 1]?.word === 'all' ? at + 2 : at + 1;
  return toTiles(start, grammar.parse('group', context, start), (group) => ({ kind: 'target', group })).map(
    (tile) => ({ ...tile, start: at }),
  );
}

/** Whether "least" or "most" says how many at least, or at most. */
const isBound = ({ tokens }: Context, at: number): boolean =>
  tokens[at - 1]?.word === 'at' && ['least', 'most'].includes(tokens[at]?.word ?? '');

const onceAndTwice: ReadonlyMap<string, number> = new Map([
  ['once', 1],
  ['twice', 2],
  ['thrice', 3],
]);

/** "More than once", "at least three times": in how many rows something is. */
function timesAt(context: Context, at: number): Tile[] {
  const { tokens, grammar } = context;
  return grammar
    .parse('comparator', context, at)
    .flatMap(({ end, value: comparison, cost, notes }): Tile[] => {
      const once = onceAndTwice.get(tokens[end]?.word ?? '');
      const counts = grammar
        .parse('count', context, end)
        .filter((count) => tokens[count.end]?.word === 'times');
      const found = [
        ...(once === undefined ? [] : [{ limit: once, end: end + 1 }]),
        ...counts.map((count) => ({ limit: count.value, end: count.end + 1 })),
      ];
      return found.map(({ limit, end: last }) => ({
        start: at,
        end: last,
        cost,
        notes,
        meaning: { kind: 'times', comparison, limit },
      }));
    });
}

/** Everything that the words from a position on may mean by themselves. */
function tilesAt(context: Context, at: number): Tile[] {
  const { tokens, grammar } = context;
  const token = tokens[at];
  if (token === undefined) return [];
  const marks = marksAt(tokens, at);
  const tiles: Tile[] = marks.map(({ end, mark }) => ({
    start: at,
    end,
    cost: 0,
    notes: [],
    meaning: { kind: 'mark', mark },
  }));
  tiles.push(
    ...toTiles(at, grammar.parse('restrictor', context, at), (modifier) =>
      modifier.kind === 'condition' && !isVacuous(modifier.condition.predicate)
        ? { kind: 'condition', condition: modifier.condition }
        : null,
    ).map((tile) => ({ ...tile, cost: Math.max(0.02, tile.cost - looseRefund) })),
    ...toTiles(at, grammar.parse('rows-core', context, at), (rows) =>
      rows.by === null && (rows.noun !== null || rows.where !== null) ? { kind: 'rows', rows } : null,
    ),
    ...toTiles(at, grammar.parse('entity', context, at), (name) => ({ kind: 'entity', name })),
    ...toTiles(at, isBound(context, at) ? [] : grammar.parse('superlative', context, at), (superlative) => ({
      kind: 'superlative',
      superlative,
    })),
    ...timesAt(context, at),
    ...orderedAt(context, at),
    ...everythingAt(context, at),
    ...countedAt(context, at),
    ...targetsAt(context, at),
    ...toTiles(at, grammar.parse('measure', context, at), (measure) =>
      measure.function === 'minimum' || measure.function === 'maximum' ? null : { kind: 'measure', measure },
    ),
    ...toTiles(at, grammar.parse('comparing', context, at), (comparing) => ({
      kind: 'comparing',
      comparing,
    })),
    ...toTiles(at, grammar.parse('count', context, at), (count) => ({ kind: 'count', count })),
    ...groupingsAt(context, at),
    ...wordsForSums(context, at),
  );
  const role = roleOf(token);
  const isLoose =
    token.kind === 'word' &&
    !unitWords.has(token.word) &&
    role !== 'negation' &&
    (role !== 'barrier' || joints.has(token.word) || columnIndexOf(context.table).byWord.has(token.lemma));
  const isPartOfName = token.kind === 'number' && columnIndexOf(context.table).byWord.has(token.word);
  // A question's first word is part of its frame.
  if (at === 0 && marks.length > 0) return tiles;
  if (isLoose || isPartOfName || token.word === ',' || token.word === '/' || token.word === "'s")
    tiles.push({
      start: at,
      end: at + 1,
      cost: role === 'content' ? contentCost : 0,
      notes: [],
      meaning: { kind: 'loose' },
    });
  return tiles;
}

/** Words that hold clauses apart elsewhere but may be passed over here, or join two fields. */
const joints: ReadonlySet<string> = new Set(
  'and but what which how all any every both between per ratio difference gap share percentage percent proportion fraction'.split(
    ' ',
  ),
);

const sumPhrases: readonly (readonly [string, 'sum' | 'average'])[] = [
  ['in total', 'sum'],
  ['in all', 'sum'],
  ['altogether', 'sum'],
  ['all together', 'sum'],
  ['together', 'sum'],
  ['combined', 'sum'],
  ['overall', 'sum'],
  ['on average', 'average'],
];

/** "Altogether", "on average": what is calculated, said after what it is of. */
function wordsForSums({ tokens }: Context, at: number): Tile[] {
  return sumPhrases.flatMap(([phrase, how]): Tile[] => {
    const words = phrase.split(' ');
    return words.every((word, index) => tokens[at + index]?.word === word)
      ? [
          {
            start: at,
            end: at + words.length,
            cost: 0,
            notes: [],
            meaning: { kind: 'measure', measure: { function: how } },
          },
        ]
      : [];
  });
}

/** The cheapest ways to cut the question into tiles. */
export function tilingsOf(context: Context): readonly Tiling[] {
  const { length } = context.tokens;
  const reached: Tiling[][] = Array.from({ length: length + 1 }, () => []);
  reached[0] = [{ tiles: [], cost: 0 }];
  for (let at = 0; at < length; at += 1) {
    const before = (reached[at] ?? []).toSorted((one, other) => one.cost - other.cost).slice(0, keptTilings);
    if (before.length === 0) continue;
    for (const tile of tilesAt(context, at))
      for (const tiling of before)
        reached[tile.end]?.push({
          tiles: [...tiling.tiles, tile],
          cost: tiling.cost + tile.cost + (tile.meaning.kind === 'loose' ? 0 : tileCost),
        });
  }
  return (reached[length] ?? []).toSorted((one, other) => one.cost - other.cost).slice(0, keptTilings);
}
