/** Readings that differ by less than this are equally likely. Costs are sums, exact to many digits but not to all. */
const nearTie = 0.1 - 1e-9;
const highestCost = 0.9;
/** The lead of a reading that nothing comes near, and what such a reading may cost. */
const clearLead = 0.15;
const highestClearCost = 1.2;
/** At this cost nothing is left of the confidence in a reading. */
const noConfidenceCost = 2;

/** What becomes of a question with a reading: it stands, another is as likely, or it costs too much. */
export type ReadingChoice<Reading> =
  | { readonly kind: 'certain'; readonly confidence: number }
  | { readonly kind: 'ambiguous'; readonly rival: Reading }
  | { readonly kind: 'doubtful' };

/** Holds the cheapest reading of a question against the cheapest that means something else, in any language. */
export function chooseReading<Reading extends { readonly cost: number }>(
  best: Reading,
  rival: Reading | undefined,
): ReadingChoice<Reading> {
  const lead = rival === undefined ? Infinity : rival.cost - best.cost;
  if (rival !== undefined && lead < nearTie) return { kind: 'ambiguous', rival };
  // What is dearly understood must stand clear of all else.
  if (best.cost > (lead < clearLead ? highestCost : highestClearCost)) return { kind: 'doubtful' };
  return {
    kind: 'certain',
    confidence: Math.max(0, Math.min(1, 1 - Math.max(0, best.cost) / noConfidenceCost)),
  };
}
