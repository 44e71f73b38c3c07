/** What calls of language models took. */
export interface Cost {
  /** Calls that were sent. One that the ledger answered is not among them. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
}

export const noCost: Cost = { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0 };

export function addCosts(left: Cost, right: Cost): Cost {
  return {
    calls: left.calls + right.calls,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    usd: left.usd + right.usd,
  };
}
