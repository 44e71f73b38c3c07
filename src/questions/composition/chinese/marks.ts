import { endOfName } from '../../chinese/context.ts';
import type { ChineseContext } from '../../chinese/context.ts';
import { chineseGrammar } from '../../chinese/chinese-grammar.ts';
import type { Mark } from '../piece.ts';
import type { Named } from '../../grammar/meanings.ts';

export interface MarkFound {
  readonly end: number;
  readonly mark: Mark;
  readonly cost: number;
}

/** The phrases of a Chinese question's frame. */
const frames: readonly (readonly [Mark, string])[] = [
  [
    'many',
    '数量|数目|个数|家数|总数|件数|起数|次数|批次数|批次|批数|台数|条数|座数|辆数|场数|份数|户数|所数|项数|篇数|部数|款数|有多少|有几|多少|几',
  ],
  [
    'much',
    '几点|几点钟|几点几分|是几点|是多少|为多少|有多少|达多少|多少|多高|多大|多长|多远|多久|多深|多重|多少钱|有多高|有多大|有多长|有多远|有多深|有多久|几何|如何|怎样|多少年|多少天',
  ],
  ['which', '哪些|哪个|哪家|哪一个|哪一家|哪一|哪几个|哪几家|哪|什么|叫什么|叫什么名字|何种|何'],
  ['who', '是谁|谁|由谁|哪位|何人|哪个人'],
  ['when', '何时|什么时候|什么时间|哪一天|哪天|哪年|哪一年|哪一日|几时|何年|何日|哪年哪月|哪个月'],
  ['where', '哪里|何处|哪儿|什么地方|何地'],
  [
    'list',
    '列出|列举|列举出|列一下|给出|写出|找出|查找|查出|显示|返回|筛选出|筛选|指出|说出|统计|计算|求出|求|算出|汇总',
  ],
  ['rank', '排序|排列|排名|排个序|排个名'],
  [
    'share',
    '占比|比例|百分比|百分之几|百分之多少|比重|份额|百分数|所占比例|所占的比例|所占百分比|所占的百分比|所占比重|所占的比重|占多大比例|占多少比例|占百分之几|占百分之多少|占多少|占几成|几成',
  ],
  ['constitutes', '占|占到|占了|占据'],
  ['distance', '相差|差多少|差距|之差|差值|差额|差异|差|相差多少|相差几'],
  [
    'difference',
    '高多少|低多少|多多少|少多少|高出多少|多出多少|多几|少几|大多少|小多少|长多少|短多少|贵多少|便宜多少|快多少|慢多少|重多少|轻多少',
  ],
  ['multiple', '多少倍|几倍|的倍数|倍数'],
  ['among', '之中|当中|其中|中|里面|里|内|之内'],
  ['rest', '其他|其余|其它|剩余|剩下|其余的|其他的'],
  ['than', '比|与|和|同|跟|相比|较'],
];

const entries = frames.flatMap(([mark, text]) => text.split('|').map((phrase) => ({ phrase, mark })));

/** Joints between what is contrasted are no more than "and" elsewhere. */
const thanCost = 0.03;

/** The phrases of the frame that begin at the token; counters and the number of what is asked go with them. */
export function chineseMarksAt(context: ChineseContext, at: number): readonly MarkFound[] {
  const grammar = chineseGrammar();
  return [
    ...ratesAt(context, at),
    ...entries.flatMap(({ phrase, mark }): MarkFound[] => {
      const end = endOfName(context, at, phrase);
      if (end === null) return [];
      const cost = mark === 'than' ? thanCost : 0;
      const counted = grammar.parse('counter', context, end).map((each) => ({ end: each.end, mark, cost }));
      switch (mark) {
        case 'many':
          return /[多几][少]?$/.test(phrase)
            ? [...counted, { end, mark, cost: 0.02 }, ...lengths(context, phrase, end)]
            : [{ end, mark, cost }];
        case 'much':
          return [
            { end, mark, cost },
            ...(phrase.endsWith('多少')
              ? grammar.parse('unit', context, end).map((each) => ({ end: each.end, mark, cost }))
              : []),
          ];
        case 'difference':
          return [
            { end, mark, cost },
            ...counted,
            ...grammar.parse('unit', context, end).map((each) => ({ end: each.end, mark, cost })),
          ];
        case 'which':
          return [{ end, mark, cost }, ...counted, ...repeatedCount(context, end, at, mark)];
        default:
          return [{ end, mark, cost }];
      }
    }),
  ];
}

const rateCost = 0.05;
const longestValue = 12;

/** "合格率": the share of the rows of a value, where no other value says the same in more words. */
function ratesAt(context: ChineseContext, at: number): MarkFound[] {
  if (context.tokens[at]?.word !== '率') return [];
  const isRate = context.tokens.some(
    (_, from) =>
      from < at &&
      from >= at - longestValue &&
      chineseGrammar()
        .parse('value', context, from)
        .some(({ end, value, cost }) => end === at && cost < partOfValue && isOneValue(context, value)),
  );
  return isRate ? [{ end: at + 1, mark: 'share', cost: rateCost }] : [];
}

/** A part of a value costs more. */
const partOfValue = 0.2;

/** "合格" beside "复检合格" leaves open which of them is meant; "不合格" is its opposite. */
function isOneValue({ table }: ChineseContext, { predicate }: Named): boolean {
  if (predicate.kind !== 'is') return false;
  const [own, ...others] = predicate.values.map(String);
  const values = table.columns.find(({ name }) => name === predicate.column)?.values ?? [];
  return (
    own !== undefined &&
    others.length === 0 &&
    values.every(({ value }) => value === own || !value.includes(own) || /^[不未非无]/u.test(value))
  );
}

/** "几天": how much it is in the unit. */
const lengths = (context: ChineseContext, phrase: string, from: number): MarkFound[] =>
  phrase.endsWith('几')
    ? chineseGrammar()
        .parse('unit', context, from)
        .map(({ end }) => ({ end, mark: 'much', cost: 0 }))
    : [];

/** "最高的三家公司是哪三家": the number asked for is the one named before. */
function repeatedCount(context: ChineseContext, from: number, opened: number, mark: Mark): MarkFound[] {
  const grammar = chineseGrammar();
  return grammar.parse('count', context, from).flatMap((count): MarkFound[] => {
    const isRepeated = context.tokens
      .slice(0, opened)
      .some((_, at) => grammar.parse('count', context, at).some(({ value }) => value === count.value));
    if (!isRepeated) return [];
    const [counter] = grammar.parse('counter', context, count.end);
    return [{ end: counter?.end ?? count.end, mark, cost: 0 }];
  });
}
