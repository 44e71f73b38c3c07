import { z } from 'zod';
import { answerTypes } from '../scoring/score-answer.ts';

const answerType = z.enum(answerTypes);

/** The share of documents that hold a cell the question reads, and of those whose removal alone changes the answer. */
const dispersion = z.object({ read: z.number(), decisive: z.number() });

/** Where in a document a value stands that an answer rests on. */
export const citedPlace = z.object({
  document: z.string(),
  /** What is stated there: a field, or the heading above. */
  field: z.string().optional(),
  quote: z.string().optional(),
  start: z.number().optional(),
  end: z.number().optional(),
});

/** A step of a strategy, its texts cut short. */
export const tracedStep = z.object({ step: z.string(), detail: z.record(z.string(), z.unknown()) });

/**
 * A line of a file of results. `bench run` writes all of it; what comes from elsewhere needs an id, a question, a gold
 * answer and a response, as the published evaluation of CorpusQA has them, and any more of this that is known. What
 * else a line holds is kept.
 */
export const runLine = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  question: z.string(),
  /** The gold answer in published notation, as text; lines from elsewhere may hold JSON. */
  answer: z.json(),
  response: z.string(),
  /** `none` where a strategy asks no model. */
  model: z.string().optional(),
  strategy: z.string().optional(),
  /** The length: `128K`. */
  set: z.string().optional(),
  language: z.string().optional(),
  answer_type: answerType.optional(),
  ordered: z.boolean().optional(),
  unit: z.string().optional(),
  tolerance: z.number().optional(),
  family: z.string().optional(),
  difficulty: z.string().optional(),
  domain: z.string().optional(),
  /** Whether the question is about one named entity. */
  look_up: z.boolean().optional(),
  dispersion: dispersion.optional(),
  status: z.enum(['answered', 'refused', 'failed']).optional(),
  /** How the answer is scored, for questions of published data sets; by its type where absent. */
  metric: z.string().optional(),
  /** Other right answers. */
  aliases: z.array(z.string()).optional(),
  /** What the response must begin with. */
  required_prefix: z.string().optional(),
  /** Whether the truth stems from what the strategy itself uses: the pattern reader or the question grammar. */
  self_graded: z.boolean().optional(),
  tokens: z.object({ input: z.number(), output: z.number() }).optional(),
  calls: z.number().optional(),
  cost_usd: z.number().optional(),
  seconds: z.number().optional(),
  /** Where the truth stands, as the benchmark says. */
  evidence: z.array(citedPlace).optional(),
  /** What the strategy says its answer rests on. */
  cited: z.array(citedPlace).optional(),
  warnings: z.array(z.string()).optional(),
  trace: z.array(tracedStep).optional(),
});

export type RunLine = z.infer<typeof runLine>;

/** A line with what the scorer makes of it. */
export const scoreLine = runLine.extend({
  verdict: z.enum(['right', 'wrong', 'ungraded']),
  reason: z.string(),
  metrics: z.record(z.string(), z.number()).optional(),
});

export type ScoreLine = z.infer<typeof scoreLine>;

/** What tells the lines of one file apart: a question is answered once by each strategy with each model. */
export function lineKey({ id, strategy, model }: Pick<RunLine, 'id' | 'strategy' | 'model'>): string {
  return JSON.stringify([id, strategy ?? null, model ?? null]);
}
