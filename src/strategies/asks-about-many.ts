const wordsForMany =
  /\b(?:how many|number of|averages?|mean|median|sum|totals?|percentages?|share|proportion|ratio|list|lists|which|all|every|each|most|least|fewest|highest|lowest|largest|smallest|longest|shortest|top|bottom|rank|ranked|compare|across|among|any of|none of|per|distribution|correlat\w+|trends?|exceed\w*|more than|less than|fewer than|at least|at most|above|below|between)\b/i;

/** The same in Chinese; 多少 alone may ask for the one value of one thing. */
const hanWordsForMany =
  /哪些|哪几|多少(?=[家个名所座条位种只份项])|有几|几[家个名所座条位种]|平均|均值|总和|合计|总计|总数|中位数|百分位|标准差|占比|比例|比重|百分比|最[高低大小多少早晚]|前[\d一二三四五六七八九十]|排名|排第|排序|所有|全部|各|每|超过|高于|低于|大于|小于|多于|少于|至少|至多|不足|以上|以下|介于|之间|相关系数|分布|列出/;

/** Whether the words of a question speak of many documents, as counts, orders and lists do, and not of one thing. */
export function asksAboutMany(question: string): boolean {
  return wordsForMany.test(question) || hanWordsForMany.test(question);
}
