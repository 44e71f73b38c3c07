/*
 * The prompt that has a model say a question in other words, for benchmarks whose questions are to sound less like a
 * grammar's (CorpusQA, §3: templates are paraphrased by a model). Wording ours; what the model answers counts only where
 * it is understood as the same question.
 */
import { lastElement } from './element.ts';
import { escapeMarkers, unescapeMarkers } from './markers.ts';

export function writeParaphrasePrompt({
  question,
  language,
}: {
  question: string;
  language: 'en' | 'zh';
}): string {
  return `Say the question in other words, as a colleague would ask it, in ${language === 'zh' ? 'Chinese' : 'English'}. It must ask for exactly the same: keep every number, name, unit, year and condition, and whether it asks which, how many or how much. Keep the words that name fields. Do not answer it.

<question>
${escapeMarkers(question)}
</question>

Answer in this form:
<question>
…
</question>`;
}

/** The question of a reply; null where it has none. */
export function readParaphrase(reply: string): string | null {
  const answer = reply.split('</think>').at(-1) ?? '';
  const question = unescapeMarkers(lastElement(answer, 'question') ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return question === '' || question === '…' ? null : question;
}
