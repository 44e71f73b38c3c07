import { readFileSync } from 'node:fs';
import type { MisbehavingServer, RecordedRequest } from './misbehaving-server.ts';

/** What a kill cost. */
export interface KillAccount {
  /** Requests that had been sent and whose answers the process had not read to their end. */
  readonly inFlight: number;
  /** Calls that were in flight and that later runs made again. */
  readonly repeated: number;
  /** Of these, such as whose whole answer had left the server. */
  readonly leftServer: number;
  /** Calls whose answer the process had read to its end, and that later runs made again all the same. */
  readonly readAndRepeated: number;
}

/**
 * Draws up the account of each kill.
 *
 * @param ends how many requests the server had seen when each killed process was gone.
 * @param receiptsFile what `log-receipts.ts` wrote in all of them.
 */
export function accountsOfKills({
  server: { requests },
  ends,
  receiptsFile,
}: {
  server: Pick<MisbehavingServer, 'requests'>;
  ends: readonly number[];
  receiptsFile: string;
}): KillAccount[] {
  const read = new Set<number>();
  const ended = new Set<number>();
  for (const line of readFileSync(receiptsFile, 'utf8').split('\n')) {
    const [what, number] = line.split(' ');
    (what === 'read' ? read : ended).add(Number(number));
  }
  return ends.map((end, kill) => {
    const numbers = Array.from(
      { length: end - (ends[kill - 1] ?? 0) },
      (_, at) => (ends[kill - 1] ?? 0) + at,
    );
    const later = new Set(requests.slice(end).map(({ content }) => content));
    const isRepeated = (number: number): boolean => later.has(requests[number]?.content ?? '');
    const inFlight = numbers.filter((number) => !read.has(number) && !ended.has(number));
    const repeated = inFlight.filter(isRepeated);
    const usable = numbers.filter((number) => read.has(number) && isUsable(requests[number]));
    return {
      inFlight: inFlight.length,
      repeated: repeated.length,
      leftServer: repeated.filter((number) => requests[number]?.answered === true).length,
      readAndRepeated: usable.filter(isRepeated).length,
    };
  });
}

/** Whether an answer went out whole that could be used as it was, so that its call need not be sent again. */
export function isUsable(request: RecordedRequest | undefined): boolean {
  return request?.answered === true && request.fault !== 'empty' && request.fault !== 'duplicated-chunk';
}
