const refusals = [
  /\b(?:can(?:no|')?t|could\s?n[o']t|unable to|not able to|impossible to|not possible to)\s+(?:be\s+)?(?:\w+\s+){0,2}?(?:determin|answer|tell|say|find|identif|comput|calculat|provid|infer|establish|conclude|ascertain|verif|locate|know)/i,
  /\bcan\s?not\s+(?:be\s+)?(?:\w+\s+){0,2}?(?:determin|answer|tell|say|find|identif|comput|calculat|provid|infer|establish|conclude|ascertain|verif|locate|know)/i,
  /\b(?:I\s+(?:really\s+)?(?:do\s?n[o']t|do not)\s+know|I(?:'m| am)\s+(?:not sure|unsure|sorry)|(?:it\s+is\s+|it's\s+)?(?:unknown|unclear|not clear|indeterminate|undetermined))\b/i,
  /\b(?:not enough|insufficient|no sufficient|lack of)\s+(?:information|data|context|evidence)/i,
  /\b(?:no|not)\s+(?:information|data|answer)\s+(?:is|was|are|given|available|provided|found)/i,
  /\b(?:is|are|was|were)\s+not\s+(?:stated|given|provided|available|mentioned|specified|disclosed|included|found)\b/i,
  /\b(?:documents?|text|context|files?)\s+(?:do|does)\s?(?:n't| not)\s+(?:actually |explicitly |directly )?(?:contain|state|provide|mention|include|specify|give|say)/i,
  /^\W*(?:not (?:stated|given|provided|available|mentioned|specified|found|applicable|sure)|no answer|no idea|n\/a|unanswerable)\W*$/i,
  /(?:do(?:es)?\s?(?:n't|\s?not)|no)\s+(?:have\s+)?access\b|\bI (?:can't|cannot|won't) help\b/i,
  /无法|不能(?:确定|回答|判断|计算|得出)|难以(?:确定|判断)|不知道|不清楚|不确定|信息不足|数据不足|没有(?:足够|相关|这方面|所需|任何)?的?(?:信息|数据|资料|内容|记载|说明)|没有足够|未(?:提供|提及|说明|披露|给出)|没有(?:提供|提及|说明|披露|给出)|沒有提供|缺乏(?:信息|数据)|抱歉/,
];

/** Whether a text says that it gives no answer. */
export function isRefusal(text: string): boolean {
  const plain = text.replaceAll('’', "'");
  return refusals.some((pattern) => pattern.test(plain));
}
