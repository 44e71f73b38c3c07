/** Strategies turn a question and a corpus into an answer. */
export { createStrategy, type StrategyRequest, type StrategySettings } from './create-strategy.ts';
export { strategyNames, type StrategyName } from './strategy-names.ts';
export { answerOrFail } from './answer-or-fail.ts';
export { emptyAnswer } from './empty-answer.ts';
export type { RetrievalSettings } from './retrieval/retrieval-strategy.ts';
export { StrategyError } from './strategy-error.ts';
export { answerByTable, defaultEvidenceLimit, type TableQuestion } from './table.ts';
export type {
  Answer,
  Coverage,
  Evidence,
  Strategy,
  StrategyInput,
  StrategyProgress,
  TraceStep,
} from './strategy.ts';
export type { Cost } from '../models/index.ts';
export {
  documentFileName,
  PromptError,
  PromptStore,
  questionToCorpus,
  takeApart,
  type CorpusQuestion,
  type OpenPromptOptions,
  type PromptDocument,
  type PromptMessage,
  type PromptStoreOptions,
  type TakenPrompt,
} from './prompt-corpus/index.ts';
export {
  answerFromCorpus,
  answerPrompt,
  answerText,
  countedTexts,
  fitsWindow,
  longContext,
  readPrompt,
  shapeAnswer,
  takePrompt,
  type AnsweringOptions,
  type AnswerSources,
  type ChatAnswer,
  type LongContextOptions,
  type PromptTexts,
} from './long-context/index.ts';
