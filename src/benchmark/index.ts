/** Benchmarks with known answers: their folders, runs and reports. */
export { datasetAdapters, readDataset, type DatasetAdapter } from './adapters/index.ts';
export { BenchmarkError } from './benchmark-error.ts';
export * from './benchmark-format.ts';
export type { DatasetContent, DatasetDocument, DatasetItem, DatasetMessage } from './dataset-item.ts';
export type { BuildProgress, BuildReport, BuildSettings, SetReport } from './build/build-settings.ts';
export { parseLength } from './build/choose-sets.ts';
export { makeBenchmark, type BenchmarkRequest } from './build/make-benchmark.ts';
export { paraphraseBy, type Paraphrase } from './build/paraphrase.ts';
export { openBenchmark, type Benchmark } from './open-benchmark.ts';
export { publishedAnswer } from './published-answer.ts';
export { answerMessages } from './run/answer-messages.ts';
export { datasetGroups, type DatasetChoice, type DatasetGroups } from './run/dataset-groups.ts';
export { benchmarkGroups, type BenchmarkChoice } from './run/benchmark-groups.ts';
export { CallMeter, type Metered } from './run/metered-client.ts';
export { planRun, type PlannedWork } from './run/plan-run.ts';
export type { CitedPlace, CorpusOfQuestions, QuestionGroup, RunQuestion } from './run/question-group.ts';
export {
  runBenchmark,
  runTasks,
  type Contestant,
  type FailedTask,
  type RunProgress,
  type RunReport,
  type RunTask,
} from './run/run-benchmark.ts';
export { readRunLines, RunFile } from './run/run-file.ts';
export { lineKey, runLine, scoreLine, type RunLine, type ScoreLine } from './run-line.ts';
export { compareAll, compareRuns, type RunComparison } from './report/compare-runs.ts';
export { formatAccuracy, formatProbability, formatWhole } from './report/format-figures.ts';
export { htmlReport } from './report/html/html-report.ts';
export { loadResults, type Outcome, type Result, type ResultRun } from './report/load-results.ts';
export { markdownReport, noHeadlineNote, selfGradedNote } from './report/markdown-report.ts';
export {
  summarise,
  type Breakdown,
  type Figures,
  type ReportData,
  type RunSummary,
  type Tally,
} from './report/summarise.ts';
