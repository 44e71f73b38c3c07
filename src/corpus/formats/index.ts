import type { DocumentFormat } from '../document.ts';
import type { FormatParser, StreamParser } from './format-parser.ts';

/**
 * How the files of a format are read: as a whole, up to a size limit, or as a stream of records of any number.
 * Each parser is loaded when the first file needs it.
 */
export type FormatReader =
  | { readonly reads: 'whole'; readonly load: () => Promise<FormatParser> }
  | { readonly reads: 'stream'; readonly load: () => Promise<StreamParser> };

/** The parser of each format. */
export const formatReaders: Readonly<Record<DocumentFormat, FormatReader>> = {
  markdown: { reads: 'whole', load: async () => (await import('./markdown.ts')).parseMarkdown },
  text: { reads: 'whole', load: async () => (await import('./markdown.ts')).parseText },
  html: { reads: 'whole', load: async () => (await import('./html.ts')).parseHtml },
  pdf: { reads: 'whole', load: async () => (await import('./pdf.ts')).parsePdf },
  docx: { reads: 'whole', load: async () => (await import('./docx.ts')).parseDocx },
  xlsx: { reads: 'whole', load: async () => (await import('./xlsx.ts')).parseXlsx },
  csv: { reads: 'stream', load: async () => (await import('./csv.ts')).parseCsv },
  json: { reads: 'whole', load: async () => (await import('./json.ts')).parseJson },
  jsonl: { reads: 'stream', load: async () => (await import('./jsonl.ts')).parseJsonLines },
  email: { reads: 'whole', load: async () => (await import('./email.ts')).parseEmail },
  mbox: { reads: 'stream', load: async () => (await import('./mbox.ts')).parseMbox },
};
