import type { CleanText } from './clean-text.ts';

/** A table as rows of cells, whatever its notation. Rows may be of unequal length. */
export interface Grid {
  readonly rows: readonly (readonly CleanText[])[];
  /** How many rows at the top the notation marks as header; 0 where it marks none. */
  readonly markedHeaderRows: number;
}
