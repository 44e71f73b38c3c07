import { chineseGrammar } from '../../chinese/chinese-grammar.ts';
import { endOfName, textBetween } from '../../chinese/context.ts';
import type { ChineseContext } from '../../chinese/context.ts';
import type { Quantity } from '../../grammar/meanings.ts';
import { quantityOf } from '../../grammar/terms.ts';
import { leastFrequent, mostFrequent } from '../frequent.ts';
import type { Meaning } from '../piece.ts';
import { eventOfDate } from '../../chinese/column-names.ts';

interface Phrase {
  readonly text: string;
  readonly cost: number;
  readonly meaning: Meaning;
}

const phrase = (text: string, meaning: Meaning, cost = 0): Phrase[] =>
  text.split('|').map((each) => ({ text: each, cost, meaning }));

/** Phrases that mean the same in every question. */
const phrases: readonly Phrase[] = [
  ...phrase('按照|按|依照|依|依据|根据|以', { kind: 'each', isSure: false }, 0.02),
  ...phrase('最常见|最普遍|最频繁|最常|数量最多|次数最多|个数最多|家数最多|起数最多|数最多', mostFrequent),
  ...phrase('最少见|最罕见|数量最少|次数最少|个数最少|家数最少|起数最少|数最少', leastFrequent),
  ...phrase(
    '没有|未|不|非|无|无人|没有人|没人|不是|不为|并非|尚未|未曾|没|不含|不包括|除了|除|除去|不属于|不在|不具有|不具备|不设|未设|未设有|未能|仍未|还未|缺少|不位于|不来自|不通过|没填|未填|没有填|没有填写|未填写|没填写|没写',
    { kind: 'not' },
  ),
  ...phrase(
    '有|具有|设有|拥有|配有|配备|带有|具备|设立|设置|含有|包含|包括|含|提供|开设|建有|装有|共有|设',
    { kind: 'having' },
    0.01,
  ),
  ...phrase('且|并且|而且|同时|又|又是|又有|以及|及|和|与|、|也', { kind: 'joint', joint: 'and' }),
  ...phrase('或|或者|或是|要么', { kind: 'joint', joint: 'or' }),
  ...phrase('不同|不同的|不重复|互不相同', { kind: 'different' }),
  ...phrase('减去|减', { kind: 'operator', operator: '-' }, 0.02),
  ...phrase('加上|加', { kind: 'operator', operator: '+' }, 0.02),
  ...phrase('除以|相对于|与|和|对', { kind: 'operator', operator: '/' }, 0.05),
  ...phrase('乘以|乘', { kind: 'operator', operator: '*' }, 0.02),
  ...phrase('总共|一共|共计|合计|总计|累计|加起来|加总|共', {
    kind: 'measure',
    measure: { function: 'sum' },
  }),
  ...phrase(
    '平均|均值|平均而言|平均来看|平均每家|平均每个|平均每所|平均每起|平均每台|平均每座|平均每条|平均每位|平均每名|平均每件|平均每批|平均每次|平均每份|平均每辆|平均每艘|平均每场|平均每套|平均每项|平均每单|平均每笔|平均每人|平均每|每家平均|每个平均',
    {
      kind: 'measure',
      measure: { function: 'average' },
    },
  ),
];

const nearlyNamed = 0.2;
/** What stands behind "each" is a field that rows are sorted by, however it is named. */
const dearestGroup = 0.5;
const isLabel = ({ type }: Quantity): boolean => type === 'category' || type === 'text' || type === 'list';
const typeCost = 0.05;

/** "各类事故", "哪种药品": the field that says of what sort the rows are. */
export function typesAt(
  context: ChineseContext,
  at: number,
): readonly { readonly end: number; readonly quantity: Quantity; readonly cost: number }[] {
  if (!/^[类种]$/.test(context.tokens[at - 1]?.word ?? '')) return [];
  const types = context.table.columns.filter(
    ({ type, label }) => type === 'category' && /(?:类型|类别|种类|品种|分类)$/.test(label),
  );
  return chineseGrammar()
    .parse('noun', context, at)
    .flatMap(({ end }) => {
      const noun = textBetween(context, at, end);
      const named = types.filter(({ label }) => label.includes(noun));
      const [only, ...more] = named.length > 0 ? named : types;
      return only === undefined || more.length > 0
        ? []
        : [{ end, quantity: quantityOf(only), cost: typeCost }];
    });
}

/** Words of which every one of what follows is meant. */
const eachWords =
  '每个|每家|每类|每种|每所|每座|每一个|每一|每位|每|各个|各类|各种|各家|各|不同|不同的|分'.split('|');

const byFirst = Map.groupBy(phrases, ({ text }) => text.charAt(0));

/** Phrases that mean the same in every question, from the position on. */
export function chinesePhrasesAt(
  context: ChineseContext,
  at: number,
): { readonly end: number; readonly cost: number; readonly meaning: Meaning }[] {
  const first = context.rest[at]?.charAt(0) ?? '';
  // "不少于" is one word, and a value may begin so.
  const longer = (['comparator', 'value'] as const).flatMap((kind) =>
    chineseGrammar().parse(kind, context, at),
  );
  const found = (byFirst.get(first) ?? []).flatMap(({ text, cost, meaning }) => {
    const end = endOfName(context, at, text);
    return end === null ||
      (meaning.kind === 'not' && longer.some((each) => each.end > end)) ||
      isEndOfWord(context, at, text)
      ? []
      : [{ end, cost, meaning }];
  });
  return [...found, ...eachAt(context, at)];
}

/** "可以", "足以": no phrase of the frame begins within another word. */
const isEndOfWord = ({ tokens }: ChineseContext, at: number, text: string): boolean =>
  text === '以' && /^[可足难予加所得]$/.test(tokens[at - 1]?.word ?? '');

/** "各城市", "每年": of each; "每家医院" are all of them. */
function eachAt(
  context: ChineseContext,
  at: number,
): { readonly end: number; readonly cost: number; readonly meaning: Meaning }[] {
  const grammar = chineseGrammar();
  return eachWords.flatMap((word): { end: number; cost: number; meaning: Meaning }[] => {
    const end = endOfName(context, at, word);
    if (end === null) return [];
    const isColumn =
      typesAt(context, end).length > 0 ||
      grammar
        .parse('column', context, end)
        .some(({ cost, value }) => cost < (isLabel(value) ? dearestGroup : nearlyNamed));
    const isPart = grammar.parse('date-part', context, end).length > 0;
    if (isColumn || isPart) return [{ end, cost: 0, meaning: { kind: 'each', isSure: true } }];
    return /^不|^分$|^每$|[类种]$/.test(word) ? [] : [{ end, cost: 0.02, meaning: { kind: 'loose' } }];
  });
}

const lightCost = 0.02;
const verbCost = 0.05;
const linkedCost = 0.22;

/** Words that only hold a sentence together. */
const glue =
  '的|了|在|是|为|由|对|于|其|它|它们|它的|它们的|这些|该|那|那些|这|分别|均|都|就|而|所|被|把|将|从|自|向|给|到|至|请|问|请问|共|所有|全部|全体|任何|一个|各自|之|者|等|着|过|呢|现|已|已经|目前|当前|此外|并|则|即|上|下|时|中的|方面|情况|情形|另|仅|只|只有|能够|可以|能|可|会|以来|人员|以外|之外|还|另外|既|既是|用|用得|使用得|以|来自|位于|属于|处于|地处|隶属于|设在|设于|落户|坐落于|坐落在|来|去|的话|出来|一下|列一下|现有|现存|全县|全区|全市|全省|全国|全镇|全校|全厂|全行业|全网|本县|本区|本市|本省|里头|当中|身上|名下|一次|单次|每次|情况下|的情况下';
/** Verbs and nouns of little content, with which anything is said of anything. */
const light =
  '中标|花费|耗资|发布|发出|公示|刊登|获评|评定|评定为|授予|发生|发生过|发生了|造成|造成了|导致|致|引发|进行|实施|开展|披露|公布|通报|报告|出现|完成|实现|达到|达|取得|获得|采用|使用|建立|建成|成立|开设|经营|从事|负责|担任|归|归属|所属|属|涉及|关于|记录|登记|统计|计算|名单|名称|名字|名|数据|数值|数字|结果|答案|水平|数额|金额|额|值|规模|时间|总体|整体|一起|年报|年度报告|公告|信息|名为|称为|叫做|叫|开出|作出|做出|处以|处|产生|支付|收到|收取|签订|签署|评为|被评为|认定|认定为|列为|定为|划为|通过|接受|承担|办理|受理|调查|审计|管理|主管|主办|承办|运营|建设|投入|投资|购买|采购|销售|生产|提供|开放|国内|总部|允许|准许|登记在册|在册|始发|出发|产自|出自|源自|起始|承担|提交|全程|离|距|距离|相隔|间隔|隔了|隔|历时|填写|填报|配了|配备了|共计有|做|做了|办|收|收了|收取了|交|花|花了|查出|检出|查获|判|被判|判为|判定|判定为|因|因为|由于|因此';

/** What a value is, after the value: "广东省", "医药行业". */
const sorts =
  '省|市|县|区|州|国|镇|业|车|房|店|机|厂|户|型|款|行业|两省|两市|两地|两家|两类|两个|两者|三省|三市|三地|三类|领域|产业|类|类型|类别|级|级别|性质|方式|地区|省份|城市|单位|部门|系列|品牌'.split(
    '|',
  );

const looseWords: readonly { readonly text: string; readonly cost: number }[] = [
  ...glue.split('|').map((text) => ({ text, cost: 0 })),
  ...light.split('|').map((text) => ({ text, cost: text.length > 1 ? verbCost : lightCost + verbCost })),
];
/** Whether the word is one with which anything is said of anything. */
export const isLightWord = (text: string): boolean => lightWords.has(text);

const lightWords: ReadonlySet<string> = new Set(light.split('|'));
const looseByFirst = Map.groupBy(looseWords, ({ text }) => text.charAt(0));

/** Words that may be left out, with what that costs: more where they may name a field. */
export function chineseLooseAt(
  context: ChineseContext,
  at: number,
): readonly { readonly end: number; readonly cost: number; readonly notes: readonly string[] }[] {
  const token = context.tokens[at];
  if (token === undefined) return [];
  if (token.kind === 'symbol')
    return /^[,、:()"'“”《》]$/.test(token.word) ? [{ end: at + 1, cost: 0, notes: [] }] : [];
  const first = context.rest[at]?.charAt(0) ?? '';
  const grammar = chineseGrammar();
  if (isAsked(context, at)) return [];
  const sort = followsValue(context, at) ? sorts : [];
  const afterValue = sort.flatMap((word) => {
    const end = endOfName(context, at, word);
    return end === null ? [] : [{ end, cost: lightCost, notes: [] }];
  });
  const plain = (looseByFirst.get(first) ?? []).flatMap(({ text, cost }) => {
    const end = endOfName(context, at, text);
    if (end === null) return [];
    const isLinked =
      cost > 0 &&
      (['column', 'value'] as const).some((kind) =>
        grammar.parse(kind, context, at).some((each) => each.cost < 0.35 && each.end >= end),
      );
    return [{ end, cost: cost + (isLinked ? linkedCost * 0.5 : 0), notes: [] }];
  });
  return [...afterValue, ...plain, ...doneAt(context, at), ...eventsAt(context, at)];
}

const eventCost = 0.05;
/** What only some rows have a date of, "退货的订单", says which rows are meant. */
const everyRow = 0.98;

/** "抽检了多少批" of rows with a 抽检日期: what happened to each of them. */
const eventsAt = (
  context: ChineseContext,
  at: number,
): { end: number; cost: number; notes: readonly string[] }[] =>
  context.table.columns.flatMap((column) => {
    const event = column.coverage < everyRow ? null : eventOfDate(column);
    const end = event === null ? null : endOfName(context, at, event);
    return end === null ? [] : [{ end, cost: eventCost, notes: [] }];
  });

const doneCost = 0.06;
/** What is done with things of any sort. */
const doing = '做办开建修卖买用查检测抽装产种养签发交投评撤换拍捐';

/** "一共检了多少台", "抽到的": what is done with rows, which a field's name speaks of or which any may be. */
function doneAt(
  context: ChineseContext,
  at: number,
): { end: number; cost: number; notes: readonly string[] }[] {
  const { tokens, table } = context;
  const verb = tokens[at]?.word ?? '';
  if (!/^\p{Script=Han}$/u.test(verb) || !/^[了到过出]$/.test(tokens[at + 1]?.word ?? '')) return [];
  const end = at + (/^[了到过]$/.test(tokens[at + 2]?.word ?? '') ? 3 : 2);
  const isOfAll = table.columns.some(({ label, coverage }) => coverage >= everyRow && label.includes(verb));
  // "卖了的" may be some of them.
  const isKnown = isOfAll || (doing.includes(verb) && tokens[end]?.word !== '的');
  return isKnown ? [{ end, cost: doneCost, notes: [] }] : [];
}

const longestValue = 12;

function followsValue(context: ChineseContext, at: number): boolean {
  const grammar = chineseGrammar();
  for (let from = Math.max(0, at - longestValue); from < at; from += 1)
    if (grammar.parse('value', context, from).some(({ end }) => end === at)) return true;
  return false;
}

/** Whether the word is what is asked for, and so no mere word: "哪个地区". */
const isAsked = ({ tokens }: ChineseContext, at: number): boolean =>
  /(?:哪[个家一些种类]?|哪一[个家种类]|[多几][少]?[个家种类])$/.test(
    tokens
      .slice(Math.max(0, at - 3), at)
      .map(({ word }) => word)
      .join(''),
  ) && !/^[的是]$/.test(tokens[at]?.word ?? '');
