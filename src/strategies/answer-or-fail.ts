import { ModelError } from '../models/index.ts';
import { emptyAnswer } from './empty-answer.ts';
import type { Answer, Strategy, StrategyInput } from './strategy.ts';

/**
 * Answers one of many questions: one that fails must not end them all, and the failure is its answer.
 *
 * @throws {ModelError} of a kind that ends a whole command, or the signal's reason.
 */
export async function answerOrFail(strategy: Strategy, input: StrategyInput): Promise<Answer> {
  const started = performance.now();
  try {
    return await strategy.answer(input);
  } catch (error) {
    input.signal?.throwIfAborted();
    if (error instanceof ModelError) throw error;
    const { documents } = await input.corpus.summary();
    return {
      ...emptyAnswer,
      question: input.question,
      status: 'failed',
      reason: error instanceof Error ? error.message : String(error),
      coverage: { documents, read: documents, withValue: 0, missing: 0 },
      seconds: (performance.now() - started) / 1000,
    };
  }
}
