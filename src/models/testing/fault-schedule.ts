import { createHash } from 'node:crypto';

/** The ways in which the test server misbehaves. */
export const faults = [
  /** 429 with Retry-After. */
  'rate-limit',
  /** 429 without a word on when to come back. */
  'rate-limit-without-hint',
  /** 500. */
  'server-error',
  /** The connection is reset in the middle of the answer. */
  'reset',
  /** The answer stops in its middle, and the connection stays open. */
  'stall',
  /** The answer is cut, and said to be complete. */
  'truncated',
  /** The answer stands in a Markdown fence after a sentence. */
  'fenced',
  /** The answer is JSON of another shape. */
  'wrong-schema',
  /** The answer has no content. */
  'empty',
  /** A chunk of a streamed answer comes twice. */
  'duplicated-chunk',
] as const;

export type Fault = (typeof faults)[number];

/** Each fault's share of the requests, from 0 to 1. One number is the share of every fault. */
export type FaultRates = number | Partial<Record<Fault, number>>;

/**
 * Decides which requests are answered wrongly. The decision hangs on the seed, the request's content and how often
 * it has come, so it is the same in whatever order requests arrive.
 */
export function createFaultSchedule({
  seed,
  rates,
}: {
  seed: number;
  rates: FaultRates;
}): (content: string) => Fault | null {
  const timesSeen = new Map<string, number>();
  const rateOf = (fault: Fault): number => (typeof rates === 'number' ? rates : (rates[fault] ?? 0));
  return (content) => {
    const times = timesSeen.get(content) ?? 0;
    timesSeen.set(content, times + 1);
    let remaining = shareOf(`${seed}/${content}/${times}`);
    for (const fault of faults) {
      remaining -= rateOf(fault);
      if (remaining < 0) return fault;
    }
    return null;
  };
}

/** A number in [0, 1) that hangs on the text alone. */
function shareOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
