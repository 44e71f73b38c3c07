const leadingMarkup = /^(?:[-*+>]\s+|[|>])+/;

/**
 * A column header or key as the label of a `label: value` line: on one line, without a colon that would end it
 * early, and without a first character that Markdown would take for a heading, a list, a quote or a table.
 */
export function labelText(header: string): string {
  return header
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[:\uFF1A]+$/, '')
    .replace(/ ?(?:: |\uFF1A ?)/g, ' - ')
    .replace(/^#+\s*/, 'No. ')
    .replace(leadingMarkup, '')
    .replaceAll('|', '/')
    .trim();
}

/**
 * One `label: value` line. A value of several lines (`\n`) goes on in lines indented by two spaces; its empty
 * lines are dropped, so that the record stays one block.
 */
export function fieldLine(label: string, value: string): string {
  return `${label}: ${indentedLines(value)}`;
}

/** A value with each of its further lines indented by two spaces, and without empty ones. */
export function indentedLines(value: string): string {
  const trimmed = value.trim();
  if (!trimmed.includes('\n')) return trimmed;
  const lines = trimmed.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join('\n  ');
}

/**
 * Labels for the columns of a table: cleaned headers; `Column 3` where a header is empty, and `x (2)` for the
 * second column called x.
 */
export function columnLabels(headers: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return headers.map((header, index) => {
    const label = labelText(header) || `Column ${index + 1}`;
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${label} (${count})`;
  });
}

/**
 * The text of a record (a row of a table): a `label: value` line for each cell that is not empty.
 *
 * @param labels as `columnLabels` gives them; cells beyond them get `Column N`.
 */
export function recordText(labels: readonly string[], cells: readonly string[]): string {
  let text = '';
  for (const [index, cell] of cells.entries()) {
    if (cell.trim() === '') continue;
    if (text !== '') text += '\n';
    text += fieldLine(labels[index] ?? `Column ${index + 1}`, cell);
  }
  return text;
}
