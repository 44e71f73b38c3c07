import type { SourceLocation } from '../document.ts';
import type { Block } from './blocks.ts';
import { InlineText } from './inline-text.ts';
import type { RunStyle, TextLine } from './inline-text.ts';

interface OpenList {
  readonly ordered: boolean;
  /** The number of the item that comes next. */
  next: number;
  /** What the next paragraph begins with; null once the item's first paragraph is written. */
  marker: string | null;
}

/**
 * A place that collects blocks: the page itself, a table's cell, a caption, a term or its definition. Runs of
 * text gather to a paragraph until a block element begins or ends.
 */
export class HtmlFrame {
  readonly #emit: (block: Block) => void;
  /** Bold type leaves no marks: the frame's text will stand within a line. */
  readonly #plain: boolean;
  readonly #inline = new InlineText();
  readonly #lists: OpenList[] = [];
  #headingLevel: number | null = null;
  #hasText = false;
  #allBold = true;

  constructor(options: { readonly emit: (block: Block) => void; readonly plain: boolean }) {
    this.#emit = options.emit;
    this.#plain = options.plain;
  }

  /** Whether the frame has text, and all of it is bold. */
  get isBold(): boolean {
    return this.#hasText && this.#allBold;
  }

  get isEmpty(): boolean {
    return !this.#hasText && this.#inline.isEmpty;
  }

  addText(text: string, style: RunStyle, location: SourceLocation): void {
    this.#inline.add(text, style, location);
  }

  addLineBreak(): void {
    if (this.#headingLevel === null) this.#inline.lineBreak();
    else this.#inline.addSpace();
  }

  /** What comes next is the value of the label that stands in the paragraph so far. */
  addLabelEnd(): void {
    this.#inline.addLabelEnd();
  }

  /** Ends the paragraph so far; within a heading, block elements only part words. */
  endParagraph(): void {
    if (this.#headingLevel === null) this.#flush();
    else this.#inline.addSpace();
  }

  openHeading(level: number): void {
    this.endParagraph();
    this.#headingLevel = level;
  }

  /** @returns the heading's text, or null where it has none. */
  closeHeading(): string | null {
    const level = this.#headingLevel;
    this.#headingLevel = null;
    const { lines, bold } = this.#inline.take({ plain: true });
    const [first] = lines;
    if (first === undefined || level === null) return null;
    this.#noteText(bold);
    const text = lines.map((line) => line.text).join(' ');
    this.#emit({ kind: 'heading', level, line: { text, location: first.location } });
    return text;
  }

  openList(options: { readonly ordered: boolean; readonly start: number }): void {
    this.endParagraph();
    this.#lists.push({ ordered: options.ordered, next: options.start, marker: null });
  }

  closeList(): void {
    this.endParagraph();
    this.#lists.pop();
  }

  /** Begins an item of the innermost list. */
  openItem(): void {
    this.endParagraph();
    const list = this.#lists.at(-1);
    if (list === undefined) return;
    list.marker = list.ordered ? `${list.next}.` : '-';
    list.next += 1;
  }

  /** Adds a block that was put together elsewhere, a table or a record's lines. */
  add(block: Block): void {
    this.endParagraph();
    this.#hasText = true;
    this.#allBold = false;
    this.#emit(block);
  }

  #flush(): void {
    if (this.#inline.isEmpty) return;
    const { lines, bold } = this.#inline.take({ plain: this.#plain });
    if (lines.length === 0) return;
    this.#noteText(bold);
    this.#emit(this.#textBlock(lines));
  }

  #textBlock(lines: readonly TextLine[]): Block {
    const list = this.#lists.at(-1);
    if (list === undefined) return { kind: 'paragraph', lines };
    const { marker } = list;
    list.marker = null;
    return { kind: 'item', depth: this.#lists.length - 1, marker, lines };
  }

  #noteText(bold: boolean): void {
    this.#hasText = true;
    this.#allBold &&= bold;
  }
}
