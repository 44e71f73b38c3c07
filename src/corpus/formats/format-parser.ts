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
