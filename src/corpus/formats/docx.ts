import { BlockWriter, cellText } from './blocks.ts';
import type { Block } from './blocks.ts';
import { DocxBody } from './docx-body.ts';
import type { DocxPart } from './docx-body.ts';
import { DocxNumbering } from './docx-numbering.ts';
import { DocxStyles } from './docx-styles.ts';
import type { FormatParser, FormatParserInput, ParsedDocument } from './format-parser.ts';
import { MarkdownWriter } from './markdown-writer.ts';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import { readXml } from './xml-reader.ts';
import { ZipParts } from './zip-parts.ts';

/** Type that is larger than the body's by this factor makes a short line a heading. */
const headingScale = 1.15;
const deepestHeading = 6;

/**
 * Reads a Word document into one document: headings, lists, tables and footnotes as Markdown. Paragraphs are
 * counted from 1 in the order of the file, those in tables and text boxes and empty ones too.
 */
export const parseDocx: FormatParser = async function* (input) {
  const zip = await ZipParts.open(input);
  const main = await mainPart(zip);
  if (main === null)
    throw new UnreadableFileError(input.path, 'damaged or incomplete (no document in the archive)');
  const parts = await relatedParts(zip, main);
  const styles = await DocxStyles.read(zip.read(parts.get('styles') ?? ''));
  const numbering = await DocxNumbering.read(zip.read(parts.get('numbering') ?? ''));
  const body = new DocxBody(styles, numbering);
  await readXml(zip.read(main), body);
  const notes = new DocxBody(styles, numbering);
  for (const kind of ['footnotes', 'endnotes']) {
    await readNotes({ zip, input, part: parts.get(kind), notes });
  }
  yield writeDocument(body, notes);
};

/** Notes that cannot be read are no reason to do without the text. */
async function readNotes(options: {
  readonly zip: ZipParts;
  readonly input: FormatParserInput;
  readonly part: string | undefined;
  readonly notes: DocxBody;
}): Promise<void> {
  if (options.part === undefined) return;
  try {
    await readXml(options.zip.read(options.part), options.notes);
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    options.input.warn?.(`notes left out: ${error.reason}`);
  }
}

/** The name of the part that holds the text. */
async function mainPart(zip: ZipParts): Promise<string | null> {
  const roots = await relationships(zip, '_rels/.rels');
  const main = (roots.get('officeDocument') ?? 'word/document.xml').replace(/^\//u, '');
  return zip.has(main) ? main : null;
}

async function relatedParts(zip: ZipParts, main: string): Promise<ReadonlyMap<string, string>> {
  const slash = main.lastIndexOf('/') + 1;
  const folder = main.slice(0, slash);
  const related = await relationships(zip, `${folder}_rels/${main.slice(slash)}.rels`);
  const parts = new Map<string, string>();
  for (const [type, target] of related) {
    parts.set(type, target.startsWith('/') ? target.slice(1) : `${folder}${target}`);
  }
  return parts;
}

/** The targets of relationships by the last part of their type, such as `styles`. */
async function relationships(zip: ZipParts, name: string): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  await readXml(zip.read(name), {
    start: (element, attributes) => {
      const type = attributes.get('type')?.split('/').at(-1);
      const target = attributes.get('target');
      if (element === 'relationship' && type !== undefined && target !== null) targets.set(type, target);
    },
    end: () => {},
    text: () => {},
  });
  return targets;
}

function writeDocument(body: DocxBody, notes: DocxBody): ParsedDocument {
  const blocks = resolveHeadings(body);
  const writer = new MarkdownWriter();
  const blockWriter = new BlockWriter(writer);
  for (const block of blocks) blockWriter.write(block);
  for (const [id, paragraph] of body.noteReferences) {
    const text = cellText(notes.notes.get(id)?.map(asBlock) ?? [], { isPhrase: true });
    if (text === '') continue;
    const lines = [{ text: `[^${id}]: ${text}`, location: { paragraph } }];
    blockWriter.write({ kind: 'paragraph', lines, tight: true });
  }
  return { fragment: null, title: documentTitle(blocks), ...writer.finish() };
}

/** Decides which lines are headings, and at which level, now that the whole document is known. */
function resolveHeadings(body: DocxBody): Block[] {
  const { parts } = body;
  const hasTitle = parts.some((part) => part.kind === 'title');
  const hasHeadings = parts.some((part) => part.kind === 'heading');
  const largeSizes = headingSizes(body);
  const shift = hasTitle ? 1 : 0;
  let lastLevel = shift;
  return parts.map((part) => {
    if (part.kind === 'title') return { kind: 'heading', level: 1, line: part.line };
    if (part.kind === 'heading') {
      lastLevel = Math.min(part.level + shift, deepestHeading);
      return { ...part, level: lastLevel };
    }
    if (part.kind !== 'large') return part;
    const rank = largeSizes.indexOf(part.size);
    if (rank < 0) return part.block;
    const level = hasHeadings ? lastLevel + 1 : rank + 1 + shift;
    return { kind: 'heading', level: Math.min(level, deepestHeading), line: part.line };
  });
}

/** The sizes that only headings have, largest first. */
function headingSizes(body: DocxBody): number[] {
  let bodySize = 0;
  let most = 0;
  for (const [size, characters] of body.charactersBySize) {
    if (characters > most) {
      most = characters;
      bodySize = size;
    }
  }
  const sizes = body.parts.flatMap((part) => (part.kind === 'large' ? [part.size] : []));
  return [...new Set(sizes)].filter((size) => size >= bodySize * headingScale).sort((a, b) => b - a);
}

function asBlock(part: DocxPart): Block {
  if (part.kind === 'title') return { kind: 'heading', level: 1, line: part.line };
  return part.kind === 'large' ? part.block : part;
}

/** The main heading. Where there are several, the first names the document only if the document begins with it. */
function documentTitle(blocks: readonly Block[]): string | null {
  const headings = blocks.filter((block) => block.kind === 'heading' && block.level === 1);
  const [heading] = headings;
  if (heading?.kind !== 'heading') return null;
  return headings.length === 1 || blocks[0] === heading ? heading.line.text : null;
}
