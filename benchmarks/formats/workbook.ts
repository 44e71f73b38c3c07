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

/** Headings with subheadings become group rows, the lowest headings labels; a sub-label is a label of its own. */
function profileRows(lines: readonly string[]): string[][] {
  const rows: string[][] = [];
  let heading: string | null = null;
  let level = 0;
  let group: string | null = null;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const match = /^(#{1,6}) (.*)$/u.exec(line);
    if (match !== null) {
      if (heading !== null) rows.push([heading]);
      heading = match[2] ?? '';
      level = match[1]?.length ?? 1;
      group = null;
    } else {
      const label = /^([^:]{1,60}): (.*)$/u.exec(line);
      if (label === null) {
        rows.push([heading ?? group ?? '', line]);
      } else {
        if (heading !== null && level > 1) rows.push([heading]);
        rows.push([label[1] ?? '', label[2] ?? '']);
      }
      group = heading ?? group;
      heading = null;
    }
  }
  return rows;
}
