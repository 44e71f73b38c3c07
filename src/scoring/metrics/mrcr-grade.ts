import { afterReasoning } from '../answer-extraction.ts';
import { sequenceRatio } from './sequence-matcher.ts';

/**
 * MRCR's grade (OpenAI's data set): 0 unless the response begins with the prefix that the sample demands, else how alike
 * response and answer are without it. Nothing is trimmed, so that a response that begins with a line break scores 0; the
 * reasoning is taken out before.
 */
export function mrcrGrade({
  response,
  answer,
  prefix,
}: {
  response: string;
  answer: string;
  prefix: string;
}): number {
  const text = afterReasoning(response) ?? response;
  if (!text.startsWith(prefix)) return 0;
  return sequenceRatio(text.slice(prefix.length), withoutPrefix(answer, prefix));
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
