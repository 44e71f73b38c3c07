import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PromptDocument } from './split-documents.ts';

/** Documents written at a time. */
const filesAtOnce = 32;

/**
 * Writes the documents of a prompt as files that are read like any other corpus: `document-012.md`, or
 * `012/NAME.md` where the prompt names them; their paths keep the order of the prompt.
 */
export async function writeDocumentFiles({
  documents,
  folder,
  signal,
}: {
  documents: readonly PromptDocument[];
  folder: string;
  signal?: AbortSignal | undefined;
}): Promise<void> {
  const paths = documentPaths(documents);
  for (let first = 0; first < documents.length; first += filesAtOnce) {
    signal?.throwIfAborted();
    const batch = documents.slice(first, first + filesAtOnce);
    await Promise.all(
      batch.map(async ({ text }, index) => {
        const file = join(folder, paths[first + index] ?? '');
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await writeFile(file, text, { mode: 0o600 });
      }),
    );
  }
}

/** The titles that a prompt gives its documents, by path. A file's name is no title. */
export function documentTitles(documents: readonly PromptDocument[]): Map<string, string> {
  const titles = new Map<string, string>();
  for (const [index, path] of documentPaths(documents).entries()) {
    const name = documents[index]?.name ?? null;
    if (name !== null && !textExtension.test(name)) titles.set(path, name);
  }
  return titles;
}

/** Relative paths, in the order of the documents and sorting in it. */
export function documentPaths(documents: readonly PromptDocument[]): string[] {
  const width = String(documents.length).length;
  const someAreNamed = documents.some(({ name }) => name !== null);
  return documents.map(({ name, text }, index) => {
    const number = String(index + 1).padStart(width, '0');
    const file = documentFileName(name ?? `document-${number}`, text);
    return someAreNamed ? `${number}/${file}` : file;
  });
}

const longestNameBytes = 120;
const textExtension = /\.(?:md|markdown|txt|text|html?|csv|tsv|jsonl?|xml|eml|pdf|docx|xlsx)$/i;
/** What a text's content does not tell. Any other extension may be that of a file which the text was made out of. */
const tellingExtension = /\.(?:md|markdown|txt|text|csv|tsv)$/i;
const htmlExtension = /\.html?$/i;
const heading = /^#{1,6} \S/m;

/**
 * A name that any file system takes. The content decides how a text is read; the extension only tells Markdown from
 * plain text and tables, which headings do not occur in, and a piece of HTML from both.
 */
export function documentFileName(name: string, text: string): string {
  const plain = name
    .replaceAll(/[\p{C}/\\:*?"<>|]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[.~\s]+/, '')
    .trim();
  const telling = /^\s*</.test(text) && htmlExtension.test(plain) ? htmlExtension : tellingExtension;
  const [extension] = telling.exec(plain) ?? [heading.test(text) ? '.md' : '.txt'];
  const stem = cutToBytes(plain.replace(textExtension, ''), longestNameBytes).trim();
  return `${stem === '' ? 'document' : stem}${extension}`;
}

function cutToBytes(text: string, maximumBytes: number): string {
  let cut = text;
  while (Buffer.byteLength(cut) > maximumBytes) cut = [...cut].slice(0, -1).join('');
  return cut;
}
