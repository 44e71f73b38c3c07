import type { QueryPlan } from './plan.ts';
import type { Refusal } from './refuse.ts';

/** A question in typed form, with how sure that is and what was assumed. */
export interface Understood {
  readonly status: 'understood';
  readonly plan: QueryPlan;
  /** 0 to 1; what is below a half is refused. */
  readonly confidence: number;
  /** Assumptions for the reader of the answer. */
  readonly notes: readonly string[];
}

export type ParsedQuestion = Understood | Refusal;
