import { BlockWriter } from './blocks.ts';
import type { Block } from './blocks.ts';
import { markdownTable } from './markdown-table.ts';
import type { TextLine } from './inline-text.ts';
import type { MarkdownWriter } from './markdown-writer.ts';
import { alignedTables } from './pdf-aligned-tables.ts';
import { readingOrder } from './pdf-columns.ts';
import type { PageContent } from './pdf-geometry.ts';
import { contentsLines } from './pdf-contents.ts';
import { groupLines, lineMarkdown, setsWholeLines } from './pdf-lines.ts';
import type { Line } from './pdf-lines.ts';
import { runningLines } from './pdf-margins.ts';
import { isWrapped, lastRow, measureText, paragraphs, textLines } from './pdf-paragraphs.ts';
import type { PdfBlock, PdfText, TextMeasure } from './pdf-paragraphs.ts';
import { ruledTables } from './pdf-ruled-tables.ts';
import type { PdfTable } from './pdf-table.ts';

const headingScale = 1.08;
const longestHeading = 200;
const longestBoldHeading = 120;
const mostHeadingLines = 4;
const deepestHeading = 6;
const tablePlaceholder = '\uE000';
const sameEdge = 8;

interface Page {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  readonly tables: readonly PdfTable[];
}

/** Puts the pages of a PDF together to one document. */
export class PdfDocument {
  readonly #pages: Page[] = [];

  addPage(content: PageContent): void {
    const { tables, rest } = ruledTables(content);
    const lines = groupLines(rest, content.number);
    this.#pages.push({ width: content.width, height: content.height, lines, tables });
  }

  /** Writes the text. @returns the main heading, or null. */
  write(writer: MarkdownWriter): string | null {
    const running = runningLines(this.#pages);
    const contents = contentsLines(this.#pages);
    const pages = this.#pages.map((page) => ({
      ...page,
      lines: page.lines.filter((line) => !running.has(line) && !contents.has(line)),
    }));
    const bodySize = mostFrequentSize(pages);
    const measure = measureText(pages, bodySize);
    const blocks: PdfBlock[] = [];
    const wholeLines = setsWholeLines(pages.flatMap((page) => page.lines));
    for (const page of pages) appendPage(blocks, pageBlocks(page, measure, wholeLines));
    const out = toBlocks(blocks, { bodySize, measure });
    const blockWriter = new BlockWriter(writer);
    for (const block of out) blockWriter.write(block);
    const heading = out.find((block) => block.kind === 'heading' && block.level === 1);
    return heading?.kind === 'heading' ? heading.line.text : null;
  }
}

function mostFrequentSize(pages: readonly Page[]): number {
  const characters = new Map<number, number>();
  for (const { lines } of pages) {
    for (const line of lines) {
      const size = Math.round(line.size * 2) / 2;
      const count = line.chunks.reduce((sum, chunk) => sum + chunk.text.length, 0);
      characters.set(size, (characters.get(size) ?? 0) + count);
    }
  }
  const [most] = [...characters].sort((first, second) => second[1] - first[1]);
  return most?.[0] ?? 10;
}

/** The blocks of a page in reading order; drawn tables stand in it like a line of their width. */
function pageBlocks(page: Page, measure: TextMeasure, wholeLines: boolean): PdfBlock[] {
  const placeholders = page.tables.map((table, index): Line => {
    const [left = 0] = table.edges;
    const right = table.edges.at(-1) ?? 0;
    const chunk = {
      text: `${tablePlaceholder}${index}`,
      left,
      right,
      firstWordRight: right,
      y: table.top + 1,
      size: 1,
      bold: false,
    };
    return { chunks: [chunk], left, right, y: table.top + 1, size: 1, bold: false, page: table.page };
  });
  const lines = [...page.lines, ...placeholders].sort((first, second) => first.y - second.y);
  return readingOrder(lines).flatMap((region) => {
    const items: (Line | PdfTable)[] = [];
    let run: Line[] = [];
    const endRun = (): void => {
      items.push(...alignedTables(run, { wholeLines }));
      run = [];
    };
    for (const line of region.lines) {
      const text = line.chunks[0]?.text ?? '';
      const table = text.startsWith(tablePlaceholder) ? page.tables[Number(text.slice(1))] : undefined;
      if (table === undefined) {
        run.push(line);
      } else {
        endRun();
        items.push(table);
      }
    }
    endRun();
    return paragraphs(items, region, measure);
  });
}

/** Adds the blocks of the next page; a table or paragraph that the page break divides becomes one again. */
function appendPage(blocks: PdfBlock[], page: readonly PdfBlock[]): void {
  const [first, ...rest] = page;
  const last = blocks.at(-1);
  if (first === undefined) return;
  if (last?.kind === 'table' && first.kind === 'table' && isSameTable(last, first)) {
    const [header] = last.rows;
    const [next] = first.rows;
    const repeats = header !== undefined && next !== undefined && rowText(header) === rowText(next);
    blocks[blocks.length - 1] = {
      ...last,
      rows: [...last.rows, ...(repeats ? first.rows.slice(1) : first.rows)],
    };
    blocks.push(...rest);
  } else if (last?.kind === 'text' && first.kind === 'text' && goesOn(last, first)) {
    last.rows.push(...first.rows);
    blocks.push(...rest);
  } else {
    blocks.push(...page);
  }
}

const rowText = (row: PdfTable['rows'][number]): string => row.cells.map((cell) => cell.text).join('\n');

function isSameTable(table: PdfTable, next: PdfTable): boolean {
  if (next.page !== lastPage(table) + 1 || table.edges.length !== next.edges.length) return false;
  const [header] = table.rows;
  const [first] = next.rows;
  if (header !== undefined && first !== undefined && rowText(header) === rowText(first)) return true;
  const shift = (next.edges[0] ?? 0) - (table.edges[0] ?? 0);
  const apart = next.edges.filter(
    (edge, index) => Math.abs(edge - shift - (table.edges[index] ?? 0)) > sameEdge,
  );
  return apart.length * 4 <= next.edges.length;
}

function lastPage(table: PdfTable): number {
  return table.rows.at(-1)?.location.page ?? table.page;
}

function goesOn(text: PdfText, next: PdfText): boolean {
  if (next.marker !== null || next.bold !== text.bold || Math.abs(next.size - text.size) > 0.5) return false;
  const last = lastRow(text);
  const [first] = next.rows;
  if (first === undefined || !isWrapped(last, first.line)) return false;
  const ends = /[.!?]["”’)]{0,2}$/u.test(lineMarkdown(last.line).text);
  return !ends && !/^\p{L}[^:.;,]{1,40}:\s/u.test(lineMarkdown(first.line).text);
}

interface TextStyle {
  readonly bodySize: number;
  readonly measure: TextMeasure;
}

function toBlocks(blocks: readonly PdfBlock[], style: TextStyle): Block[] {
  const texts = blocks.map((block) => (block.kind === 'text' ? textLines(block, style.measure) : []));
  const levels = headingLevels(blocks, texts, style.bodySize);
  const indents: number[] = [];
  const out: Block[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'table') {
      out.push(...tableBlocks(block));
      continue;
    }
    const lines = texts[index] ?? [];
    const [line] = lines;
    if (line === undefined) continue;
    const level = headingLevel(block, lines, { levels, bodySize: style.bodySize });
    if (level !== null) {
      const text = lines.map((each) => each.text.replaceAll('**', '')).join(' ');
      out.push({ kind: 'heading', level, line: { text, location: line.location } });
    } else {
      out.push(block.marker === null ? { kind: 'paragraph', lines } : itemBlock(block, lines, indents));
    }
    if (block.marker === null) indents.length = 0;
  }
  return out;
}

/** Items are nested by how far they are indented. */
function itemBlock(block: PdfText, lines: readonly TextLine[], indents: number[]): Block {
  while ((indents.at(-1) ?? Number.NEGATIVE_INFINITY) > block.indent + 4) indents.pop();
  if ((indents.at(-1) ?? Number.NEGATIVE_INFINITY) < block.indent - 4) indents.push(block.indent);
  // A number stays as it stands in the text.
  if (block.marker !== '-') return { kind: 'paragraph', lines, tight: true };
  return { kind: 'item', depth: Math.max(0, indents.length - 1), marker: '-', lines };
}

function tableBlocks(table: PdfTable): Block[] {
  const rows = table.rows.map((row) => ({ cells: row.cells, isHeader: false, location: row.location }));
  const { lines } = markdownTable({ caption: [], rows });
  return lines.length === 0 ? [] : [{ kind: 'table', table: { caption: [], rows } }];
}

const isLarge = (text: PdfText, bodySize: number): boolean => text.size >= bodySize * headingScale;

function isHeadingText(lines: readonly TextLine[], longest: number): boolean {
  const length = lines.reduce((sum, line) => sum + line.text.length, 0);
  return (
    length <= longest && lines.length <= mostHeadingLines && lines.some((line) => /\p{L}/u.test(line.text))
  );
}

/** The sizes that headings have, largest first. */
function headingLevels(
  blocks: readonly PdfBlock[],
  texts: readonly (readonly TextLine[])[],
  bodySize: number,
): number[] {
  const sizes = new Set<number>();
  for (const [index, block] of blocks.entries()) {
    if (
      block.kind === 'text' &&
      isLarge(block, bodySize) &&
      isHeadingText(texts[index] ?? [], longestHeading)
    ) {
      sizes.add(Math.round(block.size * 2) / 2);
    }
  }
  return [...sizes].sort((first, second) => second - first);
}

function headingLevel(
  text: PdfText,
  lines: readonly TextLine[],
  options: { readonly levels: readonly number[]; readonly bodySize: number },
): number | null {
  const { levels, bodySize } = options;
  if (isLarge(text, bodySize)) {
    if (!isHeadingText(lines, longestHeading)) return null;
    return Math.min(levels.indexOf(Math.round(text.size * 2) / 2) + 1, deepestHeading);
  }
  const content = lines.map((line) => line.text).join(' ');
  const isShort = isHeadingText(lines, longestBoldHeading) && lines.length <= 2;
  // Type that is smaller than the text's sets captions and notes.
  if (!text.bold || !isShort || text.size < bodySize * 0.95 || /[.:;,]$/u.test(content)) return null;
  return Math.min(levels.length + 1, deepestHeading);
}
