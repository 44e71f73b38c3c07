import type { ModelClient } from '../../models/index.ts';
import type { Reading } from '../reading.ts';

/** What came of reading one field in one document; kept, so that it is never read again by the same reader. */
export type OutcomeStatus =
  | 'stated'
  | 'not-stated'
  /** No answer had more than half of the votes. */
  | 'no-majority'
  /** The text does not say what the models said; the reading was dropped. */
  | 'uncited';

export interface ModelOutcome {
  readonly documentHash: string;
  readonly field: string;
  /** Of the field; see `DeclaredField`. */
  readonly definition: string;
  readonly reader: string;
  readonly status: OutcomeStatus;
  /** One a window of the document that states it. */
  readonly readings: readonly Reading[];
}

/** Names an ensemble: the models, and how often each is asked. */
export function readerId({
  models,
  attempts,
}: {
  models: readonly Pick<ModelClient, 'id'>[];
  attempts: number;
}): string {
  const ids = models.map(({ id }) => id).join('+');
  return attempts === 1 ? ids : `${ids} x${attempts}`;
}
