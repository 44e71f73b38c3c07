/** The project's prompts: what is asked of a model, and how its reply is read. One file a prompt. */
export { writeAnswerEquivalencePrompt, type AnswerPair } from './answer-equivalence.ts';
export { cannotAnswer, readRefusal } from './cannot-answer.ts';
export {
  corpusQaDocument,
  corpusQaQuestion,
  outputRequirements,
  readCorpusQaPrompt,
  writeCorpusQaPrompt,
  type CorpusQaPrompt,
} from './corpus-qa.ts';
export {
  quoteOf,
  readExtractionPrompt,
  writeExtractionPrompt,
  type Extraction,
  type ExtractionField,
} from './extraction.ts';
export { writeFieldProposalPrompt } from './field-proposal.ts';
export { escapeMarkers, unescapeMarkers } from './markers.ts';
export { readMemoryAnswerPrompt, writeMemoryAnswerPrompt, type MemoryAnswer } from './memory-answer.ts';
export {
  readMemoryUpdatePrompt,
  readUpdatedMemory,
  writeMemoryUpdatePrompt,
  writeUpdatedMemory,
  type AgentMemory,
  type MemoryUpdate,
} from './memory-update.ts';
export { readParaphrase, writeParaphrasePrompt } from './paraphrase.ts';
export { passageHeading, readPassage, writePassage, type Passage } from './passage.ts';
export {
  readQuestionToSqlPrompt,
  writeQuestionToSqlPrompt,
  type QuestionToSql,
  type SqlAttempt,
  type SqlColumn,
  type SqlTable,
} from './question-to-sql.ts';
export {
  readQuestionSplitPrompt,
  readSplitQuestion,
  writeQuestionSplitPrompt,
  writeSplitQuestion,
  type SplitQuestion,
} from './question-split.ts';
