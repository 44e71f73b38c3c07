import type { SourceLocation } from '../document.ts';
import type { Block } from './blocks.ts';
import type { DocxNumbering } from './docx-numbering.ts';
import type { DocxStyle, DocxStyles } from './docx-styles.ts';
import { InlineText } from './inline-text.ts';
import type { TextLine } from './inline-text.ts';

/** Stands for a tab until the paragraph is complete; white space would collapse. */
const tabMark = '\u001F';
const longestTabLabel = 60;
const longestHeading = 200;
const longestLargeHeading = 120;
const deepestHeading = 6;

/** How the runs of a paragraph say that they look, null where they leave it to the styles. */
export interface RunProperties {
  bold: boolean | null;
  superscript: boolean;
  hidden: boolean;
  /** In half points. */
  size: number | null;
  styleId: string | null;
}

/** What a paragraph turned out to be. */
export type DocxParagraphResult =
  | {
      readonly kind: 'block';
      readonly block: Block;
      readonly bold: boolean;
      readonly isTableHeading: boolean;
    }
  | { readonly kind: 'title'; readonly line: TextLine }
  /** A short line in type of this size, in half points: perhaps a heading that was made without a style. */
  | { readonly kind: 'large'; readonly block: Block; readonly line: TextLine; readonly size: number };

/** A paragraph of a DOCX document that is being read. */
export class DocxParagraph {
  styleId: string | null = null;
  /** As the paragraph itself says; else its style decides. */
  outlineLevel: number | null = null;
  numberingId: string | null = null;
  numberingLevel: number | null = null;

  readonly #location: SourceLocation;
  readonly #styles: DocxStyles;
  readonly #inline = new InlineText();
  #smallestSize = Number.POSITIVE_INFINITY;

  constructor(location: SourceLocation, styles: DocxStyles) {
    this.#location = location;
    this.#styles = styles;
  }

  get location(): SourceLocation {
    return this.#location;
  }

  /** @returns the size of the run in half points. */
  addText(text: string, run: RunProperties): number {
    const paragraphStyle = this.#styles.get(this.styleId);
    const runStyle = this.#styles.get(run.styleId);
    const bold = run.bold ?? runStyle.bold ?? paragraphStyle.bold ?? false;
    const size = run.size ?? runStyle.size ?? paragraphStyle.size ?? this.#styles.defaultSize;
    if (text.trim() !== '') this.#smallestSize = Math.min(this.#smallestSize, size);
    this.#inline.add(text, { bold, superscript: run.superscript }, this.#location);
    return size;
  }

  /** Adds text that has no look of its own, such as the mark of a footnote. */
  addMark(text: string): void {
    this.#inline.add(text, { bold: false, superscript: false }, this.#location);
  }

  addTab(): void {
    this.addMark(tabMark);
  }

  addLineBreak(): void {
    this.#inline.lineBreak();
  }

  /** @returns null where the paragraph is empty or part of a table of contents. */
  finish(options: {
    readonly numbering: DocxNumbering;
    readonly plain: boolean;
  }): DocxParagraphResult | null {
    const style = this.#styles.get(this.styleId);
    const headingLevel = this.#headingLevel(style);
    const isHeading = headingLevel !== null || style.role === 'title';
    const { lines: rawLines, bold } = this.#inline.take({ plain: options.plain || isHeading });
    if (rawLines.length === 0 || style.role === 'contents') return null;
    const marker = isHeading ? null : this.#marker(style, options.numbering);
    const lines = rawLines.map((line) => ({ ...line, text: resolveTabs(line.text) }));
    const line = joinLines(lines, this.#location);
    if (isHeading && line.text.length <= longestHeading && !options.plain) {
      if (style.role === 'title') return { kind: 'title', line };
      const level = Math.min(headingLevel ?? 1, deepestHeading);
      return { kind: 'block', block: { kind: 'heading', level, line }, bold, isTableHeading: false };
    }
    if (marker !== null) {
      const depth = this.numberingLevel ?? style.numberingLevel ?? 0;
      const block: Block = { kind: 'item', depth, marker, lines };
      return { kind: 'block', block, bold, isTableHeading: false };
    }
    const tight = lines.some((each) => each.text.includes('\t'));
    const block: Block = { kind: 'paragraph', lines, tight };
    if (
      !options.plain &&
      lines.length === 1 &&
      line.text.length <= longestLargeHeading &&
      !/[.;:,]$/u.test(line.text)
    ) {
      const text = line.text.replace(/^\*\*(.*)\*\*$/u, '$1');
      return { kind: 'large', block, line: { ...line, text }, size: this.#smallestSize };
    }
    return { kind: 'block', block, bold, isTableHeading: style.role === 'tableHeading' };
  }

  #headingLevel(style: DocxStyle): number | null {
    if (this.outlineLevel === null) return style.headingLevel;
    return this.outlineLevel < 9 ? this.outlineLevel + 1 : null;
  }

  #marker(style: DocxStyle, numbering: DocxNumbering): string | null {
    const id = this.numberingId ?? style.numberingId;
    return id === null ? null : numbering.nextMarker(id, this.numberingLevel ?? style.numberingLevel ?? 0);
  }
}

function joinLines(lines: readonly TextLine[], location: SourceLocation): TextLine {
  return { text: lines.map((line) => line.text).join(' '), location };
}

/**
 * A tab between a label and one value stands for a colon; tabs between more cells stay, so that the lines can be
 * read as a table; any other is a space.
 */
function resolveTabs(line: string): string {
  if (!line.includes(tabMark)) return line;
  const parts = line
    .split(tabMark)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [first = '', second] = parts;
  if (second === undefined) return first;
  if (parts.length > 2) return parts.join('\t');
  const label = first.replace(/^\*\*(.*)\*\*$/u, '$1');
  const isLabel = /\p{L}{2}/u.test(label) && label.length <= longestTabLabel && !/[.;,:!?]$/u.test(label);
  return isLabel ? `${label}: ${second}` : `${first} ${second}`;
}
