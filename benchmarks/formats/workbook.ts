import { utils, write } from '@e965/xlsx';
import { splitRow } from './markdown-html.ts';

/**
 * The workbook that a person would make of a Markdown document: of a profile a sheet of labels and values under
 * group headings, of a table the table itself under its title and caption.
 */
export function markdownToWorkbook(markdown: string): Buffer {
  const lines = markdown.split('\n');
  const rows = lines.some((line) => line.startsWith('| ---')) ? tableRows(lines) : profileRows(markdown);
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Sheet1');
  const bytes: unknown = write(book, { type: 'buffer', bookType: 'xlsx', compression: true });
  if (!Buffer.isBuffer(bytes)) throw new TypeError('the workbook was not written as a buffer');
  return bytes;
}

function tableRows(lines: readonly string[]): (string | number)[][] {
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('| ---'))
    .map((line) => (line.startsWith('|') ? splitRow(line).map(cellValue) : [line.replace(/^#+ /u, '')]));
}

function cellValue(text: string): string | number {
  const number = /^\(?[\d,]+(?:\.\d+)?\)?$/u.test(text) ? Number(text.replace(/[(),]/gu, '')) : Number.NaN;
  if (Number.isNaN(number)) return text;
  return text.startsWith('(') ? -number : number;
}

/**
 * Headings above headings become group rows, the lowest headings labels with their text as value; labels below
 * them are indented, as people set out sub-items.
 */
function profileRows(markdown: string): string[][] {
  const rows: string[][] = [];
  let heading: string | null = null;
  for (const block of markdown.split(/\n{2,}/u).flatMap(labelledLines)) {
    const text = block.trim();
    const marks = /^(#{1,6}) (.*)$/u.exec(text);
    const label = /^([^:\n]{1,80}):(?:\s(.*)|$)/su.exec(text);
    if (text === '') continue;
    if (marks?.[1] === '#') {
      rows.push([marks[2] ?? '']);
    } else if (marks !== null) {
      if (heading !== null) rows.push([heading]);
      heading = marks[2] ?? '';
    } else if (label !== null && rows.length > 1) {
      if (heading !== null) rows.push([heading]);
      heading = null;
      rows.push(label[2] === undefined ? [`  ${label[1] ?? ''}`] : [`  ${label[1] ?? ''}`, label[2]]);
    } else if (heading === null) {
      appendText(rows, text);
    } else {
      rows.push([heading, text]);
      heading = null;
    }
  }
  return rows;
}

/** A paragraph whose lines are all labelled has a row for each. */
function labelledLines(block: string): string[] {
  const lines = block.split('\n');
  return lines.every((line) => /^[^:]{1,80}: /u.test(line)) ? lines : [block];
}

/** A further paragraph has a row of its own without a label. */
function appendText(rows: string[][], text: string): void {
  rows.push(rows.length === 1 ? [text] : ['', text]);
}
