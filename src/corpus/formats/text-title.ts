/** A title stands near the start of a document. */
const searchedLines = 60;
const searchedCharacters = 20_000;
const longestTitle = 200;

const atxHeading = /^ {0,3}(#{1,6})[ \t]+(.+)$/;
const underline = /^ {0,3}(={3,}|-{3,}|~{3,}|\*{3,})[ \t]*$/;
const recordTitle = /^(?:title|name|subject)[ \t]*[:\uFF1A][ \t]*(\S.*)$/i;

/** The title that a Markdown document states: in its front matter, its first heading, or a leading record. */
export function markdownTitle(text: string): string | null {
  const lines = firstLines(text);
  const frontMatter = frontMatterOf(lines);
  return (
    frontMatter.title ??
    headingTitle(lines.slice(frontMatter.length)) ??
    recordTitleOf(lines.slice(frontMatter.length)) ??
    hanLineTitle(lines.slice(frontMatter.length))
  );
}

/**
 * The title that a plain text states: an underlined first line, a leading `Title: …` line, or a first line that
 * stands alone and reads like one.
 */
export function textTitle(text: string): string | null {
  const lines = firstLines(text);
  const start = lines.findIndex((line) => line.trim() !== '');
  return underlinedTitle(lines, start) ?? recordTitleOf(lines) ?? leadingLineTitle(lines.slice(start));
}

const longestLeadingLine = 80;
const mostLeadingWords = 10;
const mostHeadLines = 5;
/** What stands below the title of a report: "Period: June 2024", "Prepared by A. Stone". */
const headLine =
  /^[^\s:][^:]{1,40}:\s+\S.{0,80}$|^(?:prepared|written|compiled|submitted|issued)?\s?by\s\p{Lu}.{1,80}$/iu;
const endsSentence = /[.,;:!?]$/;
const endsInAbbreviation = /(?:^|\s)(?:Ltd|Inc|Co|Corp|Cos|Bros|Jr|Sr|St|plc|al|N\.V|S\.A|[A-Z])\.$/;
/** A line of Chinese that is no sentence and no label. */
const hanTitle = /^(?=.*\p{Script=Han}{3})[\p{Script=Han}\p{L}\p{N}\s()（）《》“”·-]{4,40}$/u;
/** "ADA BRANDT": words in capitals alone. */
const capitalTitle = /^\p{Lu}[\p{Lu}\p{M}.'’&-]*(?: [\p{Lu}\p{M}.'’&-]+){1,5}$/u;
const greeting = /^(?:dear|hello|hi|hey|good (?:morning|day|evening)|to whom|attn|attention)\b/i;

/** "Lamont v. Harbourline Ltd." above a blank line, perhaps with one more line (its number or date) between. */
function leadingLineTitle(lines: readonly string[]): string | null {
  const blank = lines.findIndex((line) => line.trim() === '');
  const [first = '', second = '', ...others] = lines.slice(0, Math.max(0, blank)).map((line) => line.trim());
  const headed = blank <= mostHeadLines && [second, ...others].every((line) => headLine.test(line));
  if (blank < 1 || (blank > 2 && !headed) || !lines.slice(blank).some((line) => line.trim() !== ''))
    return null;
  if (first.length > longestLeadingLine || second.length > longestLeadingLine) return null;
  const reads =
    hanTitle.test(first) ||
    (capitalTitle.test(first) && blank === 1) ||
    (/^[\p{Lu}\p{N}].*\p{Ll}/u.test(first) && first.split(/\s+/).length <= mostLeadingWords);
  const ends = endsSentence.test(first) && !endsInAbbreviation.test(first);
  if (!reads || ends || /:\s|\t| {3}|\|/.test(first) || greeting.test(first)) return null;
  return cleanTitle(first);
}

/** A first line of Chinese that stands alone, above a text with tables or headings further down. */
function hanLineTitle(lines: readonly string[]): string | null {
  const start = lines.findIndex((line) => line.trim() !== '');
  return hanTitle.test(lines[start]?.trim() ?? '') ? leadingLineTitle(lines.slice(start)) : null;
}

function firstLines(text: string): string[] {
  const start = text.length > searchedCharacters ? text.slice(0, searchedCharacters) : text;
  return start.split('\n', searchedLines);
}

function frontMatterOf(lines: readonly string[]): { title: string | null; length: number } {
  const fence = lines[0]?.trimEnd();
  if (fence !== '---' && fence !== '+++') return { title: null, length: 0 };
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === fence);
  if (end === -1) return { title: null, length: 0 };
  for (const key of ['title', 'name']) {
    for (const line of lines.slice(1, end)) {
      const match = /^([\w-]+)\s*[:=]\s*(.*)$/.exec(line);
      if (match?.[1]?.toLowerCase() !== key) continue;
      const title = cleanTitle(unquote(match[2] ?? ''));
      if (title !== null) return { title, length: end + 1 };
    }
  }
  return { title: null, length: end + 1 };
}

function unquote(value: string): string {
  const trimmed = value.trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'((?:[^']|'')*)'/.exec(trimmed);
  if (quoted === null) return trimmed.replace(/\s#.*$/, '').trimEnd();
  return quoted[1]?.replace(/\\(["\\])/g, '$1') ?? quoted[2]?.replaceAll("''", "'") ?? trimmed;
}

/** The first heading of the highest level, or the heading that the document starts with. */
function headingTitle(lines: readonly string[]): string | null {
  let inFence = false;
  let isFirst = true;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (/^ {0,3}(?:```|~~~)/.test(line)) inFence = !inFence;
    if (inFence) continue;
    const heading = atxHeading.exec(line);
    if (heading !== null && (heading[1] === '#' || isFirst)) {
      const title = cleanTitle((heading[2] ?? '').trimEnd().replace(/[ \t]#+$/, ''));
      if (title !== null) return title;
    }
    const underlined = isFirst || /^ {0,3}=+[ \t]*$/.test(lines[index + 1] ?? '');
    const title = underlined ? underlinedTitle(lines, index) : null;
    if (title !== null) return title;
    isFirst = false;
  }
  return null;
}

/** `Title` above a line of `====`, perhaps below one too. */
function underlinedTitle(lines: readonly string[], start: number): string | null {
  const first = lines[start] ?? '';
  const isOverlined = underline.test(first);
  const title = (isOverlined ? lines[start + 1] : first) ?? '';
  const boxed = isOverlined ? lines.slice(start + 2, start + 2 + mostHeadLines) : [];
  const rule = Math.max(
    0,
    boxed.findIndex((line) => !headLine.test(line.trim())),
  );
  const below = (isOverlined ? boxed[rule] : lines[start + 1]) ?? '';
  if (title.trim() === '' || underline.test(title) || /^[\s>|*+-]*$/.test(title)) return null;
  if (!underline.test(below) || title.trimStart().startsWith('|')) return null;
  if (isOverlined && below.trim()[0] !== first.trim()[0]) return null;
  return cleanTitle(title);
}

/** `Title: …`, `Name: …` or `Subject: …` as one of the first lines of a record. */
function recordTitleOf(lines: readonly string[]): string | null {
  for (const line of lines.filter((line) => line.trim() !== '').slice(0, 5)) {
    const match = recordTitle.exec(line);
    if (match !== null) return cleanTitle(match[1] ?? '');
    if (!/^[^\s:][^:]{0,60}:\s/.test(line)) return null;
  }
  return null;
}

function cleanTitle(markup: string): string | null {
  const title = markup
    .replace(/!\[[^\]]{0,200}\]\([^)]{0,500}\)/g, '')
    .replace(/\[([^\]]{1,200})\](?:\([^)]{0,500}\)|\[[^\]]{0,200}\])/g, '$1')
    .replace(/\{#[\w-]+\}\s*$/, '')
    .replace(/(\*\*|__|`)(.{1,200}?)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_])([^*_]{1,200})\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, '')
    .replace(/\\([#*_`[\]\\-])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return title === '' || title.length > longestTitle ? null : title;
}
