import { addCosts, forEachConcurrently, type Cost } from '../../models/index.ts';
import type { StoredDocument } from '../store/list-documents.ts';
import type { ModelOutcome, OutcomeStatus } from './model-outcome.ts';
import {
  prepareReading,
  type FieldBatch,
  type ModelReading,
  type PreparedReading,
} from './prepare-reading.ts';
import { readDocumentByModels, type DocumentOutcome } from './read-document.ts';

export interface ModelReadProgress {
  readonly activity: 'preparing' | 'reading';
  /** What is read just now, by the fields' labels. */
  readonly fields: readonly string[];
  /** Documents, counted anew for each batch of fields. */
  readonly done: number;
  readonly total: number;
}

export interface ModelReadReport {
  readonly reader: string;
  /** By the field's name: in how many documents it came out how, in this run. */
  readonly fields: Readonly<Record<string, FieldReport>>;
  /** Choices that rest on all of what was read, since the text does not name them. */
  readonly wholePassages: number;
  /** Why documents could not be read; the same command tries them again. */
  readonly failures: readonly { readonly cause: string; readonly documents: number }[];
  readonly cost: Cost;
}

export interface FieldReport extends Readonly<Record<OutcomeStatus, number>> {
  readonly failed: number;
  /** Read by the same reader in an earlier run, and not again. */
  readonly before: number;
}

/** After so many documents in a row that no model would read, the work is ended. */
const mostFailuresInRow = 12;

/**
 * Reads fields from the documents of a corpus in which the same reader has not looked for them before. Each outcome is
 * handed over as it comes; what a caller does not keep is in the ledger when it is read again.
 *
 * @throws {ModelError} of a kind that ends the work: budget, replay, a model that is not there, a server that fails or
 *   refuses document after document. What was handed over before is whole.
 */
export async function readFieldsByModels({
  onOutcome,
  onProgress,
  ...reading
}: ModelReading & {
  readonly onOutcome: (outcome: ModelOutcome) => void;
  readonly onProgress?: ((progress: ModelReadProgress) => void) | undefined;
}): Promise<ModelReadReport> {
  const labels = reading.fields.map(({ label }) => label);
  onProgress?.({ activity: 'preparing', fields: labels, done: 0, total: 0 });
  const prepared = await prepareReading({ ...reading, mayAsk: true });
  const tally = new ReadingTally(reading, prepared);
  for (const batch of prepared.batches) {
    await readBatch({ reading, prepared, batch, tally, onOutcome, onProgress });
  }
  return tally.report();
}

async function readBatch({
  reading: { corpus, models, signal },
  prepared: { ensemble, demonstrations },
  batch: { fields, unread, tokenizer, maximumTokens },
  tally,
  onOutcome,
  onProgress,
}: {
  reading: ModelReading;
  prepared: PreparedReading;
  batch: FieldBatch;
  tally: ReadingTally;
  onOutcome: (outcome: ModelOutcome) => void;
  onProgress: ((progress: ModelReadProgress) => void) | undefined;
}): Promise<void> {
  const labels = fields.map(({ label }) => label);
  let done = 0;
  const tell = (): void => onProgress?.({ activity: 'reading', fields: labels, done, total: unread.size });
  tell();
  await forEachConcurrently<StoredDocument>({
    items: corpus.documents({ ids: [...unread.keys()], signal }),
    concurrency: Math.max(...models.map(({ concurrency }) => concurrency)),
    run: async (document) => {
      signal?.throwIfAborted();
      const wanted = unread.get(document.id) ?? [];
      const request = { ensemble, fields: wanted, demonstrations, tokenizer, maximumTokens, signal };
      const outcome = await readDocumentByModels(document, request);
      for (const each of outcome.outcomes) onOutcome(each);
      done += 1;
      tell();
      tally.add(wanted, outcome);
    },
  });
}

type Counts = Record<OutcomeStatus | 'failed' | 'before', number>;

/** Counts what came of a run, and ends it when nothing comes any more. */
class ReadingTally {
  readonly #reader: string;
  readonly #fields: ReadonlyMap<string, Counts>;
  readonly #failures = new Map<string, number>();
  #wholePassages = 0;
  #cost: Cost;
  #failuresInRow = 0;

  constructor({ fields }: ModelReading, { ensemble, readBefore, cost }: PreparedReading) {
    this.#reader = ensemble.id;
    this.#cost = cost;
    this.#fields = new Map(
      fields.map(({ name }) => {
        const before = readBefore.get(name) ?? 0;
        return [name, { stated: 0, 'not-stated': 0, 'no-majority': 0, uncited: 0, failed: 0, before }];
      }),
    );
  }

  add(
    wanted: readonly { readonly name: string }[],
    { outcomes, failure, cost, wholePassages }: DocumentOutcome,
  ): void {
    for (const { name } of wanted) {
      const counts = this.#fields.get(name);
      const status = outcomes.find(({ field }) => field === name)?.status ?? 'failed';
      if (counts !== undefined) counts[status] += 1;
    }
    this.#wholePassages += wholePassages;
    this.#cost = addCosts(this.#cost, cost);
    if (failure === null) {
      this.#failuresInRow = 0;
      return;
    }
    this.#failures.set(failure.message, (this.#failures.get(failure.message) ?? 0) + 1);
    this.#failuresInRow = outcomes.length === 0 ? this.#failuresInRow + 1 : 0;
    if (this.#failuresInRow >= mostFailuresInRow) throw failure;
  }

  report(): ModelReadReport {
    return {
      reader: this.#reader,
      fields: Object.fromEntries(this.#fields),
      wholePassages: this.#wholePassages,
      failures: [...this.#failures].map(([cause, documents]) => ({ cause, documents })),
      cost: this.#cost,
    };
  }
}
