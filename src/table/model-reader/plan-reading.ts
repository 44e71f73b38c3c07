import { splitIntoWindows } from '../../corpus/index.ts';
import type { CallPlan, ModelClient, PlannedUse } from '../../models/index.ts';
import { completionPrompt, mostCallsForObject } from '../../models/structured-output/index.ts';
import { passageTitle } from '../passage-title.ts';
import type { StoredDocument } from '../store/list-documents.ts';
import { demonstrationsFor } from './demonstrations.ts';
import { mostTrials } from './ensemble.ts';
import { extractionPrompt, outputTokens } from './extraction-request.ts';
import {
  prepareReading,
  type FieldBatch,
  type ModelReading,
  type PreparedReading,
} from './prepare-reading.ts';

/** What reading will take of one model. */
export interface ModelReadingPlan {
  readonly model: ModelClient;
  readonly plan: CallPlan;
}

/** What a value with its quote takes, and a value alone, about. */
const tokensOfQuotedValue = 50;
const tokensOfValue = 8;
/** A schema and what is said of a reply that cannot be used. */
const repairTokens = 500;

/**
 * Plans the calls that reading takes, without making any: as many votes as a majority needs, if all agree; at the
 * worst all of them, each climbing down the whole ladder of structured output. Documents that were read before are
 * left out; calls that the ledger holds are counted all the same.
 */
export async function planReading(reading: ModelReading): Promise<ModelReadingPlan[]> {
  const prepared = await prepareReading({ ...reading, mayAsk: false });
  const totals = new Map(reading.models.map((model) => [model, { expected: noUse, upperBound: noUse }]));
  for (const batch of prepared.batches) await addBatch({ reading, prepared, batch, totals });
  return [...totals].map(([model, plan]) => ({ model, plan }));
}

const noUse: PlannedUse = { calls: 0, inputTokens: 0, outputTokens: 0 };

async function addBatch({
  reading: { corpus, models, signal },
  prepared,
  batch,
  totals,
}: {
  reading: ModelReading;
  prepared: PreparedReading;
  batch: FieldBatch;
  totals: Map<ModelClient, CallPlan>;
}): Promise<void> {
  const { ballots } = prepared.ensemble;
  const needed = Math.floor(ballots.length / 2) + 1;
  const add = (model: ModelClient, uses: CallPlan): void => {
    const before = totals.get(model) ?? { expected: noUse, upperBound: noUse };
    totals.set(model, {
      expected: addUses(before.expected, uses.expected),
      upperBound: addUses(before.upperBound, uses.upperBound),
    });
  };
  // Asking for nothing tells what is known already.
  const chosen = await Promise.all(models.map(async (model) => (await model.chooseRung([])).rung));
  const rungs = new Map(models.map((model, index) => [model, chosen[index] ?? null]));
  let first: StoredDocument | null = null;
  for await (const document of corpus.documents({ ids: [...batch.unread.keys()], signal })) {
    first ??= document;
    for (const text of windowsOf(document, batch)) {
      const uses = new Map(
        models.map((model) => [
          model,
          useOf({ model, rung: rungs.get(model) ?? null, document, text, batch, prepared }),
        ]),
      );
      for (const [turn, { model }] of ballots.entries()) {
        const use = uses.get(model) ?? { expected: noUse, upperBound: noUse };
        add(model, turn < needed ? use : { ...use, expected: noUse });
      }
    }
  }
  const known = batch.fields.some(({ name }) => (prepared.demonstrations.get(name) ?? []).length > 0);
  for (const model of models) {
    if (rungs.get(model) !== null || first === null || !known) continue;
    const [text = ''] = windowsOf(first, batch);
    const use = useOf({ model, rung: null, document: first, text, batch, prepared });
    for (let trial = 0; trial < mostTrials; trial += 1) add(model, use);
  }
}

function windowsOf({ text }: StoredDocument, { tokenizer, maximumTokens }: FieldBatch): string[] {
  return splitIntoWindows({ text, tokenizer, maximumTokens }).map(({ start, end }) => text.slice(start, end));
}

/** What one vote on one passage takes. */
function useOf({
  model: { tokenizer, limits },
  rung,
  document,
  text,
  batch,
  prepared: { demonstrations },
}: {
  model: ModelClient;
  rung: string | null;
  document: StoredDocument;
  text: string;
  batch: FieldBatch;
  prepared: PreparedReading;
}): CallPlan {
  const fields = batch.unread.get(document.id) ?? [];
  const shown = demonstrationsFor({ fields, demonstrations, documentHash: document.hash, text });
  const prompts =
    rung === 'demonstrations'
      ? fields.map(({ name }) => completionPrompt(shown, name))
      : [extractionPrompt(fields, { title: passageTitle(document), text })];
  const inputTokens = prompts.reduce((sum, prompt) => sum + tokenizer.count(prompt), 0);
  const valueTokens = rung === 'demonstrations' ? tokensOfValue : tokensOfQuotedValue;
  const mostOutput = outputTokens(limits);
  const calls = mostCallsForObject({ completions: fields.length });
  return {
    expected: { calls: prompts.length, inputTokens, outputTokens: valueTokens * fields.length },
    upperBound: {
      calls,
      inputTokens: calls * (inputTokens + mostOutput + repairTokens),
      outputTokens: calls * mostOutput,
    },
  };
}

function addUses(left: PlannedUse, right: PlannedUse): PlannedUse {
  return {
    calls: left.calls + right.calls,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
  };
}
