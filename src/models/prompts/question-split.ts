/*
 * The prompt that takes a request apart into its question and what it demands of the answer's form, before the memory
 * agent reads (QwenLong-L1.5, arXiv 2512.12967 §3.4): while memory is written the form is withheld, since a model
 * that has read "answer in JSON" tends to answer at once. The published prompt is not known; wording ours.
 */
import { lastElement } from './element.ts';
import { escapeMarkers, unescapeMarkers } from './markers.ts';

export interface SplitQuestion {
  readonly question: string;
  /** "" where nothing is demanded. */
  readonly instructions: string;
}

const opening = 'Take the request apart into what it asks and what it demands of the form of the answer.';

export function writeQuestionSplitPrompt(request: string): string {
  return `${opening} Copy both word for word; leave the second empty where nothing is demanded. Do not answer the request.

<problem>
${escapeMarkers(request.trim())}
</problem>

Answer in this form:
<question>
…
</question>
<format>
…
</format>`;
}

/** What a model writes in answer to the prompt. */
export function writeSplitQuestion({ question, instructions }: SplitQuestion): string {
  return `<question>\n${escapeMarkers(question)}\n</question>\n<format>\n${escapeMarkers(instructions)}\n</format>`;
}

/** The question and the demands of a reply; null where it gives no question. */
export function readSplitQuestion(reply: string): SplitQuestion | null {
  const answer = reply.split('</think>').at(-1) ?? '';
  const question = unescapeMarkers(lastElement(answer, 'question') ?? '').trim();
  if (question === '') return null;
  return { question, instructions: unescapeMarkers(lastElement(answer, 'format') ?? '').trim() };
}

const layout = /<problem>\n(?<request>[\s\S]*)\n<\/problem>\n/;

/** The request in such a prompt, or null where it is none. */
export function readQuestionSplitPrompt(prompt: string): string | null {
  if (!prompt.startsWith(opening)) return null;
  const request = layout.exec(prompt)?.groups?.['request'];
  return request === undefined ? null : unescapeMarkers(request);
}
