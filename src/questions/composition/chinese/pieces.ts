import { chineseGrammar } from '../../chinese/chinese-grammar.ts';
import { endOfName, textBetween } from '../../chinese/context.ts';
import type { ChineseContext } from '../../chinese/context.ts';
import type { Parse } from '../../grammar/engine.ts';
import { selectionOf } from '../../grammar/row-sets.ts';
import { quantityOf } from '../../grammar/terms.ts';
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

const found = (at: number, { end, cost, notes }: Parse<unknown>, meaning: Piece['meaning']): Piece => ({
  start: at,
  end,
  cost,
  notes,
  meaning,
});

/** Fields, and what is calculated of them for a row. */
const columnsAt = (context: ChineseContext, at: number): Piece[] => [
  ...doersAt(context, at),
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

const doers = ['单位', '机构', '公司', '企业', '部门', '人', '厂家', '院'];
const doer = /(?:单位|机构|公司|企业|部门|商|人|院|方|者|厂家|局)$/;
const doerCost = 0.1;

/** "哪家单位设计": the field of who does it, 设计单位. */
function doersAt(context: ChineseContext, at: number): Piece[] {
  const asked = context.tokens
    .slice(Math.max(0, at - 2), at)
    .map(({ word }) => word)
    .join('');
  if (!/哪.?$|^哪/.test(asked)) return [];
  return doers.flatMap((word) => {
    const from = endOfName(context, at, word);
    if (from === null) return [];
    return context.table.columns.flatMap((column): Piece[] => {
      const verb = column.label.replace(doer, '');
      const end = verb === column.label || verb.length < 2 ? null : endOfName(context, from, verb);
      return end === null || (column.type !== 'category' && column.type !== 'text')
        ? []
        : [
            {
              start: at,
              end,
              cost: doerCost,
              notes: [],
              meaning: { kind: 'column', quantity: quantityOf(column), isVerb: false },
            },
          ];
    });
  });
}

/**
 * What the rows may be called. Words for rows of any table are so only where the question has no other word for
 * them: a province is no company.
 */
function nounsAt(context: ChineseContext, at: number): Piece[] {
  const nouns = chineseGrammar()
    .parse('noun', context, at)
    .filter(({ cost }) => cost < dearestNoun);
  if (typesAt(context, at).length > 0) return [];
  if (nouns.length === 0) return counterNounsAt(context, at);
  const all = context.tokens.flatMap((_, from) => chineseGrammar().parse('noun', context, from));
  const general = new Set(all.filter(({ cost }) => cost >= generalNoun).map(({ value }) => value));
  const isOne = general.size <= 1 && all.every(({ cost }) => cost >= generalNoun);
  return nouns
    .filter(({ cost }) => cost < generalNoun || isOne)
    .map((each) => found(at, { ...each, cost: each.cost * nounShare }, { kind: 'noun', isDescribed: false }));
}

const rowCounters = /^[家座所起艘部款辆项条份名位]$/;
const counterCost = 0.05;

/** "哪座", "有多少家": the counter stands for the rows where no noun follows it. */
function counterNounsAt(context: ChineseContext, at: number): Piece[] {
  const { tokens } = context;
  const before = tokens[at - 1]?.word ?? '';
  const isAsked = /[哪少几]/.test(before) || (before === '一' && tokens[at - 2]?.word === '哪');
  if (!isAsked || !rowCounters.test(tokens[at]?.word ?? '')) return [];
  const grammar = chineseGrammar();
  const isFollowed =
    doersAt(context, at + 1).length > 0 ||
    (['noun', 'column', 'value'] as const).some((kind) => grammar.parse(kind, context, at + 1).length > 0);
  return isFollowed
    ? []
    : [
        {
          start: at,
          end: at + 1,
          cost: counterCost,
          notes: [],
          meaning: { kind: 'noun', isDescribed: false },
        },
      ];
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

/** What a quality is measured by, by the ends of the names of fields. */
const scales: readonly (readonly [RegExp, RegExp])[] = [
  [/^最[长短]/, /(?:长度|全长|总长|长|里程|距离|时长)$/],
  [/^最[高低矮]/, /(?:高度|海拔|身高|高)$/],
  [/^最[深浅]/, /(?:深度|水深|深)$/],
  [/^最[宽窄]/, /(?:宽度|宽)$/],
  [/^最[重轻]/, /(?:重量|质量|体重)$/],
  [/^最(?:贵|便宜)/, /(?:价格|售价|单价|票价|定价|价|费)$/],
  [/^最[快慢]/, /(?:速度|时速|速)$/],
  [/^最[大小]/, /(?:面积|规模)$/],
];

function measuredBy({ table }: ChineseContext, text: string): readonly string[] {
  const [, label] = scales.find(([word]) => word.test(text)) ?? [];
  return label === undefined
    ? []
    : table.columns
        .filter((column) => column.type === 'number' && label.test(column.label))
        .map((column) => column.label);
}

/** "最高", "最高的三家", "前五": which rows or groups in an order. */
function superlativesAt(context: ChineseContext, at: number): Piece[] {
  const grammar = chineseGrammar();
  const plain = grammar.parse('superlative', context, at).flatMap((each): Piece[] => {
    const { descending, calendar } = each.value;
    const text = context.rest[at] ?? '';
    const meaning = (limit: number | null): Piece['meaning'] => ({
      kind: 'superlative',
      superlative: {
        descending,
        measured: calendar ? ['founded'] : measuredBy(context, text),
        limit,
        offset: 0,
      },
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
  return [...plain, ...placesAt(context, at), ...ordinalsAt(context, at), ...comparativesAt(context, at)];
}

const ordinal = ['排名第', '位居第', '位列第', '排在第', '名列第', '排第', '列第', '居第'];

/** "第二高", "排名第三": one place of the order. */
function ordinalsAt(context: ChineseContext, at: number): Piece[] {
  const grammar = chineseGrammar();
  const place = (end: number, cost: number, offset: number, descending: boolean): Piece => ({
    start: at,
    end,
    cost,
    notes: [],
    meaning: {
      kind: 'superlative',
      superlative: { descending, measured: [], limit: 1, offset },
      isAmount: false,
      isOften: false,
    },
  });
  const graded = grammar
    .parse('place', context, at)
    .map(({ end, cost, value }) => place(end, cost, value.offset, value.descending));
  const counted = ordinal.flatMap((word) => {
    const from = endOfName(context, at, word);
    if (from === null) return [];
    return grammar
      .parse('count', context, from)
      .map(({ end, value }) =>
        place(endOfName(context, end, '位') ?? endOfName(context, end, '名') ?? end, 0, value - 1, true),
      );
  });
  return [...graded, ...counted];
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
