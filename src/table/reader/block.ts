import type { Line } from './lines.ts';

/** A heading as the document marks it up, or a line that stands as one. */
export interface HeadingBlock {
  readonly kind: 'heading';
  /** 1 to 6 for marked headings; more for lines that only look like headings. */
  readonly level: number;
  readonly start: number;
  readonly end: number;
  /** The heading's words, without the marks around them. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** Whether running text below counts as its value, or numbers, dates and lists alone. */
  readonly takesText: boolean;
}

/** Lines that stand together and are nothing else. */
export interface ParagraphBlock {
  readonly kind: 'paragraph';
  readonly lines: readonly Line[];
}

export interface ListItem {
  readonly start: number;
  /** After the bullet or number. */
  readonly contentStart: number;
  readonly end: number;
  readonly indent: number;
  /** The item's own lines; the first one begins at `contentStart`. */
  readonly lines: readonly Line[];
}

export interface ListBlock {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly ListItem[];
}

/** Lines with cells between pipes. `delimiter` is the index of the `|---|` line, or -1. */
export interface PipeTableBlock {
  readonly kind: 'pipe-table';
  readonly lines: readonly Line[];
  readonly delimiter: number;
}

/** Lines whose cells are set apart by gaps or tabs. */
export interface TextTableBlock {
  readonly kind: 'text-table';
  readonly lines: readonly Line[];
}

/** Lines `Key: value`, with indented lines that go on in a value, as in mail headers and package records. */
export interface RecordBlock {
  readonly kind: 'record';
  readonly lines: readonly Line[];
}

/** An HTML table that was left in the text. */
export interface HtmlTableBlock {
  readonly kind: 'html-table';
  readonly start: number;
  readonly end: number;
}

/** What is not read as statements: code, quotations of others, rules. */
export interface SkippedBlock {
  readonly kind: 'skipped';
  readonly start: number;
  readonly end: number;
}

export type Block =
  | HeadingBlock
  | ParagraphBlock
  | ListBlock
  | PipeTableBlock
  | TextTableBlock
  | RecordBlock
  | HtmlTableBlock
  | SkippedBlock;
