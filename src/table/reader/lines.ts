/** One line of a document, as offsets into its text. */
export interface Line {
  /** Where the line begins, indentation included. */
  readonly start: number;
  /** Where its first visible character is; equal to `end` for a blank line. */
  readonly contentStart: number;
  /** Just after its last visible character. */
  readonly end: number;
  /** Columns before the first visible character; a tab reaches to the next multiple of four. */
  readonly indent: number;
}

const isBlankCode = (code: number): boolean =>
  code === 32 || code === 9 || code === 13 || code === 0xa0 || code === 0x3000 || code === 0xfeff;

export const isBlank = (line: Line): boolean => line.contentStart >= line.end;

/** The lines of `text[start, end)`. A form feed ends a line as a line feed does, and leaves a blank one. */
export function splitLines(text: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  let at = start;
  while (at < end) {
    let lineEnd = text.indexOf('\n', at);
    if (lineEnd < 0 || lineEnd > end) lineEnd = end;
    pushLine(text, { start: at, end: lineEnd }, lines);
    at = lineEnd + 1;
  }
  return lines;
}

function pushLine(text: string, range: { start: number; end: number }, lines: Line[]): void {
  let from = range.start;
  for (let at = from; at < range.end && at < from + 4; at += 1) {
    if (text.charCodeAt(at) !== 12) continue;
    lines.push({ start: from, contentStart: at, end: at, indent: 0 });
    from = at + 1;
  }
  let contentStart = from;
  let indent = 0;
  while (contentStart < range.end) {
    const code = text.charCodeAt(contentStart);
    if (!isBlankCode(code)) break;
    indent += code === 9 ? 4 - (indent % 4) : 1;
    contentStart += 1;
  }
  let end = range.end;
  while (end > contentStart && (isBlankCode(text.charCodeAt(end - 1)) || text.charCodeAt(end - 1) === 12)) {
    end -= 1;
  }
  lines.push({ start: from, contentStart, end, indent });
}
