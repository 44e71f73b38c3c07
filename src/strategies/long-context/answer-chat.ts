import {
  PromptError,
  takeApart,
  type CorpusQuestion,
  type PromptStore,
  type TakenPrompt,
} from '../prompt-corpus/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import type { Answer, Strategy, StrategyProgress } from '../strategy.ts';
import { answerText } from './answer-text.ts';
import type { PromptTexts } from './read-prompt.ts';
import { sourcesOf, type AnswerSources } from './sources.ts';

/** A strategy's answer as the reply to a chat. */
export interface ChatAnswer {
  readonly answer: Answer;
  readonly text: string;
  readonly sources: AnswerSources;
}

export interface AnsweringOptions {
  readonly strategy: Strategy;
  readonly evidenceLimit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StrategyProgress) => void) | undefined;
}

/**
 * Takes a prompt that is longer than the window apart.
 *
 * @throws {PromptError} where it has no question or no documents, or holds files that are no text.
 */
export function takePrompt(texts: PromptTexts): TakenPrompt {
  if (texts.otherFiles.length === 0) return takeApart(texts);
  throw new PromptError({
    message: `The prompt is longer than the window and holds files that are no text (${[...new Set(texts.otherFiles)].join(', ')}).`,
    remedy: 'Give their text instead, or leave them out.',
  });
}

/**
 * Answers the question of a prompt from its documents.
 *
 * @throws {StoreError} where the documents cannot be kept.
 */
export async function answerPrompt({
  prompt: { documents, question, instructions, description, warnings },
  store,
  ...options
}: AnsweringOptions & { prompt: TakenPrompt; store: PromptStore }): Promise<ChatAnswer> {
  const { signal, onProgress } = options;
  const corpus = await store.open(documents, {
    signal,
    onProgress: ({ filesDone, filesTotal }) =>
      onProgress?.({ activity: 'reading documents', done: filesDone, total: filesTotal }),
  });
  try {
    return await answerFrom({ ...options, corpus, question, instructions, prompt: description, warnings });
  } finally {
    corpus.close();
  }
}

/** Answers a question from a corpus that lies elsewhere. */
export async function answerFromCorpus({
  asked,
  ...options
}: AnsweringOptions & { asked: CorpusQuestion; corpus: OpenCorpus }): Promise<ChatAnswer> {
  return await answerFrom({ ...options, ...asked, prompt: null, warnings: [] });
}

async function answerFrom({
  strategy,
  instructions,
  prompt,
  warnings,
  ...input
}: AnsweringOptions & {
  corpus: OpenCorpus;
  question: string;
  instructions: string | null;
  prompt: string | null;
  warnings: readonly string[];
}): Promise<ChatAnswer> {
  const answer = await strategy.answer({ ...input, instructions: instructions ?? undefined });
  return {
    answer,
    text: answerText(answer, instructions),
    sources: sourcesOf({
      answer,
      strategy: strategy.name,
      prompt,
      warnings: [...warnings, ...answer.warnings],
    }),
  };
}
