export { documentFileName } from './document-files.ts';
/** A long prompt as documents and a question. */
export { PromptStore, type OpenPromptOptions, type PromptStoreOptions } from './prompt-store.ts';
export { PromptError } from './prompt-error.ts';
export { questionToCorpus, type CorpusQuestion } from './question-to-corpus.ts';
export { takeApart, type PromptMessage, type TakenPrompt } from './take-apart.ts';
export type { PromptDocument } from './split-documents.ts';
