/**
 * Corpuscope: answers questions whose evidence is spread over a whole document repository, exactly and with
 * citations. The parts are there under `corpuscope/corpus`, `/table`, `/questions` and `/strategies`; this is
 * what most applications need.
 */
export { openCorpus, readCorpus, resolveCorpus, StoreError } from './table/index.ts';
export type {
  CorpusLocation,
  OpenCorpus,
  ReadOptions,
  ReadProgress,
  ReadReport,
  SqlResult,
} from './table/index.ts';
export {
  answerByTable,
  longContext,
  PromptError,
  PromptStore,
  StrategyError,
  type LongContextOptions,
  type TableQuestion,
} from './strategies/index.ts';
export type { Answer, AnswerSources, Cost, Coverage, Evidence } from './strategies/index.ts';
