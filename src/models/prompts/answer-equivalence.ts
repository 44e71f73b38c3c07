/*
 * The prompt by which a model judges whether two answers are the same: a system message with the task, a user message
 * with the lines `Problem:`, `Answer 1:` (the model's) and `Answer 2:` (the right one), the verdict as `[[YES]]` or
 * `[[NO]]` after an explanation. The shape is that of CorpusQA's and QwenLong-L1's evaluation; the words are ours.
 */
import type { ModelMessage } from '../model-client.ts';

export interface AnswerPair {
  readonly question: string;
  readonly prediction: string;
  readonly gold: string;
}

const task = `You are an expert in comparing answers. You are given a problem and two answers to it. Decide whether the two answers say the same; do not solve the problem, and do not judge whether either answer is true.

Answers are the same when they have the same value or meaning, in whatever notation: numbers with or without separators, units or scale words; a percentage and its fraction; dates and names written differently; the items of a list in another order, unless the problem asks for an order.

Reply with 1) a short explanation, and 2) the verdict: [[YES]] if the answers are the same, [[NO]] if they are not.`;

/** What is asked of a judge. Text of the answers cannot pass for a verdict or for a line of the prompt. */
export function writeAnswerEquivalencePrompt({ question, prediction, gold }: AnswerPair): ModelMessage[] {
  const lines = [`Problem: ${question}`, `Answer 1: ${inert(prediction)}`, `Answer 2: ${inert(gold)}`];
  return [
    { role: 'system', content: task },
    { role: 'user', content: `\n${lines.join('\n')}` },
  ];
}

function inert(text: string): string {
  return text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' / ')
    .replaceAll(/\[\[(?=\s*(?:YES|NO)\s*\]\])/gi, '[');
}
