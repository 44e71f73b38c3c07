import { sameValue, type CanonicalValue, type Stated } from './canonical-value.ts';

/** What one model said of one field in one attempt. */
export interface Vote {
  readonly stated: Stated;
  readonly quote: string | null;
}

/** A vote for a value. */
export interface ValueVote {
  readonly value: CanonicalValue;
  readonly quote: string | null;
}

export type Decision =
  /** More than half of all votes are for one value; those that are, in the order they came. */
  | { readonly status: 'value'; readonly votes: readonly ValueVote[] }
  /** More than half say that the document does not state it. */
  | { readonly status: 'not-stated' }
  /** No answer can have more than half any more. */
  | { readonly status: 'no-majority' }
  /** So many more votes can still decide, at the least. */
  | { readonly status: 'open'; readonly votesNeeded: number };

/**
 * Decides a field by majority (CorpusQA, arXiv 2601.14952, step 2): strictly more than half of all votes, after
 * notation is taken away. The votes that are still to come may be spared once they cannot change it.
 *
 * @param total how many votes there are in all, those still to come and those that failed included.
 * @param left how many are still to come.
 */
export function decide({
  votes,
  total,
  left,
}: {
  votes: readonly Vote[];
  total: number;
  left: number;
}): Decision {
  const needed = Math.floor(total / 2) + 1;
  const groups: ValueVote[][] = [];
  let silent = 0;
  for (const { stated, quote } of votes) {
    if (stated.status === 'not-stated') silent += 1;
    if (stated.status !== 'value') continue;
    const { value } = stated;
    const group = groups.find(([first]) => first !== undefined && sameValue(first.value, value));
    if (group === undefined) groups.push([{ value, quote }]);
    else group.push({ value, quote });
  }
  const largest = groups.reduce<readonly ValueVote[]>(
    (most, group) => (group.length > most.length ? group : most),
    [],
  );
  if (largest.length >= needed) return { status: 'value', votes: largest };
  if (silent >= needed) return { status: 'not-stated' };
  const votesNeeded = needed - Math.max(largest.length, silent);
  return votesNeeded > left ? { status: 'no-majority' } : { status: 'open', votesNeeded };
}
