import type { OpenCorpus } from '../../table/index.ts';
import type { TruthTable, ValueSource } from './truth-table.ts';
import { wholeCorpusLimits } from './whole-corpus-limits.ts';

/** Which documents a benchmark is made of; what is absent restricts nothing. */
export interface DocumentFilter {
  /** CorpusQA keeps documents of 10,240 tokens or more. */
  readonly minimumTokens?: number | undefined;
  /** Numbers stated in the document: what makes it "rich in statistics". */
  readonly minimumNumbers?: number | undefined;
}

/** Leaves out the entities that a document is about which does not pass. */
export async function filterDocuments<Source extends ValueSource>({
  corpus,
  truth,
  filter: { minimumTokens = 0, minimumNumbers = 0 },
}: {
  corpus: OpenCorpus;
  truth: TruthTable<Source>;
  filter: DocumentFilter;
}): Promise<TruthTable<Source>> {
  if (minimumTokens <= 0 && minimumNumbers <= 0) return truth;
  const { rows } = await corpus.sql(
    `SELECT d.id FROM documents d LEFT JOIN (
       SELECT document, count(*) AS numbers FROM facts WHERE type IN ('number', 'percentage') GROUP BY document
     ) f ON f.document = d.id
     WHERE d.tokens < ${Math.floor(minimumTokens)} OR coalesce(f.numbers, 0) < ${Math.floor(minimumNumbers)}`,
    { limits: wholeCorpusLimits },
  );
  const left = new Set(rows.map(([id]) => String(id)));
  const entities = truth.entities.filter(({ documents }) => !documents.some((id) => left.has(id)));
  const lost = truth.entities.length - entities.length;
  const note = `${lost} entities were left out: a document of theirs does not pass the filter.`;
  return { ...truth, entities, notes: lost === 0 ? truth.notes : [...truth.notes, note] };
}
