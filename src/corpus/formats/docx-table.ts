import type { SourceLocation } from '../document.ts';
import type { Block } from './blocks.ts';
import { TableBuilder } from './table-builder.ts';

interface DocxCell {
  blocks: readonly Block[];
  isHeader: boolean;
  isBold: boolean;
  columnSpan: number;
  rowSpan: number;
  /** The cell only carries on the one above it. */
  isContinuation: boolean;
}

interface DocxRow {
  readonly cells: DocxCell[];
  readonly location: SourceLocation;
  isHeader: boolean;
  /** How many columns the row leaves free at its start. */
  columnsBefore: number;
}

/** A table of a DOCX document that is being read. */
export class DocxTable {
  readonly #rows: DocxRow[] = [];

  get row(): DocxRow | null {
    return this.#rows.at(-1) ?? null;
  }

  get cell(): DocxCell | null {
    return this.row?.cells.at(-1) ?? null;
  }

  openRow(location: SourceLocation): void {
    this.#rows.push({ cells: [], location, isHeader: false, columnsBefore: 0 });
  }

  openCell(): void {
    this.row?.cells.push({
      blocks: [],
      isHeader: false,
      isBold: false,
      columnSpan: 1,
      rowSpan: 1,
      isContinuation: false,
    });
  }

  finish(): readonly Block[] {
    this.#joinMergedCells();
    const table = new TableBuilder({ isLayout: false });
    for (const row of this.#rows) {
      table.addRow({ isHeader: row.isHeader, location: row.location });
      if (row.columnsBefore > 0) {
        const empty = { blocks: [], isHeader: false, isBold: false, rowSpan: 1, alternativeText: null };
        table.addCell({ ...empty, columnSpan: row.columnsBefore, location: row.location });
      }
      for (const cell of row.cells) {
        if (!cell.isContinuation) table.addCell({ ...cell, alternativeText: null, location: row.location });
      }
    }
    return table.finish();
  }

  /** Word repeats a cell that is merged downwards in every row; here the first one spans the rows. */
  #joinMergedCells(): void {
    let above = new Map<number, DocxCell>();
    for (const row of this.#rows) {
      const current = new Map<number, DocxCell>();
      let column = row.columnsBefore;
      for (const cell of row.cells) {
        const owner = cell.isContinuation ? above.get(column) : undefined;
        if (owner === undefined) cell.isContinuation = false;
        else owner.rowSpan += 1;
        current.set(column, owner ?? cell);
        column += cell.columnSpan;
      }
      above = current;
    }
  }
}
