import { escapeMarkers } from '../models/prompts/index.ts';
import { cannotAnswer } from '../models/prompts/index.ts';
import type { CorpusDocument } from '../corpus/index.ts';
import { askTables } from '../questions/index.ts';
import { tablesInMemory } from '../table/index.ts';
import type { RememberedReadings } from './remembered-readings.ts';
import { writeAnswer } from './write-answer.ts';

/**
 * Answers a question from documents of a prompt: reads them, builds their tables, computes, and says the answer in the
 * prescribed form below what was assumed on the way; or says that, and why, it cannot.
 */
export async function answerDocuments({
  documents,
  question,
  remarks = [],
  readings,
  signal,
}: {
  documents: readonly CorpusDocument[];
  question: string;
  /** What else the reader of the answer should know. */
  remarks?: readonly string[];
  readings: RememberedReadings;
  signal?: AbortSignal | undefined;
}): Promise<string> {
  const tables = await tablesInMemory({ documents, read: (document) => readings.of(document), signal });
  try {
    const reply = await askTables({ question, catalog: tables.catalog, runSql: tables.sql });
    const said = (notes: readonly string[], last: string): string =>
      [...[...remarks, ...notes].map(escapeMarkers), last].join('\n');
    if (reply.status === 'failed') return refuse(reply.error.message, remarks);
    if (reply.status === 'refused') return refuse(reply.reason, remarks);
    return said(reply.notes, `The answer is: ${writeAnswer(reply)}`);
  } finally {
    tables.close();
  }
}

/** A reply that gives no answer. */
export function refuse(reason: string, remarks: readonly string[] = []): string {
  return [`${cannotAnswer} ${reason}`, ...remarks].join('\n');
}
