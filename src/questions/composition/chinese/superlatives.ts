import { chineseGrammar } from '../../chinese/chinese-grammar.ts';
import { endOfName } from '../../chinese/context.ts';
import type { ChineseContext } from '../../chinese/context.ts';
import type { Piece } from '../piece.ts';
import { found } from './found.ts';

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
export function superlativesAt(context: ChineseContext, at: number): Piece[] {
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
  return [
    ...plain,
    ...nearestAt(context, at),
    ...placesAt(context, at),
    ...ordinalsAt(context, at),
    ...comparativesAt(context, at),
  ];
}

/** "离车站最近": the least distance, and no date. */
function nearestAt(context: ChineseContext, at: number): Piece[] {
  const before = context.tokens
    .slice(0, at)
    .map(({ word }) => word)
    .join('');
  if (!/[离距][^,，。？]{1,12}$/u.test(before)) return [];
  return [
    ['最近', false],
    ['最远', true],
  ].flatMap(([word, descending]): Piece[] => {
    const end = endOfName(context, at, String(word));
    if (end === null) return [];
    const superlative = { descending: descending === true, measured: [], limit: null, offset: 0 };
    return [
      {
        start: at,
        end,
        cost: 0,
        notes: [],
        meaning: { kind: 'superlative', superlative, isAmount: false, isOften: false },
      },
    ];
  });
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
