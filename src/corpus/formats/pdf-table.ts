import type { SourceLocation } from '../document.ts';
import { lineSeparator } from './blocks.ts';
import type { Chunk } from './pdf-geometry.ts';
import { chunksText } from './pdf-lines.ts';
import type { TableCell } from './table-grid.ts';

/** A number as tables have them, with its sign, currency and unit. */
export const quantity =
  /^[-+–(]{0,2}\s?(?:[A-Z]{0,3}[\p{Sc}])?\s?[-–(]?\d[\d.,'\u00a0 ]*\s?[)%]{0,2}(?:\s?\p{L}{1,3})?$/u;

/** A row of a table on a page. */
export interface PdfTableRow {
  readonly cells: readonly TableCell[];
  readonly location: SourceLocation;
}

/** A table on a page. */
export interface PdfTable {
  readonly kind: 'table';
  readonly page: number;
  readonly top: number;
  readonly bottom: number;
  /** Where columns begin and the last one ends. */
  readonly edges: readonly number[];
  readonly rows: readonly PdfTableRow[];
}

/** A cell of these lines of chunks. A line that was wrapped for want of room goes on in the next one. */
export function tableCell(options: {
  readonly lines: readonly (readonly Chunk[])[];
  readonly width: number;
  readonly columnSpan: number;
}): TableCell {
  let text = '';
  let bold = true;
  let previous: readonly Chunk[] | null = null;
  for (const chunks of options.lines) {
    const [first] = chunks;
    if (first === undefined) continue;
    bold &&= chunks.every((chunk) => chunk.bold);
    const line = chunksText(chunks, Math.max(...chunks.map((chunk) => chunk.size)));
    if (line === '') continue;
    const wrapped = previous !== null && (bold || isWrapped(previous, first, options.width));
    text = previous === null ? line : joinWrapped(text, line, { isWrapped: wrapped, hyphenates: false });
    previous = chunks;
  }
  return { text, isHeader: false, isBold: text !== '' && bold, columnSpan: options.columnSpan, rowSpan: 1 };
}

/** Whether the next line's first word would not have had room at the end of the line before. */
function isWrapped(before: readonly Chunk[], next: Chunk, width: number): boolean {
  const left = Math.min(...before.map((chunk) => chunk.left));
  const right = Math.max(...before.map((chunk) => chunk.right));
  const word = next.firstWordRight - next.left;
  return right - left + word + next.size * 0.3 > width - next.size * 0.4;
}

/**
 * Joins two lines of a cell or paragraph. A hyphen at the end of a line stays, unless the document divides words
 * there (`hyphenates`); then a word goes on in lower case.
 */
export function joinWrapped(
  before: string,
  line: string,
  options: { readonly isWrapped: boolean; readonly hyphenates: boolean },
): string {
  if (/\p{L}[\u00ad\u2010]$/u.test(before)) return before.slice(0, -1) + line;
  if (options.isWrapped && /[\p{L}\d]-$/u.test(before)) {
    const isDivided = options.hyphenates && /\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(line);
    return (isDivided ? before.slice(0, -1) : before) + line;
  }
  return before + lineSeparator(before, line, options.isWrapped) + line;
}
