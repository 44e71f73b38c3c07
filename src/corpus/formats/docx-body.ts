import type { Block } from './blocks.ts';
import type { DocxNumbering } from './docx-numbering.ts';
import { DocxParagraph } from './docx-paragraph.ts';
import type { DocxParagraphResult, RunProperties } from './docx-paragraph.ts';
import { isOn, numberOf } from './docx-styles.ts';
import type { DocxStyles } from './docx-styles.ts';
import { DocxTable } from './docx-table.ts';
import type { XmlAttributes, XmlHandler } from './xml-reader.ts';

/** A paragraph that may be a heading by its size alone stays open until all sizes are known. */
export type DocxPart = Block | (DocxParagraphResult & { readonly kind: 'title' | 'large' });

/** A flow of paragraphs: the body, a cell, a text box or a footnote. */
interface Story {
  readonly parts: DocxPart[];
  readonly plain: boolean;
  hasText: boolean;
  allBold: boolean;
  allTableHeading: boolean;
  paragraph: DocxParagraph | null;
  /** What text boxes within the paragraph hold; it waits for the paragraph's end. */
  readonly floating: DocxPart[];
}

/** Elements whose content is no visible text of the document as it stands. */
const skippedElements = new Set(
  (
    'pprchange rprchange tblprchange trprchange tcprchange sectprchange movefrom del fallback instrtext deltext ' +
    'sectpr tblgrid tblpr rt txbody annotation bindata'
  ).split(' '),
);

/** Tables nested deeper than this are read as plain paragraphs. */
const deepestTable = 50;

/** Reads the XML of a document's body or of its notes. */
export class DocxBody implements XmlHandler {
  readonly #styles: DocxStyles;
  readonly #numbering: DocxNumbering;
  readonly #stories: Story[] = [newStory(false)];
  readonly #tables: (DocxTable | null)[] = [];
  /** How many of the open elements are within one that is skipped, itself counted. */
  #skipDepth = 0;
  #paragraphs = 0;
  #inParagraphProperties = false;
  #inText = false;
  #run: RunProperties = newRun();
  #note: { readonly id: string; readonly isSeparator: boolean } | null = null;

  /** How many characters stand in type of each size, in half points. */
  readonly charactersBySize = new Map<number, number>();
  /** The notes that the text refers to, with the number of the paragraph that does. */
  readonly noteReferences = new Map<string, number>();
  /** The notes themselves, where the part read is a list of notes. */
  readonly notes = new Map<string, readonly DocxPart[]>();

  constructor(styles: DocxStyles, numbering: DocxNumbering) {
    this.#styles = styles;
    this.#numbering = numbering;
  }

  get parts(): readonly DocxPart[] {
    return this.#stories[0]?.parts ?? [];
  }

  start(name: string, attributes: XmlAttributes): void {
    if (this.#skipDepth > 0 || skippedElements.has(name)) {
      this.#skipDepth += 1;
      return;
    }
    if (this.#inParagraphProperties) {
      this.#paragraphProperty(name, attributes);
      return;
    }
    switch (name) {
      case 'p':
        this.#openParagraph();
        break;
      case 'ppr':
        this.#inParagraphProperties = true;
        break;
      case 'r':
        this.#run = newRun();
        break;
      case 't':
        this.#inText = true;
        break;
      case 'tbl':
        this.#openTable();
        break;
      case 'txbxcontent':
        this.#stories.push(newStory(false));
        break;
      case 'footnote':
      case 'endnote':
        this.#openNote(name, attributes);
        break;
      default:
        this.#runElement(name, attributes);
        this.#tableElement(name, attributes);
    }
  }

  end(name: string): void {
    if (this.#skipDepth > 0) {
      this.#skipDepth -= 1;
      return;
    }
    switch (name) {
      case 'p':
        this.#closeParagraph();
        break;
      case 'ppr':
        this.#inParagraphProperties = false;
        break;
      case 't':
        this.#inText = false;
        break;
      case 'tc':
        this.#closeCell();
        break;
      case 'tbl':
        this.#closeTable();
        break;
      case 'txbxcontent':
        this.#closeTextBox();
        break;
      case 'footnote':
      case 'endnote':
        this.#closeNote();
        break;
      default:
    }
  }

  text(text: string): void {
    const paragraph = this.#story.paragraph;
    if (!this.#inText || this.#skipDepth > 0 || this.#run.hidden || paragraph === null) return;
    const size = paragraph.addText(text, this.#run);
    this.charactersBySize.set(size, (this.charactersBySize.get(size) ?? 0) + text.length);
  }

  get #story(): Story {
    const story = this.#stories.at(-1);
    if (story === undefined) throw new Error('the story of the body is never closed');
    return story;
  }

  #paragraphProperty(name: string, attributes: XmlAttributes): void {
    const { paragraph } = this.#story;
    if (paragraph === null) return;
    switch (name) {
      case 'pstyle':
        paragraph.styleId = attributes.get('val');
        break;
      case 'outlinelvl':
        paragraph.outlineLevel = numberOf(attributes);
        break;
      case 'numid':
        paragraph.numberingId = attributes.get('val');
        break;
      case 'ilvl':
        paragraph.numberingLevel = numberOf(attributes);
        break;
      default:
    }
  }

  #runElement(name: string, attributes: XmlAttributes): void {
    const { paragraph } = this.#story;
    switch (name) {
      case 'b':
        this.#run.bold = isOn(attributes);
        break;
      case 'sz':
        this.#run.size = numberOf(attributes);
        break;
      case 'rstyle':
        this.#run.styleId = attributes.get('val');
        break;
      case 'vertalign':
        this.#run.superscript = attributes.get('val') === 'superscript';
        break;
      case 'vanish':
      case 'webhidden':
        this.#run.hidden = isOn(attributes);
        break;
      case 'tab':
      case 'ptab':
        paragraph?.addTab();
        break;
      case 'br':
      case 'cr':
        paragraph?.addLineBreak();
        break;
      case 'nobreakhyphen':
        paragraph?.addText('-', this.#run);
        break;
      case 'footnotereference':
      case 'endnotereference':
        this.#noteReference(name === 'endnotereference' ? 'e' : '', attributes);
        break;
      default:
    }
  }

  #noteReference(prefix: string, attributes: XmlAttributes): void {
    const id = `${prefix}${attributes.get('id') ?? ''}`;
    this.noteReferences.set(id, this.#paragraphs);
    this.#story.paragraph?.addMark(`[^${id}]`);
  }

  #openParagraph(): void {
    this.#closeParagraph();
    this.#paragraphs += 1;
    this.#story.paragraph = new DocxParagraph({ paragraph: this.#paragraphs }, this.#styles);
  }

  #closeParagraph(): void {
    const story = this.#story;
    const result = story.paragraph?.finish({ numbering: this.#numbering, plain: story.plain }) ?? null;
    story.paragraph = null;
    if (result !== null) {
      story.hasText = true;
      const isBlock = result.kind === 'block';
      story.allBold &&= isBlock && result.bold;
      story.allTableHeading &&= isBlock && result.isTableHeading;
      story.parts.push(isBlock ? result.block : result);
    }
    story.parts.push(...story.floating.splice(0));
  }

  #openTable(): void {
    this.#tables.push(this.#tables.length < deepestTable ? new DocxTable() : null);
  }

  #tableElement(name: string, attributes: XmlAttributes): void {
    const table = this.#tables.at(-1) ?? null;
    if (table === null) return;
    const { row, cell } = table;
    switch (name) {
      case 'tr':
        table.openRow({ paragraph: this.#paragraphs + 1 });
        break;
      case 'tblheader':
        if (row !== null) row.isHeader = isOn(attributes);
        break;
      case 'gridbefore':
        if (row !== null) row.columnsBefore = numberOf(attributes) ?? 0;
        break;
      case 'tc':
        table.openCell();
        this.#stories.push(newStory(true));
        break;
      case 'gridspan':
        if (cell !== null) cell.columnSpan = Math.max(1, numberOf(attributes) ?? 1);
        break;
      case 'vmerge':
        if (cell !== null) cell.isContinuation = attributes.get('val') !== 'restart';
        break;
      default:
    }
  }

  #closeCell(): void {
    const cell = this.#tables.at(-1)?.cell ?? null;
    if (cell === null || this.#stories.length < 2) return;
    this.#closeParagraph();
    const story = this.#stories.pop();
    if (story === undefined) return;
    cell.blocks = story.parts.map(plainBlock);
    cell.isBold = story.hasText && story.allBold;
    cell.isHeader = story.hasText && story.allTableHeading;
  }

  #closeTable(): void {
    const table = this.#tables.pop();
    if (table === undefined || table === null) return;
    this.#story.hasText = true;
    this.#story.allBold = false;
    this.#story.parts.push(...table.finish());
  }

  #closeTextBox(): void {
    if (this.#stories.length < 2) return;
    this.#closeParagraph();
    const box = this.#stories.pop();
    if (box !== undefined) this.#story.floating.push(...box.parts);
  }

  #openNote(name: string, attributes: XmlAttributes): void {
    const prefix = name === 'endnote' ? 'e' : '';
    const isSeparator = attributes.get('type') !== null && attributes.get('type') !== 'normal';
    this.#note = { id: `${prefix}${attributes.get('id') ?? ''}`, isSeparator };
    this.#stories.push(newStory(true));
  }

  #closeNote(): void {
    if (this.#note === null || this.#stories.length < 2) return;
    this.#closeParagraph();
    const story = this.#stories.pop();
    if (story !== undefined && !this.#note.isSeparator) this.notes.set(this.#note.id, story.parts);
    this.#note = null;
  }
}

/** Within a cell, nothing is a heading by its size. */
function plainBlock(part: DocxPart): Block {
  if (part.kind === 'title') return { kind: 'paragraph', lines: [part.line] };
  return part.kind === 'large' ? part.block : part;
}

function newStory(plain: boolean): Story {
  return {
    parts: [],
    plain,
    hasText: false,
    allBold: true,
    allTableHeading: true,
    paragraph: null,
    floating: [],
  };
}

function newRun(): RunProperties {
  return { bold: null, superscript: false, hidden: false, size: null, styleId: null };
}
