import { roundDecimal } from '../embedded/index.ts';
import type { RunLine } from './run-line.ts';

type Json = RunLine['answer'];

/**
 * A gold answer as CorpusQA writes it: a list as JSON, a percentage as `12.34%`, a number with two decimals unless it is
 * whole, a text as it is.
 */
export function publishedAnswer({
  answer,
  answerType,
}: {
  answer: Json;
  answerType?: RunLine['answer_type'] | undefined;
}): string {
  if (typeof answer === 'number')
    return `${roundDecimal(answer, 2)}${answerType === 'percentage' ? '%' : ''}`;
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}
