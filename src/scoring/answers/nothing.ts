const emptyAnswers = [
  /^\W*(?:none|nothing|nil|null|empty(?:\s+(?:list|set|array))?|no\s?one|nobody|zero|∅|an empty list|the empty (?:list|set))\W*$/iu,
  /^\W*(?:none|nothing|no\s+one|nobody|neither)\b(?:\s+of\b|\s+(?:qualif|meet|satisf|match|exceed|fulfil|appl|found|do|did|has|have|is|are|were|was|that|which|in|reported|above|below|over|under))/iu,
  /^\W*(?:there\s+(?:are|is|were|was)\s+(?:no|none|zero|0|not\s+any)\b|0\s+\p{L}+|zero\s+\p{L}+)/iu,
  /^\W*no\s+(?!answer|information|data|idea|evidence|clue)(?:such\s+)?(?:\p{L}+[\s-]+){0,4}?\p{L}+(?:\s+(?:meet|meets|met|qualif\p{L}*|satisf\p{L}*|match\p{L}*|exceed\p{L}*|fulfil\p{L}*|fit|fits|exist|exists|found|that|which|with|have|has|had|do|does|did|is|are|was|were|in|above|below|over|under)\b|\W*$)/iu,
  /^\W*(?:没有|無|无(?!法|从)|沒有|暂无|空(?:列表|集)?|不存在|零个|0个|无此|均不|都不|一个(?:也|都)没有|没有任何)/u,
  /^\W*not\s+(?:a\s+single|any|one)\b/iu,
  /^\W*the\s+(?:list|set|result|answer)\s+is\s+(?:an?\s+)?empty\b/iu,
  /^\W*\[\s*\]\W*$/u,
  /^\W*\{\s*\}\W*$/u,
];

/** Whether a text says that a list is empty: `[]`, "none", "no companies meet this", 没有. */
export function saysNothing(text: string): boolean {
  const plain = text.trim();
  return plain !== '' && (emptyAnswers.some((pattern) => pattern.test(plain)) || /^\W*\[\s*\]/u.test(plain));
}
