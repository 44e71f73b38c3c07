/** Prompts of any length in front of a model with a window. */
export {
  answerFromCorpus,
  answerPrompt,
  takePrompt,
  type AnsweringOptions,
  type ChatAnswer,
} from './answer-chat.ts';
export { countedTexts, fitsWindow } from './fits-window.ts';
export { longContext, type LongContextOptions } from './long-context.ts';
export { readPrompt, type PromptTexts } from './read-prompt.ts';
export { shapeAnswer } from './shape-answer.ts';
export type { AnswerSources } from './sources.ts';
export { answerText } from './answer-text.ts';
