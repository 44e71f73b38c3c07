import type { CallPlan, PlannedEmbeddings, PlannedUse } from './model-client.ts';
import type { ResolvedModel } from './model-provider.ts';
import { usdOf } from './price.ts';

export interface PricedUse extends PlannedUse {
  /** Null where the model has no known price. */
  readonly usd: number | null;
}

/** A plan with what it costs, and what its tokens were counted with. */
export interface PricedPlan {
  readonly model: string;
  readonly tokenizer: string;
  /** Whether the tokenizer is the model's own; else its counts are near the model's, not equal to them. */
  readonly tokenizerIsExact: boolean;
  readonly expected: PricedUse;
  readonly upperBound: PricedUse;
  readonly embeddings?: PlannedEmbeddings;
}

/** Prices a plan of calls to one model. Answers that the ledger already has make it cheaper than it says. */
export function pricePlan({ plan, model }: { plan: CallPlan; model: ResolvedModel }): PricedPlan {
  const priced = (use: PlannedUse): PricedUse => ({ ...use, usd: usdOf(model.price, use) });
  return {
    model: model.id,
    tokenizer: model.tokenizer.id,
    tokenizerIsExact: model.tokenizerIsExact,
    expected: priced(plan.expected),
    upperBound: priced(plan.upperBound),
    ...(plan.embeddings !== undefined && { embeddings: plan.embeddings }),
  };
}
