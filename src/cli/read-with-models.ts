import type { ModelClient, PricedPlan } from '../models/index.ts';
import type {
  CorpusLocation,
  FieldProposal,
  ModelOutcome,
  ModelReadProgress,
  ModelReadReport,
  ModelReading,
} from '../table/index.ts';
import { CommandError } from './command-error.ts';
import { prolongGrace } from './interruption.ts';
import { openCommandModels, type CommandModels, type ModelOptions } from './model-options.ts';
import { modelProviders } from './model-providers.ts';
import { formatSeconds, formatShort } from './terminal/numbers.ts';
import { progressBar, StatusLine } from './terminal/status-line.ts';

/** What `read --reader` was told. */
export interface ReaderOptions extends Omit<ModelOptions, 'model'> {
  /** Ids with commas between. */
  readonly reader: string;
  readonly attempts: number;
  /** Names with commas between, or a JSON file. Absent: propose some. */
  readonly fields?: string | undefined;
  readonly limit?: number | undefined;
  readonly plan: boolean;
  readonly propose: boolean;
  readonly json: boolean;
}

export type ModelWork =
  | { readonly kind: 'read'; readonly report: ModelReadReport; readonly seconds: number }
  | { readonly kind: 'plan'; readonly plans: readonly PricedPlan[] }
  | { readonly kind: 'proposal'; readonly proposal: FieldProposal };

/** Building the tables of a large corpus, after what was read has been kept. */
const savingMilliseconds = 120_000;

/**
 * Has language models read fields into the table of a corpus that was read before, or plans or proposes it. What was
 * read until an interruption or the end of a budget is kept.
 */
export async function readWithModels({
  location,
  options,
  signal,
}: {
  location: CorpusLocation;
  options: ReaderOptions;
  signal: AbortSignal;
}): Promise<ModelWork> {
  const ids = options.reader.split(',').map((id) => id.trim());
  const [first] = ids;
  if (first === undefined || ids.includes('')) {
    throw new CommandError({
      message: `"${options.reader}" names no models.`,
      remedy: 'Give ids with commas between: --reader openai:gpt-5-mini,anthropic:claude-haiku-4-5',
      wrongArguments: true,
    });
  }
  if (ids.length > 1 && (options.window ?? options.outputLimit ?? options.modelTokenizer) !== undefined) {
    throw new CommandError({
      message: '--window, --output-limit and --model-tokenizer are of one model, and --reader names several.',
      remedy: 'Say these in a file with --prices, which has windows too.',
      wrongArguments: true,
    });
  }
  const models = await openCommandModels({
    options: { ...options, ...(ids.length === 1 && { model: first }) },
    storeFolder: location.storeFolder,
    providers: modelProviders,
    signal,
  });
  try {
    const clients: ModelClient[] = [];
    for (const id of ids) clients.push(await models.client(id));
    return await work({ location, options, clients, models, signal });
  } finally {
    await models.close();
  }
}

async function work({
  location,
  options,
  clients,
  models,
  signal,
}: {
  location: CorpusLocation;
  options: ReaderOptions;
  clients: readonly ModelClient[];
  models: CommandModels;
  signal: AbortSignal;
}): Promise<ModelWork> {
  const { alignFields, openCorpus, planReading, proposeFields, readDeclaredFields } =
    await import('../table/index.ts');
  const declared = options.fields === undefined ? [] : await readDeclaredFields(options.fields);
  const corpus = await openCorpus({ location, signal });
  const [model] = clients;
  if (options.propose && model !== undefined) {
    try {
      return { kind: 'proposal', proposal: await proposeFields({ corpus, model, signal }) };
    } finally {
      corpus.close();
    }
  }
  const fields = alignFields(declared, corpus.catalog);
  const { attempts, limit } = options;
  const reading = { corpus, models: clients, attempts, fields, maximumDocuments: limit, signal };
  if (!options.plan) return await readAndKeep({ reading, location, options });
  try {
    const plans: PricedPlan[] = [];
    const { pricePlan } = await import('../models/index.ts');
    for (const {
      model: { id },
      plan,
    } of await planReading(reading)) {
      plans.push(pricePlan({ plan, model: await models.model(id) }));
    }
    return { kind: 'plan', plans };
  } finally {
    corpus.close();
  }
}

async function readAndKeep({
  reading,
  location,
  options,
}: {
  reading: ModelReading;
  location: CorpusLocation;
  options: ReaderOptions;
}): Promise<ModelWork> {
  const { readFieldsByModels, saveModelOutcomes } = await import('../table/index.ts');
  const outcomes: ModelOutcome[] = [];
  const line = new StatusLine({ stream: process.stderr, enabled: !options.json });
  const started = performance.now();
  let since = { fields: '', at: started };
  prolongGrace(savingMilliseconds);
  try {
    const report = await readFieldsByModels({
      ...reading,
      onOutcome: (outcome) => outcomes.push(outcome),
      onProgress: (progress) => {
        const fields = progress.fields.join(', ');
        if (fields !== since.fields || progress.done === 0) since = { fields, at: performance.now() };
        const seconds = (performance.now() - since.at) / 1000;
        line.show(() => describeModelProgress(progress, seconds), { atOnce: progress.done === 0 });
      },
    });
    return { kind: 'read', report, seconds: (performance.now() - started) / 1000 };
  } finally {
    reading.corpus.close();
    line.show(() => 'Building the tables …', { atOnce: true });
    if (outcomes.length > 0) await saveModelOutcomes({ location, fields: reading.fields, outcomes });
    line.clear();
  }
}

/** A forecast made from less than this is a guess. */
const forecastAfterSeconds = 2;

/** What the line says after `seconds` of reading these fields. */
export function describeModelProgress(
  { activity, fields, done, total }: ModelReadProgress,
  seconds: number,
): string {
  const what = fields.length > 3 ? `${fields.slice(0, 3).join(', ')} …` : fields.join(', ');
  if (activity === 'preparing') return `Preparing to read ${what} …`;
  const share = total === 0 ? 1 : done / total;
  const parts = [
    `Reading ${what} ${progressBar(share)} ${formatShort(done)}/${formatShort(total)} documents`,
  ];
  if (seconds > forecastAfterSeconds && done > 0) {
    parts.push(`${formatSeconds(Math.max(1, Math.round((seconds / share) * (1 - share))))} left`);
  }
  return parts.join('  ');
}
