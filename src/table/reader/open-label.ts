/**
 * A label that stands alone and waits for the value in the block below it: a heading, a line in bold, or a line
 * that ends in a colon.
 */
export interface OpenLabel {
  readonly label: string;
  readonly start: number;
  /** Whether running text below counts as its value, or numbers, dates and lists alone. */
  readonly takesText: boolean;
  /** Whether it is no heading but a label, so that the block below is its value and nothing else. */
  readonly isLabel: boolean;
}
