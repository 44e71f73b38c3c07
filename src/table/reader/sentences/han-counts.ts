import { findNumbers } from '../../values/index.ts';
import { hanMeasureWord } from '../../values/unit-after.ts';
import { statement } from './han-clauses.ts';
import type { Compact } from './han-clauses.ts';
import { numberValue } from './statement-value.ts';
import type { SentenceStatement } from './statement-value.ts';

/** What stands before a number of things that there are, or that something did to. */
const there =
  /(?:^|造成|导致|致使|致|引发|有|拥有|持有|设有|现有|下辖|管辖|辖|包括|包含|建有|开设|设立|开通|收藏|藏有|配备|雇用|雇佣|聘用|招收|共|总计|合计|累计)(?:了|约|近)?$/u;
/** What follows the number: the thing, or what became of the persons. */
const thing = /^\p{Script=Han}{2,8}$/u;
const noThing = /^(?:以上|以下|以内|左右|之多|之间|人民币|不等|的|及|和|与)|(?:以上|以下|左右)$|[的了]$/u;
const persons: ReadonlySet<string> = new Set(['人', '名']);
/** What happens to persons rather than what they are. */
const fate =
  /死亡|受伤|遇难|失踪|被困|重伤|轻伤|伤亡|获救|中毒|感染|失联|被捕|参加|参与|报名|毕业|入选|获奖/u;

const none =
  /^.{0,24}?(?:未|没有|无|并未)(?:造成|发生|引发|出现)?(?:任何|其他)?(?:人员)?(死亡|受伤|伤亡|失踪|被困)(?:情况|事故)?$/u;

/** "造成3人死亡" and "拥有23家子公司": numbers before what they count; "未造成人员伤亡": none of it. */
export function readHanCount(
  sentence: Compact,
  clause: { readonly from: number; readonly to: number; readonly period: string | null },
): SentenceStatement[] {
  const { from, to, period } = clause;
  const words = sentence.text.slice(from, to);
  const absent = none.exec(words)?.[1];
  if (absent !== undefined) {
    const fates = absent === '伤亡' ? ['死亡', '受伤'] : [absent];
    return fates.flatMap(
      (each) =>
        statement(sentence, {
          label: [`${each}人数`],
          value: { type: 'number', number: 0, unit: '人', bound: null },
          period,
          start: from,
          valueStart: from,
          valueEnd: to,
          rule: 'sentence-value',
        }) ?? [],
    );
  }
  const numbers = findNumbers(words, { nouns: true });
  const [number] = numbers;
  if (number === undefined || numbers.length > 1 || number.unit === null) return [];
  if (hanMeasureWord(number.unit) === null || !there.test(words.slice(0, number.start))) return [];
  const rest = words.slice(number.end);
  if (!thing.test(rest) || noThing.test(rest)) return [];
  const isFate = persons.has(number.unit) && fate.test(rest);
  if (persons.has(number.unit) && !isFate && rest.length > 6) return [];
  const read = statement(sentence, {
    label: [isFate ? `${rest}人数` : rest],
    value: numberValue(number),
    period,
    start: from + number.start,
    valueStart: from + number.start,
    valueEnd: from + number.end,
    rule: 'sentence-value',
  });
  return read === null ? [] : [{ ...read, end: Math.max(read.end, (sentence.positions[to - 1] ?? 0) + 1) }];
}
