import { judgeAnswer, type AskJudge } from '../../scoring/judge.ts';
import type { MetricName } from '../../scoring/metrics/metric-names.ts';
import { scoreByMetric, type MetricScore } from '../../scoring/score-by-metric.ts';
import type { ScoreLine } from '../run-line.ts';
import type { ResultLine } from './result-lines.ts';

export interface ScoreSettings {
  /** For lines that name no metric of their own. */
  readonly metric?: MetricName | undefined;
  readonly extraction?: 'final' | 'published' | undefined;
  /** Asked where the rules leave an answer ungraded. */
  readonly judge?: AskJudge | undefined;
}

export interface ScoredLine {
  /** The result with its verdict and the reason. */
  readonly line: ScoreLine;
  /** From 0 to 1; null where the answer is ungraded. */
  readonly value: number | null;
}

/**
 * Scores one result: by its metric, or by the type of its answer, and by the judge where that leaves it open. A response
 * that is missing is wrong.
 */
export async function scoreResult(result: ResultLine, settings: ScoreSettings): Promise<ScoredLine> {
  const metric = result.metric ?? settings.metric ?? 'typed';
  const score = scoreByMetric({
    response: result.response,
    answer: result.answer,
    answerType: result.answer_type,
    tolerance: result.tolerance,
    ordered: result.ordered,
    unit: result.unit,
    question: result.question,
    aliases: result.aliases,
    requiredPrefix: result.required_prefix,
    extraction: settings.extraction,
    metric,
  });
  const { verdict, reason, value } = await settle({ score, result, judge: settings.judge });
  const metrics = metric === 'typed' || value === null ? {} : { metrics: { [metric]: value } };
  return { line: { ...result, verdict, reason, ...metrics }, value };
}

async function settle({
  score,
  result: { question, answer },
  judge,
}: {
  score: MetricScore;
  result: ResultLine;
  judge: AskJudge | undefined;
}): Promise<Pick<MetricScore, 'verdict' | 'reason' | 'value'>> {
  const { extracted, ...graded } = score;
  if (judge === undefined || score.verdict !== 'ungraded' || extracted === null) return graded;
  const gold = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const grade = await judgeAnswer({ question, prediction: extracted, gold }, judge);
  return { ...grade, value: grade.verdict === 'ungraded' ? null : Number(grade.verdict === 'right') };
}
