import { displayWidth, oneLine, shorten } from './display-text.ts';
import type { Screen } from './screen.ts';

export interface TextColumn {
  readonly header: string;
  readonly align?: 'left' | 'right';
  /** Its cells are shortened only after those of other columns, as long as it is not most of the table. */
  readonly whole?: boolean;
}

const gap = 2;
/** Columns are not made narrower than this; those that then do not fit are left out. */
const smallestColumn = 8;
const largestWholeShare = 0.4;

/**
 * Draws rows as a table without borders that fits the screen: the longest cells are shortened first, and columns
 * that do not fit at all are left out and named in a last line.
 */
export function textTable({
  columns,
  rows,
  screen,
  indent = 0,
}: {
  columns: readonly TextColumn[];
  rows: readonly (readonly string[])[];
  screen: Screen;
  indent?: number;
}): string {
  const headers = columns.map(({ header }) => oneLine(header));
  const cells = rows.map((row) => columns.map((_, index) => oneLine(row[index] ?? '')));
  const natural = headers.map((header, index) =>
    cells.reduce((width, row) => Math.max(width, displayWidth(row[index] ?? '')), displayWidth(header)),
  );
  const whole = columns.map((column) => column.whole ?? false);
  const widths = fitWidths({ natural, whole, available: screen.width - indent });
  const drawLine = (row: readonly string[]): string =>
    widths
      .map((width, index) => fitCell(row[index] ?? '', width, columns[index]?.align))
      .join(' '.repeat(gap));
  const lines = [headers, ...cells].map((row) => ' '.repeat(indent) + drawLine(row).trimEnd());
  const hidden = headers.slice(widths.length);
  if (hidden.length > 0) {
    const names = shorten(`… and ${hidden.length} more columns: ${hidden.join(', ')}`, screen.width - indent);
    lines.push(' '.repeat(indent) + screen.paint('dim', names));
  }
  return lines.with(0, screen.paint('bold', lines[0] ?? '')).join('\n');
}

function fitCell(text: string, width: number, align: TextColumn['align'] = 'left'): string {
  const shown = shorten(text, width);
  const padding = ' '.repeat(Math.max(0, width - displayWidth(shown)));
  return align === 'left' ? shown + padding : padding + shown;
}

/** The widths of as many columns as fit, the wide ones narrowed to one common width. */
function fitWidths({
  natural,
  whole,
  available,
}: {
  natural: readonly number[];
  whole: readonly boolean[];
  available: number;
}): number[] {
  const total = (widths: readonly number[]): number =>
    widths.reduce((sum, width) => sum + width, gap * (widths.length - 1));
  let widths = [...natural];
  while (widths.length > 1 && total(widths.map((width) => Math.min(width, smallestColumn))) > available) {
    widths = widths.slice(0, -1);
  }
  const largestWhole = Math.floor(available * largestWholeShare);
  const narrowed = (index: number, keepWhole: boolean, cap: number): number => {
    const width = widths[index] ?? 0;
    if (keepWhole && whole[index] === true) return Math.min(width, Math.max(cap, largestWhole));
    return Math.min(width, cap);
  };
  const fits = (keepWhole: boolean, cap: number): boolean =>
    total(widths.map((_, index) => narrowed(index, keepWhole, cap))) <= available;
  const keepWhole = fits(true, smallestColumn);
  let cap = Math.max(...widths);
  while (cap > 1 && !fits(keepWhole, cap)) cap -= 1;
  const fitted = widths.map((_, index) => narrowed(index, keepWhole, cap));
  // What one common width leaves over goes to the first of the columns that were cut.
  const firstCut = fitted.findIndex((width, index) => width < (natural[index] ?? 0));
  if (firstCut === -1) return fitted;
  return fitted.with(firstCut, (fitted[firstCut] ?? 0) + Math.max(0, available - total(fitted)));
}
