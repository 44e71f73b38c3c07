import type { SourceMap } from '../document.ts';

/** One file's content, as a format parser gets it. */
export interface FormatParserInput {
  /** The whole file; never empty. */
  readonly bytes: Uint8Array;
  /** The path relative to the corpus root, with forward slashes. */
  readonly path: string;
  readonly absolutePath: string;
  /** Told about each part of the file that could not be read while the rest could. */
  readonly warn?: (message: string) => void;
}

/** A document as a format parser finds it, before it has an id, a hash and a token count. */
export interface ParsedDocument {
  /** `row=17`, `message=3`, `Sheet1!5` for a part of a file; null where the file is one document. */
  readonly fragment: string | null;
  /** The title that the document states, or null. */
  readonly title: string | null;
  /** Plain text or Markdown; line ends are `\n`. */
  readonly text: string;
  readonly sourceMap: SourceMap;
}

/**
 * Turns one file's bytes into documents. Throws `UnreadableFileError` with a reason that a user understands
 * ("password protected", "no text layer") where the file as a whole cannot be read.
 */
export type FormatParser = (
  input: FormatParserInput,
) => AsyncIterable<ParsedDocument> | Iterable<ParsedDocument>;

/** A file of records that is read piece by piece, however large it is. */
export interface StreamParserInput {
  /** The file's bytes, from the start; every call reads the file anew. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** The path relative to the corpus root, with forward slashes. */
  readonly path: string;
  /** A record longer than this is passed over with a warning. */
  readonly maximumRecordBytes: number;
  /** Told about each part of the file that could not be read while the rest could. */
  readonly warn: (message: string) => void;
}

/** Like `FormatParser`, for a format whose files are not held in memory as a whole. */
export type StreamParser = (input: StreamParserInput) => AsyncIterable<ParsedDocument>;
