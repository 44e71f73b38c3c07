import type { CleanText } from './clean-text.ts';
import type { Grid } from './grid.ts';
import { cleanInline } from './inline-markup.ts';
import { isBlank } from './lines.ts';
import type { Line } from './lines.ts';
import { segmentLine } from './segmented-lines.ts';
import { findColumns, placeCells } from './text-table-columns.ts';

/** The cells of a table whose columns are set apart by gaps. */
export function readTextTable(text: string, lines: readonly Line[]): Grid {
  const rows = lines.filter((line) => !isBlank(line)).map((line) => segmentLine(text, line));
  const columns = findColumns(text, rows);
  const cells: CleanText[][] = [];
  let headerRows = 0;
  let pending: CleanText | null = null;
  for (const row of rows) {
    if (row.isRule) {
      if (headerRows === 0 && cells.length > 0 && cells.length <= 4) headerRows = cells.length;
      continue;
    }
    const placed = placeCells(text, row, columns);
    const own = placed[0];
    const alone = row.segments.length === 1;
    if (pending !== null && own !== undefined && isWrapped(pending.text, own.text)) {
      cells.pop();
      placed[0] = cleanInline(text, pending.start, own.end);
    }
    cells.push(placed);
    pending = alone && placed[0] !== undefined && placed[0].text !== '' ? placed[0] : null;
  }
  const header = cells.slice(0, headerRows);
  const marked = header.every((row) => row.slice(1).every((cell) => !/^[\d(,.]*\d{5,}/u.test(cell.text)))
    ? headerRows
    : 0;
  return { rows: cells, markedHeaderRows: marked < cells.length ? marked : 0 };
}

/** "Cash at the\n  end of the year   5": a label that was wrapped before its values. */
const isWrapped = (above: string, below: string): boolean => /^\p{Ll}/u.test(below) && !/[:：]$/u.test(above);
