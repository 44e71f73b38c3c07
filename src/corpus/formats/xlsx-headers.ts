import { columnsOf } from './xlsx-sheet.ts';
import type { SheetCell, SheetRow } from './xlsx-sheet.ts';

const longestHeader = 120;
const mostHeaderRows = 4;
const periodWords =
  /\b(?:fy|cy|q[1-4]|[1-4]q|h[12]|[1-4]h|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|years?|quarters?|months?|fiscal|calendar|ended|ending|as|of|at|to|through|actual|budget|forecast|est|estimated?|restated|audited|unaudited|twelve|nine|six|three|[aefpb])\b|(?<=\d)[aefpb]\b/giu;
const yearText = /(?:19|20)\d\d/u;

/** Whether a header names nothing but a period: `2021`, `FY2020`, `Q3 2021`, `31.12.2021`, `March`. */
export function isPeriodHeader(text: string): boolean {
  const rest = text.replaceAll(periodWords, ' ');
  if (/\p{L}/u.test(rest)) return false;
  return yearText.test(rest) || (rest !== text && /^[\s\d.,'()/–-]*$/u.test(rest) && text.length <= 20);
}

/** Rows at the top that hold one cell while the table below has several are titles and captions. */
export function countTitleRows(rows: readonly SheetRow[]): number {
  const first = rows.findIndex((row) => row.cells.length > 1);
  return first === -1 ? rows.length : first;
}

/** How many rows at the top name the columns; 0 where the first row is data. */
export function countHeaderRows(rows: readonly SheetRow[]): number {
  const [first, ...rest] = rows;
  if (first === undefined || rest.length === 0 || !isHeaderLike(first) || !isWide(first, rest)) return 0;
  let count = 1;
  let above = first;
  for (const row of rest.slice(0, mostHeaderRows - 1)) {
    if (count >= rows.length - 1 || !continuesHeader(above, row)) break;
    count += 1;
    above = row;
  }
  if (count === 1 && columnsOf(rows).length === 2 && !headsTwoColumns(first, rest)) return 0;
  return count;
}

/** Names for columns: words or periods, short, hardly any twice. */
function isHeaderLike(row: SheetRow): boolean {
  if (row.cells.length < 2) return false;
  const texts = new Set(row.cells.map((cell) => cell.text.trim()));
  return row.cells.every(isHeaderCell) && texts.size >= row.cells.length * 0.7;
}

function isHeaderCell(cell: SheetCell): boolean {
  if (cell.type === 'boolean' || cell.type === 'percentage' || cell.text.length > longestHeader) return false;
  return cell.type === 'text' ? !isNumberText(cell.text) : isPeriodHeader(cell.text);
}

const isNumberText = (text: string): boolean =>
  /^[-+(]?\s?\p{Sc}?\s?\d[\d.,' ]*\)?\s?%?$/u.test(text) && !isPeriodHeader(text);

/** A header names most of the columns that have data. */
function isWide(row: SheetRow, rest: readonly SheetRow[]): boolean {
  const covered = row.cells.reduce((sum, cell) => sum + cell.columnSpan, 0);
  const widest = rest.slice(0, 50).reduce((most, other) => Math.max(most, other.cells.length), 0);
  return covered * 2 >= widest;
}

/** A further header row stands below merged cells, or fills what the row above leaves empty. */
function continuesHeader(above: SheetRow, row: SheetRow): boolean {
  if (row.cells.length < 2 || !row.cells.every(isHeaderCell)) return false;
  const isGroup = above.cells.some((cell) => cell.columnSpan > 1 || cell.rowSpan > 1);
  if (isGroup) return true;
  const named = new Set(above.cells.map((cell) => cell.column));
  const added = row.cells.filter((cell) => !named.has(cell.column)).length;
  return added > 0 && added * 2 >= row.cells.length;
}

const valueWords =
  /^(?:values?|amounts?|data|details?|answers?|descriptions?|responses?|results?|wert|betrag|inhalt|angaben?|valeur|montant|valor|importe|valore|waarde|значение|值|数值|金额)$/iu;
const labelWords =
  /^(?:metrics?|items?|fields?|attributes?|parameters?|propert(?:y|ies)|labels?|indicators?|measures?|keys?|questions?|line items?|kpis?|merkmal|kennzahl|position|feld|eigenschaft|indicateur|poste|indicador|concepto|campo|voce|指标|项目|字段)$/iu;

/** Whether a table's first column lists what is measured, and not what it is measured for. */
export function listsAttributes(headers: readonly string[]): boolean {
  const [first = '', second = ''] = headers.map((header) => header.trim());
  return labelWords.test(first) || valueWords.test(second);
}

/**
 * Two columns are labels and values, unless the first row is a header: it says so, or the second column has
 * values of one kind, or few different ones, below a word.
 */
function headsTwoColumns(first: SheetRow, rest: readonly SheetRow[]): boolean {
  if (listsAttributes(first.cells.map((cell) => cell.text))) return true;
  const column = first.cells[1]?.column;
  const values = rest.flatMap((row) => row.cells.filter((cell) => cell.column === column));
  if (rest.length < 3 || values.length < rest.length * 0.8) return false;
  const types = new Set(values.map((cell) => cell.type));
  if (types.size === 1 && !types.has('text')) return true;
  return rest.length >= 10 && new Set(values.map((cell) => cell.text)).size <= rest.length * 0.2;
}

/** The headers of the columns: all header rows from the top, joined, a merged cell naming every column it covers. */
export function joinHeaders(rows: readonly SheetRow[], columns: readonly number[]): string[] {
  const names = new Map<number, string[]>();
  for (const row of rows) {
    for (const cell of row.cells) {
      const text = cell.text.replace(/\s+/gu, ' ').trim();
      for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1) {
        const parts = names.get(column) ?? [];
        if (!parts.includes(text)) parts.push(text);
        names.set(column, parts);
      }
    }
  }
  return columns.map((column) => joinNames(names.get(column) ?? []));
}

const brackets = /^(.*\S)\s*(\([^()]+\))$/u;

/** The unit in brackets that a merged cell gives stands behind the whole: "Cargo (tonnes)" over "Imports". */
function joinNames(parts: readonly string[]): string {
  const outer = parts.slice(0, -1).map((part) => brackets.exec(part)?.slice(1) ?? [part]);
  const units = outer.flatMap(([, unit]) => unit ?? []);
  return [...outer.flatMap(([name]) => name ?? []), ...parts.slice(-1), ...units].join(' ');
}
