/**
 * Renders Markdown as a faithful HTML page: headings, paragraphs (each line its own, by `<br>`), lists, pipe
 * tables, bold and escapes. Enough for the documents of this benchmark, and nothing is left out.
 */
export function markdownToHtml(markdown: string): string {
  const blocks = markdown.split(/\n{2,}/u).filter((block) => block.trim() !== '');
  const title = /^# (.+)$/mu.exec(markdown)?.[1] ?? '';
  const body = blocks.map(renderBlock).join('\n');
  return `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>${inline(title)}</title></head>\n<body>\n${body}\n</body></html>\n`;
}

function renderBlock(block: string): string {
  const lines = block.replace(/^\n+|\n+$/gu, '').split('\n');
  const heading = /^(#{1,6}) (.*)$/u.exec(lines[0] ?? '');
  if (heading !== null) {
    const level = heading[1]?.length ?? 1;
    const rest = lines.slice(1).join('\n');
    return `<h${level}>${inline(heading[2] ?? '')}</h${level}>${rest === '' ? '' : `\n${renderBlock(rest)}`}`;
  }
  if (lines.length > 1 && lines.every((line) => line.startsWith('|'))) return renderTable(lines);
  if (lines.every((line) => /^[-*] /u.test(line))) {
    return `<ul>\n${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('\n')}\n</ul>`;
  }
  return `<p>${lines.map(inline).join('<br>\n')}</p>`;
}

function renderTable(lines: readonly string[]): string {
  const [header = '', , ...rows] = lines;
  const cells = (line: string, tag: string): string =>
    splitRow(line)
      .map((cell) => `<${tag}>${inline(cell)}</${tag}>`)
      .join('');
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
  return `<table border="1">\n<thead><tr>${cells(header, 'th')}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

/** The cells of a row of a pipe table. */
export function splitRow(line: string): string[] {
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function inline(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(?<![\w*])\*\*(?=\S)([^*]{1,500})(?<=\S)\*\*/gu, '<b>$1</b>')
    .replace(/\\([!-/:-@[-`{-~])/gu, '$1');
}
