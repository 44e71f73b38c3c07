import type { CorpusDocument } from '../../corpus/document.ts';
import type { Reading } from '../reading.ts';
import { DocumentReader } from './document-reader.ts';

/**
 * Reads all statements of a document that its layout and grammar make plain, without a model: labelled values,
 * headings with values, tables, lists, records, sentences. Pure: the same document gives the same readings, in
 * the order of the text. Never throws on any text.
 */
export function readDocument(document: CorpusDocument): Reading[] {
  return new DocumentReader(document).read();
}
