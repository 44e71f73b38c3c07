const sentenceEnd = /[.!?？。！]\s+\S|\n/;
const formWords =
  /\b(?:json|xml|csv|yaml|markdown|bullets?|format|schema|decimals?|sentences?|words?|answer (?:with|in|only)|respond|return only|no explanation)\b/i;

/**
 * Whether a question may come with demands on the form of its answer, so that a call to take it apart is worth it: it
 * has several sentences, or words for forms.
 */
export function needsSplit(question: string): boolean {
  return sentenceEnd.test(question.trim()) || formWords.test(question);
}
