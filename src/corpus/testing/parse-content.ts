import path from 'node:path';
import type { CorpusDocument } from '../document.ts';
import { parseFile, type ParseLimits } from '../parse-file.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import type { TemporaryFolder } from './temporary-folder.ts';

/** Counts words, so that tests do without a vocabulary. */
export const wordTokenizer: Tokenizer = {
  id: 'words',
  count: (text) => text.split(/\s+/).filter((word) => word !== '').length,
};

/** What became of a file: its documents, why it could not be read, and what it warned of. */
export interface Parsed {
  readonly documents: CorpusDocument[];
  readonly reason: string | null;
  readonly warnings: string[];
}

/** Parses a file of a temporary folder. */
export async function parseAt(absolutePath: string, limits: Partial<ParseLimits> = {}): Promise<Parsed> {
  const documents: CorpusDocument[] = [];
  const warnings: string[] = [];
  const name = path.basename(absolutePath);
  try {
    for await (const document of parseFile({
      absolutePath,
      path: name,
      tokenizer: wordTokenizer,
      limits,
      warn: (message) => warnings.push(message),
    })) {
      documents.push(document);
    }
    return { documents, reason: null, warnings };
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    return { documents, reason: error.reason, warnings };
  }
}

let files = 0;

/** Writes a file of the given name into a folder of its own and parses it. */
export function parseContent(
  folder: TemporaryFolder,
  name: string,
  content: string | Uint8Array,
): Promise<Parsed> {
  files += 1;
  return parseAt(folder.write(`${files}/${name}`, content));
}
