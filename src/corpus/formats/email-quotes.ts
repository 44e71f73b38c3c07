const dashedTitle = /^\s*-{3,}\s*\p{L}.{1,120}-{3,}\s*$/u;
const rule = /^\s*_{10,}\s*$/;
const headerLine = /^\s*\*{0,2}\p{Lu}[\p{L}-]{1,12}\s?:\*{0,2}\s+\S/u;
const linesOfHeaders = 8;

/**
 * Sets off what a message quotes of others, so that it is not taken for the sender's own words: `>` before each
 * quoted line, and an empty line around each quote. Lines that the sender's program marked stay as they are;
 * from the title of an original or forwarded message on, all lines are marked.
 *
 * @returns the lines with the index of the line that each comes from.
 */
export function setOffQuotes(lines: readonly string[]): { readonly text: string; readonly index: number }[] {
  const originalStart = lines.findIndex((_, index) => startsOriginal(lines, index));
  const result: { text: string; index: number }[] = [];
  let wasQuoted = false;
  for (const [index, line] of lines.entries()) {
    const isAppended = originalStart !== -1 && index >= originalStart;
    const isQuoted = isAppended || line.startsWith('>');
    if (isQuoted !== wasQuoted && result.at(-1)?.text.trim() && line.trim() !== '') {
      result.push({ text: '', index });
    }
    result.push({ text: isAppended ? `> ${line}`.trimEnd() : line, index });
    if (line.trim() !== '' || isAppended) wasQuoted = isQuoted;
  }
  return result;
}

/** `----- Original Message -----` or a rule, with the headers of that message below. */
function startsOriginal(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? '';
  if (!dashedTitle.test(line) && !rule.test(line)) return false;
  const below = lines.slice(index + 1, index + 1 + linesOfHeaders);
  return below.filter((candidate) => headerLine.test(candidate)).length >= 2;
}
