import type { Answer } from '../strategy.ts';

/** What a reply rests on and what it took: the `corpuscope` field of a response. */
export interface AnswerSources extends Pick<
  Answer,
  | 'status'
  | 'reason'
  | 'misunderstanding'
  | 'type'
  | 'value'
  | 'unit'
  | 'sql'
  | 'evidence'
  | 'evidenceTotal'
  | 'coverage'
  | 'warnings'
  | 'cost'
  | 'seconds'
> {
  /** Which strategy answered. */
  readonly strategy: string;
  /** What of the prompt was taken for documents and for the question, in words; null where a corpus was named. */
  readonly prompt: string | null;
}

/** The parts of an answer that are told beside its text. */
export function sourcesOf({
  answer,
  strategy,
  prompt,
  warnings,
}: {
  answer: Answer;
  strategy: string;
  prompt: string | null;
  warnings: readonly string[];
}): AnswerSources {
  const { status, reason, misunderstanding, type, value, unit, sql, evidence, evidenceTotal } = answer;
  const { coverage, cost, seconds } = answer;
  return {
    strategy,
    prompt,
    status,
    ...(reason !== undefined && { reason }),
    ...(misunderstanding !== undefined && { misunderstanding }),
    type,
    value,
    ...(unit !== undefined && { unit }),
    sql,
    evidence,
    evidenceTotal,
    coverage,
    warnings,
    cost,
    seconds,
  };
}
