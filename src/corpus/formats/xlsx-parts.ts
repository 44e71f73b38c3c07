import { chooseTitleColumn, titleSampleRows } from './title-column.ts';
import {
  countHeaderRows,
  countTitleRows,
  isPeriodHeader,
  joinHeaders,
  listsAttributes,
} from './xlsx-headers.ts';
import { columnsOf } from './xlsx-sheet.ts';
import { splitSideBySide } from './xlsx-side-by-side.ts';
import type { SheetCell, SheetRow } from './xlsx-sheet.ts';

/**
 * A part of a sheet, by what it is made for:
 * - `text`: titles, captions and notes, one cell a row;
 * - `form`: a label in the first column, its value beside it;
 * - `table`: rows that are attributes (a statement with periods as columns, a list of metrics), or rows without a
 *   header that would tell;
 * - `records`: rows that are entities, under a header.
 */
export type SheetPart =
  | { readonly kind: 'text'; readonly rows: readonly SheetRow[] }
  | { readonly kind: 'form'; readonly titles: readonly SheetRow[]; readonly rows: readonly SheetRow[] }
  | {
      readonly kind: 'table';
      readonly titles: readonly SheetRow[];
      readonly headerRows: readonly SheetRow[];
      readonly rows: readonly SheetRow[];
    }
  | {
      readonly kind: 'records';
      readonly titles: readonly SheetRow[];
      readonly columns: readonly number[];
      readonly headers: readonly string[];
      /** The index among `columns` of the one that names the records. */
      readonly titleColumn: number | null;
      readonly headerRows: readonly SheetRow[];
      readonly records: readonly SheetRecord[];
      /** Rows at the end that sum up the others. */
      readonly totals: number;
    };

export interface SheetRecord {
  readonly row: SheetRow;
  /** The heading within the table that the record stands under. */
  readonly group: SheetRow | null;
}

/**
 * Divides a sheet into parts. Empty rows part tables, and empty columns those that stand side by side; a part that has neither title nor header of its own, and
 * fits into the columns of the one before, goes on with it.
 */
export function sheetParts(rows: readonly SheetRow[]): SheetPart[] {
  const regions: SheetRow[][] = [];
  for (const row of rows) {
    const region = regions.at(-1);
    const last = region?.at(-1);
    if (region === undefined || last === undefined || row.number - last.number > 1) regions.push([row]);
    else region.push(row);
  }
  const joined: SheetRow[][] = [];
  for (const region of regions) {
    const before = joined.at(-1);
    if (before !== undefined && goesOn(before, region)) before.push(...region);
    else joined.push(region);
  }
  return joined.flatMap(splitSideBySide).map(readPart);
}

function goesOn(before: readonly SheetRow[], region: readonly SheetRow[]): boolean {
  const titles = countTitleRows(before);
  if (titles === before.length) return false;
  const isForm = columnsOf(before.slice(titles)).length <= 2;
  if (countTitleRows(region) > 0) return false;
  if (!isForm && countHeaderRows(before.slice(titles)) === 0) return false;
  const columns = new Set(columnsOf(before));
  return countHeaderRows(region) === 0 && columnsOf(region).every((column) => columns.has(column));
}

function readPart(region: readonly SheetRow[]): SheetPart {
  const titleRows = countTitleRows(region);
  if (titleRows === region.length) return { kind: 'text', rows: region };
  const titles = region.slice(0, titleRows);
  const rows = region.slice(titleRows);
  const columns = columnsOf(rows);
  const headerRowCount = countHeaderRows(rows);
  const headerRows = rows.slice(0, headerRowCount);
  const body = rows.slice(headerRowCount);
  if (headerRowCount === 0) {
    // Headings of a form stand where titles do.
    return isForm(rows)
      ? { kind: 'form', titles: [], rows: region }
      : { kind: 'table', titles, headerRows, rows };
  }
  const headers = joinHeaders(headerRows, columns);
  if (listsAttributes(headers) && isForm(body)) return { kind: 'form', titles, rows: body };
  if (hasAttributeRows(headers, body, columns)) return { kind: 'table', titles, headerRows, rows: body };
  return readRecords({ titles, columns, headers, headerRows, body });
}

/** Most rows have a label, in the first column of the part, and one value, which may go on below. */
function isForm(rows: readonly SheetRow[]): boolean {
  const [labelColumn] = columnsOf(rows);
  const fitting = rows.filter((row) => {
    const [first] = row.cells;
    return (
      first !== undefined && row.cells.length <= 2 && first.column === labelColumn && first.type === 'text'
    );
  });
  return fitting.length >= rows.length * 0.8;
}

/**
 * Rows are attributes where most columns are periods, where the header says so, or where values are alike along
 * the rows and not down the columns.
 */
function hasAttributeRows(
  headers: readonly string[],
  body: readonly SheetRow[],
  columns: readonly number[],
): boolean {
  if (listsAttributes(headers)) return true;
  const named = headers.slice(1).filter((header) => header !== '');
  const periods = named.filter(isPeriodHeader);
  if (periods.length > 0 && periods.length * 2 >= named.length) return true;
  const [firstColumn] = columns;
  const cells = body
    .slice(0, titleSampleRows)
    .map((row) => row.cells.filter((cell) => cell.column !== firstColumn));
  const byColumn = Map.groupBy(cells.flat(), (cell) => cell.column);
  return uniformity([...byColumn.values()]) < 0.75 && uniformity(cells) > 0.95 && columns.length > 2;
}

/** The average share of the most frequent type in lines of at least two cells. */
function uniformity(lines: readonly (readonly SheetCell[])[]): number {
  const shares = lines.flatMap((line) => {
    if (line.length < 2) return [];
    const counts = Map.groupBy(line, (cell) => cell.type);
    return [Math.max(...counts.values().map((cells) => cells.length)) / line.length];
  });
  return shares.length === 0 ? 1 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function readRecords(table: {
  readonly titles: readonly SheetRow[];
  readonly columns: readonly number[];
  readonly headers: readonly string[];
  readonly headerRows: readonly SheetRow[];
  readonly body: readonly SheetRow[];
}): SheetPart {
  const { columns, headers } = table;
  const body = withoutNotes(table.body);
  const totals = countTotalRows(body);
  const records: SheetRecord[] = [];
  let group: SheetRow | null = null;
  for (const row of body.slice(0, body.length - totals)) {
    if (row.cells.length === 1 && columns.length > 2 && row.cells[0]?.column === columns[0]) group = row;
    else if (!isTotalRow(row, { atEnd: false }) && !repeatsHeader(row, table.headerRows))
      records.push({ row, group });
  }
  const sample = records.slice(0, titleSampleRows).map((record) => rowTexts(record.row, columns));
  const titleColumn = chooseTitleColumn({ headers, rows: sample });
  const { titles, headerRows } = table;
  return { kind: 'records', titles, columns, headers, titleColumn, headerRows, records, totals };
}

/** A row's texts by column, `''` where it has none. */
export function rowTexts(row: SheetRow, columns: readonly number[]): string[] {
  const texts = new Map(row.cells.map((cell) => [cell.column, cell.text]));
  return columns.map((column) => texts.get(column) ?? '');
}

/** Single cells below a table's last row are its notes. */
function withoutNotes(body: readonly SheetRow[]): readonly SheetRow[] {
  const last = body.findLastIndex((row) => row.cells.length > 1);
  return last === -1 ? body : body.slice(0, last + 1);
}

function repeatsHeader(row: SheetRow, headerRows: readonly SheetRow[]): boolean {
  const text = row.cells.map((cell) => cell.text).join('\n');
  return headerRows.some((header) => header.cells.map((cell) => cell.text).join('\n') === text);
}

const totalWord =
  /^(?:grand\s+|sub-?\s?|over-?all\s+)?(?:totals?|sum|summe|zwischensumme|gesamt(?:summe|ergebnis)?|insgesamt|somme|ensemble|suma|totale|soma|totaal|razem|итого|всего|合计|总计|小计|总和|合計|総計|averages?|means?|medians?|durchschnitt|mittelwert|moyenne|promedio|media|平均)\s{0,3}(?=$|[:(\d])/iu;
const totalOfSomething = /^(?:grand\s+|sub-?)?total\s/iu;

/**
 * A row that sums up others: a word for it where names stand, and only numbers beside it. "Total assets" sums up
 * at the end of a table alone; elsewhere it may be a name.
 */
function isTotalRow(row: SheetRow, place: { readonly atEnd: boolean }): boolean {
  const first = row.cells.find((cell) => cell.type === 'text');
  if (first === undefined || row.cells.some((cell) => cell !== first && cell.type === 'text')) return false;
  const text = first.text.trim();
  return totalWord.test(text) || (place.atEnd && totalOfSomething.test(text));
}

function countTotalRows(body: readonly SheetRow[]): number {
  const last = body.findLastIndex((row) => !isTotalRow(row, { atEnd: true }));
  return last === -1 ? 0 : body.length - 1 - last;
}
