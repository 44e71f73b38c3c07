import { ModelError, noCost, type ModelReply } from '../models/index.ts';
import { readRefusal } from '../models/prompts/index.ts';
import type { Answer } from './strategy.ts';
import { findWrittenAnswer, parseWrittenAnswer } from './read-answer.ts';

/** What a model's last reply makes of an answer; a strategy adds what it knows. */
export type ModelAnswer = Pick<
  Answer,
  'status' | 'reason' | 'type' | 'value' | 'unit' | 'response' | 'warnings' | 'cost'
>;

/**
 * Reads the reply to a prompt that demands CorpusQA's form of an answer. A reply that does not have it gives no answer
 * that could be relied on, and is a refusal; the text is kept. Where the one who asks demands a form of their own, any
 * text is the answer.
 *
 * @param options.instructions those demands, in place of CorpusQA's.
 */
export function readModelAnswer(
  { text, finishReason, cost }: ModelReply,
  { instructions }: { instructions?: string | undefined } = {},
): ModelAnswer {
  const reply = { type: null, value: null, response: text, warnings: [], cost } as const;
  const refusal = readRefusal(text);
  if (refusal !== null) return { ...reply, status: 'refused', reason: refusal };
  const written = findWrittenAnswer(text);
  if (written !== null) return { ...reply, status: 'answered', ...parseWrittenAnswer(written) };
  if (finishReason === 'length') {
    const reason =
      "The output limit cut the model's answer. Allow it more output with --output-limit TOKENS, or ask a model that says less.";
    return { ...reply, status: 'failed', reason };
  }
  if (instructions !== undefined && text.trim() !== '') {
    return { ...reply, status: 'answered', type: 'string', value: text.trim() };
  }
  const reason =
    finishReason === 'content-filter'
      ? "The model's provider held the answer back."
      : `The model gave no answer in the form it was asked for ("The answer is: …")${text.trim() === '' ? '; it wrote nothing' : ''}.`;
  return { ...reply, status: 'refused', reason };
}

/**
 * What a failed call makes of an answer.
 *
 * @throws what was given, where it ends a whole command: no {@link ModelError} (an abort), or one of kind
 *   `over-budget` or `not-in-ledger`.
 */
export function failedModelAnswer(error: unknown): ModelAnswer {
  if (!(error instanceof ModelError) || error.kind === 'over-budget' || error.kind === 'not-in-ledger')
    throw error;
  const reason = `${error.message} ${error.remedy}`;
  return { status: 'failed', reason, type: null, value: null, warnings: [], cost: noCost };
}

/** The answer of a strategy that asked no model, and why. */
export function refusedModelAnswer(reason: string): ModelAnswer {
  return { status: 'refused', reason, type: null, value: null, warnings: [], cost: noCost };
}
