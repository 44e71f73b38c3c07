import path from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { completeUtf8Length, decodeText } from './decode-text.ts';
import type { DocumentFormat } from './document.ts';
import { looksLikeJson, parseJsonValue, skipWhitespace } from './formats/json-syntax.ts';
import { sniffDialect } from './formats/csv-dialect.ts';

/** The first and the last bytes of a file, by which its format is told. */
export interface FileSample {
  /** Relative to the corpus root; its extension decides where the content leaves it open. */
  readonly path: string;
  readonly head: Uint8Array;
  /** The last bytes, where the file is longer than `head`. */
  readonly tail: Uint8Array;
}

/** A file's format, or why it has none that can be read. */
export type DetectedFormat =
  | { readonly format: DocumentFormat; readonly reason?: never }
  | { readonly format: null; readonly reason: string };

/** How many bytes of a file's start and end are looked at. */
export const sampleBytes = 65_536;

const formatsByExtension = new Map<string, DocumentFormat>([
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.mdown', 'markdown'],
  ['.mkd', 'markdown'],
  ['.mdx', 'markdown'],
  ['.qmd', 'markdown'],
  ['.rmd', 'markdown'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.xhtml', 'html'],
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['.tab', 'csv'],
  ['.psv', 'csv'],
  ['.json', 'json'],
  ['.geojson', 'json'],
  ['.jsonl', 'jsonl'],
  ['.ndjson', 'jsonl'],
  ['.eml', 'email'],
  ['.mbox', 'mbox'],
  ['.mbx', 'mbox'],
]);

/** Formats of office programs that are zip archives, by a name that only theirs contain. */
const zipContents: readonly (readonly [string, DetectedFormat])[] = [
  ['word/document', { format: 'docx' }],
  ['xl/workbook', { format: 'xlsx' }],
  ['ppt/presentation', unsupported('a PowerPoint presentation', 'export it as PDF')],
  ['opendocument.text', unsupported('an OpenDocument text', 'save it as .docx')],
  ['opendocument.spreadsheet', unsupported('an OpenDocument spreadsheet', 'save it as .xlsx')],
  ['opendocument.presentation', unsupported('an OpenDocument presentation', 'export it as PDF')],
  ['epub+zip', unsupported('an EPUB book', 'convert it to HTML')],
];

function unsupported(what: string, remedy: string): DetectedFormat {
  return { format: null, reason: `${what}, which cannot be read; ${remedy}` };
}

/**
 * Tells a file's format by its content first and its extension second. A file whose content is none of the
 * formats has a reason instead, whatever its extension.
 */
export async function detectFormat(sample: FileSample): Promise<DetectedFormat> {
  const head =
    sample.tail.length === 0 ? sample.head : sample.head.subarray(0, completeUtf8Length(sample.head));
  if (startOf(head, 1024).includes('%PDF-')) return { format: 'pdf' };
  if (startOf(head, 4) === 'PK\u0003\u0004') return detectZip(sample);
  if (startOf(head, 4) === '\u00D0\u00CF\u0011\u00E0') return detectCompoundFile(sample);
  if (startOf(head, 5) === '{\\rtf') return unsupported('a Rich Text Format file', 'save it as .docx');
  if (startOf(head, 4) === '%!PS') return unsupported('a PostScript file', 'convert it to PDF');
  if (!isText(head)) return { format: null, reason: await binaryReason(head) };
  return { format: detectTextFormat(decodeText(head).text, sample) };
}

function startOf(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.subarray(0, length)).toString('latin1');
}

function bytesInclude(sample: FileSample, needle: string, encoding: BufferEncoding): boolean {
  return [sample.head, sample.tail].some((bytes) => Buffer.from(bytes).includes(needle, 0, encoding));
}

/** The names of a zip archive's files stand uncompressed at its end, those of the first ones at its start too. */
function detectZip(sample: FileSample): DetectedFormat {
  const content = zipContents.find(([name]) => bytesInclude(sample, name, 'latin1'));
  if (content !== undefined) return content[1];
  const extension = path.extname(sample.path).toLowerCase();
  if (extension === '.docx') return { format: 'docx' };
  if (extension === '.xlsx') return { format: 'xlsx' };
  return { format: null, reason: 'a zip archive; unpack it' };
}

/** The container of old Office files, and of new ones with a password. */
function detectCompoundFile(sample: FileSample): DetectedFormat {
  if (bytesInclude(sample, 'EncryptedPackage', 'utf16le')) {
    return { format: null, reason: 'password protected' };
  }
  if (bytesInclude(sample, 'WordDocument', 'utf16le')) {
    return unsupported('an old Word document (.doc)', 'save it as .docx');
  }
  if (bytesInclude(sample, 'Workbook', 'utf16le')) {
    return unsupported('an old Excel workbook (.xls)', 'save it as .xlsx');
  }
  return { format: null, reason: 'password protected, or an old Office file; save it in a new format' };
}

/** Whether bytes are text in some encoding: text has next to no control characters. */
function isText(head: Uint8Array): boolean {
  const { text, encoding } = decodeText(head);
  let odd = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (isControl(text.charCodeAt(index))) odd += 1;
  }
  if (encoding.startsWith('utf-16')) odd += (text.match(/[\p{Cn}\p{Co}]/gu)?.length ?? 0) / 10;
  else for (const byte of head) odd += byte === 0 ? 1 : 0;
  return odd * 500 <= text.length;
}

/** Tabs, line breaks, form feeds and escapes occur in text. */
function isControl(code: number): boolean {
  return (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0c && code !== 0x1b) || code === 0x7f;
}

async function binaryReason(head: Uint8Array): Promise<string> {
  const type = await fileTypeFromBuffer(head).catch(() => undefined);
  return type === undefined ? 'binary' : `binary (${type.mime})`;
}

function detectTextFormat(text: string, sample: FileSample): DocumentFormat {
  const byExtension = formatsByExtension.get(path.extname(sample.path).toLowerCase());
  const start = text.slice(skipWhitespace(text, 0));
  if (isHtmlDocument(start)) return 'html';
  if (isJsonLines(start, byExtension === 'jsonl')) return 'jsonl';
  if (looksLikeJson(start)) return 'json';
  if (isMbox(start)) return 'mbox';
  if (isEmail(start) || (byExtension === 'email' && /^[\w-]+:/.test(start))) return 'email';
  if (byExtension === 'html') return /<[a-z][^<>]*>/i.test(text) ? 'html' : 'text';
  if (byExtension === 'email' || byExtension === 'mbox') return 'text';
  if (byExtension !== undefined) return byExtension;
  if (isMarkdown(text)) return 'markdown';
  return isTable(text) ? 'csv' : 'text';
}

const htmlStart =
  /^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]/i;

function isHtmlDocument(start: string): boolean {
  return htmlStart.test(start);
}

/** Several JSON values, each on a line of its own; the sample may end within the first. */
function isJsonLines(start: string, isCalledSo: boolean): boolean {
  const [first = '', second] = start.split('\n', 2);
  if (second === undefined) return isCalledSo && looksLikeJson(first);
  return isCompleteJson(first) && (isCalledSo || (first.startsWith('{') && /^\s*\{/.test(second)));
}

function isCompleteJson(line: string): boolean {
  try {
    return skipWhitespace(line, parseJsonValue(line, 0).end) >= line.length;
  } catch {
    return false;
  }
}

const mailHeader = /^[!-9;-~]{1,60}:(?:[ \t]|$)/;

function isMbox(start: string): boolean {
  const [postmark = '', header = ''] = start.split('\n', 2);
  return /^From \S.{0,200}\d{4}/.test(postmark) && mailHeader.test(header);
}

/** Headers up to an empty line, with a sender or subject among them and one that only mail programs write. */
function isEmail(start: string): boolean {
  const headers = start.split(/\n[ \t]*\n/, 1)[0] ?? '';
  const lines = headers.split('\n');
  if (lines.length < 3 || !lines.every((line) => mailHeader.test(line) || /^[ \t]/.test(line))) return false;
  return (
    /^(?:From|Subject):/im.test(headers) &&
    /^(?:Message-ID|Received|MIME-Version|Return-Path|Delivered-To|Content-Transfer-Encoding):/im.test(
      headers,
    )
  );
}

/** Markdown in a file that is not called so: headings at the start or more than one, or a pipe table. */
function isMarkdown(text: string): boolean {
  const headings = text.match(/^#{1,6} \S.*$/gm) ?? [];
  const levels = new Set(headings.map((heading) => heading.indexOf(' ')));
  if (/^\s*#{1,6} \S[^\n]*\n\s*\n/.test(text) || levels.size > 1) return true;
  return /^\|? ?:?-{3,}:? ?\|[ |:-]*$/m.test(text);
}

/** Rows of the same number of cells in a file that is not called a table. */
function isTable(text: string): boolean {
  const dialect = sniffDialect(text);
  const leastColumns = dialect.delimiter === '\t' ? 2 : 3;
  return dialect.columns >= leastColumns && dialect.rows >= 4 && dialect.consistency >= 0.98;
}
