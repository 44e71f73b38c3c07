import type { SourceLocation } from '../document.ts';

/** A line of text and where it stands in the source. */
export interface TextLine {
  readonly text: string;
  readonly location: SourceLocation;
}

/** The text of one paragraph or cell. */
export interface InlineContent {
  readonly lines: readonly TextLine[];
  /** Whether every visible character is bold. */
  readonly bold: boolean;
}

/** How a run of text looks, as far as that tells what it is. */
export interface RunStyle {
  readonly bold: boolean;
  readonly superscript: boolean;
}

const longestBoldLabel = 80;
const longestBoldLine = 120;
const tailLength = 16;
const invisibleCharacters = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;
const whiteSpace = /[ \t\n\r\f\v\u2028\u2029]+/gu;
const padding = /(?<!\d)\u00a0|\u00a0(?!\d)/gu;

interface Line {
  /** The line so far, without marks for bold. */
  text: string;
  /** How many characters from the start of `text` are bold without a break. */
  boldLength: number;
  /** The last characters of `text`, kept apart: looking at the end of a growing string would copy it each time. */
  tail: string;
  location: SourceLocation | null;
}

const emptyLine = (): Line => ({ text: '', boldLength: 0, tail: '', location: null });

/**
 * Collects the runs of one paragraph or cell: white space collapses as in a browser, a line break starts a new
 * line, and of bold type only a label at the start of a line (or a line that is bold altogether) is kept, as
 * `**label** value`. A bold label with a colon needs no marks.
 */
export class InlineText {
  #finished: Line[] = [];
  #line: Line = emptyLine();

  get isEmpty(): boolean {
    return this.#line.location === null && this.#finished.length === 0;
  }

  add(run: string, style: RunStyle, location: SourceLocation): void {
    let text = run.replace(invisibleCharacters, '').replace(whiteSpace, ' ').replace(padding, ' ');
    if (style.superscript) text = superscriptText(this.#line.tail, text);
    if (text === '') return;
    const line = this.#line;
    if (text.startsWith(' ') && (line.tail === '' || line.tail.endsWith(' '))) text = text.trimStart();
    if (text === '') return;
    line.location ??= location;
    if (line.boldLength === line.text.length && (style.bold || text === ' ')) {
      line.boldLength += text.length;
    }
    line.text += text;
    line.tail = (text.length < tailLength ? line.tail + text : text).slice(-tailLength);
  }

  /** Separates what comes from what is there by one space, without starting a new line. */
  addSpace(): void {
    if (this.#line.location !== null) {
      this.add(' ', { bold: false, superscript: false }, this.#line.location);
    }
  }

  /** Ends a label with a colon, unless it has one. */
  addLabelEnd(): void {
    const line = this.#line;
    if (line.location === null) return;
    const label = line.text.trimEnd();
    line.text = /[:：]$/u.test(label) ? `${label} ` : `${label}: `;
    line.tail = line.text.slice(-tailLength);
  }

  lineBreak(): void {
    if (this.#line.location !== null) this.#finished.push(this.#line);
    this.#line = emptyLine();
  }

  /** Hands out the paragraph and starts an empty one. With `plain`, bold leaves no marks. */
  take(options: { readonly plain: boolean }): InlineContent {
    this.lineBreak();
    const finished = this.#finished.filter((line) => line.text.trim() !== '');
    this.#finished = [];
    let bold = finished.length > 0;
    const lines: TextLine[] = [];
    for (const line of finished) {
      if (line.boldLength < line.text.trimEnd().length) bold = false;
      const text = options.plain ? line.text.trim() : markBold(line);
      lines.push({ text: options.plain ? text : escapeLineStart(text), location: line.location ?? {} });
    }
    return { lines, bold };
  }
}

/** Keeps a line from being taken for a Markdown heading or quotation. */
export function escapeLineStart(text: string): string {
  return /^[#>]/u.test(text) ? `\\${text}` : text;
}

function markBold(line: Line): string {
  const text = line.text.trim();
  const label = line.text.slice(0, line.boldLength).trim();
  if (label === '' || label.endsWith(':') || label.includes('**')) return text;
  const rest = line.text.slice(line.boldLength).trim();
  if (rest === '') return text.length <= longestBoldLine ? `**${text}**` : text;
  // Bold that ends within a word, or reaches over most of a sentence, labels nothing.
  const isWholeWord = !/[\p{L}\p{N}][\p{L}\p{N}]/u.test(
    line.text.slice(Math.max(0, line.boldLength - 1), line.boldLength + 1),
  );
  if (rest.startsWith(':') || label.length > longestBoldLabel || !isWholeWord) return text;
  return `**${label}** ${rest}`;
}

const footnoteMark =
  /^\s*(?:\[[^\]]{0,20}\]|[*†‡§#]+|\(?\d{1,3}\)?(?:\s*,\s*\d{1,3})*|[a-z](?:,[a-z])*)\s*$/u;
const shortUnit = /(?:^|[\s\d/·(])[kcdmµn]?(?:m|ft|in|mi|yd|s)$/u;

/**
 * What a superscript adds to the text before it: an exponent of a unit or of a power of ten is kept, a footnote
 * mark is left out (it would falsify a number), anything else ("21st") stays.
 */
export function superscriptText(before: string, superscript: string): string {
  const text = superscript.trim();
  if (text === '') return superscript;
  if (shortUnit.test(before) && /^[23]$/u.test(text)) return text === '2' ? '²' : '³';
  if (/(?:^|\D)10$/u.test(before) && /^[-−–]?\d{1,3}$/u.test(text)) return `^${text.replace(/[−–]/u, '-')}`;
  return footnoteMark.test(text) ? '' : superscript;
}
