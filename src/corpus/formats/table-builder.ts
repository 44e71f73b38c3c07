import type { SourceLocation } from '../document.ts';
import { cellText, isTabular } from './blocks.ts';
import type { Block } from './blocks.ts';
import type { TextLine } from './inline-text.ts';
import type { SourceRow } from './markdown-table.ts';
import type { TableCell } from './table-grid.ts';

/** A cell of a table that is being read. */
interface BuilderCell extends TableCell {
  /** What the cell holds where that is more than one line of text, else null. */
  readonly blocks: readonly Block[] | null;
}

interface BuilderRow extends SourceRow {
  readonly cells: BuilderCell[];
}

const longestCellOfSeveralBlocks = 1000;

/** A table that is being read. */
export class TableBuilder {
  readonly #rows: BuilderRow[] = [];
  #caption: readonly Block[] = [];
  readonly #isLayout: boolean;

  constructor(options: { readonly isLayout: boolean }) {
    this.#isLayout = options.isLayout;
  }

  setCaption(blocks: readonly Block[]): void {
    this.#caption = blocks;
  }

  addRow(options: { readonly isHeader: boolean; readonly location: SourceLocation }): void {
    this.#rows.push({ ...options, cells: [] });
  }

  addCell(cell: {
    readonly blocks: readonly Block[];
    readonly isHeader: boolean;
    readonly isBold: boolean;
    readonly columnSpan: number;
    readonly rowSpan: number;
    /** The text of an image, taken where the cell holds nothing else. */
    readonly alternativeText: string | null;
    readonly location: SourceLocation;
  }): void {
    if (this.#rows.length === 0) this.addRow({ isHeader: false, location: cell.location });
    const { isHeader, isBold, columnSpan, rowSpan, blocks } = cell;
    this.#rows.at(-1)?.cells.push({
      text: blocks.length === 0 ? (cell.alternativeText ?? '') : cellText(blocks, { isPhrase: isHeader }),
      isHeader,
      isBold,
      columnSpan,
      rowSpan,
      blocks: blocks.length === 0 || isOneLine(blocks) ? null : blocks,
    });
  }

  /** The table as one block or, where it only arranges the page, the blocks that it holds. */
  finish(): readonly Block[] {
    const table = { caption: this.#caption.flatMap(captionLines), rows: this.#rows };
    if (!this.#isLayout && isTabular(table) && !this.#holdsPageParts()) return [{ kind: 'table', table }];
    return [...this.#caption, ...this.#rows.flatMap(layoutRow)];
  }

  /** A table without header cells whose cells hold headings, tables or long text arranges a page. */
  #holdsPageParts(): boolean {
    let parts = false;
    for (const row of this.#rows) {
      if (row.isHeader) return false;
      for (const cell of row.cells) {
        if (cell.isHeader) return false;
        if (cell.blocks === null) continue;
        parts ||= cell.blocks.some((block) => block.kind === 'table' || block.kind === 'heading');
        parts ||= cell.blocks.length > 1 && cell.text.length > longestCellOfSeveralBlocks;
      }
    }
    return parts;
  }
}

function isOneLine(blocks: readonly Block[]): boolean {
  const [block] = blocks;
  return blocks.length === 1 && block?.kind === 'paragraph' && block.lines.length === 1;
}

function captionLines(block: Block): readonly TextLine[] {
  switch (block.kind) {
    case 'heading':
      return [block.line];
    case 'paragraph':
    case 'item':
      return block.lines;
    case 'table':
      return [];
  }
}

/** A row of a table that only arranges: a label beside its value becomes one line, anything else stays as it is. */
function layoutRow(row: BuilderRow): readonly Block[] {
  const filled = row.cells.filter((cell) => cell.text !== '');
  const [label, value] = filled;
  const line = (text: string): readonly TextLine[] => [{ text, location: row.location }];
  if (filled.length === 2 && label?.blocks === null && value?.blocks === null) {
    if (label.text.endsWith(':') || label.isHeader || (label.isBold && !value.isBold)) {
      const text = `${label.text.replace(/\s?:$/u, '')}: ${value.text}`;
      return [{ kind: 'paragraph', lines: line(text), tight: true }];
    }
  }
  return filled.flatMap((cell) => cell.blocks ?? [{ kind: 'paragraph', lines: line(cell.text) }]);
}
