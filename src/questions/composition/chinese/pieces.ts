import { chineseGrammar } from '../../chinese/chinese-grammar.ts';
import { endOfName, textBetween } from '../../chinese/context.ts';
import type { ChineseContext } from '../../chinese/context.ts';
import type { Parse } from '../../grammar/engine.ts';
import { selectionOf } from '../../grammar/row-sets.ts';
import type { MeaningOf, Piece } from '../piece.ts';
import { columnsNamed } from '../../plan-nodes.ts';
import { chineseMarksAt } from './marks.ts';
import { chineseLooseAt, chinesePhrasesAt, isLightWord, typesAt } from './words.ts';

const keptPerKind = 10;
const dearestNoun = 0.6;
/** A noun that costs so much is one for rows of any table. */
const generalNoun = 0.2;
/** A noun is said again and again; beside all other parts it decides less than in an order of words. */
const nounShare = 0.6;
const dearestColumn = 0.6;
/** A verb may name a field by a part of its name, and say no more than that something is so. */
const verbCost = 0.1;
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
    ...chineseMarksAt(context, at).map((each) => piece(each, { kind: 'mark', mark: each.mark })),
    ...chinesePhrasesAt(context, at).map(({ meaning, ...each }) => piece(each, meaning)),
    ...cheapest(columnsAt(context, at)),
    ...cheapest(
      grammar.parse('comparing', context, at).map((each) =>
        piece(each, {
          kind: 'comparing',
          comparing: each.value,
          measured: [],
          isAge: false,
          isTime: each.value.operand.kind === 'date' && each.value.comparison === '=',
        }),
      ),
    ),
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

const cheapest = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.toSorted((one, other) => one.cost - other.cost).slice(0, keptPerKind);

const found = (at: number, { end, cost, notes }: Parse<unknown>, meaning: Piece['meaning']): Piece => ({
  start: at,
  end,
  cost,
  notes,
  meaning,
});

/** Fields, and what is calculated of them for a row. */
const columnsAt = (context: ChineseContext, at: number): Piece[] => [
  ...chineseGrammar()
    .parse('quantity', context, at)
    .filter(({ value, cost }) => value.columns.length > 0 && cost < dearestColumn)
    .map((each) => {
      const isVerb = each.cost > verbCost && isLightWord(textBetween(context, at, each.end));
      return found(
        at,
        { ...each, cost: each.cost + (isVerb ? verbCost : 0) },
        { kind: 'column', quantity: each.value, isVerb },
      );
    }),
  ...typesAt(context, at).map(({ end, quantity, cost }): Piece => ({
    start: at,
    end,
    cost,
    notes: [],
    meaning: { kind: 'column', quantity, isVerb: false },
  })),
];

/**
 * What the rows may be called. Words for rows of any table are so only where the question has no other word for
 * them: a province is no company.
 */
function nounsAt(context: ChineseContext, at: number): Piece[] {
  const nouns = chineseGrammar()
    .parse('noun', context, at)
    .filter(({ cost }) => cost < dearestNoun);
  if (nouns.length === 0 || typesAt(context, at).length > 0) return [];
  const all = context.tokens.flatMap((_, from) => chineseGrammar().parse('noun', context, from));
  const general = new Set(all.filter(({ cost }) => cost >= generalNoun).map(({ value }) => value));
  const isOne = general.size <= 1 && all.every(({ cost }) => cost >= generalNoun);
  return nouns
    .filter(({ cost }) => cost < generalNoun || isOne)
    .map((each) => found(at, { ...each, cost: each.cost * nounShare }, { kind: 'noun', isDescribed: false }));
}

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
    .filter(({ value }) => value.predicate.kind !== 'entity')
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

function endsInNoun(context: ChineseContext, start: number, end: number): boolean {
  const grammar = chineseGrammar();
  for (let at = start; at < end; at += 1)
    if (grammar.parse('noun', context, at).some((noun) => noun.end === end && noun.cost < dearestNoun))
      return true;
  return false;
}

/** Whether more is asked of the rows than which they are. */
function goesOn(context: ChineseContext, end: number): boolean {
  return ['中', '里', '当中', '之中', '内', '的', ',', '平均', '合计', '一共', '总共', '共'].some(
    (word) => endOfName(context, end, word) !== null || context.tokens[end]?.word === word,
  );
}

/** "最高", "最高的三家", "前五": which rows or groups in an order. */
function superlativesAt(context: ChineseContext, at: number): Piece[] {
  const grammar = chineseGrammar();
  const plain = grammar.parse('superlative', context, at).flatMap((each): Piece[] => {
    const { descending, calendar } = each.value;
    const text = context.rest[at] ?? '';
    const meaning = (limit: number | null): Piece['meaning'] => ({
      kind: 'superlative',
      superlative: { descending, measured: calendar ? ['founded'] : [], limit, offset: 0 },
      isAmount: /^最[多少]/.test(text),
      isOften: false,
    });
    const from = ['的', '前'].reduce((end, word) => endOfName(context, end, word) ?? end, each.end);
    const counted = grammar
      .parse('count', context, from)
      .map(({ end, value }) =>
        found(at, { ...each, end: grammar.parse('counter', context, end)[0]?.end ?? end }, meaning(value)),
      );
    return [found(at, each, meaning(null)), ...counted];
  });
  return [...plain, ...placesAt(context, at), ...comparativesAt(context, at)];
}

const higher = '更高|更大|更多|更长|更快|更重|更贵|更强|更好|较高|较大|较多|较长|较好'.split('|');
const lower = '更低|更小|更少|更短|更慢|更轻|更便宜|更弱|更差|较低|较小|较少|较短|较差'.split('|');

/** "哪个更高": which of those that are named is the first. */
function comparativesAt(context: ChineseContext, at: number): Piece[] {
  return [
    ...higher.map((word) => [word, true] as const),
    ...lower.map((word) => [word, false] as const),
  ].flatMap(([word, descending]): Piece[] => {
    const end = endOfName(context, at, word);
    if (end === null) return [];
    const superlative = { descending, measured: [], limit: null, offset: 0 };
    const isAmount = /[多少]$/.test(word);
    return [
      {
        start: at,
        end,
        cost: 0,
        notes: [],
        meaning: { kind: 'superlative', superlative, isAmount, isOften: false },
      },
    ];
  });
}

const leading = ['排名前', '排在前', '位居前', '位列前', '居前', '排前', '名列前', '前'];
const trailing = ['排名后', '排在后', '倒数前', '倒数', '后', '排名最后', '最后'];

/** "排名前三", "倒数五家": so many from either end of the order. */
function placesAt(context: ChineseContext, at: number): Piece[] {
  const grammar = chineseGrammar();
  return [
    ...leading.map((word) => [word, true] as const),
    ...trailing.map((word) => [word, false] as const),
  ].flatMap(([word, descending]) => {
    const from = endOfName(context, at, word);
    if (from === null) return [];
    return grammar.parse('count', context, from).map(({ end, value }): Piece => {
      const counter = grammar.parse('counter', context, end)[0]?.end ?? end;
      return {
        start: at,
        end: endOfName(context, end, '位') ?? endOfName(context, end, '强') ?? counter,
        cost: word.length === 1 ? 0.03 : 0,
        notes: [],
        meaning: {
          kind: 'superlative',
          superlative: { descending, measured: [], limit: value, offset: 0 },
          isAmount: false,
          isOften: false,
        },
      };
    });
  });
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
