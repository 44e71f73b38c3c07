import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { detectFormat, sampleBytes } from './detect-format.ts';
import type { CorpusDocument, DocumentFormat } from './document.ts';
import type { ParsedDocument } from './formats/format-parser.ts';
import { formatReaders } from './formats/index.ts';
import { kindName } from './list-files.ts';
import { readFailure } from './read-failure.ts';
import type { Tokenizer } from './tokenizer.ts';
import { UnreadableFileError } from './unreadable-file-error.ts';

/** Limits that keep memory bounded, whatever a file holds. */
export interface ParseLimits {
  /** For files that are read as a whole: all formats but CSV, JSONL and mbox. */
  readonly maximumFileBytes: number;
  /** For one record of a CSV, JSONL or mbox file. */
  readonly maximumRecordBytes: number;
}

export const defaultParseLimits: ParseLimits = {
  maximumFileBytes: 256 * 2 ** 20,
  maximumRecordBytes: 16 * 2 ** 20,
};

/** What `parseFile` needs. */
export interface ParseFileInput {
  readonly absolutePath: string;
  /** The path relative to the corpus root, with forward slashes. */
  readonly path: string;
  readonly tokenizer: Tokenizer;
  /** The title of a file that is one document, instead of the one it states. */
  readonly title?: string | undefined;
  /**
   * The format of the file that this text was made out of, as documents are stored: it is plain text or Markdown now, and
   * what it states is still to be read as that of the format.
   */
  readonly madeFrom?: DocumentFormat | undefined;
  /** Those not given are `defaultParseLimits`. */
  readonly limits?: Partial<ParseLimits>;
  /** Told about each part of the file that could not be read while the rest could. */
  readonly warn?: (message: string) => void;
}

/**
 * Reads a file into documents, one at a time. Files are read synchronously, which is several times as fast for
 * small ones: many files are best parsed in worker threads.
 *
 * @throws UnreadableFileError where the file cannot be read, at the start or, for a file of records, midway.
 */
export async function* parseFile(input: ParseFileInput): AsyncGenerator<CorpusDocument> {
  const { path, tokenizer, title, madeFrom } = input;
  const limits = { ...defaultParseLimits, ...input.limits };
  const warn = input.warn ?? (() => {});
  let descriptor: number | null = null;
  try {
    // Without waiting: opening a named pipe would otherwise hang until someone writes to it.
    descriptor = openSync(input.absolutePath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const size = fileSize(descriptor, path);
    const file: OpenFile = {
      descriptor,
      size,
      head: readBytes(descriptor, { start: 0, end: Math.min(size, sampleBytes) }),
    };
    const format = madeFrom === undefined ? await formatOf(file, path) : textFormatOf(path);
    let documents = 0;
    for await (const parsed of parsedDocuments({ ...input, limits, warn, file, format })) {
      documents += 1;
      yield finishDocument(parsed, { path, format: madeFrom ?? format, tokenizer, title });
    }
    if (documents === 0) throw new UnreadableFileError(path, 'no text in it');
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    throw new UnreadableFileError(path, failureReason(error), { cause: error });
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

interface OpenFile {
  readonly descriptor: number;
  readonly size: number;
  /** The first bytes; for most files these are all. */
  readonly head: Uint8Array;
}

/** Errors of the file system have a code; others come from a parser that was not prepared for the content. */
function failureReason(error: unknown): string {
  const isSystemError = error instanceof Error && 'errno' in error;
  return isSystemError ? readFailure(error) : `cannot be parsed (${readFailure(error)})`;
}

function fileSize(descriptor: number, path: string): number {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) throw new UnreadableFileError(path, `not a file but ${kindName(stats)}`);
  if (stats.size === 0) throw new UnreadableFileError(path, 'empty');
  return stats.size;
}

function textFormatOf(path: string): DocumentFormat {
  return /\.(?:md|markdown)$/i.test(path) ? 'markdown' : 'text';
}

async function formatOf(file: OpenFile, path: string): Promise<DocumentFormat> {
  const { descriptor, size, head } = file;
  if (head.length === 0) throw new UnreadableFileError(path, 'vanished while reading');
  const tail = readBytes(descriptor, { start: Math.max(head.length, size - sampleBytes), end: size });
  const detected = await detectFormat({ path, head, tail });
  if (detected.format === null) throw new UnreadableFileError(path, detected.reason);
  return detected.format;
}

/** The bytes of a file from start to end, fewer where the file has become shorter. */
function readBytes(descriptor: number, range: { start: number; end: number }): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(Math.max(0, range.end - range.start));
  let length = 0;
  while (length < bytes.length) {
    const bytesRead = readSync(descriptor, bytes, length, bytes.length - length, range.start + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

async function* parsedDocuments(
  input: ParseFileInput & {
    limits: ParseLimits;
    warn: (message: string) => void;
    file: OpenFile;
    format: DocumentFormat;
  },
): AsyncGenerator<ParsedDocument> {
  const { path, absolutePath, limits, warn, file } = input;
  const { size } = file;
  const reader = formatReaders[input.format];
  if (reader.reads === 'stream') {
    const parse = await reader.load();
    const open = (): AsyncIterable<Uint8Array> => readChunks(file);
    yield* parse({ open, path, maximumRecordBytes: limits.maximumRecordBytes, warn });
    return;
  }
  if (size > limits.maximumFileBytes) {
    const reason = `too large (${byteSize(size)}; the limit is ${byteSize(limits.maximumFileBytes)})`;
    throw new UnreadableFileError(path, reason);
  }
  const parse = await reader.load();
  const bytes = file.head.length === size ? file.head : readBytes(file.descriptor, { start: 0, end: size });
  if (bytes.length < size) throw new UnreadableFileError(path, 'cut short while reading');
  yield* parse({ bytes, path, absolutePath, warn });
}

const chunkBytes = 2 ** 18;

async function* readChunks({ descriptor, size }: OpenFile): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < size;) {
    const chunk = readBytes(descriptor, { start: position, end: Math.min(size, position + chunkBytes) });
    if (chunk.length === 0) return;
    yield chunk;
    position += chunk.length;
  }
}

function byteSize(bytes: number): string {
  if (bytes >= 2 ** 30) return `${(bytes / 2 ** 30).toFixed(1)} GB`;
  if (bytes >= 2 ** 20) return `${Math.round(bytes / 2 ** 20)} MB`;
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} bytes`;
}

function finishDocument(
  parsed: ParsedDocument,
  file: { path: string; format: DocumentFormat; tokenizer: Tokenizer; title?: string | undefined },
): CorpusDocument {
  const { fragment, sourceMap } = parsed;
  const text = storableText(parsed.text);
  const stated = fragment === null ? (file.title ?? parsed.title) : parsed.title;
  const title = stated === null ? null : storableText(stated);
  return {
    id: fragment === null ? file.path : `${file.path}#${fragment}`,
    path: file.path,
    fragment,
    title,
    format: file.format,
    text,
    sourceMap,
    hash: createHash('sha256')
      .update(`${title ?? ''}\0${text}`)
      .digest('hex'),
    tokens: file.tokenizer.count(text),
  };
}

/** Text of the same length without what stores do not take: half surrogate pairs, NUL, other line ends. */
function storableText(text: string): string {
  const wellFormed = text.toWellFormed();
  if (!wellFormed.includes('\0') && !wellFormed.includes('\r')) return wellFormed;
  return wellFormed.replaceAll('\0', '\uFFFD').replaceAll('\r', ' ');
}
