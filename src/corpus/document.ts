/** The formats a file's content can have, recognised by content first and by extension second. */
export const documentFormats = [
  'markdown',
  'text',
  'html',
  'pdf',
  'docx',
  'xlsx',
  'csv',
  'json',
  'jsonl',
  'email',
  'mbox',
] as const;

export type DocumentFormat = (typeof documentFormats)[number];

/**
 * Where a piece of a document's stored text came from in its source file. Lines, pages and paragraphs count
 * from 1. `pointer` is a JSON pointer (RFC 6901). `row` is the record number of a CSV or JSONL file, counted
 * from 1 without the header.
 */
export interface SourceLocation {
  readonly line?: number;
  readonly page?: number;
  readonly paragraph?: number;
  readonly sheet?: string;
  readonly cell?: string;
  readonly pointer?: string;
  readonly row?: number;
}

/**
 * The map from a document's stored text back to its source. Segments are sorted by `start` (UTF-16 code units
 * of the stored text); each reaches up to the next one's start. An empty map means that the stored text is the
 * file's own text, line by line, from `firstLine` on.
 */
export interface SourceMap {
  readonly firstLine?: number;
  readonly segments: readonly { readonly start: number; readonly location: SourceLocation }[];
}

/**
 * A text with an identity. Each row of a CSV, XLSX or JSONL file and each message of an mbox is a document of
 * its own; every other file is one document.
 */
export interface CorpusDocument {
  /** Unique and stable in its corpus: the path, and `#row=17`, `#message=3`, `#Sheet1!5` for a part of a file. */
  readonly id: string;
  /** The path relative to the corpus root, with forward slashes. */
  readonly path: string;
  /** What tells this document from the others of the same file, or null where the file is one document. */
  readonly fragment: string | null;
  /** The title that the document states (first heading, `<title>`, subject, name column), or null. */
  readonly title: string | null;
  readonly format: DocumentFormat;
  /** Plain text or Markdown: headings, lists and tables survive as Markdown. Line ends are `\n`. */
  readonly text: string;
  readonly sourceMap: SourceMap;
  /** SHA-256 of title and text, in hexadecimal. */
  readonly hash: string;
  /** Length of the text in tokens of the corpus's tokenizer. */
  readonly tokens: number;
}
