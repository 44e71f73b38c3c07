/** Strategies turn a question and a corpus into an answer. */
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
