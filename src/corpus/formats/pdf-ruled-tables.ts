import type { Chunk, PageContent, Ruling } from './pdf-geometry.ts';
import { groupLines } from './pdf-lines.ts';
import type { Line } from './pdf-lines.ts';
import { quantity, tableCell } from './pdf-table.ts';
import type { PdfTable, PdfTableRow } from './pdf-table.ts';
import type { TableCell } from './table-grid.ts';

/** In points. */
const sameLine = 3;
const touching = 4;
const mostRulings = 1500;

/** The tables of a page whose cells are drawn with lines, and the chunks that stand in none of them. */
export function ruledTables(page: PageContent): {
  readonly tables: PdfTable[];
  readonly rest: readonly Chunk[];
} {
  const horizontal = mergeRulings(page.horizontal);
  const vertical = mergeRulings(page.vertical);
  const tables: PdfTable[] = [];
  let rest = page.chunks;
  if (horizontal.length + vertical.length > mostRulings) return { tables, rest };
  for (const group of connected(horizontal, vertical)) {
    const grid = makeGrid(group);
    if (grid === null) continue;
    const inside: Chunk[] = [];
    const outside: Chunk[] = [];
    for (const chunk of rest) (isInside(chunk, grid) ? inside : outside).push(chunk);
    const table = fillGrid(grid, inside, page.number);
    if (table === null) continue;
    tables.push(table);
    rest = outside;
  }
  return { tables, rest };
}

/** Joins lines that go on in each other, and those that are drawn double. */
function mergeRulings(rulings: readonly Ruling[]): Ruling[] {
  const sorted = rulings.toSorted((first, second) => first.at - second.at || first.from - second.from);
  const clusters: { at: number; count: number; spans: Ruling[] }[] = [];
  for (const ruling of sorted) {
    const last = clusters.at(-1);
    if (last !== undefined && ruling.at - last.at / last.count <= sameLine) {
      last.at += ruling.at;
      last.count += 1;
      last.spans.push(ruling);
    } else {
      clusters.push({ at: ruling.at, count: 1, spans: [ruling] });
    }
  }
  return clusters.flatMap(({ at, count, spans }) => {
    const merged: { at: number; from: number; to: number }[] = [];
    for (const span of spans.sort((first, second) => first.from - second.from)) {
      const last = merged.at(-1);
      if (last !== undefined && span.from - last.to <= touching) last.to = Math.max(last.to, span.to);
      else merged.push({ at: at / count, from: span.from, to: span.to });
    }
    return merged;
  });
}

interface RulingGroup {
  readonly horizontal: Ruling[];
  readonly vertical: Ruling[];
}

/** Groups lines that touch or cross each other. */
function connected(horizontal: readonly Ruling[], vertical: readonly Ruling[]): RulingGroup[] {
  const parents = Array.from({ length: horizontal.length + vertical.length }, (_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    for (let at = index; at !== root;) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  for (const [index, across] of horizontal.entries()) {
    for (const [other, down] of vertical.entries()) {
      const meets =
        down.at >= across.from - touching &&
        down.at <= across.to + touching &&
        across.at >= down.from - touching &&
        across.at <= down.to + touching;
      if (meets) parents[find(index)] = find(horizontal.length + other);
    }
  }
  const groups = new Map<number, RulingGroup>();
  const groupOf = (index: number): RulingGroup => {
    const root = find(index);
    const group = groups.get(root) ?? { horizontal: [], vertical: [] };
    groups.set(root, group);
    return group;
  };
  for (const [index, ruling] of horizontal.entries()) groupOf(index).horizontal.push(ruling);
  for (const [index, ruling] of vertical.entries()) groupOf(horizontal.length + index).vertical.push(ruling);
  return [...groups.values()].filter((group) => group.horizontal.length > 0 && group.vertical.length > 0);
}

interface Grid extends RulingGroup {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** The edges of columns and rows. A table whose outer edges are not drawn ends where its lines end. */
function makeGrid(group: RulingGroup): Grid | null {
  const xs = edges(group.vertical, group.horizontal);
  const ys = edges(group.horizontal, group.vertical);
  return xs.length < 3 || ys.length < 2 ? null : { ...group, xs, ys };
}

function edges(rulings: readonly Ruling[], crossing: readonly Ruling[]): number[] {
  const ends = crossing.flatMap((ruling) => [ruling.from, ruling.to]);
  const places = [...rulings.map((ruling) => ruling.at), Math.min(...ends), Math.max(...ends)];
  const result: number[] = [];
  for (const place of places.sort((first, second) => first - second)) {
    const last = result.at(-1);
    if (last === undefined || place - last > sameLine + 1) result.push(place);
  }
  return result;
}

const middle = (chunk: Chunk): { x: number; y: number } => ({
  x: (chunk.left + chunk.right) / 2,
  y: chunk.y - chunk.size * 0.3,
});

function isInside(chunk: Chunk, grid: Grid): boolean {
  const { x, y } = middle(chunk);
  const [left = 0, top = 0] = [grid.xs[0], grid.ys[0]];
  const [right = 0, bottom = 0] = [grid.xs.at(-1), grid.ys.at(-1)];
  return x > left - 2 && x < right + 2 && y > top - 2 && y < bottom + 2;
}

function fillGrid(grid: Grid, chunks: readonly Chunk[], page: number): PdfTable | null {
  const { xs, ys } = grid;
  const rows: PdfTableRow[] = [];
  let isSplit = false;
  for (let band = 0; band + 1 < ys.length; band += 1) {
    const [top = 0, bottom = 0] = [ys[band], ys[band + 1]];
    const inBand = chunks.filter((chunk) => {
      const { y } = middle(chunk);
      return y >= (band === 0 ? top - 2 : top) && y < (band + 2 === ys.length ? bottom + 2 : bottom);
    });
    const parts = splitBand(groupLines(inBand, page), xs);
    isSplit ||= parts.length > 1;
    for (const lines of parts) rows.push(gridRow({ grid, lines, y: (top + bottom) / 2, page }));
  }
  if (!isSplit) repeatMergedLabels(grid, rows);
  const filled = rows.filter((row) => row.cells.some((cell) => cell.text !== ''));
  const cells = filled.flatMap((row) => row.cells.filter((cell) => cell.text !== ''));
  const severalColumns = filled.some((row) => row.cells.filter((cell) => cell.text !== '').length > 1);
  if (filled.length < 2 || cells.length < 4 || !severalColumns) return null;
  return { kind: 'table', page, top: ys[0] ?? 0, bottom: ys.at(-1) ?? 0, edges: xs, rows: filled };
}

/** Where no lines part the rows, each line of numbers is a row of its own. */
function splitBand(lines: readonly Line[], xs: readonly number[]): (readonly Line[])[] {
  const starts = lines.filter((line) => {
    const numbers = line.chunks.filter(
      (chunk) => quantity.test(chunk.text) && columnAt(xs, middle(chunk).x) > 0,
    );
    return numbers.length > 0 && line.chunks.some((chunk) => columnAt(xs, middle(chunk).x) === 0);
  });
  if (starts.length < 3 || starts.length < lines.length * 0.5) return [lines];
  const rows: Line[][] = [];
  for (const line of lines) {
    const last = rows.at(-1);
    const isFirstColumnOnly = line.chunks.every((chunk) => columnAt(xs, middle(chunk).x) === 0);
    if (last === undefined || starts.includes(line) || isFirstColumnOnly) rows.push([line]);
    else last.push(line);
  }
  return rows;
}

/** A label in a cell that is merged over several rows stands somewhere in its middle, and holds for all of them. */
function repeatMergedLabels(grid: Grid, rows: PdfTableRow[]): void {
  for (let column = 0; column + 1 < grid.xs.length; column += 1) {
    const x = ((grid.xs[column] ?? 0) + (grid.xs[column + 1] ?? 0)) / 2;
    let first = 0;
    for (let band = 1; band <= rows.length; band += 1) {
      if (band < rows.length && !isDrawnAcross(grid, x, grid.ys[band] ?? 0)) continue;
      repeatLabel(rows, { column, first, end: band });
      first = band;
    }
  }
}

function repeatLabel(rows: PdfTableRow[], span: { column: number; first: number; end: number }): void {
  const { column, first, end } = span;
  const places = rows.slice(first, end).map((row) => cellAtColumn(row, column));
  const filled = places.filter((cell) => cell !== null && cell.text !== '');
  const [label] = filled;
  if (end - first < 2 || filled.length !== 1 || label === undefined || label === null) return;
  if (quantity.test(label.text) || places.some((cell) => cell?.columnSpan !== 1)) return;
  for (let index = first; index < end; index += 1) {
    const row = rows[index];
    if (row === undefined) continue;
    const own = cellAtColumn(row, column);
    rows[index] = { ...row, cells: row.cells.map((cell) => (cell === own ? label : cell)) };
  }
}

function cellAtColumn(row: PdfTableRow, column: number): TableCell | null {
  let at = 0;
  for (const cell of row.cells) {
    if (at === column) return cell;
    at += cell.columnSpan;
  }
  return null;
}

/** Whether a horizontal line at the height `y` passes `x`. */
function isDrawnAcross(grid: Grid, x: number, y: number): boolean {
  return grid.horizontal.some(
    (ruling) => Math.abs(ruling.at - y) <= sameLine + 1 && ruling.from - 1 <= x && x <= ruling.to + 1,
  );
}

function columnAt(xs: readonly number[], x: number): number {
  let column = 0;
  while (column + 2 < xs.length && x >= (xs[column + 1] ?? 0)) column += 1;
  return column;
}

function gridRow(options: {
  readonly grid: Grid;
  readonly lines: readonly Line[];
  readonly y: number;
  readonly page: number;
}): PdfTableRow {
  const { grid, lines, y, page } = options;
  const cells: TableCell[] = [];
  for (let column = 0; column + 1 < grid.xs.length;) {
    const first = column;
    do column += 1;
    while (column + 1 < grid.xs.length && !isDrawn(grid, grid.xs[column] ?? 0, y));
    const [left = 0, right = 0] = [grid.xs[first], grid.xs[column]];
    const own = lines.map((line) =>
      line.chunks.filter((chunk) => {
        const at = columnAt(grid.xs, middle(chunk).x);
        return at >= first && at < column;
      }),
    );
    cells.push(tableCell({ lines: own, width: right - left, columnSpan: column - first }));
  }
  return { cells, location: { page } };
}

/** Whether a vertical line at `x` passes the height `y`. */
function isDrawn(grid: Grid, x: number, y: number): boolean {
  return grid.vertical.some(
    (ruling) => Math.abs(ruling.at - x) <= sameLine + 1 && ruling.from - 1 <= y && y <= ruling.to + 1,
  );
}
