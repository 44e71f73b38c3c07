import { findNumbers, matchDateAt, readPeriod } from '../../values/index.ts';
import type { FoundNumber } from '../../values/index.ts';
import type { ReadValue } from '../../reading.ts';
import { numberValue } from './statement-value.ts';
import type { SentenceStatement } from './statement-value.ts';

/** A sentence without the white space that line breaks leave between characters, with the way back. */
interface Compact {
  readonly text: string;
  /** Where each character is in the document. */
  readonly positions: readonly number[];
}

/** Without the flag `u`, V8 rules a text in Latin letters out at once. */
const han = /[\u3400-\u9fff]/;
const clauseMark = /[，,；;。！？]/u;
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
const attribute = /^\p{Script=Han}{2,12}$/u;
const noAttribute = /公司|集团|实现|第|约|的$|^[的和与及在于从由被将把]|[年月日]$|超|每/u;
const beginning = /^(.{0,24}?)(成立|创立|创建|创办|始建|建成|上市|投产)于(?=\d)/u;
const seat = /(?:^|.)(总部|注册地|办公地)(?:位于|设于|设在|坐落于|在)(\p{Script=Han}{2,12})$/u;

/** Attributes that a name or a kind is the value of: "所属行业为采矿业". */
const naming =
  /^(\p{Script=Han}{0,6}(?:行业|注册地|所在地|总部|地址|主营业务|业务|名称|简称|类型|类别|性质|等级|代表人|董事长|总经理|负责人|审计机构))[为是]([\p{Script=Han}\p{L}（）()]{2,24})$/u;

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
export function readHanSentence(text: string, start: number, end: number): SentenceStatement[] {
  const sentence = compact(text, start, end);
  const found: SentenceStatement[] = [];
  let period: string | null = null;
  let last: string | null = null;
  for (const clause of clausesOf(sentence)) {
    const words = sentence.text.slice(clause.from, clause.to);
    const opened = leadingPeriod.exec(words);
    if (opened?.[1] !== undefined) period = readPeriod(opened[1]) ?? period;
    if (forecast.test(words)) continue;
    const from = clause.from + (opened?.[0].length ?? 0);
    const named = readNamed(sentence, from, clause.to);
    if (named !== null) {
      found.push(named);
      continue;
    }
    const read = readFigure(sentence, { from, to: clause.to, period, last });
    if (read === null) continue;
    found.push(read);
    last = read.label[0] ?? last;
  }
  return found;
}

function compact(text: string, start: number, end: number): Compact {
  let joined = '';
  const positions: number[] = [];
  for (let at = start; at < end; at += 1) {
    const character = text.charAt(at);
    if (/\s/.test(character)) continue;
    joined += character;
    positions.push(at);
  }
  return { text: joined, positions };
}

/** The clauses between commas; a comma between digits parts none. */
function clausesOf({ text }: Compact): { readonly from: number; readonly to: number }[] {
  const clauses: { from: number; to: number }[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const isMark = at === text.length || clauseMark.test(text.charAt(at));
    if (!isMark || (text.charAt(at) === ',' && /\d,\d/.test(text.slice(at - 1, at + 2)))) continue;
    if (at > from) clauses.push({ from, to: at });
    from = at + 1;
  }
  return clauses;
}

function statement(
  sentence: Compact,
  parts: {
    readonly label: readonly string[];
    readonly value: ReadValue;
    readonly period: string | null;
    readonly start: number;
    readonly valueStart: number;
    readonly valueEnd: number;
    readonly rule: string;
  },
): SentenceStatement | null {
  const { positions } = sentence;
  const start = positions[parts.start];
  const valueStart = positions[parts.valueStart];
  const last = positions[parts.valueEnd - 1];
  if (start === undefined || valueStart === undefined || last === undefined) return null;
  return { ...parts, start, valueStart, end: last + 1, valueEnd: last + 1 };
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
  const bare = before.replace(opening, '');
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
  if (!attribute.test(label) || noAttribute.test(label)) return null;
  return statement(sentence, {
    ...place,
    label: [label],
    value: numberValue(number),
    rule: 'sentence-value',
  });
}

const isYear = (words: string, number: FoundNumber): boolean =>
  /^(?:19|20)\d{2}年/.test(words.slice(number.numberStart, number.numberEnd + 1));
