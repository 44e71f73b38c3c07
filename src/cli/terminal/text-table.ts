import Table from 'cli-table3';
import { displayWidth, oneLine, shorten } from './display-text.ts';
import type { Screen } from './screen.ts';

export interface TextColumn {
  readonly header: string;
  readonly align?: 'left' | 'right';
  /** Its cells are shortened only after those of all other columns. */
  readonly whole?: boolean;
}

const gap = 2;
/** Columns are not made narrower than this; those that then do not fit are left out. */
const smallestColumn = 8;

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(gap),
};

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
  const cells = rows.map((row) => columns.map((_, index) => oneLine(row[index] ?? '')));
  const headers = columns.map(({ header }) => oneLine(header));
  const natural = headers.map((header, index) =>
    Math.max(1, displayWidth(header), ...cells.map((row) => displayWidth(row[index] ?? ''))),
  );
  const whole = columns.map((column) => column.whole ?? false);
  const widths = fitWidths({ natural, whole, available: screen.width - indent });
  const table = new Table({
    head: headers.slice(0, widths.length).map((header, index) => shorten(header, widths[index] ?? 0)),
    colWidths: widths,
    colAligns: columns.slice(0, widths.length).map(({ align }) => align ?? 'left'),
    chars: noBorders,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  for (const row of cells) {
    table.push(widths.map((width, index) => shorten(row[index] ?? '', width)));
  }
  const [head = '', ...body] = table.toString().split('\n');
  const hidden = headers.slice(widths.length);
  const lines = [screen.paint('bold', head.trimEnd()), ...body.map((line) => line.trimEnd())];
  if (hidden.length > 0) {
    const names = shorten(`… and ${hidden.length} more columns: ${hidden.join(', ')}`, screen.width - indent);
    lines.push(screen.paint('dim', names));
  }
  return lines.map((line) => ' '.repeat(indent) + line).join('\n');
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
  const narrowed = (index: number, keepWhole: boolean, cap: number): number => {
    const width = widths[index] ?? 0;
    return keepWhole && whole[index] === true ? width : Math.min(width, cap);
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
