import type { SourceLocation } from '../document.ts';
import type { TextLine } from './inline-text.ts';
import { compactColumns, expandSpans } from './table-grid.ts';
import type { GridRow, TableCell } from './table-grid.ts';

/** A table as a source states it. */
export interface SourceTable {
  readonly caption: readonly TextLine[];
  readonly rows: readonly SourceRow[];
}

export interface SourceRow {
  readonly cells: readonly TableCell[];
  /** The source marks the whole row as a header (`<thead>`, a repeated header row). */
  readonly isHeader: boolean;
  readonly location: SourceLocation;
}

/** A table as Markdown, with the lines that belong above and below it. */
export interface MarkdownTable {
  readonly above: readonly TextLine[];
  readonly lines: readonly TextLine[];
  readonly below: readonly TextLine[];
}

interface Row {
  readonly cells: GridRow;
  readonly isHeader: boolean;
  readonly location: SourceLocation;
}

const longestRepeatedText = 200;
const longestHeader = 120;
const shortestNote = 80;
const noteStart = /^(?:notes?|sources?|remarks?|[*†‡¹²³([]|\d\))/iu;
const quantity =
  /^[-+−–(]{0,2}\s?(?:[A-Z]{0,3}[$€£¥₹]|[A-Z]{3}\s)?\s?[-−–(]?\d[\d.,'\u00a0\u202f\u2009 ]{0,40}\s?[)%‰]{0,2}$/u;
const year = /^(?:FY\s?)?(?:19|20)\d\d(?:\s?[-/–]\s?(?:19|20)?\d\d)?\s?[A-Za-z*]?$/u;
const noValue = /^(?:[-–—.]{1,3}|n\/?a\.?|nil|none)$/iu;

/** Writes a table as a Markdown pipe table with one header row; several header rows of the source are joined. */
export function markdownTable(table: SourceTable): MarkdownTable {
  const rows = gridRows(table);
  const above = [...table.caption, ...takeTitleRows(rows)];
  const below = takeNoteRows(rows);
  const width = rows[0]?.cells.length ?? 0;
  if (width === 0) return { above, lines: [], below };
  const headerRows = countHeaderRows(rows);
  if (headerRows === 0 && width === 4 && rows.every(isPairOfLabelledCells)) {
    return { above, lines: pipeTable(null, rows.flatMap(splitPair), 2), below };
  }
  const header = headerRows === 0 ? null : joinHeaderRows(rows.slice(0, headerRows), width);
  const repeated = header?.cells.map((cell) => cell?.text ?? '').join('\n');
  const body = rows
    .slice(headerRows)
    .filter(
      (row) => repeated === undefined || row.cells.map((cell) => cell?.text ?? '').join('\n') !== repeated,
    );
  return { above, lines: pipeTable(header, body, width), below };
}

function gridRows(table: SourceTable): Row[] {
  const grid = compactColumns(expandSpans(table.rows.map((row) => row.cells)));
  return table.rows.flatMap((row, index) => {
    const cells = grid[index] ?? [];
    return cells.some((cell) => cell !== null && cell.text !== '')
      ? [{ cells, isHeader: row.isHeader, location: row.location }]
      : [];
  });
}

/** The only cell of a row that has text, where it stands first. */
function soleCell(row: Row): TableCell | null {
  const [first] = row.cells;
  if (first === undefined || first === null || first.text === '') return null;
  return row.cells.every((cell) => cell === null || cell === first || cell.text === '') ? first : null;
}

const spansAll = (row: Row): boolean =>
  soleCell(row) !== null && row.cells.every((cell) => cell === row.cells[0]);

/** Rows over the whole width at the top are the table's title, unless such rows divide the table into groups. */
function takeTitleRows(rows: Row[]): TextLine[] {
  const titles: TextLine[] = [];
  while (rows.length > 1) {
    const [first, second] = rows;
    if (first === undefined || second === undefined || first.cells.length < 2 || !spansAll(first)) break;
    const dividesGroups =
      !spansAll(second) && rows.slice(2).some(spansAll) && countHeaderRows(rows.slice(1)) === 0;
    if (dividesGroups) break;
    titles.push({ text: first.cells[0]?.text ?? '', location: first.location });
    rows.shift();
  }
  return titles;
}

function takeNoteRows(rows: Row[]): TextLine[] {
  const notes: TextLine[] = [];
  while (rows.length > 1) {
    const last = rows.at(-1);
    const text = last === undefined ? '' : (soleCell(last)?.text ?? '');
    if (last === undefined || last.cells.length < 2 || text === '') break;
    if (!spansAll(last) && !noteStart.test(text)) break;
    if (text.length < shortestNote && !noteStart.test(text)) break;
    notes.unshift({ text, location: last.location });
    rows.pop();
  }
  return notes;
}

/** How many rows at the top are column headers; 0 where the first row is data. */
function countHeaderRows(rows: readonly Row[]): number {
  const marked = leadingRows(rows, (row) => row.isHeader || everyCell(row, (cell) => cell.isHeader));
  if (marked > 0 && marked < rows.length) return marked;
  if (rows.some((row) => row.cells.some((cell) => cell?.isHeader === true))) return 0;
  const bold = leadingRows(rows, (row) => everyCell(row, (cell) => cell.isBold) && !spansAll(row));
  if (bold > 0 && bold < rows.length && !hasQuantity(rows[0])) return bold;
  if (!looksLikeHeader(rows)) return 0;
  const second = leadingRows(rows.slice(1), (row) => (row.cells[0]?.text ?? '') === '' && !hasQuantity(row));
  return 1 + (second < rows.length - 1 ? second : 0);
}

function leadingRows(rows: readonly Row[], test: (row: Row) => boolean): number {
  const first = rows.findIndex((row) => !test(row));
  return first === -1 ? rows.length : first;
}

function everyCell(row: Row, test: (cell: TableCell) => boolean): boolean {
  return row.cells.every((cell) => cell === null || cell.text === '' || test(cell));
}

const isQuantity = (text: string): boolean => quantity.test(text) && !year.test(text);

function hasQuantity(row: Row | undefined): boolean {
  return row?.cells.some((cell) => cell !== null && isQuantity(cell.text)) === true;
}

/**
 * Without marks in the source, the first row is a header where it has no numbers and the columns below it have;
 * a table of words alone has a header from three columns on, while two columns are labels and values.
 */
function looksLikeHeader(rows: readonly Row[]): boolean {
  const [first, ...rest] = rows;
  if (first === undefined || rest.length === 0 || hasQuantity(first)) return false;
  const texts = first.cells.map((cell) => cell?.text ?? '');
  if (texts.some((text, index) => (text === '' && index > 0) || text.length > longestHeader)) return false;
  const numeric = texts.map((_, column) => numericShare(rest, column));
  if (texts.length === 2) return rest.length > 1 && (numeric[1] ?? 0) >= 0.8;
  if (texts.some((text, column) => (numeric[column] ?? 0) >= 0.6 && text !== '')) return true;
  return (
    texts.length > 2 && texts.every((text) => text !== '' && text.length <= 60) && new Set(texts).size > 1
  );
}

function numericShare(rows: readonly Row[], column: number): number {
  let filled = 0;
  let numeric = 0;
  for (const row of rows) {
    const text = row.cells[column]?.text ?? '';
    if (text === '' || noValue.test(text)) continue;
    filled += 1;
    if (quantity.test(text)) numeric += 1;
  }
  return filled === 0 ? 0 : numeric / filled;
}

/** Four cells that are a label, its value, another label and its value. */
function isPairOfLabelledCells(row: Row): boolean {
  const isLabel = (cell: TableCell | null | undefined): boolean =>
    cell === null ||
    cell === undefined ||
    cell.text === '' ||
    cell.isHeader ||
    cell.isBold ||
    cell.text.endsWith(':');
  const [first, second, third, fourth] = row.cells;
  return (
    spansAll(row) ||
    (isLabel(first) && isLabel(third) && second?.isHeader !== true && fourth?.isHeader !== true)
  );
}

function splitPair(row: Row): Row[] {
  if (spansAll(row)) return [{ ...row, cells: row.cells.slice(0, 2) }];
  return [row.cells.slice(0, 2), row.cells.slice(2, 4)]
    .filter((cells) => cells.some((cell) => cell !== null && cell.text !== ''))
    .map((cells) => ({ ...row, cells }));
}

function joinHeaderRows(rows: readonly Row[], width: number): Row {
  const cells = Array.from({ length: width }, (_, column): TableCell | null => {
    const distinct = new Set<string>();
    let any: TableCell | null = null;
    for (const row of rows) {
      const cell = row.cells[column] ?? null;
      if (cell === null || cell.text === '') continue;
      any = cell;
      distinct.add(cell.text);
    }
    return any === null ? null : { ...any, text: [...distinct].join(' '), columnSpan: 1, rowSpan: 1 };
  });
  return { cells, isHeader: true, location: rows[0]?.location ?? {} };
}

function pipeTable(header: Row | null, body: readonly Row[], width: number): TextLine[] {
  const location = header?.location ?? body[0]?.location ?? {};
  const headerTexts = Array.from({ length: width }, (_, column) => header?.cells[column]?.text ?? '');
  const lines: TextLine[] = [
    { text: pipeRow(headerTexts), location },
    { text: `|${' --- |'.repeat(width)}`, location },
  ];
  for (const row of body) lines.push({ text: pipeRow(cellTexts(row.cells)), location: row.location });
  return lines;
}

/** A cell that spans columns is repeated in each, save a row's label: it stands once. */
function cellTexts(cells: GridRow): string[] {
  return cells.map((cell, column) => {
    if (cell === null) return '';
    const isRepeated = column > 0 && cells[column - 1] === cell;
    if (isRepeated && (cells[0] === cell || cell.text.length > longestRepeatedText)) return '';
    return cell.text;
  });
}

function pipeRow(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll('\n', ' ').replaceAll('|', '\\|')).join(' | ')} |`;
}
