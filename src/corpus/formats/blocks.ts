import type { TextLine } from './inline-text.ts';
import { markdownTable } from './markdown-table.ts';
import type { SourceTable } from './markdown-table.ts';
import type { MarkdownWriter } from './markdown-writer.ts';

/** A piece of a document as HTML and DOCX have it, ready to be written as Markdown. */
export type Block =
  | {
      readonly kind: 'paragraph';
      readonly lines: readonly TextLine[];
      /** Stands directly under the block before it where that is tight too, as the lines of a record do. */
      readonly tight?: boolean;
    }
  | { readonly kind: 'heading'; readonly level: number; readonly line: TextLine }
  | {
      readonly kind: 'item';
      /** 0 for an outermost list. */
      readonly depth: number;
      /** `-` or a number such as `3.`; null for a further paragraph of the item above. */
      readonly marker: string | null;
      readonly lines: readonly TextLine[];
    }
  | { readonly kind: 'table'; readonly table: SourceTable };

/** Indentation stops growing here, so that lists within lists without end do not fill the memory. */
const deepestList = 8;

/** Writes blocks one after another with the blank lines that Markdown wants between them. */
export class BlockWriter {
  readonly #writer: MarkdownWriter;
  #last: Block | null = null;

  constructor(writer: MarkdownWriter) {
    this.#writer = writer;
  }

  write(block: Block): void {
    if (!(isTight(block) && isTight(this.#last) && this.#last?.kind === block.kind))
      this.#writer.writeBlankLine();
    this.#last = block;
    switch (block.kind) {
      case 'heading':
        this.#writer.writeLine(`${'#'.repeat(block.level)} ${block.line.text}`, block.line.location);
        break;
      case 'paragraph':
        this.#writeLines(block.lines);
        break;
      case 'item':
        this.#writeItem(block);
        break;
      case 'table':
        this.#writeTable(block.table);
        break;
    }
  }

  #writeLines(lines: readonly TextLine[]): void {
    for (const line of lines) this.#writer.writeLine(line.text, line.location);
  }

  #writeItem(block: Block & { readonly kind: 'item' }): void {
    const indent = '  '.repeat(Math.min(block.depth, deepestList));
    const hanging = `${indent}  `;
    for (const [index, line] of block.lines.entries()) {
      const start = index === 0 && block.marker !== null ? `${indent}${block.marker} ` : hanging;
      this.#writer.writeLine(`${start}${line.text}`, line.location);
    }
  }

  #writeTable(table: SourceTable): void {
    const { above, lines, below } = markdownTable(table);
    for (const part of [above, lines, below]) {
      if (part.length === 0) continue;
      this.#writer.writeBlankLine();
      this.#writeLines(part);
    }
  }
}

const isTight = (block: Block | null): boolean =>
  block?.kind === 'item' || (block?.kind === 'paragraph' && block.tight === true);

/**
 * The text of a table's cell on one line: its items and paragraphs with `; ` between them, or, in a cell that
 * holds one phrase, with a space.
 */
export function cellText(blocks: readonly Block[], options: { readonly isPhrase: boolean }): string {
  let text = '';
  for (const block of blocks) {
    for (const line of blockLines(block)) {
      text += text === '' || line === '' ? line : lineSeparator(text, line, options.isPhrase) + line;
    }
  }
  return text;
}

const shortestBrokenLine = 20;

/**
 * What stands between two lines of a cell once they are one: a line that goes on with the phrase before it follows
 * after a space, any other is an item of a list.
 */
export function lineSeparator(before: string, line: string, isPhrase: boolean): string {
  if (isPhrase || /[,;:(/–-]$/u.test(before) || /^[([]/u.test(line)) return ' ';
  return /^\p{Ll}/u.test(line) && before.length >= shortestBrokenLine ? ' ' : '; ';
}

function blockLines(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [block.line.text];
    case 'paragraph':
    case 'item':
      return block.lines.map((line) => line.text);
    case 'table':
      return block.table.rows.map((row) => {
        const texts = row.cells.map((cell) => cell.text).filter((text) => text !== '');
        return texts.length === 2
          ? `${texts[0]?.replace(/:$/u, '') ?? ''}: ${texts[1] ?? ''}`
          : texts.join(' ');
      });
  }
}

/** Whether a table has at least two rows and two columns of text: fewer only arrange what they hold. */
export function isTabular(table: SourceTable): boolean {
  let filledRows = 0;
  let severalColumns = false;
  for (const row of table.rows) {
    const filled = row.cells.filter((cell) => cell.text !== '').length;
    if (filled > 0) filledRows += 1;
    if (filled > 1) severalColumns = true;
    if (severalColumns && filledRows > 1) return true;
  }
  return false;
}
