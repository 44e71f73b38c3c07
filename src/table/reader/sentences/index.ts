export { readSentences } from './read-sentences.ts';
export type { SentencesOptions } from './read-sentences.ts';
