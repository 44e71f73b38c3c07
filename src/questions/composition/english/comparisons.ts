import { columnsCalled } from '../../grammar/catalog-columns.ts';
import type { Context } from '../../grammar/context.ts';
import { betterIsMore } from '../../grammar/comparisons.ts';
import type { Comparing, Operand, Quantity } from '../../grammar/meanings.ts';
import { graded, scaleOf } from '../../language/adjectives.ts';
import type { Comparison } from '../../plan.ts';
import { columnIndexOf, columnLinks } from '../../linking/column-links.ts';
import type { Piece } from '../piece.ts';
import { amountsOfMoney, measuredBy } from './columns.ts';

interface Found {
  readonly end: number;
  readonly cost: number;
  readonly notes: readonly string[];
  readonly comparing: Comparing;
  readonly measured?: readonly Quantity[];
  readonly isAge?: boolean;
  readonly isTime?: boolean;
}

const pieceOf = (at: number, { end, cost, notes, comparing, measured, isAge, isTime }: Found): Piece => ({
  start: at,
  end,
  cost,
  notes,
  meaning: {
    kind: 'comparing',
    comparing,
    measured: measured ?? [],
    isAge: isAge === true,
    isTime: isTime === true,
  },
});

const ages: ReadonlyMap<string, Comparison> = new Map([
  ['older', '>'],
  ['younger', '<'],
  ['newer', '<'],
]);

/** The fields that a comparative speaks of; null where it says only more or less. */
function measuredWith(context: Context, word: string): readonly Quantity[] {
  if (ages.has(word))
    return columnsCalled(context, 'age')
      .slice(0, 1)
      .map(({ quantity }) => quantity);
  if (word === 'expensive' || word === 'costly')
    return [...measuredBy(context, { measured: ['price', 'cost'] }), ...amountsOfMoney(context)].map(
      ({ quantity }) => quantity,
    );
  const scale = scaleOf(word) ?? (word === 'higher' || word === 'lower' ? { measured: ['height'] } : null);
  return scale === null ? [] : measuredBy(context, scale).map(({ quantity }) => quantity);
}

/** "Taller than 30 m", "more expensive than Norr": what is compared, and by what. */
function gradedAt(context: Context, at: number): Found[] {
  const { tokens, grammar } = context;
  const first = tokens[at]?.word ?? '';
  const isPair = first === 'more' || first === 'less';
  const word = isPair ? (tokens[at + 1]?.word ?? '') : first;
  const than = isPair ? at + 2 : at + 1;
  if (tokens[than]?.word !== 'than') return [];
  // "Less dense" is said of what "denser" measures.
  const named = isPair ? graded(word, 'er') : word;
  const scale = scaleOf(named);
  const descending = isPair
    ? (first === 'more') === (scale?.descending ?? true)
    : ages.has(word)
      ? ages.get(word) === '>'
      : (scale?.descending ?? null);
  const measured = measuredWith(context, scale === null ? word : named);
  if (descending === null || (measured.length === 0 && !ages.has(word))) return [];
  const start =
    ['that', 'those'].includes(tokens[than + 1]?.word ?? '') && tokens[than + 2]?.word === 'of'
      ? than + 3
      : than + 1;
  return grammar.parse('operand', context, start).map(({ end, value, cost, notes }) => ({
    end,
    cost,
    notes,
    comparing: { comparison: descending ? '>' : '<', operand: value },
    measured,
    isAge: ages.has(word),
  }));
}

const more: ReadonlySet<string> = new Set('more higher greater larger bigger better longer'.split(' '));
const less: ReadonlySet<string> = new Set('less fewer lower smaller worse shorter'.split(' '));
const dearestField = 0.5;

/** "A better rating than the average course", "a larger crew than Norr": a field with which way it compares. */
function fieldsAt(context: Context, at: number): Found[] {
  const { tokens, grammar } = context;
  const word = tokens[at]?.word ?? '';
  if (!more.has(word) && !less.has(word)) return [];
  const isIn = ['in', 'by', 'on'].includes(tokens[at + 1]?.word ?? '');
  return grammar
    .parse('column', context, isIn ? at + 2 : at + 1)
    .flatMap(({ end: than, value: quantity, ...field }): Found[] => {
      const isGraded = word !== 'better' && word !== 'worse';
      const names = quantity.name.toLowerCase().split(/[^a-z]+/);
      if (!isGraded && !names.some((name) => betterIsMore.test(name))) return [];
      if (tokens[than]?.word !== 'than' || field.cost > dearestField) return [];
      return grammar.parse('operand', context, than + 1).flatMap(({ end, value, cost, notes }): Found[] =>
        value.kind === 'literal' || value.kind === 'date'
          ? []
          : [
              {
                end,
                cost: cost + field.cost,
                notes: [...field.notes, ...notes],
                comparing: { comparison: more.has(word) ? '>' : '<', operand: value },
                measured: [quantity],
              },
            ],
      );
    });
}

/** How near a field's name has to be that a number is tied to. */
const attributiveCost = 0.3;

/** Whether the number before the position belongs to a field before what it describes: "six-cylinder cars", "three bedroom flats". */
function isAttributive({ tokens, table }: Context, at: number): boolean {
  const [number, next] = [tokens[at - 1], tokens[at]];
  if (number === undefined || next?.kind !== 'word' || next.word !== next.lemma) return false;
  const isHyphened = number.hyphened && next.hyphened && next.start === number.end + 1;
  if (!isHyphened && (number.number === 1 || next.word.endsWith('s'))) return false;
  return columnLinks(columnIndexOf(table), tokens, at).some(
    ({ column, cost, end }) =>
      column.type === 'number' &&
      cost <= attributiveCost &&
      (isHyphened || table.nouns.includes(tokens[end]?.lemma ?? '')),
  );
}

/** "Four or better", "in or after 2015", "a 2020 or later", "twice as much as Norr". */
function everydayAt(context: Context, at: number): Found[] {
  const { tokens, grammar } = context;
  const word = (index: number): string => tokens[index]?.word ?? '';
  const found: Found[] = [];
  const add = (end: number, comparing: Comparing, cost = 0): void => {
    found.push({ end, cost, notes: [], comparing });
  };
  for (const { end, value, cost } of grammar.parse('literal', context, at)) {
    const operand: Operand = { kind: 'literal', literal: value };
    if (isAttributive(context, end)) add(end, { comparison: '=', operand }, cost);
    const joined = word(end) === 'or' || word(end) === 'and';
    if (
      joined &&
      ['better', 'higher', 'over', 'greater', 'longer', 'older', 'larger', 'taller'].includes(word(end + 1))
    )
      add(end + 2, { comparison: '>=', operand }, cost);
    if (joined && ['worse', 'lower', 'younger', 'shorter', 'smaller', 'cheaper'].includes(word(end + 1)))
      add(end + 2, { comparison: '<=', operand }, cost);
  }
  for (const { end, value: comparison } of grammar.parse('comparator', context, at)) {
    const times = onceAndTwice.get(word(end));
    const literal = (value: number): Operand => ({
      kind: 'literal',
      literal: { value, percent: false, unit: null },
    });
    if (times !== undefined && word(end + 1) !== 'as') add(end + 1, { comparison, operand: literal(times) });
    for (const count of grammar.parse('count', context, end))
      if (word(count.end) === 'times') add(count.end + 1, { comparison, operand: literal(count.value) });
  }
  const isIn = ['in', 'on', 'during'].includes(word(at)) && word(at + 1) === 'or';
  if (isIn && ['after', 'before', 'since'].includes(word(at + 2)))
    for (const { end, value } of grammar.parse('date', context, at + 3))
      add(end, {
        comparison: word(at + 2) === 'before' ? '<=' : '>=',
        operand: { kind: 'date', date: value },
      });
  for (const joint of ['or later', 'or after', 'or newer', 'onward', 'onwards', 'and after', 'and later'])
    for (const from of [at, word(at) === 'from' || word(at) === 'in' ? at + 1 : at])
      for (const { end, value } of grammar.parse('date', context, from))
        if (joint.split(' ').every((each, index) => word(end + index) === each))
          add(end + joint.split(' ').length, { comparison: '>=', operand: { kind: 'date', date: value } });
  for (const joint of ['or earlier', 'or before', 'or older', 'and before', 'and earlier'])
    for (const { end, value } of grammar.parse('date', context, at))
      if (joint.split(' ').every((each, index) => word(end + index) === each))
        add(end + 2, { comparison: '<=', operand: { kind: 'date', date: value } });
  return found;
}

const onceAndTwice: ReadonlyMap<string, number> = new Map([
  ['once', 1],
  ['twice', 2],
  ['thrice', 3],
]);

const bounds: ReadonlyMap<string, Comparison> = new Map([
  ['more', '>'],
  ['less', '<'],
  ['fewer', '<'],
]);

/** "At least twice as much as Norr", "half as many as the average". */
function timesAt(context: Context, at: number): Found[] {
  const { tokens, grammar } = context;
  const starts = [
    { from: at, comparison: '>=' as Comparison, cost: 0.1 },
    ...grammar
      .parse('comparator', context, at)
      .map(({ end, value }) => ({ from: end, comparison: value, cost: 0 })),
  ];
  return starts.flatMap(({ from, comparison, cost }) =>
    grammar.parse('factor', context, from).flatMap((factor): Found[] => {
      let next = factor.end;
      if (!['as', 'that', 'the'].includes(tokens[next]?.word ?? '')) return [];
      while (
        [
          'as',
          'much',
          'many',
          'high',
          'large',
          'long',
          'tall',
          'big',
          'expensive',
          'old',
          'that',
          'of',
          'the',
        ].includes(tokens[next]?.word ?? '')
      )
        next += 1;
      return grammar.parse('operand', context, next).flatMap(({ end, value, cost: own, notes }) =>
        value.kind === 'literal' || value.kind === 'date'
          ? []
          : [
              {
                end,
                cost: cost + own,
                notes,
                comparing: { comparison, operand: { kind: 'times', factor: factor.value, operand: value } },
              },
            ],
      );
    }),
  );
}

/** A time at which something was: "in March 2024", "2022", "in the third quarter of 2023". */
function timesOfDayAt(context: Context, at: number): Found[] {
  const { tokens, grammar } = context;
  const isPlaced = ['in', 'on', 'during', 'of', 'for', 'from', 'within', 'at', 'by'].includes(
    tokens[at]?.word ?? '',
  );
  const isMonth = isPlaced && tokens[at + 1]?.lemma === 'month' && tokens[at + 2]?.word === 'of';
  const from = isMonth ? at + 3 : isPlaced ? at + 1 : at;
  const comparison: Comparison = tokens[at]?.word === 'by' ? '<=' : '=';
  const dates = grammar.parse('date', context, from).map(({ end, value }): Found => ({
    end,
    cost: isPlaced ? 0 : 0.04,
    notes: [],
    comparing: { comparison, operand: { kind: 'date', date: value } },
    isTime: true,
  }));
  const periods = grammar
    .parse('period', context, from)
    .filter(({ value }) => /^\d{4}-Q[1-4]$/.test(value))
    .map(({ end, value }) => rangeOf(end, quarterOf(value)));
  const eras = grammar.parse('era', context, from).map(({ end, value }) => rangeOf(end, value));
  return [...dates, ...periods, ...eras];
}

const rangeOf = (end: number, { from, to }: { readonly from: string; readonly to: string }): Found => ({
  end,
  cost: 0,
  notes: [],
  comparing: { comparison: '>=', operand: { kind: 'date', date: from }, high: { kind: 'date', date: to } },
  isTime: true,
});

const quarterOf = (period: string): { readonly from: string; readonly to: string } => {
  const [year, quarter] = period.split('-Q');
  const month = (number: number): string => `${year}-${String(number).padStart(2, '0')}`;
  return { from: month(Number(quarter) * 3 - 2), to: month(Number(quarter) * 3) };
};

/** "Above-average", "below par": adjectives that compare with the mean of all rows. */
function besideAverage(context: Context, at: number): Found[] {
  const { tokens } = context;
  const word = tokens[at]?.word ?? '';
  if (!['above', 'below', 'better', 'worse', 'higher', 'lower'].includes(word)) return [];
  const start = tokens[at + 1]?.word === 'than' || tokens[at + 1]?.word === 'the' ? at + 2 : at + 1;
  if (tokens[start]?.word !== 'average') return [];
  const comparison: Comparison = ['above', 'better', 'higher'].includes(word) ? '>' : '<';
  return [
    {
      end: start + 1,
      cost: 0.02,
      notes: [],
      comparing: {
        comparison,
        operand: { kind: 'own-aggregate', measure: { function: 'average' }, rows: null },
      },
    },
  ];
}

/** All comparisons that begin at the position, with the fields that their adjectives speak of. */
export function comparingPiecesAt(context: Context, at: number): Piece[] {
  const { tokens, grammar } = context;
  const plain = grammar.parse('comparing', context, at).map(({ end, value, cost, notes }): Found => {
    const words = tokens.slice(at, end).map(({ word }) => word);
    const graded =
      words.find((word) => scaleOf(word) !== null || ages.has(word)) ??
      words.find((word) => word === 'higher' || word === 'lower');
    const isAge = words.some((word) => ages.has(word));
    const measured = graded === undefined ? [] : measuredWith(context, graded);
    return { end, cost, notes, comparing: value, measured, isAge };
  });
  const isJoined =
    tokens[at - 1]?.word === 'or' && ['in', 'on', 'during'].includes(tokens[at - 2]?.word ?? '');
  if (isJoined) return [];
  const isBound = bounds.has(tokens[at]?.word ?? '') && tokens[at + 1]?.word !== 'than';
  return [
    ...(isBound ? [] : plain),
    ...gradedAt(context, at),
    ...fieldsAt(context, at),
    ...everydayAt(context, at),
    ...timesAt(context, at),
    ...timesOfDayAt(context, at),
    ...besideAverage(context, at),
  ].map((found) => pieceOf(at, found));
}
