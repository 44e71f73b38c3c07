import type { SourceLocation } from '../document.ts';
import { markdownTable } from './markdown-table.ts';
import type { SourceRow } from './markdown-table.ts';
import type { MarkdownWriter } from './markdown-writer.ts';
import { fieldLine, labelText } from './record-text.ts';
import type { SheetPart } from './xlsx-parts.ts';
import { cellName } from './xlsx-sheet.ts';
import type { SheetCell, SheetRow } from './xlsx-sheet.ts';

const longestHeading = 100;

/** Writes a sheet that is one document: its forms as labels and values, its tables as Markdown tables. */
export class SheetTextWriter {
  readonly #sheet: string;
  readonly #writer: MarkdownWriter;
  #hasTitle: boolean;

  /** @param options.title a heading to begin with, where the sheet has no title of its own. */
  constructor(options: {
    readonly sheet: string;
    readonly writer: MarkdownWriter;
    readonly title: string | null;
  }) {
    this.#sheet = options.sheet;
    this.#writer = options.writer;
    this.#hasTitle = options.title !== null;
    if (options.title !== null) this.#line(`# ${options.title}`, { sheet: options.sheet });
  }

  write(parts: readonly SheetPart[]): void {
    for (const part of parts) {
      this.#writer.writeBlankLine();
      if (part.kind === 'text') this.#writeTitles(part.rows, { caption: false });
      else if (part.kind === 'form') this.#writeForm(part);
      else this.#writeTable(part);
    }
  }

  #location(row: SheetRow, cell: SheetCell | undefined): SourceLocation {
    return { sheet: this.#sheet, cell: cellName(row, cell?.column ?? 0) };
  }

  /** A paragraph or heading, with a blank line around it. */
  #line(text: string, location: SourceLocation): void {
    this.#writer.writeBlankLine();
    this.#writer.writeLine(text, location);
    this.#writer.writeBlankLine();
  }

  /** The first title of the sheet is its main heading; the last one right above a table is its caption. */
  #writeTitles(rows: readonly SheetRow[], options: { readonly caption: boolean }): void {
    for (const [index, row] of rows.entries()) {
      const [cell] = row.cells;
      const text = oneLine(cell?.text ?? '');
      const isCaption = options.caption && index === rows.length - 1 && this.#hasTitle;
      const isHeading = text.length <= longestHeading && !/[.;:,]$/u.test(text) && !isCaption;
      const marks = isHeading ? (this.#hasTitle ? '## ' : '# ') : '';
      if (isHeading) this.#hasTitle = true;
      this.#line(`${marks}${text}`, this.#location(row, cell));
    }
  }

  #writeTable(part: SheetPart & { readonly kind: 'table' | 'records' }): void {
    this.#writeTitles(part.titles, { caption: true });
    const body = part.kind === 'table' ? part.rows : part.records.map((record) => record.row);
    const width = Math.max(
      0,
      ...[...part.headerRows, ...body].map((row) => (row.cells.at(-1)?.column ?? -1) + 1),
    );
    const rows = [
      ...part.headerRows.map((row) => this.#sourceRow(row, { isHeader: true, width })),
      ...body.map((row) => this.#sourceRow(row, { isHeader: false, width })),
    ];
    const { above, lines, below } = markdownTable({ caption: [], rows });
    for (const group of [above, lines, below]) {
      this.#writer.writeBlankLine();
      for (const line of group) this.#writer.writeLine(line.text, line.location);
    }
    this.#writer.writeBlankLine();
  }

  #sourceRow(row: SheetRow, options: { readonly isHeader: boolean; readonly width: number }): SourceRow {
    const cells = [];
    let column = 0;
    for (const cell of row.cells) {
      if (cell.column < column) continue;
      const gap = { text: '', isHeader: false, isBold: false, columnSpan: 1, rowSpan: 1 };
      for (; column < cell.column; column += 1) cells.push(gap);
      const columnSpan = Math.min(cell.columnSpan, options.width - column);
      cells.push({ ...gap, text: oneLine(cell.text), isHeader: options.isHeader, columnSpan });
      column += columnSpan;
    }
    return { cells, isHeader: options.isHeader, location: this.#location(row, row.cells[0]) };
  }

  #writeForm(part: SheetPart & { readonly kind: 'form' }): void {
    this.#writeTitles(part.titles, { caption: false });
    const rows = this.#takeTitle(part.rows);
    if (rows.some(isIndented)) this.#writeIndentedForm(rows);
    else this.#writeFlatForm(rows);
  }

  /** A single cell above a form, alone before the first label, is the title of the sheet. */
  #takeTitle(rows: readonly SheetRow[]): readonly SheetRow[] {
    const [first, second] = rows;
    if (this.#hasTitle || first === undefined || first.cells.length !== 1) return rows;
    if (second !== undefined && isIndented(second)) return rows;
    this.#writeTitles([first], { caption: false });
    return rows.slice(1);
  }

  /** Cells without a value are headings; of several in a row, the later ones stand below the first. */
  #writeFlatForm(rows: readonly SheetRow[]): void {
    let level = 1;
    const labelColumn = firstColumn(rows);
    for (const row of rows) {
      const [label] = row.cells;
      if (label !== undefined && label.column > labelColumn) {
        for (const line of valueLines(row.cells))
          this.#writer.writeLine(`  ${line}`, this.#location(row, label));
      } else if (row.cells.length === 1) {
        level = Math.min(level + 1, 6);
        this.#line(`${'#'.repeat(level)} ${oneLine(label?.text ?? '')}`, this.#location(row, label));
      } else {
        level = 1;
        this.#labelLine(row);
      }
    }
  }

  /** Where labels are indented, those that are not are headings with their values, and cells above them sections. */
  #writeIndentedForm(rows: readonly SheetRow[]): void {
    const labelColumn = firstColumn(rows);
    for (const [index, row] of rows.entries()) {
      const [label] = row.cells;
      const next = rows[index + 1];
      const location = this.#location(row, label);
      if (label !== undefined && label.column > labelColumn) {
        this.#writer.writeBlankLine();
        for (const line of valueLines(row.cells)) this.#writer.writeLine(line, location);
        this.#writer.writeBlankLine();
      } else if (isIndented(row) && row.cells.length > 1) {
        this.#labelLine(row);
        this.#writer.writeBlankLine();
      } else if (row.cells.length > 1) {
        this.#line(`### ${oneLine(label?.text ?? '')}`, location);
        for (const line of valueLines(row.cells.slice(1)))
          this.#writer.writeLine(line, this.#location(row, row.cells[1]));
        this.#writer.writeBlankLine();
      } else {
        const isParent = next !== undefined && isIndented(next);
        this.#line(`${isParent ? '###' : '##'} ${oneLine(label?.text ?? '')}`, location);
      }
    }
  }

  #labelLine(row: SheetRow): void {
    const [label, value] = row.cells;
    const location = this.#location(row, value);
    for (const line of fieldLine(labelText(label?.text ?? ''), valueText(row.cells.slice(1))).split('\n')) {
      this.#writer.writeLine(line, location);
    }
  }
}

function isIndented(row: SheetRow): boolean {
  return /^\s/u.test(row.cells[0]?.text ?? '');
}

/** What stands beside a label: its value, perhaps with a unit or a note after it. */
function valueText(cells: readonly SheetCell[]): string {
  return cells.map((cell) => cell.text.trim()).join(' ');
}

const valueLines = (cells: readonly SheetCell[]): string[] => valueText(cells).split(/\s*\n/u);

/** The column of the labels; a row that begins further right carries on the value above it. */
function firstColumn(rows: readonly SheetRow[]): number {
  return Math.min(...rows.map((row) => row.cells[0]?.column ?? 0));
}

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();
