import type { TextLine } from './inline-text.ts';
import type { Region } from './pdf-columns.ts';
import { chunksText, lineMarkdown } from './pdf-lines.ts';
import type { Line } from './pdf-lines.ts';
import { joinWrapped } from './pdf-table.ts';
import type { PdfTable } from './pdf-table.ts';

/** A paragraph, heading or list item. */
export interface PdfText {
  readonly kind: 'text';
  readonly page: number;
  /** Its lines, with where lines of full width end in the column that each stands in. */
  readonly rows: { readonly line: Line; readonly right: number }[];
  readonly size: number;
  readonly bold: boolean;
  /** `-` or a number for an item of a list. */
  readonly marker: string | null;
  /** How far the first line is indented, in points. */
  readonly indent: number;
}

export type PdfBlock = PdfText | PdfTable;

/** How the text of a document is set, as far as paragraphs show by it. */
export interface TextMeasure {
  /** The distance of lines within paragraphs, in type sizes. */
  readonly lineSpacing: number;
  /** Where lines of the page's full width end, in points. */
  readonly right: number;
  /** Whether words are divided at the ends of lines. */
  readonly hyphenates: boolean;
}

const sameSize = 0.08;
/** Text that ends further left than this part of the page's width is a list of short lines. */
const narrowestText = 0.62;
const spacingTolerance = 1.13;
const bullet = /^[•●▪‣◦○■□➢►▸·*\-–—\u2043\u2219](?=\s)\s*/u;
const numbered = /^(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\))\s+(?=\S)/u;

/** Joins lines to paragraphs, and takes tables as they are. */
export function paragraphs(
  items: readonly (Line | PdfTable)[],
  region: Region,
  measure: TextMeasure,
): PdfBlock[] {
  const blocks: PdfBlock[] = [];
  const right = rightEdge(region, measure);
  let open: PdfText | null = null;
  for (const item of items) {
    if ('kind' in item) {
      blocks.push(item);
      open = null;
    } else if (open !== null && belongsTo(item, open, { ...measure, right })) {
      open.rows.push({ line: item, right });
    } else {
      open = startText(item, { left: region.left, right });
      blocks.push(open);
    }
  }
  return blocks;
}

/** A column that does not reach the page's right edge has an edge of its own. */
function rightEdge(region: Region, measure: TextMeasure): number {
  const isNarrow = region.right < measure.right - 60 && region.lines.length >= 10;
  return isNarrow ? region.right : measure.right;
}

function startText(line: Line, region: { readonly left: number; readonly right: number }): PdfText {
  const { text } = lineMarkdown(line);
  const bulletLength = bullet.exec(text)?.[0].length ?? 0;
  const isItem = bulletLength > 0 && text.length > bulletLength;
  return {
    kind: 'text',
    page: line.page,
    rows: [{ line, right: region.right }],
    size: line.size,
    bold: line.bold,
    marker: isItem ? '-' : (numbered.exec(text)?.[0].trim() ?? null),
    indent: line.left - region.left,
  };
}

/** A label and a value far apart on a line of their own belong together as if by a colon. */
function labelAcrossGap(line: Line, text: string): string {
  if (line.chunks.length < 2) return text;
  const gaps = line.chunks.slice(1).map((chunk, index) => chunk.left - (line.chunks[index]?.right ?? 0));
  const widest = Math.max(...gaps);
  if (widest < line.size * 2 || gaps.filter((gap) => gap > line.size).length !== 1) return text;
  const split = gaps.indexOf(widest) + 1;
  const label = chunksText(line.chunks.slice(0, split), line.size);
  const value = chunksText(line.chunks.slice(split), line.size);
  const isLabel = /\p{L}{2}/u.test(label) && label.length <= 60 && !/[.;,!?\d]$/u.test(label);
  return isLabel ? `${label.replace(/\s?:$/u, '')}: ${value}` : text;
}

function belongsTo(line: Line, text: PdfText, measure: TextMeasure): boolean {
  const { line: last } = lastRow(text);
  if (line.page !== last.page || Math.abs(line.size - text.size) > text.size * sameSize) return false;
  if (line.bold !== text.bold || startsItem(line, text)) return false;
  const gap = (line.y - last.y) / Math.max(line.size, last.size);
  // Headings may be set tighter or wider than the text.
  if (gap <= 0 || gap > measure.lineSpacing * spacingTolerance) return false;
  if (text.marker !== null) return line.left > last.left - line.size;
  // An indented first line begins a paragraph.
  const isIndented = line.left > last.left + line.size * 0.8;
  return !isIndented;
}

function startsItem(line: Line, text: PdfText): boolean {
  const content = line.chunks.map((chunk) => chunk.text).join(' ');
  if (!bullet.test(content) && !numbered.test(content)) return false;
  // A dash or number at the start of a line that the one before was wrapped to is part of a sentence.
  const isWithin = text.marker === null && Math.abs(line.left - lastRow(text).line.left) < line.size;
  return !isWithin || !isWrapped(lastRow(text), line);
}

export function lastRow(text: PdfText): PdfText['rows'][number] {
  const last = text.rows.at(-1);
  if (last === undefined) throw new Error('a text has at least one line');
  return last;
}

/** The text of a block: lines that were wrapped are one, those that were ended on purpose stay lines. */
export function textLines(text: PdfText, measure: TextMeasure): TextLine[] {
  const wrapped = text.rows.map((row, index) => {
    const before = text.rows[index - 1];
    return before !== undefined && isWrapped(before, row.line);
  });
  const ownLines = wrapped.slice(1).filter((each) => !each).length;
  const hasOwnLines = ownLines > 0 && ownLines * 2 >= text.rows.length - 1;
  const lines: TextLine[] = [];
  for (const [index, { line }] of text.rows.entries()) {
    const markdown = index === 0 ? firstLine(text) : lineMarkdown(line);
    const above = lines.at(-1);
    if (above === undefined || wrapped[index] !== true || isOwnLine(above.text, markdown.text, hasOwnLines)) {
      lines.push(markdown);
    } else {
      const { hyphenates } = measure;
      const joined = joinWrapped(above.text, markdown.text, { isWrapped: true, hyphenates });
      lines[lines.length - 1] = { ...above, text: joined };
    }
  }
  return lines;
}

function firstLine(text: PdfText): TextLine {
  const [row] = text.rows;
  if (row === undefined) throw new Error('a text has at least one line');
  const markdown = lineMarkdown(row.line);
  if (text.marker === '-') return { ...markdown, text: markdown.text.replace(bullet, '') };
  return { ...markdown, text: labelAcrossGap(row.line, markdown.text) };
}

/**
 * Whether a line stands for itself even though the one above is full, perhaps by chance: a label after a statement
 * that has ended, or a capital after such an end where most lines were ended on purpose.
 */
function isOwnLine(above: string, text: string, hasOwnLines: boolean): boolean {
  if (/[.;)\]\d%]$/u.test(above) && /^\p{L}[^:.;,]{1,40}:\s/u.test(text)) return true;
  return hasOwnLines && /[.:)\]\d%]$/u.test(above) && /^\p{Lu}/u.test(text);
}

/** Whether the first word of a line would not have had room at the end of the line before. */
export function isWrapped(before: PdfText['rows'][number], line: Line): boolean {
  const [first] = line.chunks;
  if (first === undefined) return false;
  const width = first.firstWordRight - first.left;
  return before.line.right + line.size * 0.25 + width > before.right - line.size * 0.1;
}

/** Finds out how the text of a document is set. */
export function measureText(
  pages: readonly { readonly width: number; readonly lines: readonly Line[] }[],
  bodySize: number,
): TextMeasure {
  const ratios: number[] = [];
  const rights: number[] = [];
  let divided = 0;
  let left = Number.POSITIVE_INFINITY;
  let width = 0;
  for (const page of pages) {
    width = Math.max(width, page.width);
    for (const [index, line] of page.lines.entries()) {
      const next = page.lines[index + 1];
      if (Math.abs(line.size - bodySize) > bodySize * sameSize) continue;
      rights.push(line.right);
      left = Math.min(left, line.left);
      if (next === undefined || Math.abs(next.size - bodySize) > bodySize * sameSize) continue;
      if (/\p{Ll}-$/u.test(line.chunks.at(-1)?.text ?? '') && /^\p{Ll}/u.test(next.chunks[0]?.text ?? ''))
        divided += 1;
      const ratio = (next.y - line.y) / bodySize;
      if (ratio >= 0.95 && ratio < 3) ratios.push(ratio);
    }
  }
  ratios.sort((first, second) => first - second);
  const lineSpacing = Math.min(1.6, Math.max(1.1, ratios[Math.floor(ratios.length * 0.08)] ?? 1.3));
  const right = textRight(rights, Number.isFinite(left) ? left : 0, width);
  return { lineSpacing, right, hyphenates: divided >= 3 && divided >= rights.length * 0.02 };
}

/** Lines end near the right margin again and again where text is wrapped; else it is as wide as the left one. */
function textRight(rights: readonly number[], left: number, width: number): number {
  const sorted = rights.toSorted((first, second) => second - first);
  const furthest = sorted[Math.floor(sorted.length * 0.005)] ?? width;
  const near = sorted.filter((right) => right > furthest - width * 0.07).length;
  const isMargin = near >= 2 && near >= rights.length * 0.02 && furthest > width * narrowestText;
  return isMargin ? furthest : Math.max(furthest, width - left);
}
