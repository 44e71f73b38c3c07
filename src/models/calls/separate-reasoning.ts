const opening = '<think>';
const closing = '</think>';

/**
 * Sets apart what a model wrote between `<think>` and `</think>` before its answer. Chat templates of thinking
 * models (Qwen3) put the opening tag into the prompt, so an answer may begin in the middle of a thought. A thought
 * that is not closed was cut by the output limit: nothing of it is an answer.
 */
export function separateReasoning(written: string): { text: string; reasoning: string | null } {
  const thoughts: string[] = [];
  let text = written;
  if (!startsWithTag(text)) {
    const end = text.indexOf(closing);
    const begin = text.indexOf(opening);
    if (end === -1 || (begin !== -1 && begin < end)) return { text: text.trim(), reasoning: null };
    thoughts.push(text.slice(0, end));
    text = text.slice(end + closing.length);
  }
  while (startsWithTag(text)) {
    const begin = text.indexOf(opening) + opening.length;
    const end = text.indexOf(closing, begin);
    thoughts.push(text.slice(begin, end === -1 ? undefined : end));
    text = end === -1 ? '' : text.slice(end + closing.length);
  }
  const reasoning = thoughts
    .map((thought) => thought.trim())
    .filter((thought) => thought !== '')
    .join('\n\n');
  return { text: text.trim(), reasoning: reasoning === '' ? null : reasoning };
}

function startsWithTag(text: string): boolean {
  return text.trimStart().startsWith(opening);
}
