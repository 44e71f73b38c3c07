import { utils, write } from '@e965/xlsx';
import { splitRow } from './markdown-html.ts';

/**
 * The workbook that a person would make of a Markdown document: of a profile a sheet of labels and values under
 * group headings, of a table the table itself under its title and caption.
 */
export function markdownToWorkbook(markdown: string): Buffer {
  const lines = markdown.split('\n');
  const rows = lines.some((line) => line.startsWith('| ---')) ? tableRows(lines) : profileRows(lines);
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
function profileRows(lines: readonly string[]): string[][] {
  const rows: string[][] = [];
  let heading: string | null = null;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const marks = /^(#{1,6}) (.*)$/u.exec(line);
    const label = /^([^:]{1,60}): (.*)$/u.exec(line);
    if (marks !== null) {
      if (heading !== null) rows.push([heading]);
      heading = marks[2] ?? '';
      if (marks[1] === '#') {
        rows.push([heading]);
        heading = null;
      }
    } else if (label !== null && rows.length > 1) {
      if (heading !== null) rows.push([heading]);
      heading = null;
      rows.push([`  ${label[1] ?? ''}`, label[2] ?? '']);
    } else if (heading === null) {
      appendLine(rows, line);
    } else {
      rows.push([heading, line]);
      heading = null;
    }
  }
  return rows;
}

/** A further line of a text goes on in its cell. */
function appendLine(rows: string[][], line: string): void {
  const last = rows.at(-1);
  if (last === undefined) rows.push([line]);
  else if (last[1] === undefined) rows.push([line]);
  else last[1] = `${last[1]}\n${line}`;
}
