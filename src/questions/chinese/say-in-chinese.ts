const names = (list: string): string => list.replaceAll(/" (?:or|and) "/g, '”、“').replaceAll('"', '');

/** What is said of a question in any language, and what an answer to a Chinese question says instead. */
const sayings: readonly (readonly [RegExp, (...parts: readonly string[]) => string])[] = [
  [/^"(.+)" is compared with (.+)$/, (field, period) => `“${field}”与${period}相比`],
  [
    /^"(.+)" of (.+) is taken to be the latest that the documents state$/,
    (field, period) => `“${field}”的${period}值按文档给出的最新值理解`,
  ],
  [/^"(.+)" is taken to be in % of (.+)$/, (field, whole) => `“${field}”按占${whole}的百分比理解`],
  [
    /^"(.+)" states no unit; it is taken to be in (.+)$/,
    (field, unit) => `“${field}”没有单位，按${unit}理解`,
  ],
  [
    /^"(.+)" states no unit; (.+) is compared with its numbers as they are$/,
    (field, amount) => `“${field}”没有单位，直接与${amount}比较`,
  ],
  [/^"(.+)" is taken as the field "(.+)"$/, (words, field) => `“${words}”按字段“${field}”理解`],
  [
    /^No document states "(.+)" as its "(.+)"\.$/,
    (text, field) => `没有文档的“${field}”是“${names(text ?? '')}”。`,
  ],
  [
    /^No document states "(.+)" in any field\.$/,
    (text) => `没有文档在任何字段中给出“${names(text ?? '')}”。`,
  ],
  [
    /^No "(.+)" is (.+) alone; those that contain it are taken\.$/,
    (field, text) => `没有“${field}”恰为“${names(text ?? '')}”，按包含它的理解。`,
  ],
  [
    /^Documents of the same kind are in another layout, whose labels were not found to be those of "([^"]+)": (.+)\. An answer over one table would leave them out; SQL can take them together\.$/,
    (table, others) =>
      `同类文档另有一种版式，其字段名与“${table}”的对不上：${others}。只按一张表回答会漏掉它们，可用 SQL 合并查询。`,
  ],
  [
    /^Only (\d+) of (\d+) documents state what the answer needs; an answer from them alone would say little of all\.$/,
    (some, all) => `${all}份文档中只有${some}份给出了回答所需的值，仅凭它们不足以回答。`,
  ],
  [
    /^(\d+) documents seem to state (.+) in words that were not understood, so an answer over all would leave them out\. For example (.+)\.$/s,
    (count, fields, places) =>
      `有${count}份文档似乎用未读懂的文字给出了“${names(fields ?? '')}”，直接回答会漏掉它们。例如：${places}。`,
  ],
  [/^Without them the answer would be: (.+)\.$/s, (answer) => `不计它们，答案会是：${answer}。`],
  [/^The documents state no value for what is asked\.$/, () => '文档没有给出所问的值。'],
  [
    /^The documents state no (.+) for what is asked\.$/,
    (fields) => `文档没有给出所问的“${names(fields ?? '')}”。`,
  ],
  [
    /^No row fulfils what the question was taken to ask(?: \((.+)\))?; put it in other words\.$/,
    (taken) => `没有符合条件的结果${taken === undefined ? '' : `（${taken}）`}，请换一种说法。`,
  ],
  [
    /^Rows left out because they do not state (.+), which the conditions need: (.+)\.$/,
    (fields, count) => `没有给出条件所需的“${names(fields ?? '')}”而未计入的有${count}条。`,
  ],
  [
    /^Rows left out because they do not state (.+): (.+)\.$/,
    (fields, count) => `没有给出“${names(fields ?? '')}”而未计入的有${count}条。`,
  ],
  [
    /^Rows that do not state (.+), counted as having none: (.+)\.$/,
    (fields, count) => `没有给出“${names(fields ?? '')}”、按没有计的有${count}条。`,
  ],
  [
    /^Tie at the cut: the (?:rows|groups) in places (\d+) and (\d+) have the same value, and the name decided\.$/,
    (one, other) => `第${one}与第${other}位数值相同，按名称先后取舍。`,
  ],
  [
    /^Groups with a tie at the cut, where the name decided: (.+)\.$/,
    (count) => `取舍处数值相同、按名称先后决定的组有${count}个。`,
  ],
];

/** A reason or note in Chinese; as it is where it is in Chinese already, or not among those known. */
export function sayInChinese(text: string): string {
  for (const [pattern, say] of sayings) {
    const match = pattern.exec(text);
    if (match !== null) return say(...match.slice(1));
  }
  return text;
}
