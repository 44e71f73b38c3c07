import { ModelError, type ModelClient, type ModelMessage } from '../../models/index.ts';
import { emptyAnswer, type Answer } from '../../strategies/index.ts';
import { failedModelAnswer, refusedModelAnswer } from '../../strategies/model-answer.ts';

/** What a reply may take at most, as a share of the window: as the strategy `full` has it. */
const largestShare = 1 / 4;

/**
 * Sends a published prompt to a model as it stands, at temperature 0; the reply is the answer, whatever its form. A prompt
 * that the window does not take is refused, as `full` refuses a corpus.
 *
 * @throws {ModelError} of kind `over-budget` or `not-in-ledger`, the signal's reason.
 */
export async function answerMessages({
  client,
  messages,
  question,
  signal,
}: {
  client: ModelClient;
  messages: readonly ModelMessage[];
  question: string;
  signal?: AbortSignal | undefined;
}): Promise<Answer> {
  const started = performance.now();
  const { windowTokens, maximumOutputTokens } = client.limits;
  const coverage = { documents: 0, read: 0, withValue: null, missing: null };
  const answer = (parts: Partial<Answer> & Pick<Answer, 'status'>): Answer => ({
    ...emptyAnswer,
    question,
    coverage,
    ...parts,
    seconds: (performance.now() - started) / 1000,
  });
  try {
    const { text, cost } = await client.generate({
      purpose: 'answer',
      messages,
      maximumOutputTokens: Math.min(Math.floor(windowTokens * largestShare), maximumOutputTokens),
      temperature: 0,
      signal,
    });
    return answer({ status: 'answered', type: 'string', value: text, response: text, cost });
  } catch (error) {
    if (error instanceof ModelError && error.kind === 'too-long') {
      return answer(refusedModelAnswer(`${error.message} ${error.remedy}`));
    }
    return answer(failedModelAnswer(error));
  }
}
