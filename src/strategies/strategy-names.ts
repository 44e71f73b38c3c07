/** The ways to answer: `auto` chooses among the others. */
export const strategyNames = ['full', 'retrieval', 'memory', 'table', 'auto'] as const;

export type StrategyName = (typeof strategyNames)[number];
