/** Renders rows as a Markdown table. Cells lose their line breaks, and `|` in them is escaped. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [tableLine(header, header.length), `|${' --- |'.repeat(header.length)}`];
  for (const row of rows) lines.push(tableLine(row, header.length));
  return lines.join('\n');
}

/** One row of a Markdown table, padded with empty cells to a width. */
export function tableLine(cells: readonly string[], width: number): string {
  const padded = Array.from({ length: width }, (_, index) => tableCell(cells[index] ?? ''));
  return `| ${padded.join(' | ')} |`;
}

function tableCell(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
}
