import { escapeMarkers, unescapeMarkers } from './markers.ts';

/** A document, or a run of one, as a prompt shows it: always below the title of its document. */
export interface Passage {
  readonly title: string;
  readonly text: string;
  /** Whether the document began before this passage. */
  readonly continued?: boolean;
}

/**
 * A passage for any prompt: its title as a Markdown heading, unless the text begins with it, then the text, with
 * the prompts' marks escaped. For all models alike.
 */
export function writePassage({ title, text, continued = false }: Passage): string {
  const heading = passageHeading(title, continued);
  const body = text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  const [firstLine = ''] = body.split('\n', 1);
  return escapeMarkers(firstLine.trimEnd() === heading ? body : `${heading}\n\n${body}`);
}

/** The line that a passage's text stands below. */
export function passageHeading(title: string, continued = false): string {
  return `# ${title.replace(/\s+/g, ' ').trim()}${continued ? ' (continued)' : ''}`;
}

const headingLine = /^# (?<title>[^\n]+?)(?<continued> \(continued\))?(?:\n|$)/;
const frontMatter = /^(?:---|\+\+\+)[ \t]*\n/;

/**
 * Takes a passage as a prompt holds it back apart. The text keeps its heading, as most documents have it, but for
 * front matter, which is one only at a document's beginning. Null where there is no heading, as in prompts that
 * others wrote.
 */
export function readPassage(written: string): Passage | null {
  const content = unescapeMarkers(written);
  const heading = headingLine.exec(content);
  const title = heading?.groups?.['title']?.trim();
  if (heading === null || title === undefined) return null;
  const below = content.slice(heading[0].length).replace(/^\n+/, '');
  if (heading.groups?.['continued'] !== undefined) return { title, text: below, continued: true };
  return { title, text: frontMatter.test(below) ? below : content };
}
