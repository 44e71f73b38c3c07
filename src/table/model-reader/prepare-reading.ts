import type { Tokenizer } from '../../corpus/index.ts';
import { noCost, type Cost, type ModelClient, type ModelLimits, type RungName } from '../../models/index.ts';
import type { OpenCorpus } from '../store/open-corpus.ts';
import { defaultSqlLimits } from '../store/query-sql.ts';
import type { DeclaredField } from './declared-field.ts';
import {
  demonstrationsPerField,
  findDemonstrations,
  groupByDemonstrations,
  type DemonstrationsByField,
} from './demonstrations.ts';
import { createEnsemble, tryOut, type Ensemble } from './ensemble.ts';
import { extractionPrompt, outputTokens } from './extraction-request.ts';

/** What language models are to read, and how. */
export interface ModelReading {
  readonly corpus: OpenCorpus;
  /** They vote; a value counts when more than half of all votes are for it. */
  readonly models: readonly ModelClient[];
  /** How often each model is asked. */
  readonly attempts: number;
  readonly fields: readonly DeclaredField[];
  /** Read so many documents at most, the first by their paths; absent: all. */
  readonly maximumDocuments?: number | undefined;
  /** Read none but these, by their ids. */
  readonly documents?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Fields that are asked for together, with the documents that have not been read for them. */
export interface FieldBatch {
  readonly fields: readonly DeclaredField[];
  /** By the document's id. */
  readonly unread: ReadonlyMap<string, readonly DeclaredField[]>;
  /** How long a passage may be. */
  readonly maximumTokens: number;
  readonly tokenizer: Tokenizer;
}

export interface PreparedReading {
  readonly ensemble: Ensemble;
  readonly demonstrations: DemonstrationsByField;
  readonly batches: readonly FieldBatch[];
  /** By the field's name, in how many documents it was read before. */
  readonly readBefore: ReadonlyMap<string, number>;
  /** What it took to find out how the models read best. */
  readonly cost: Cost;
}

/** More fields at once are read less well. */
const mostFieldsAtOnce = 12;
/** A passage is no longer than this, however much the model takes: what is said in its middle gets lost. */
const longestPassageTokens = 32_000;
const longestDemonstrationTokens = 800;
/** What a chat template and the instructions of the ladder take, at most. */
const frameTokens = 400;
/** What stands around a value among demonstrations, at most. */
const frameOfValue = 8;
/** Demonstrations leave half of the window. */
const demonstrationsShare = 0.5;

/**
 * Decides what is asked together and how long passages may be. A model that only goes on with texts is asked for fields
 * together that the same texts demonstrate, and for others one after the other, so that its demonstrations stay the
 * same from one call to the next.
 *
 * @param mayAsk whether models may be tried out; else what is known of them must do.
 */
export async function prepareReading({
  corpus,
  models,
  attempts,
  fields,
  maximumDocuments,
  documents,
  signal,
  mayAsk,
}: ModelReading & { readonly mayAsk: boolean }): Promise<PreparedReading> {
  const ensemble = createEnsemble({ models, attempts });
  const { total, unread } = await findUnread({
    corpus,
    ensemble,
    fields,
    maximumDocuments,
    documents,
  });
  const readBefore = new Map(fields.map(({ name }) => [name, total - (unread.get(name)?.length ?? 0)]));
  const open = fields.filter(({ name }) => (unread.get(name)?.length ?? 0) > 0);
  const [first] = models;
  if (open.length === 0 || first === undefined) {
    return { ensemble, demonstrations: new Map(), batches: [], readBefore, cost: noCost };
  }
  const smallestWindow = Math.min(...models.map(({ limits }) => limits.windowTokens));
  const demonstrations = await findDemonstrations({
    corpus,
    fields: open,
    tokenizer: first.tokenizer,
    maximumTokens: Math.min(
      longestDemonstrationTokens,
      Math.floor((smallestWindow * demonstrationsShare) / demonstrationsPerField),
    ),
  });
  const tried = mayAsk ? open : [];
  const { rungs, cost } = await tryOut({ ensemble, fields: tried, demonstrations, signal });
  const groups = rungs.includes('demonstrations') ? groupByDemonstrations(open, demonstrations) : [open];
  const batches: FieldBatch[] = [];
  for (const group of groups) {
    for (let from = 0; from < group.length; from += mostFieldsAtOnce) {
      const batch = group.slice(from, from + mostFieldsAtOnce);
      batches.push({
        fields: batch,
        unread: byDocument(batch, unread),
        ...passageRoom({ models, rungs, fields: batch, demonstrations }),
      });
    }
  }
  return { ensemble, demonstrations, batches, readBefore, cost };
}

async function findUnread({
  corpus,
  ensemble,
  fields,
  maximumDocuments,
  documents,
}: Pick<ModelReading, 'corpus' | 'fields' | 'maximumDocuments' | 'documents'> & {
  ensemble: Ensemble;
}): Promise<{
  total: number;
  unread: Map<string, readonly string[]>;
}> {
  const limits = { ...defaultSqlLimits, maximumRows: maximumDocuments ?? Number.MAX_SAFE_INTEGER };
  const { rows } = await corpus.sql('SELECT id FROM documents ORDER BY path, id', { limits });
  const chosen = documents === undefined ? null : new Set(documents);
  const listed = rows.map(([id]) => String(id));
  const wanted = new Set(chosen === null ? listed : listed.filter((id) => chosen.has(id)));
  const unread = new Map<string, readonly string[]>();
  for (const field of fields) {
    const ids = await corpus.notReadBy({ reader: ensemble.id, definition: field.definition });
    unread.set(
      field.name,
      ids.filter((id) => wanted.has(id)),
    );
  }
  return { total: wanted.size, unread };
}

function byDocument(
  fields: readonly DeclaredField[],
  unread: ReadonlyMap<string, readonly string[]>,
): Map<string, DeclaredField[]> {
  const documents = new Map<string, DeclaredField[]>();
  for (const field of fields) {
    for (const id of unread.get(field.name) ?? []) {
      const known = documents.get(id);
      if (known === undefined) documents.set(id, [field]);
      else known.push(field);
    }
  }
  return documents;
}

/** What is left for the passage in the model that has the least room, and the tokenizer that says so. */
function passageRoom({
  models,
  rungs,
  fields,
  demonstrations,
}: {
  models: readonly ModelClient[];
  rungs: readonly (RungName | null)[];
  fields: readonly DeclaredField[];
  demonstrations: DemonstrationsByField;
}): { maximumTokens: number; tokenizer: Tokenizer } {
  const rooms = models.map(({ limits, tokenizer }, index) => {
    const count = (text: string): number => tokenizer.count(text);
    const prompt = count(extractionPrompt(fields, { title: '', text: '' }));
    const shown = fields.map(({ name }) => demonstrations.get(name) ?? []);
    const sumOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + count(text), 0);
    const texts = Math.max(...shown.map((examples) => sumOf(examples.map(({ text }) => text))));
    const values = shown.flat().map(({ value }) => value);
    const rung = rungs[index] ?? null;
    const before = Math.max(
      rung === 'demonstrations' ? 0 : prompt,
      rung === 'demonstrations' || rung === null ? texts + sumOf(values) + frameOfValue * values.length : 0,
    );
    return { room: roomOf(limits, before), tokenizer };
  });
  const [least] = rooms.sort((left, right) => left.room - right.room);
  if (least === undefined) throw new TypeError('A reader needs a model.');
  return { maximumTokens: Math.min(least.room, longestPassageTokens), tokenizer: least.tokenizer };
}

/** Where hardly any room is left, passages are short, and the client refuses what does not fit. */
function roomOf(limits: ModelLimits, before: number): number {
  const left = limits.windowTokens - outputTokens(limits) - before - frameTokens;
  return Math.max(left, Math.floor(limits.windowTokens / 8), 1);
}
