import { Token, Tokenizer, TokenizerMode } from 'parse5';
import type { TokenHandler } from 'parse5';
import { BlockWriter } from './blocks.ts';
import type { Block } from './blocks.ts';
import { HtmlDefinitions } from './html-definitions.ts';
import {
  elementRole,
  headingLevel,
  isBlockRole,
  isHidden,
  isTablePart,
  isVoidElement,
  namedRole,
  spanAttribute,
} from './html-elements.ts';
import type { ElementRole } from './html-elements.ts';
import { HtmlFrame } from './html-frame.ts';
import { OpenElements } from './html-open-elements.ts';
import { TableBuilder } from './table-builder.ts';
import { escapeLineStart } from './inline-text.ts';
import type { MarkdownWriter } from './markdown-writer.ts';

/** Tables and definition lists nested deeper than this are read as plain text. */
const deepestFrame = 50;

/** What a page says about itself. */
export interface HtmlOutline {
  /** The text of `<title>`, or null. */
  readonly title: string | null;
  /** The texts of the headings of level 1, in order. */
  readonly mainHeadings: readonly string[];
}

/**
 * Writes a page as Markdown. It follows the tokens of the page with a stack of open elements and builds no tree:
 * time and memory stay linear in the page's size, whatever its nesting.
 */
export function convertHtml(html: string, writer: MarkdownWriter): HtmlOutline {
  const converter = new HtmlConverter(writer);
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: true }, converter);
  converter.attach(tokenizer);
  tokenizer.write(html, true);
  return converter.outline();
}

class HtmlConverter implements TokenHandler {
  readonly #open = new OpenElements();
  readonly #frames: HtmlFrame[];
  readonly #tables: TableBuilder[] = [];
  readonly #definitions: HtmlDefinitions[] = [];
  readonly #mainHeadings: string[] = [];
  #tokenizer: Tokenizer | null = null;
  #title: string | null = null;
  #alternativeText: string | null = null;
  /** Whether the last thing read was an element that is named a label and waits for its value. */
  #waitingLabel: 'block' | 'inline' | null = null;
  /** The lines of the `<pre>` that is open. */
  #preformatted: { text: string; readonly line: number } | null = null;

  constructor(writer: MarkdownWriter) {
    const blocks = new BlockWriter(writer);
    this.#frames = [new HtmlFrame({ emit: (block) => blocks.write(block), plain: false })];
  }

  attach(tokenizer: Tokenizer): void {
    this.#tokenizer = tokenizer;
  }

  outline(): HtmlOutline {
    return { title: this.#title, mainHeadings: this.#mainHeadings };
  }

  onStartTag(token: Token.TagToken): void {
    const name = token.tagName;
    this.#switchTextMode(name);
    const current = this.#open.current;
    const role = elementRole(token);
    if (isVoidElement(name)) {
      if (current?.hidden !== true) this.#voidElement(token);
      return;
    }
    // Only within drawings and formulas does the slash at a tag's end close the element.
    if (token.selfClosing && (this.#open.isNameOpen('svg') || this.#open.isNameOpen('math'))) return;
    if (isTablePart(role) && !this.#open.isOpen('table')) return;
    this.#open.closeImplied(role);
    const outer = this.#open.current;
    const isPlain = role === 'block' || role === 'inline' || role === 'paragraph';
    const isValue = isPlain && this.#waitingLabel !== null && namedRole(token) === 'value';
    const isLabel = isPlain && namedRole(token) === 'label';
    this.#endLabel(isValue ? 'value' : isBlockRole(role) ? 'block' : 'inline');
    const hidden = outer?.hidden === true || role === 'hidden' || isHidden(token);
    this.#open.push({
      name,
      role,
      hidden,
      bold: outer?.bold === true || role === 'bold',
      superscript: outer?.superscript === true || role === 'superscript',
      close: hidden ? null : this.#openElementAs(token, { role, isLabel, isValue }),
    });
  }

  onEndTag(token: Token.TagToken): void {
    if (isBlockRole(elementRole(token))) this.#endLabel('block');
    if (token.tagName === 'br') this.#frame.addLineBreak();
    this.#open.closeNamed(token.tagName, elementRole(token));
  }

  onCharacter(token: Token.CharacterToken): void {
    this.#text(token);
  }

  onWhitespaceCharacter(token: Token.CharacterToken): void {
    this.#text(token);
  }

  onEof(): void {
    this.#endLabel('block');
    this.#open.closeAll();
    this.#frame.endParagraph();
  }

  onComment(): void {}
  onDoctype(): void {}
  onNullCharacter(): void {}

  get #frame(): HtmlFrame {
    const frame = this.#frames.at(-1);
    if (frame === undefined) throw new Error('the frame of the page is never closed');
    return frame;
  }

  #switchTextMode(name: string): void {
    if (this.#tokenizer === null) return;
    if (name === 'script') this.#tokenizer.state = TokenizerMode.SCRIPT_DATA;
    else if (name === 'style' || name === 'xmp' || name === 'iframe' || name === 'noframes') {
      this.#tokenizer.state = TokenizerMode.RAWTEXT;
    } else if (name === 'title' || name === 'textarea') this.#tokenizer.state = TokenizerMode.RCDATA;
    else if (name === 'plaintext') this.#tokenizer.state = TokenizerMode.PLAINTEXT;
  }

  #text(token: Token.CharacterToken): void {
    const current = this.#open.current;
    if (current?.role === 'title') {
      if (!current.hidden && !this.#open.isNameOpen('svg')) this.#title = (this.#title ?? '') + token.chars;
      return;
    }
    if (current?.hidden === true) return;
    if (this.#preformatted !== null) {
      this.#preformatted.text += token.chars;
      return;
    }
    if (this.#waitingLabel !== null && /\S/u.test(token.chars)) this.#endLabel('inline');
    const style = { bold: current?.bold === true, superscript: current?.superscript === true };
    this.#frame.addText(token.chars, style, { line: lineOf(token) });
  }

  #voidElement(token: Token.TagToken): void {
    if (token.tagName === 'br') {
      if (this.#preformatted === null) this.#frame.addLineBreak();
      else this.#preformatted.text += '\n';
    } else if (token.tagName === 'hr') {
      this.#open.closeImplied('block');
      this.#frame.endParagraph();
    } else if (token.tagName === 'img') {
      this.#alternativeText ??= Token.getTokenAttr(token, 'alt')?.trim() || null;
    }
  }

  /** What follows a label that waits: its value, or something else, for which the label is text like any other. */
  #endLabel(next: 'value' | 'block' | 'inline'): void {
    const label = this.#waitingLabel;
    this.#waitingLabel = null;
    if (label === null) return;
    if (next === 'value') this.#frame.addLabelEnd();
    else if (next === 'block' || label === 'block') this.#frame.endParagraph();
  }

  #openElementAs(
    token: Token.TagToken,
    as: { readonly role: ElementRole; readonly isLabel: boolean; readonly isValue: boolean },
  ): (() => void) | null {
    const isBlock = isBlockRole(as.role);
    if (as.isValue) return isBlock ? () => this.#frame.endParagraph() : null;
    if (!as.isLabel) return this.#openElement(token, as.role);
    if (isBlock) this.#frame.endParagraph();
    return () => {
      this.#waitingLabel = isBlock ? 'block' : 'inline';
    };
  }

  /** Does what an element's start calls for. @returns what its end calls for. */
  #openElement(token: Token.TagToken, role: ElementRole): (() => void) | null {
    if (!isBlockRole(role)) return null;
    const table = this.#tables.at(-1);
    const endParagraph = (): void => this.#frame.endParagraph();
    switch (role) {
      case 'heading':
        return this.#openHeading(token);
      case 'list':
        this.#frame.openList({ ordered: token.tagName === 'ol', start: listStart(token) });
        return () => this.#frame.closeList();
      case 'item':
        this.#frame.openItem();
        return endParagraph;
      case 'preformatted':
        return this.#openPreformatted(token);
      case 'definitionList':
        return this.#openDefinitionList();
      case 'term':
      case 'definition':
        return this.#openDefinition(role);
      case 'table':
        return this.#openTable(token);
      case 'headGroup':
      case 'rowGroup':
        return null;
      case 'row':
        table?.addRow({ isHeader: this.#open.isOpen('headGroup'), location: { line: lineOf(token) } });
        return null;
      case 'cell':
      case 'headerCell':
        return table === undefined ? null : this.#openCell(token, table);
      case 'caption':
        return table === undefined ? null : this.#collect((blocks) => table.setCaption(blocks));
      default:
        endParagraph();
        return endParagraph;
    }
  }

  #openHeading(token: Token.TagToken): () => void {
    const level = headingLevel(token);
    const frame = this.#frame;
    frame.openHeading(level);
    return () => {
      const text = frame.closeHeading();
      if (text !== null && level === 1) this.#mainHeadings.push(text);
    };
  }

  #openPreformatted(token: Token.TagToken): (() => void) | null {
    this.#frame.endParagraph();
    if (this.#preformatted !== null) return null;
    const line = lineOf(token);
    this.#preformatted = { text: '', line };
    return () => {
      const lines = (this.#preformatted?.text ?? '')
        .split('\n')
        .map((text, index) => ({ text: escapeLineStart(text.trimEnd()), location: { line: line + index } }));
      this.#preformatted = null;
      const first = lines.findIndex((each) => each.text !== '');
      const last = lines.findLastIndex((each) => each.text !== '');
      if (first >= 0) this.#frame.add({ kind: 'paragraph', lines: lines.slice(first, last + 1) });
    };
  }

  #openDefinitionList(): (() => void) | null {
    this.#frame.endParagraph();
    if (this.#frames.length > deepestFrame) return () => this.#frame.endParagraph();
    const definitions = new HtmlDefinitions();
    this.#definitions.push(definitions);
    return () => {
      this.#definitions.pop();
      for (const block of definitions.finish()) this.#frame.add(block);
    };
  }

  #openDefinition(role: 'term' | 'definition'): () => void {
    const definitions = this.#definitions.at(-1);
    if (definitions === undefined || this.#frames.length > deepestFrame) {
      this.#frame.endParagraph();
      return () => this.#frame.endParagraph();
    }
    return this.#collect((blocks) => {
      if (role === 'definition') {
        definitions.addDefinition(blocks);
        return;
      }
      const [first] = blocks;
      const line =
        first?.kind === 'paragraph' ? first.lines[0] : first?.kind === 'heading' ? first.line : undefined;
      if (line === undefined) return;
      for (const block of definitions.addTerm(line)) this.#frame.add(block);
    });
  }

  #openTable(token: Token.TagToken): (() => void) | null {
    this.#frame.endParagraph();
    const aria = Token.getTokenAttr(token, 'role');
    const table = new TableBuilder({ isLayout: aria === 'presentation' || aria === 'none' });
    this.#tables.push(table);
    return () => {
      this.#tables.pop();
      this.#frame.endParagraph();
      for (const block of table.finish()) this.#frame.add(block);
    };
  }

  #openCell(token: Token.TagToken, table: TableBuilder): () => void {
    if (this.#frames.length > deepestFrame) {
      this.#frame.endParagraph();
      return () => this.#frame.endParagraph();
    }
    const outerAlternativeText = this.#alternativeText;
    this.#alternativeText = null;
    const location = { line: lineOf(token) };
    return this.#collect((blocks, frame) => {
      const cell = {
        blocks,
        isHeader: elementRole(token) === 'headerCell',
        isBold: frame.isBold,
        columnSpan: spanAttribute(token, 'colspan'),
        rowSpan: spanAttribute(token, 'rowspan'),
        alternativeText: this.#alternativeText,
        location,
      };
      this.#alternativeText = outerAlternativeText;
      table.addCell(cell);
    });
  }

  /** Opens a frame whose blocks go to `finished` when the element ends. */
  #collect(finished: (blocks: readonly Block[], frame: HtmlFrame) => void): () => void {
    const blocks: Block[] = [];
    const frame = new HtmlFrame({ emit: (block) => blocks.push(block), plain: true });
    this.#frames.push(frame);
    return () => {
      frame.endParagraph();
      this.#frames.pop();
      finished(blocks, frame);
    };
  }
}

const lineOf = (token: Token.TagToken | Token.CharacterToken): number => token.location?.startLine ?? 1;

function listStart(token: Token.TagToken): number {
  const start = Number.parseInt(Token.getTokenAttr(token, 'start') ?? '1', 10);
  return Number.isSafeInteger(start) ? start : 1;
}
