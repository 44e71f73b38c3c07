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
 * Reads the reply to a prompt that demands CorpusQA's form of an answer. A reply in another form is an answer all the
 * same, as a text, with a warning.
 */
export function readModelAnswer({ text, finishReason, cost }: ModelReply): ModelAnswer {
  const reply = { type: null, value: null, response: text, warnings: [], cost } as const;
  const refusal = readRefusal(text);
  if (refusal !== null) return { ...reply, status: 'refused', reason: refusal };
  const written = findWrittenAnswer(text);
  if (written !== null) return { ...reply, status: 'answered', ...parseWrittenAnswer(written) };
  if (finishReason === 'length') {
    const reason =
      "The output limit cut the model's answer. Allow it more output, or ask a model that says less.";
    return { ...reply, status: 'failed', reason };
  }
  const warnings = [
    'The model did not give its answer in the form it was asked for; this is all that it wrote.',
  ];
  return { ...reply, status: 'answered', type: 'string', value: text.trim(), warnings };
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
