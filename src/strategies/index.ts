/** Strategies turn a question and a corpus into an answer. */
export {
  createStrategy,
  strategyNames,
  type StrategyName,
  type StrategyRequest,
  type StrategySettings,
} from './create-strategy.ts';
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
