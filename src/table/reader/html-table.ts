import { cleanInline } from './inline-markup.ts';
import type { CleanText } from './clean-text.ts';
import type { Grid } from './grid.ts';

const tagPattern = /<(\/?)(table|thead|tbody|tr|td|th|caption)\b([^<>]{0,500})>/giu;
const mostSpan = 50;

interface OpenCell {
  readonly start: number;
  readonly columns: number;
  readonly isHeader: boolean;
}

/** The cells of an HTML table that was left in a document's text; a spanning cell is followed by blank ones. */
export function readHtmlTable(
  text: string,
  start: number,
  end: number,
): { readonly grid: Grid; readonly caption: CleanText | null } {
  const rows: CleanText[][] = [];
  let headerRows = 0;
  let open: OpenCell | null = null;
  let captionStart = -1;
  let caption: CleanText | null = null;
  let bodyCells = 0;
  const close = (at: number): void => {
    if (open === null) return;
    const row = rows.at(-1);
    const cell = cleanInline(text, open.start, at, { keepLines: true });
    row?.push(cell);
    for (let column = 1; column < open.columns; column += 1) {
      row?.push({ text: '', start: cell.end, end: cell.end, starts: null, ends: null });
    }
    if (!open.isHeader) bodyCells += 1;
    else if (bodyCells === 0) headerRows = rows.length;
    open = null;
  };
  tagPattern.lastIndex = start;
  for (
    let match = tagPattern.exec(text);
    match !== null && match.index < end;
    match = tagPattern.exec(text)
  ) {
    const closing = match[1] === '/';
    const name = (match[2] ?? '').toLowerCase();
    const after = match.index + match[0].length;
    if (name === 'caption') {
      if (closing && captionStart >= 0) caption = cleanInline(text, captionStart, match.index);
      captionStart = closing ? -1 : after;
      continue;
    }
    close(match.index);
    if (closing) continue;
    if (name === 'tr') rows.push([]);
    else if (name === 'td' || name === 'th') {
      if (rows.length === 0) rows.push([]);
      const span = Number(/colspan\s*=\s*["']?(\d{1,3})/iu.exec(match[3] ?? '')?.[1] ?? 1);
      open = { start: after, columns: Math.min(mostSpan, Math.max(1, span)), isHeader: name === 'th' };
    }
  }
  close(end);
  const filled = rows.filter((row) => row.length > 0);
  return { grid: { rows: filled, markedHeaderRows: headerRows < filled.length ? headerRows : 0 }, caption };
}
