import { addCosts, noCost, type CallPlan, type Cost, type ModelClient } from '../../models/index.ts';
import {
  planReading,
  readFieldsByModels,
  type DeclaredField,
  type ModelOutcome,
  type ModelReadReport,
  type OpenCorpus,
} from '../../table/index.ts';
import type { StrategyInput } from '../strategy.ts';

/** What came of reading fields that the tables lacked. */
export interface FieldsRead {
  /** Those that documents state, by their names; empty where none of them does. */
  readonly stated: readonly string[];
  /** Why nothing was read, or no document states the fields; null where some does. */
  readonly refusal: string | null;
  readonly warnings: readonly string[];
  readonly cost: Cost;
}

/** So many documents, spread over the corpus, are read first: what none of them states is not looked for in all. */
const sampleSize = 24;

/**
 * Has a model read fields from the documents that it has not read for them, and keeps what it found in the corpus,
 * whatever ends the work. What was read for an earlier question is not read again.
 *
 * @param affords whether what is left of a budget pays for so much; absent: there is no budget.
 * @throws {ModelError} of a kind that ends the whole work.
 */
export async function readMissingFields({
  model,
  fields,
  documents,
  affords,
  input,
}: {
  model: ModelClient;
  fields: readonly DeclaredField[];
  /** Where to read them, by ids; absent: in all, where a sample states them. */
  documents?: readonly string[] | undefined;
  affords: ((plan: CallPlan) => boolean) | undefined;
  input: StrategyInput;
}): Promise<FieldsRead> {
  const { corpus, signal, onTrace } = input;
  const reading = { corpus, models: [model], attempts: 1, fields, documents, signal };
  const labels = fields.map(({ label }) => `"${label}"`).join(', ');
  if (affords !== undefined) {
    const [planned] = await planReading(reading);
    if (planned !== undefined && planned.plan.expected.calls > 0 && !affords(planned.plan)) {
      const { calls, inputTokens } = planned.plan.expected;
      const refusal =
        `The tables do not hold ${labels}. To read this from the documents takes about ${format(calls)} calls and ` +
        `${format(inputTokens)} tokens, which the budget does not pay for.`;
      return { stated: [], refusal, warnings: [], cost: noCost };
    }
  }
  let cost = noCost;
  let wanted = fields;
  const sample = documents === undefined ? await takeSample(corpus) : null;
  if (sample !== null) {
    const report = await readAndKeep({ ...reading, documents: sample }, model, input);
    cost = addCosts(cost, report.cost);
    wanted = fields.filter(({ name }) => isStated(report, name) || wasReadBefore(report, name));
    onTrace?.({ step: 'field-sample', detail: { documents: sample.length, fields: report.fields } });
    if (wanted.length === 0) {
      const refusal = `The tables do not hold ${labels}, and none of ${sample.length} documents that ${model.id} read as a sample states it.`;
      return { stated: [], refusal, warnings: [], cost };
    }
  }
  const report = await readAndKeep({ ...reading, fields: wanted }, model, input);
  cost = addCosts(cost, report.cost);
  onTrace?.({ step: 'fields-read', detail: { reader: report.reader, fields: report.fields } });
  const known = new Set(corpus.catalog.tables.flatMap(({ columns }) => columns.map(({ label }) => label)));
  const stated = wanted.filter(({ label }) => known.has(label));
  const warnings = [
    ...wanted.flatMap(({ name, label }) => {
      const counts = report.fields[name];
      const read = (counts?.stated ?? 0) + (counts?.['not-stated'] ?? 0);
      return counts === undefined || read === 0
        ? []
        : [
            `"${label}" was read by ${model.id} for this question: ${format(counts.stated)} documents state it.`,
          ];
    }),
    ...report.failures.map(
      ({ cause, documents }) => `${format(documents)} documents could not be read by ${model.id}: ${cause}`,
    ),
  ];
  const refusal =
    stated.length > 0 ? null : `The tables do not hold ${labels}, and ${model.id} found it in no document.`;
  return { stated: stated.map(({ name }) => name), refusal, warnings, cost };
}

const format = (count: number): string => count.toLocaleString('en-US');

function isStated({ fields }: ModelReadReport, name: string): boolean {
  return (fields[name]?.stated ?? 0) > 0;
}

function wasReadBefore({ fields }: ModelReadReport, name: string): boolean {
  return (fields[name]?.before ?? 0) > 0;
}

/** Documents spread over the corpus; null where all of it is hardly more. */
async function takeSample(corpus: OpenCorpus): Promise<string[] | null> {
  const versions = await corpus.documentVersions();
  if (versions.length <= 2 * sampleSize) return null;
  const step = versions.length / sampleSize;
  return Array.from({ length: sampleSize }, (_, index) => versions[Math.floor(index * step)]?.id ?? '');
}

async function readAndKeep(
  reading: Parameters<typeof planReading>[0],
  model: ModelClient,
  { corpus, onProgress }: StrategyInput,
): Promise<ModelReadReport> {
  const outcomes: ModelOutcome[] = [];
  try {
    return await readFieldsByModels({
      ...reading,
      onOutcome: (outcome) => outcomes.push(outcome),
      onProgress: ({ fields, done, total }) =>
        onProgress?.({ activity: `${model.id} reads ${fields.join(', ')}`, done, total }),
    });
  } finally {
    if (outcomes.length > 0) await corpus.keepModelOutcomes({ fields: reading.fields, outcomes });
  }
}
