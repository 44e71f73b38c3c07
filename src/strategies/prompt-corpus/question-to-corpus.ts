import { findQuestion } from './find-question.ts';
import { PromptError } from './prompt-error.ts';
import type { PromptMessage } from './take-apart.ts';

/** A question without documents beside it. */
export interface CorpusQuestion {
  readonly question: string;
  /** Demands on the form of the answer, and the application's standing orders; null where there are none. */
  readonly instructions: string | null;
}

/**
 * The question of a chat whose documents lie elsewhere: its last user message. System messages and demands on the form
 * of the answer are apart.
 *
 * @throws {PromptError} where there is no question, or documents beside it.
 */
export function questionToCorpus(messages: readonly PromptMessage[]): CorpusQuestion {
  const text = messages.findLast(({ role }) => role === 'user')?.text ?? '';
  const found = text.trim() === '' ? null : findQuestion(text, { isAlone: false });
  if (found === null || found.context !== '') {
    throw new PromptError({
      message:
        text.trim() === ''
          ? 'There is no user message with a text, so there is no question to the corpus.'
          : 'The last user message is no question alone, although a corpus is named.',
      remedy: 'Let the last user message be the question; the documents are those of the corpus.',
    });
  }
  const orders = messages.filter(({ role, text }) => role === 'system' && text.trim() !== '');
  const instructions = [...orders.map((order) => order.text), found.instructions ?? ''];
  const demanded = instructions.filter((part) => part !== '').join('\n\n');
  return { question: found.question, instructions: demanded === '' ? null : demanded };
}
