/** Strategies turn a question and a corpus into an answer. */
export { answerByTable, defaultEvidenceLimit, type TableQuestion } from './table.ts';
export type { Answer, Cost, Coverage, Evidence } from './strategy.ts';
