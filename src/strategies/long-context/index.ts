/** Prompts of any length in front of a model with a window. */
export {
  answerFromCorpus,
  answerPrompt,
  takePrompt,
  type AnsweringOptions,
  type ChatAnswer,
} from './answer-chat.ts';
export { fitsWindow } from './fits-window.ts';
export { readPrompt, type PromptTexts } from './read-prompt.ts';
export type { AnswerSources } from './sources.ts';
