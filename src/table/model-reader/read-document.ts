import { splitIntoWindows, type TextWindow, type Tokenizer } from '../../corpus/index.ts';
import { addCosts, ModelError, noCost, type Cost } from '../../models/index.ts';
import { passageTitle } from '../passage-title.ts';
import { modelRule, type Reading } from '../reading.ts';
import type { StoredDocument } from '../store/list-documents.ts';
import { askEnsemble } from './ask-ensemble.ts';
import { citeValue, type Citation } from './cite-value.ts';
import type { DeclaredField } from './declared-field.ts';
import type { DemonstrationsByField } from './demonstrations.ts';
import type { Ensemble } from './ensemble.ts';
import { FoldedText } from './folded-text.ts';
import type { Decision, ValueVote } from './majority.ts';
import type { ModelOutcome, OutcomeStatus } from './model-outcome.ts';

/** What came of reading a document, and why some of its fields are still to be read. */
export interface DocumentOutcome {
  readonly outcomes: readonly ModelOutcome[];
  readonly failure: ModelError | null;
  readonly cost: Cost;
  /** Readings that rest on all of what was read: choices without words of their own. */
  readonly wholePassages: number;
}

export interface DocumentReading {
  readonly ensemble: Ensemble;
  readonly fields: readonly DeclaredField[];
  readonly demonstrations: DemonstrationsByField;
  readonly tokenizer: Tokenizer;
  /** How long a passage may be; a longer document is read in windows. */
  readonly maximumTokens: number;
  readonly signal?: AbortSignal | undefined;
}

/** What one window says of a field. */
interface WindowResult {
  readonly field: DeclaredField;
  readonly status: OutcomeStatus | 'failed';
  readonly reading: Reading | null;
  readonly basis: Citation['basis'] | null;
}

/** Reads fields from a document, window by window. A field of which a window failed is left for another time. */
export async function readDocumentByModels(
  document: StoredDocument,
  request: DocumentReading,
): Promise<DocumentOutcome> {
  const { ensemble, fields } = request;
  const results: WindowResult[] = [];
  let failure: ModelError | null = null;
  let cost = noCost;
  const { text } = document;
  const { tokenizer, maximumTokens } = request;
  const windows: TextWindow[] = splitIntoWindows({ text, tokenizer, maximumTokens });
  for (let window = windows.shift(); window !== undefined; window = windows.shift()) {
    try {
      const read = await readWindow({ document, window, request });
      results.push(...read.results);
      failure ??= read.failure;
      cost = addCosts(cost, read.cost);
    } catch (error) {
      const halves =
        error instanceof ModelError && error.kind === 'too-long' ? halve(window, text, tokenizer) : [];
      if (halves.length < 2) throw error;
      windows.unshift(...halves);
    }
  }
  const outcomes = fields.flatMap((field): ModelOutcome | [] => {
    const own = results.filter((result) => result.field === field);
    if (own.some(({ status }) => status === 'failed')) return [];
    const readings = own.flatMap(({ reading }) => reading ?? []);
    const { name } = field;
    const [documentHash, definition, reader] = [document.hash, field.definition, ensemble.id];
    return { documentHash, field: name, definition, reader, status: statusOf(own), readings };
  });
  const wholePassages = results.filter(({ basis }) => basis === 'passage').length;
  return { outcomes, failure, cost, wholePassages };
}

/** The tokenizer may count less than the model does. */
function halve(window: TextWindow, text: string, tokenizer: Tokenizer): TextWindow[] {
  const part = text.slice(window.start, window.end);
  const halves = splitIntoWindows({
    text: part,
    tokenizer,
    maximumTokens: Math.max(1, Math.ceil(window.tokens / 2)),
  });
  return halves.map(({ start, end, tokens }) => ({
    start: window.start + start,
    end: window.start + end,
    tokens,
  }));
}

/** The document's status is the best that any of its windows has. */
function statusOf(results: readonly WindowResult[]): OutcomeStatus {
  const order: readonly OutcomeStatus[] = ['stated', 'uncited', 'no-majority'];
  return order.find((status) => results.some((result) => result.status === status)) ?? 'not-stated';
}

async function readWindow({
  document,
  window,
  request,
}: {
  document: StoredDocument;
  window: TextWindow;
  request: DocumentReading;
}): Promise<{ results: WindowResult[]; failure: ModelError | null; cost: Cost }> {
  const { ensemble, fields, demonstrations, signal } = request;
  const text = document.text.slice(window.start, window.end);
  const { decisions, failure, cost } = await askEnsemble({
    ensemble,
    fields,
    passage: { title: passageTitle(document), text },
    documentHash: document.hash,
    demonstrations,
    signal,
  });
  let passage: FoldedText | null = null;
  const results = fields.map((field): WindowResult => {
    const decision = decisions.get(field.name);
    if (decision?.status !== 'value') {
      return { field, status: silentStatus(decision, failure), reading: null, basis: null };
    }
    passage ??= new FoldedText(text);
    for (const vote of decision.votes) {
      const citation = citeValue({ ...vote, field, passage });
      if (citation === null) continue;
      const reading = toReading({ vote, citation, field, offset: window.start, reader: ensemble.id });
      return { field, status: 'stated', reading, basis: citation.basis };
    }
    return { field, status: 'uncited', reading: null, basis: null };
  });
  return { results, failure, cost };
}

/** Where votes are missing, another time may give a majority. */
function silentStatus(decision: Decision | undefined, failure: ModelError | null): OutcomeStatus | 'failed' {
  if (decision?.status === 'not-stated') return 'not-stated';
  return failure === null ? 'no-majority' : 'failed';
}

function toReading({
  vote: { value },
  citation: { quote, value: place },
  field,
  offset,
  reader,
}: {
  vote: ValueVote;
  citation: Citation;
  field: DeclaredField;
  offset: number;
  reader: string;
}): Reading {
  return {
    section: [],
    label: field.label.split(' > '),
    entity: null,
    start: offset + quote.start,
    end: offset + quote.end,
    valueStart: offset + place.start,
    valueEnd: offset + place.end,
    value,
    period: null,
    rule: `${modelRule}${reader}`,
  };
}
