/**
 * What a piece of text means once its notation is taken away. Numbers carry their full magnitude (12.5 in a
 * table "in millions" is 12500000); a percentage is 12.34 for 12.34 %; a date is ISO 8601 with the precision
 * that is stated (`2021`, `2021-03`, `2021-03-09`).
 */
export type ReadValue =
  | {
      readonly type: 'number';
      readonly number: number;
      readonly unit: string | null;
      readonly bound: Bound | null;
    }
  | { readonly type: 'percentage'; readonly number: number; readonly bound: Bound | null }
  | { readonly type: 'date'; readonly date: string }
  | { readonly type: 'boolean'; readonly boolean: boolean }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  /** The document states that it has no value: "NA", "n/a", a dash, "not reported". */
  | { readonly type: 'missing' };

/**
 * What a number that is not exact stands for: "about 5", "less than 5", "more than 5", or the lower end of a
 * range (whose middle is the number).
 */
export type Bound = 'approximate' | 'below' | 'above' | 'range';

/** With this begins the rule of what a language model read. */
export const modelRule = 'model:';

/**
 * One statement of a value in a document, as the pattern reader finds it, before anyone has decided which field
 * of the table it belongs to. Offsets are UTF-16 code units of the document's stored text.
 */
export interface Reading {
  /**
   * The headings (or groups of a table, or parent keys) above the statement, outermost first, without the
   * document's own title.
   */
  readonly section: readonly string[];
  /** The attribute in the document's words; sub-labels are further elements: `['total']`, `['male', '15-24']`. */
  readonly label: readonly string[];
  /**
   * The row label where the statement may be about something other than the document itself: the cell of a
   * table whose rows could be entities. Null otherwise. For such a cell, `label` is the column header.
   */
  readonly entity: string | null;
  /** The statement that is cited: label and value where they stand together, else the value. */
  readonly start: number;
  readonly end: number;
  /** The value alone, within the text (not always within the quote: a caption may add its scale). */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly value: ReadValue;
  /** `2021`, `2021-Q3`, `2021-03`, or `2020/2021` for a span of years; null where none is stated. */
  readonly period: string | null;
  /**
   * The rule that made the reading, e.g. `label`, `heading`, `markdown-table`, `record`, `sentence-count`; of a
   * language model {@link modelRule} and the reader's id.
   */
  readonly rule: string;
}
