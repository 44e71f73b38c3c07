import { matchDateAt } from '../../values/index.ts';
import { statement } from './han-clauses.ts';
import type { Compact } from './han-clauses.ts';
import type { SentenceStatement } from './statement-value.ts';

/** What happens on a day that a report is about. */
const event =
  /^.{0,24}?(发生|召开|举行|举办|签署|签订|开工|竣工|开业|开园|开馆|通车|投产|投运|中标|立案|受理|启动|发布|宣判|开庭|落成|首飞|发射|出土|爆发|挂牌|揭牌|获批|批准|成交|交付|入院|出院|起飞|抵达)(?:了|一|于|起|[^\p{Script=Han}]|$|\p{Script=Han})/u;
const begun = /^(?:正式)?(成立|创立|创建|创办|始建|建成|上市|投产|通车|开业|开馆|竣工|开工)(?:$|[的并，])/u;

/** "2020年2月12日，…发生一起…": the day on which what the sentence tells of happened. */
export function readHanDate(
  sentence: Compact,
  dated: { readonly from: number; readonly at: number },
  clause: { readonly from: number; readonly to: number },
): SentenceStatement | null {
  const words = sentence.text.slice(clause.from, clause.to);
  const date = matchDateAt(sentence.text, dated.at);
  if (date === null || date.date === null || words === '') return null;
  const founding = begun.exec(words)?.[1];
  const verb = founding ?? (date.date.length === 10 ? event.exec(words)?.[1] : undefined);
  if (verb === undefined) return null;
  const isYear = date.date.length === 4;
  return statement(sentence, {
    label: [founding === undefined ? `${verb}日期` : verb],
    value: isYear
      ? { type: 'number', number: Number(date.date), unit: null, bound: null }
      : { type: 'date', date: date.date },
    period: null,
    start: dated.from,
    valueStart: dated.at,
    valueEnd: isYear ? dated.at + 4 : date.end,
    rule: 'sentence-attribute',
  });
}

const place = /^.{0,8}?(?:位于|坐落于|坐落在|地处)(\p{Script=Han}{2,12})$/u;
const noPlace = /第|前|行业|领先|水平|左右|附近$/u;

/** "该桥位于武汉市": where the thing is that the document is about. */
export function readHanPlace(
  sentence: Compact,
  { from, to, isOwn }: { readonly from: number; readonly to: number; readonly isOwn: boolean },
): SentenceStatement | null {
  const found = isOwn ? place.exec(sentence.text.slice(from, to))?.[1] : undefined;
  if (found === undefined || noPlace.test(found)) return null;
  return statement(sentence, {
    label: ['所在地'],
    value: { type: 'text', text: found },
    period: null,
    start: from,
    valueStart: to - found.length,
    valueEnd: to,
    rule: 'sentence-attribute',
  });
}

const state =
  /^(?:目前|现|现已|截至目前)?(已经|已|尚未|仍未|还未|暂未)(?!有|于|在|从|由|将|被)(\p{Script=Han}{2,6})$/u;

/** "尚未恢复生产", "已通过验收": whether something has been done. */
export function readHanState(
  sentence: Compact,
  { from, to }: { readonly from: number; readonly to: number },
): SentenceStatement | null {
  const words = sentence.text.slice(from, to);
  const [whole, sign, done] = state.exec(words) ?? [];
  if (whole === undefined || sign === undefined || done === undefined) return null;
  const valueStart = to - done.length - sign.length;
  return statement(sentence, {
    label: [done],
    value: { type: 'boolean', boolean: sign.startsWith('已') },
    period: null,
    start: from,
    valueStart,
    valueEnd: to - done.length,
    rule: 'sentence-attribute',
  });
}
