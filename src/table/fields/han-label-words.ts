const han = /\p{Script=Han}/u;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** The words of a Chinese label, which no spaces part: 预算 and 金额 of 预算金额. Other words stay as they are. */
export function hanWords(word: string): readonly string[] {
  if (!han.test(word)) return [word];
  return [...segmenter.segment(word)].map(({ segment }) => segment);
}

/** What Chinese labels of anything end with or hold, as English ones do "amount" and "date". */
const genericWords: ReadonlySet<string> = new Set(
  '数 数量 总数 个数 额 总额 金额 款 价 价格 值 总 率 比例 日期 时间 年份 日 名称 编号 号 类别 类型 种类 情况 状态'.split(
    ' ',
  ),
);

export const isGenericHan = (word: string): boolean => genericWords.has(word);
