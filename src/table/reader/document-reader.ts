import type { CorpusDocument } from '../../corpus/document.ts';
import { foldLabel } from '../values/labels.ts';
import type { Reading } from '../reading.ts';
import type { Block, HeadingBlock, ListBlock, ParagraphBlock, PipeTableBlock } from './block.ts';
import { scanBlocks } from './blocks.ts';
import { cleanInline } from './clean-text.ts';
import { qualifyLabel } from './label-qualifiers.ts';
import { splitLines } from './lines.ts';
import { readList } from './list-reader.ts';
import { readPipeTable } from './markdown-table.ts';
import type { OpenLabel } from './open-label.ts';
import { joinLines, readParagraph } from './paragraph-reader.ts';
import { ReadingCollector } from './reading-collector.ts';
import { isTyped, readStatement } from './statement.ts';
import { readTable } from './table-reader.ts';

/** Below all headings that are marked as such. */
const labelLineLevel = 9;

/** Walks over the blocks of one document, with the headings above and the label that waits for a value. */
export class DocumentReader {
  readonly #document: CorpusDocument;
  readonly #text: string;
  readonly #collector: ReadingCollector;
  /** The heading or label line right above the current block. */
  #open: OpenLabel | null = null;
  #titleSeen = false;

  constructor(document: CorpusDocument) {
    this.#document = document;
    this.#text = document.text;
    this.#collector = new ReadingCollector(document.text.length);
  }

  read(): Reading[] {
    const lines = splitLines(this.#text, 0, this.#text.length);
    for (const block of scanBlocks(this.#text, lines)) this.#readBlock(block);
    return this.#collector.readings;
  }

  #readBlock(block: Block): void {
    if (block.kind === 'heading') {
      this.#readHeading(block);
      return;
    }
    const open = this.#open;
    this.#open = null;
    let next: OpenLabel | null = null;
    if (block.kind === 'paragraph') next = this.#readParagraph(block, open);
    else if (block.kind === 'list') this.#readList(block, open);
    else if (block.kind === 'pipe-table') this.#readPipeTable(block);
    this.#collector.closeHeadings(labelLineLevel);
    if (next !== null) this.#openLabelLine(next);
  }

  #openLabelLine(label: OpenLabel): void {
    const qualified = qualifyLabel(label.label);
    this.#collector.openHeading({ level: labelLineLevel, label: qualified.label, period: qualified.period });
    this.#open = label;
  }

  #readHeading(block: HeadingBlock): void {
    const clean = cleanInline(this.#text, block.contentStart, block.contentEnd);
    this.#open = null;
    if (this.#isTitle(clean.text, block.level)) {
      this.#titleSeen = true;
      this.#collector.openHeading({ level: block.level, label: '', period: null });
      return;
    }
    const { label, period } = qualifyLabel(clean.text);
    this.#collector.openHeading({ level: block.level, label, period });
    this.#open = { label: clean.text, start: clean.start, takesText: true };
  }

  /** The title names the document; it is no section of it and has no value. */
  #isTitle(text: string, level: number): boolean {
    if (this.#titleSeen) return false;
    const { title } = this.#document;
    if (title !== null && foldLabel(title) === foldLabel(text)) return true;
    return level === 1 && this.#collector.readings.length === 0;
  }

  #readParagraph(block: ParagraphBlock, open: OpenLabel | null): OpenLabel | null {
    const source = { text: this.#text, collector: this.#collector, rule: 'label' };
    const rest = readParagraph(source, block.lines);
    if (!rest.stated && open !== null) this.#readOpenValue(block, open);
    return rest.open;
  }

  /** The value of a heading: the paragraph right below it. */
  #readOpenValue(block: ParagraphBlock, open: OpenLabel): void {
    const value = joinLines(this.#text, block.lines);
    const before = this.#collector.readings.length;
    readStatement(this.#collector, { path: [open.label], start: value.start, value, rule: 'heading' });
    if (open.takesText) return;
    const { readings } = this.#collector;
    const first = readings[before];
    if (first !== undefined && !isTyped(first.value)) readings.length = before;
  }

  #readList(block: ListBlock, open: OpenLabel | null): void {
    const source = { text: this.#text, collector: this.#collector, rule: 'label', above: open };
    readList(source, block);
  }

  #readPipeTable(block: PipeTableBlock): void {
    const grid = readPipeTable(this.#text, block);
    readTable({ collector: this.#collector, rule: 'markdown-table', caption: null }, grid);
  }
}
