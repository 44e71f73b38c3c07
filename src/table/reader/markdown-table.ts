import type { PipeTableBlock } from './block.ts';
import type { Grid } from './grid.ts';
import { isDelimiterRow, readPipeCells } from './pipe-cells.ts';

/** The cells of a table with pipes. */
export function readPipeTable(text: string, block: PipeTableBlock): Grid {
  const rows = block.lines
    .filter((line) => !isDelimiterRow(text, line))
    .map((line) => readPipeCells(text, line));
  const above = block.lines.slice(0, Math.max(0, block.delimiter));
  const markedHeaderRows = above.filter((line) => !isDelimiterRow(text, line)).length;
  return { rows, markedHeaderRows: markedHeaderRows < rows.length ? markedHeaderRows : 0 };
}
