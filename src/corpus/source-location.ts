import type { SourceLocation, SourceMap } from './document.ts';

/**
 * Finds where a piece of a document's stored text stands in its source file.
 *
 * @param offset in UTF-16 code units of the stored text.
 */
export function locate(found: {
  readonly sourceMap: SourceMap;
  readonly text: string;
  readonly offset: number;
}): SourceLocation {
  const { sourceMap, text, offset } = found;
  const { segments } = sourceMap;
  if (segments.length === 0) return { line: (sourceMap.firstLine ?? 1) + countLineBreaks(text, offset) };
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return segments[low]?.location ?? {};
}

function countLineBreaks(text: string, end: number): number {
  let breaks = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
}

/** A location in words: `line 12`, `page 3`, `Sheet1!B4`, `row 17, line 18`, `line 4, /Geography/Area`. */
export function formatLocation(location: SourceLocation): string {
  const { line, page, paragraph, sheet, cell, pointer, row } = location;
  const parts: string[] = [];
  if (page !== undefined) parts.push(`page ${page}`);
  if (sheet !== undefined) parts.push(cell === undefined ? sheetName(sheet) : `${sheetName(sheet)}!${cell}`);
  if (row !== undefined && cell === undefined) parts.push(`row ${row}`);
  if (paragraph !== undefined) parts.push(`paragraph ${paragraph}`);
  if (line !== undefined) parts.push(`line ${line}`);
  if (pointer !== undefined && pointer !== '') parts.push(pointer);
  return parts.join(', ');
}

/** As spreadsheets write it: in quotes where it is more than a word. */
function sheetName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) ? name : `'${name.replaceAll("'", "''")}'`;
}
