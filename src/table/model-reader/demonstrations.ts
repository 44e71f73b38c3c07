import { splitIntoWindows, type Tokenizer } from '../../corpus/index.ts';
import type { Demonstrations } from '../../models/index.ts';
import { FieldsFileError } from '../fields/fields-file.ts';
import { quoteText } from '../fields/identifiers.ts';
import { passageTitle } from '../passage-title.ts';
import type { StoredDocument } from '../store/list-documents.ts';
import type { OpenCorpus } from '../store/open-corpus.ts';
import { foldLabel } from '../values/index.ts';
import { columnOf } from './align-fields.ts';
import type { DeclaredField, FieldExample } from './declared-field.ts';
import { FoldedText } from './folded-text.ts';

/** A text with what a field is in it. */
export interface Demonstration {
  /** The document it is from, which is never read with its own demonstration; null where the text was given. */
  readonly documentHash: string | null;
  readonly title: string;
  readonly text: string;
  readonly value: string;
}

/** Demonstrations of each field, by its name. */
export type DemonstrationsByField = ReadonlyMap<string, readonly Demonstration[]>;

/** What a text is called in a prompt of demonstrations. */
export const inputLabel = 'Report';

/** So many show a base model what is asked; with more it learns little, and has less room to read. */
export const demonstrationsPerField = 6;
/** Candidates among which those of different values are chosen. */
const mostCandidates = 200;

/**
 * Finds demonstrations of the fields: those that the user gave, else what the pattern reader is sure of in the same
 * corpus (labels and tables, not sentences), of different values and short. A field may have none.
 *
 * @param maximumTokens how long the text of one may be; of a longer one the part that states the value is shown.
 * @throws {FieldsFileError} when an example names a document that the corpus does not have.
 */
export async function findDemonstrations({
  corpus,
  fields,
  tokenizer,
  maximumTokens,
}: {
  corpus: OpenCorpus;
  fields: readonly DeclaredField[];
  tokenizer: Tokenizer;
  maximumTokens: number;
}): Promise<DemonstrationsByField> {
  const found = new Map<string, Demonstration[]>();
  for (const field of fields) {
    const examples = field.examples.length > 0 ? field.examples : await sureExamples(corpus, field);
    const documents = await documentsOf(corpus, examples, field);
    const demonstrations = examples.map((example) => {
      const document = example.document === null ? null : (documents.get(example.document) ?? null);
      const text = example.text ?? document?.text ?? '';
      return {
        documentHash: document?.hash ?? null,
        title: document === null ? 'Example' : passageTitle(document),
        text: partAround({ text, words: example.quote ?? example.value, tokenizer, maximumTokens }),
        value: example.value,
      };
    });
    found.set(field.name, demonstrations);
  }
  return found;
}

/** The part of a text, of so many tokens at most, that has the words; the first where none has. */
function partAround({
  text,
  words,
  tokenizer,
  maximumTokens,
}: {
  text: string;
  words: string;
  tokenizer: Tokenizer;
  maximumTokens: number;
}): string {
  const windows = splitIntoWindows({ text, tokenizer, maximumTokens: Math.max(1, maximumTokens) });
  const [first] = windows;
  const [place] = windows.length > 1 ? new FoldedText(text).find(words) : [];
  const chosen = place === undefined ? first : (windows.find(({ end }) => end > place.start) ?? first);
  return text.slice(chosen?.start, chosen?.end);
}

async function documentsOf(
  corpus: OpenCorpus,
  examples: readonly FieldExample[],
  { label }: DeclaredField,
): Promise<Map<string, StoredDocument>> {
  const names = examples.flatMap(({ document }) => document ?? []);
  if (names.length === 0) return new Map();
  const found = new Map<string, StoredDocument>();
  const list = names.map(quoteText).join(', ');
  const { rows } = await corpus.sql(
    `SELECT id, path FROM documents WHERE id IN (${list}) OR path IN (${list})`,
  );
  const nameOf = new Map(rows.flatMap(([id, path]) => [[String(id), String(path)]]));
  for await (const document of corpus.documents({ ids: [...nameOf.keys()] })) {
    found.set(document.id, document);
    if (!found.has(document.path)) found.set(document.path, document);
  }
  for (const name of names) {
    if (found.has(name)) continue;
    throw new FieldsFileError(
      `An example of "${label}" is of the document ${name}, which the corpus does not have.`,
      'Name it by its path in the corpus, as `corpuscope facts` shows it.',
    );
  }
  return found;
}

/** What documents state for the field under a label or in a table, in their own words. */
async function sureExamples(corpus: OpenCorpus, field: DeclaredField): Promise<FieldExample[]> {
  const column = columnOf(field, corpus.catalog);
  if (column === null) return [];
  const { rows } = await corpus.sql(
    `SELECT f.document, any_value(f.value_start), any_value(f.value_end)
     FROM facts f JOIN documents d ON d.id = f.document
     WHERE f.field = ${quoteText(column.label)} AND f.reader = 'patterns' AND NOT starts_with(f.rule, 'sentence')
       AND f.type <> 'missing'
     GROUP BY f.document HAVING count(*) = 1 ORDER BY any_value(d.tokens), f.document LIMIT ${mostCandidates}`,
  );
  const spans = new Map(
    rows.map(([document, start, end]) => [String(document), [Number(start), Number(end)]]),
  );
  const candidates: FieldExample[] = [];
  for await (const { id, text } of corpus.documents({ ids: [...spans.keys()] })) {
    const [start, end] = spans.get(id) ?? [];
    const value = text.slice(start, end).replaceAll(/\s+/g, ' ').trim();
    if (value !== '') candidates.push({ document: id, text: null, value, quote: null });
  }
  return ofDifferentValues(candidates);
}

/** Values are taken in turn, so that a frequent one does not crowd out the others. */
function ofDifferentValues(candidates: readonly FieldExample[]): FieldExample[] {
  const turns = [...Map.groupBy(candidates, ({ value }) => foldLabel(value)).values()];
  const chosen: FieldExample[] = [];
  for (let turn = 0; chosen.length < demonstrationsPerField; turn += 1) {
    const next = turns.flatMap((same) => same[turn] ?? []);
    if (next.length === 0) break;
    chosen.push(...next.slice(0, demonstrationsPerField - chosen.length));
  }
  return chosen;
}

/** The demonstrations of fields before a text, without any of the text's own document. */
export function demonstrationsFor({
  fields,
  demonstrations,
  documentHash,
  text,
}: {
  fields: readonly DeclaredField[];
  demonstrations: DemonstrationsByField;
  documentHash: string | null;
  text: string;
}): Demonstrations {
  const shown = fields.flatMap(({ name }) =>
    (demonstrations.get(name) ?? [])
      .filter((each) => each.documentHash === null || each.documentHash !== documentHash)
      .map((each) => ({ name, text: each.text, value: each.value })),
  );
  return {
    inputLabel,
    input: text,
    labels: Object.fromEntries(fields.map(({ name, label }) => [name, label])),
    // A text that demonstrates several fields is shown once for all of them.
    examples: [...Map.groupBy(shown, (each) => each.text)].map(([input, values]) => ({
      input,
      values: Object.fromEntries(values.map(({ name, value }) => [name, value])),
    })),
  };
}

/** The fields in groups that the same texts demonstrate, so that one prompt serves all of a group. */
export function groupByDemonstrations(
  fields: readonly DeclaredField[],
  demonstrations: DemonstrationsByField,
): DeclaredField[][] {
  const textsOf = ({ name }: DeclaredField): string =>
    JSON.stringify((demonstrations.get(name) ?? []).map(({ text }) => text));
  return [...Map.groupBy(fields, textsOf)].flatMap(([texts, group]) =>
    texts === '[]' ? group.map((field) => [field]) : [group],
  );
}
