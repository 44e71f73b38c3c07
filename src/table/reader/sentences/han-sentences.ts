import { findNumbers, matchDateAt, readPeriod } from '../../values/index.ts';
import type { FoundNumber } from '../../values/index.ts';
import type { ReadValue } from '../../reading.ts';
import { clausesOf, compact, statement } from './han-clauses.ts';
import type { Compact } from './han-clauses.ts';
import { readHanCount } from './han-counts.ts';
import { readHanDate, readHanPlace, readHanState } from './han-events.ts';
import { numberValue } from './statement-value.ts';
import type { SentenceStatement } from './statement-value.ts';

/** Without the flag `u`, V8 rules a text in Latin letters out at once. */
const han = /[\u3400-\u9fff]/;
const forecast = /预计|预期|预测|计划|目标|有望|如果|倘若|假如|将[达增降实完超]|拟|力争|不超过|未[实达完]/u;
const leadingPeriod =
  /^(?:截至|截止|在|于|到|至)?((?:19|20)\d{2}年(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:\d{1,2}日)?)?)[度末底]?(?:全年|期间|期末)?[，,]?/u;
const opening =
  /^(?:其中|另外|同时|此外|并且|并|且|其)?(?:本公司|该公司|公司|本集团|集团|企业|我们|全市|全省|全国)?(?:全年|当年|当期|本期|本报告期|报告期末|报告期内|报告期|期内|年内|期末|年末|目前|现|已)?(?:共计|共|累计|合计|总计)?(?:实现|完成|取得|获得|录得|拥有|持有|雇佣|雇用|设有|现有|有|获)?/u;
const closing =
  /(?:分别)?(?:达到|达|约为|为|是|共计|合计|总计|计|突破|超过|增至|升至|降至|提高到|下降到|仅|近)$/u;
const change =
  /^(?:(同比|环比|较上年|比上年)(?:大幅|小幅|略)?)?(增长|增加|上升|提高|提升|下降|减少|下滑|降低)(?:了|约)?$/u;
const falling = /^(?:下降|减少|下滑|降低)$/u;
const attribute =
  /^(?:归属于?(?:上市公司|母公司|本公司)(?:普通股)?(?:股东|所有者)的)?(?!归属于)\p{Script=Han}{2,12}$/u;
const ownedBy = /^归属于?(?:上市公司|母公司|本公司)(?:普通股)?(?:股东|所有者)的/u;
const noAttribute = /公司|集团|实现|第|约|的$|^(?:[的和与及在于由被将把]|从(?!业))|[年月日]$|超|每/u;
const beginning = /^(.{0,24}?)(成立|创立|创建|创办|始建|建成|上市|投产)于(?=\d)/u;
/** A name of fewer characters may be any word. */
const shortestName = 4;
const seat = /(?:^|.)(总部|注册地|办公地)(?:位于|设于|设在|坐落于|在)(\p{Script=Han}{2,12})$/u;

/** Who the sentence is about, where it is what the document is about: "该矿". */
const thisOne =
  /^(?:目前|现在|截至目前|此外|同时)?(?:该|本|此)(?:公司|企业|集团|医院|学校|大学|机构|单位|项目|工程|基金|中心|事故|银行|建筑|产品|矿|院|校|厂|市|县|区|镇|村|站|桥|馆|行|店|园|所|路|线|湖|河|岛|山|船|车|楼|书|片|案|井|库|坝)/u;
/** What is done to it, before what is done: "对该矿处以罚款30万元". */
const doneTo = /^.*(?:处以|责令|给予|作出|开出|判处|并处|予以|造成|导致)(?=\p{Script=Han}{2})/u;

/** Attributes that a name or a kind is the value of: "所属行业为采矿业". */
const naming =
  /^(\p{Script=Han}{0,6}(?:行业|注册地|所在地|总部|地址|主营业务|业务|名称|简称|类型|类别|性质|等级|级别|代表人|[院校馆局厂站队县市镇会董事行科]长|经理|主任|书记|教授|工程师|设计师|负责人|联系人|机构|单位|部门|原因|来源|方式|状态|结构|材料|材质|语言|专业|品牌|型号))[为是]([\p{Script=Han}\p{L}（）()]{2,24})$/u;

/** Whether a sentence is written in Chinese. */
export function isHanSentence(text: string): boolean {
  if (!han.test(text)) return false;
  return text.replaceAll(/[^\p{Script=Han}]+/gu, '').length * 3 >= text.length;
}

/**
 * Reads what a sentence of Chinese prose states: figures with their attribute ("实现营业收入63.4亿元"), their
 * change ("同比增长12.7%"), when something was founded and where its seat is. A period that opens a clause
 * holds for the rest of the sentence. Forecasts are left out.
 */
export function readHanSentence(
  text: string,
  { start, end, title }: { readonly start: number; readonly end: number; readonly title: string | null },
): SentenceStatement[] {
  const sentence = compact(text, start, end);
  const found: SentenceStatement[] = [];
  let period: string | null = null;
  let last: string | null = null;
  let dated: { readonly from: number; readonly at: number } | null = null;
  for (const clause of clausesOf(sentence)) {
    const words = sentence.text.slice(clause.from, clause.to);
    const opened = leadingPeriod.exec(words);
    if (opened?.[1] !== undefined) {
      period = readPeriod(opened[1]) ?? period;
      dated = { from: clause.from, at: clause.from + opened[0].indexOf(opened[1]) };
    }
    if (forecast.test(words)) continue;
    const opens = clause.from + (opened?.[0].length ?? 0);
    const happened = dated === null ? null : readHanDate(sentence, dated, { from: opens, to: clause.to });
    if (happened !== null) {
      found.push(happened);
      dated = null;
      // What happened on a day is no figure of that day.
      period = null;
    }
    const from = opens + subjectLength(sentence.text.slice(opens, clause.to), title);
    const bounds = { from, to: clause.to };
    const stated =
      readNamed(sentence, from, clause.to) ??
      readHanPlace(sentence, { ...bounds, isOwn: from > opens }) ??
      readHanState(sentence, bounds);
    if (stated !== null) {
      found.push(stated);
      continue;
    }
    const counted = readHanCount(sentence, { ...bounds, period });
    if (counted.length > 0) {
      found.push(...counted);
      continue;
    }
    const read = readFigure(sentence, { from, to: clause.to, period, last });
    if (read === null) continue;
    found.push(read);
    last = read.label[0] ?? last;
  }
  return found;
}

/** How much of the clause only says that it is about what the document is about. */
function subjectLength(words: string, title: string | null): number {
  const own = thisOne.exec(words)?.[0].length;
  if (own !== undefined || title === null) return own ?? 0;
  let length = 0;
  while (length < words.length && title.includes(words.slice(0, length + 1))) length += 1;
  return length >= shortestName ? length : 0;
}

/** "成立于1999年", "总部位于苏州". */
function readNamed(sentence: Compact, from: number, to: number): SentenceStatement | null {
  const words = sentence.text.slice(from, to);
  const rule = 'sentence-attribute';
  const place = seat.exec(words);
  if (place?.[1] !== undefined && place[2] !== undefined) {
    const valueStart = to - place[2].length;
    const value: ReadValue = { type: 'text', text: place[2] };
    return statement(sentence, {
      label: [place[1]],
      value,
      period: null,
      start: from + words.indexOf(place[1]),
      valueStart,
      valueEnd: to,
      rule,
    });
  }
  const told = naming.exec(words.replace(opening, ''));
  if (told?.[1] !== undefined && told[2] !== undefined && !noAttribute.test(told[1])) {
    const valueStart = to - told[2].length;
    return statement(sentence, {
      label: [told[1]],
      value: { type: 'text', text: told[2] },
      period: null,
      start: valueStart - 1 - told[1].length,
      valueStart,
      valueEnd: to,
      rule,
    });
  }
  const begun = beginning.exec(words);
  if (begun?.[2] === undefined) return null;
  const valueStart = from + begun[0].length;
  const date = matchDateAt(sentence.text, valueStart);
  if (date === null || date.date === null || date.end > to) return null;
  const value: ReadValue =
    date.date.length > 4
      ? { type: 'date', date: date.date }
      : { type: 'number', number: Number(date.date), unit: null, bound: null };
  const valueEnd = date.date.length > 4 ? date.end : valueStart + 4;
  const start = from + (begun[1] ?? '').length;
  return statement(sentence, { label: [begun[2]], value, period: null, start, valueStart, valueEnd, rule });
}

function readFigure(
  sentence: Compact,
  clause: {
    readonly from: number;
    readonly to: number;
    readonly period: string | null;
    /** The attribute that the clause before was about; a change is its. */
    readonly last: string | null;
  },
): SentenceStatement | null {
  const { from, to, period, last } = clause;
  const words = sentence.text.slice(from, to);
  const number = findNumbers(words, { nouns: true }).find((each) => !isYear(words, each));
  if (number === undefined) return null;
  const before = words.slice(0, number.start);
  const bare = before.replace(opening, '').replace(doneTo, '');
  const place = {
    period,
    start: from + before.length - bare.length,
    valueStart: from + number.start,
    valueEnd: from + number.end,
  };
  const changed = change.exec(bare);
  if (changed?.[2] !== undefined) {
    if (!number.percentage || last === null) return null;
    const isFalling = falling.test(changed[2]);
    const label = [last, `${changed[1] ?? ''}${isFalling ? '增长' : changed[2]}`];
    const value = numberValue(number, isFalling ? -1 : 1);
    return statement(sentence, { ...place, label, value, rule: 'sentence-change' });
  }
  const label = bare.replace(closing, '');
  if (!attribute.test(label) || noAttribute.test(label.replace(ownedBy, ''))) return null;
  return statement(sentence, {
    ...place,
    label: [label],
    value: numberValue(number),
    rule: 'sentence-value',
  });
}

const isYear = (words: string, number: FoundNumber): boolean =>
  /^(?:19|20)\d{2}年/.test(words.slice(number.numberStart, number.numberEnd + 1));
