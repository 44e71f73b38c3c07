import { chineseGrammar } from '../../chinese/chinese-grammar.ts';
import { endOfName } from '../../chinese/context.ts';
import type { ChineseContext } from '../../chinese/context.ts';
import type { Parse } from '../../grammar/engine.ts';
import { selectionOf } from '../../grammar/row-sets.ts';
import type { MeaningOf, Piece } from '../piece.ts';
import { columnsNamed } from '../../plan-nodes.ts';
import { found } from './found.ts';
import { chineseMarksAt } from './marks.ts';
import { columnsAt, counterNounsAt, endsInNoun, nounsAt } from './names.ts';
import { superlativesAt } from './superlatives.ts';
import { chineseLooseAt, chinesePhrasesAt } from './words.ts';

const keptPerKind = 10;
const statedCost = 0.06;
const clauseCost = 0.02;
const amongCost = 0.02;
const countCost = 0.02;
const partCost = 0.02;

/** Everything that the characters from a position on may mean by themselves. */
export function chinesePiecesAt(context: ChineseContext, at: number): readonly Piece[] {
  const { tokens } = context;
  if (tokens[at] === undefined) return [];
  const grammar = chineseGrammar();
  const piece = (
    { end, cost = 0, notes = [] }: Partial<Parse<unknown>> & { readonly end: number },
    meaning: Piece['meaning'],
  ): Piece => ({ start: at, end, cost, notes, meaning });
  return [
    ...chineseMarksAt(context, at)
      .filter(({ mark, end }) => mark !== 'which' || counterNounsAt(context, end - 1).length === 0)
      .map((each) => piece(each, { kind: 'mark', mark: each.mark })),
    ...chinesePhrasesAt(context, at).map(({ meaning, ...each }) => piece(each, meaning)),
    ...cheapest(columnsAt(context, at)),
    ...cheapest(
      grammar
        .parse('comparing', context, at)
        .filter(
          ({ end, value }) =>
            !(value.operand.kind === 'literal' && saysTimes(context, at, end)) &&
            (value.operand.kind !== 'date' || value.high !== undefined || !isEndOfSpan(context, at, end)),
        )
        .map((each) =>
          piece(each, {
            kind: 'comparing',
            comparing: each.value,
            measured: [],
            isAge: false,
            isTime:
              each.value.operand.kind === 'date' &&
              (each.value.comparison === '=' || each.value.high !== undefined),
          }),
        ),
    ),
    ...statedAt(context, at),
    ...cheapest(conditionsAt(context, at)),
    ...superlativesAt(context, at),
    ...nounsAt(context, at),
    ...measuresAt(context, at),
    ...countsAt(context, at),
    ...directionsAt(context, at),
    ...datePartsAt(context, at),
    ...chineseLooseAt(context, at).map((each) => piece(each, { kind: 'loose' })),
  ];
}

/** "停产整顿180天的事故": an amount right behind its field is what the field is. */
function statedAt(context: ChineseContext, at: number): Piece[] {
  const grammar = chineseGrammar();
  const follows = context.tokens.some(
    (_, from) => from < at && grammar.parse('column', context, from).some(({ end }) => end === at),
  );
  if (!follows) return [];
  return grammar
    .parse('literal', context, at)
    .filter(({ value }) => value.unit !== null || value.percent)
    .map(({ value, ...each }) =>
      found(
        at,
        { ...each, value, cost: each.cost + statedCost },
        {
          kind: 'comparing',
          comparing: { comparison: '=', operand: { kind: 'literal', literal: value } },
          measured: [],
          isAge: false,
          isTime: false,
        },
      ),
    );
}

/** "两倍以上" is so many times something else, and no number. */
const saysTimes = ({ tokens }: ChineseContext, start: number, end: number): boolean =>
  tokens.slice(start, end).some(({ word }) => word === '倍');

/** "2010年到2015年": neither end is a time by itself. */
const isEndOfSpan = ({ tokens }: ChineseContext, start: number, end: number): boolean =>
  /^[到至~—-]$/.test(tokens[end]?.word ?? '') ||
  /^[到至~—-]$/.test(tokens[start - 1]?.word ?? '') ||
  (/^[到至]$/.test(tokens[start]?.word ?? '') &&
    start > 0 &&
    /年|月|日|\d/.test(tokens[start - 1]?.word ?? ''));

const cheapest = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.toSorted((one, other) => one.cost - other.cost).slice(0, keptPerKind);

/** Values of fields, rows by their names, whole clauses, and the first rows of an order of which more is asked. */
function conditionsAt(context: ChineseContext, at: number): Piece[] {
  const grammar = chineseGrammar();
  const condition = (each: Parse<unknown>, rest: Omit<MeaningOf<'condition'>, 'kind'>, extra = 0): Piece =>
    found(at, { ...each, cost: each.cost + extra }, { kind: 'condition', ...rest });
  const values = grammar
    .parse('value', context, at)
    .map((each) =>
      condition(each, { predicate: each.value.predicate, column: each.value.column, entity: null }),
    );
  const entities = grammar.parse('entity', context, at).map((each) =>
    condition(each, {
      predicate: { kind: 'entity', names: [each.value] },
      column: null,
      entity: each.value,
    }),
  );
  const clauses = grammar
    .parse('clause', context, at)
    .filter(
      ({ value, end }) =>
        value.predicate.kind !== 'entity' &&
        !(
          value.predicate.kind === 'compare' &&
          value.predicate.right.kind === 'number' &&
          saysTimes(context, at, end)
        ),
    )
    .map((each) => {
      const columns = columnsNamed(each.value.predicate);
      return condition(
        each,
        {
          predicate: each.value.predicate,
          column: columns.length === 1 ? (columns[0] ?? null) : null,
          entity: null,
        },
        clauseCost,
      );
    });
  const firsts = grammar.parse('rows', context, at).flatMap((each): Piece[] => {
    const { by, count } = each.value;
    if (by?.limit == null || by.limit < 2 || count !== null || !goesOn(context, each.end)) return [];
    // "排名前三的民营医院": what stands before their noun says of which rows they are the first.
    if (!endsInNoun(context, at, each.end) && context.tokens[each.end]?.word === '的') return [];
    return [
      condition(
        each,
        {
          predicate: { kind: 'among', selection: selectionOf(each.value) },
          column: null,
          entity: null,
        },
        amongCost,
      ),
    ];
  });
  return [...values, ...entities, ...clauses, ...firsts];
}

/** Whether more is asked of the rows than which they are. */
function goesOn(context: ChineseContext, end: number): boolean {
  return ['中', '里', '当中', '之中', '内', '的', ',', '平均', '合计', '一共', '总共', '共'].some(
    (word) => endOfName(context, end, word) !== null || context.tokens[end]?.word === word,
  );
}

/** "平均", "总额": what is calculated; the highest and lowest are superlatives. */
function measuresAt(context: ChineseContext, at: number): Piece[] {
  const grammar = chineseGrammar();
  return (['measure-before', 'measure-behind'] as const).flatMap((kind) =>
    grammar.parse(kind, context, at).flatMap((each): Piece[] => {
      const text = context.tokens
        .slice(at, each.end)
        .map(({ word }) => word)
        .join('');
      const isExtreme = each.value.function === 'minimum' || each.value.function === 'maximum';
      if ((isExtreme && !text.endsWith('值')) || text === '全部') return [];
      return [found(at, each, { kind: 'measure', measure: each.value })];
    }),
  );
}

/** "三家", "10个": how many are asked for. */
function countsAt(context: ChineseContext, at: number): Piece[] {
  const grammar = chineseGrammar();
  const before = context.tokens[at - 1]?.word ?? '';
  if (context.tokens[at - 1]?.number != null || /^[第同]$/.test(before)) return [];
  return grammar.parse('count', context, at).flatMap(({ end, value }): Piece[] =>
    value >= 1000
      ? []
      : grammar.parse('counter', context, end).map((counter) => ({
          start: at,
          end: counter.end,
          cost: countCost,
          notes: [],
          meaning: { kind: 'count', count: value },
        })),
  );
}

const beforeOrder = /^(?:请|并|,|再|从|按|由)$/;

/** "从高到低排列": how the answer is listed. */
function directionsAt(context: ChineseContext, at: number): Piece[] {
  const grammar = chineseGrammar();
  const from = beforeOrder.test(context.tokens[at]?.word ?? '') ? [at, at + 1, at + 2] : [at];
  return from.flatMap((start) =>
    grammar.parse('direction', context, start).map(({ end, value }): Piece => {
      const tail = [
        '排列',
        '排序',
        '列出',
        '排名',
        '依次列出',
        '的顺序',
        '顺序列出',
        '的顺序排列',
        '的顺序列出',
        '顺序',
      ];
      const ends = tail.flatMap((word) => endOfName(context, end, word) ?? []);
      return {
        start: at,
        end: Math.max(end, ...ends),
        cost: 0,
        notes: [],
        meaning: { kind: 'ordered', superlative: null, descending: value },
      };
    }),
  );
}

/** Parts of the calendar, where each or one of them is asked for. */
function datePartsAt(context: ChineseContext, at: number): Piece[] {
  if (!/^[每各按哪一个分]$/.test(context.tokens[at - 1]?.word ?? '')) return [];
  return chineseGrammar()
    .parse('date-part', context, at)
    .map((each) => found(at, { ...each, cost: partCost }, { kind: 'date-part', part: each.value }));
}
