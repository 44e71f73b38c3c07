import { getDocumentProxy } from 'unpdf';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import type { FormatParser, FormatParserInput } from './format-parser.ts';
import { MarkdownWriter } from './markdown-writer.ts';
import { PdfDocument } from './pdf-document.ts';
import { readPage } from './pdf-page.ts';

type PdfFile = Awaited<ReturnType<typeof getDocumentProxy>>;

const mostPages = 5000;
/** A safety net for pages that draw without end; ordinary pages take milliseconds. */
const longestMilliseconds = 300_000;
const mostListedPages = 10;

/**
 * Reads a PDF into one document: paragraphs, headings by their type, lists, and tables by the lines drawn around
 * them or the places of their words; running headers, footers and page numbers left out. Each line is mapped to
 * its page. Text is not recognised in images: a PDF without a text layer is unreadable.
 */
export const parsePdf: FormatParser = async function* (input) {
  const file = await open(input);
  try {
    const document = new PdfDocument();
    const characters = await readPages(file, document, input);
    if (characters === 0) throw new UnreadableFileError(input.path, 'no text layer (scanned pages?)');
    const writer = new MarkdownWriter();
    const heading = document.write(writer);
    yield { fragment: null, title: heading ?? (await statedTitle(file)), ...writer.finish() };
  } finally {
    await file.destroy();
  }
};

async function open(input: FormatParserInput): Promise<PdfFile> {
  try {
    // The library takes the bytes for itself, so it gets a copy. Images are not decoded: none is shown.
    return await getDocumentProxy(new Uint8Array(input.bytes), { verbosity: 0, maxImageSize: 0 });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new UnreadableFileError(input.path, 'password protected', { cause: error });
    }
    throw new UnreadableFileError(input.path, `damaged or incomplete (${messageOf(error)})`, {
      cause: error,
    });
  }
}

/** @returns how many characters the pages have. */
async function readPages(file: PdfFile, document: PdfDocument, input: FormatParserInput): Promise<number> {
  const started = performance.now();
  const failed: number[] = [];
  const empty: number[] = [];
  let characters = 0;
  let lastError: unknown = null;
  const pages = Math.min(file.numPages, mostPages);
  let read = 0;
  for (let number = 1; number <= pages; number += 1) {
    if (performance.now() - started > longestMilliseconds) break;
    read = number;
    try {
      const page = await file.getPage(number);
      const content = await readPage(page);
      page.cleanup();
      const count = content.chunks.reduce((sum, chunk) => sum + chunk.text.length, 0);
      if (count === 0) empty.push(number);
      characters += count;
      document.addPage(content);
    } catch (error) {
      lastError = error;
      failed.push(number);
    }
  }
  if (characters === 0 && failed.length > 0) {
    throw new UnreadableFileError(input.path, `damaged or incomplete (${messageOf(lastError)})`, {
      cause: lastError,
    });
  }
  if (failed.length > 0) input.warn?.(`${pageList(failed)} could not be read (${messageOf(lastError)})`);
  if (empty.length > 0 && characters > 0) input.warn?.(`${pageList(empty)} without a text layer`);
  if (read < file.numPages) input.warn?.(`only the first ${read} of ${file.numPages} pages were read`);
  return characters;
}

function pageList(pages: readonly number[]): string {
  const listed = pages.slice(0, mostListedPages).join(', ');
  const more = pages.length > mostListedPages ? ` and ${pages.length - mostListedPages} more` : '';
  return `${pages.length === 1 ? 'page' : 'pages'} ${listed}${more}`;
}

const madeUpTitle =
  /^(?:untitled|microsoft (?:word|powerpoint|excel)\b.*|.*\.(?:docx?|xlsx?|pptx?|pdf|indd|tex|dvi|html?))$/iu;

/** The title in the file's own description, where it is not what a program put there. */
async function statedTitle(file: PdfFile): Promise<string | null> {
  const { info } = await file.getMetadata();
  const title =
    'Title' in info && typeof info.Title === 'string' ? info.Title.replace(/\s+/gu, ' ').trim() : '';
  return title === '' || title.length > 200 || madeUpTitle.test(title) ? null : title;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
