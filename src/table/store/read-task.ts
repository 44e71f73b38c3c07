import type { DocumentFormat } from '../../corpus/document.ts';
import type { Batch } from './batch.ts';

/** One file for a reading worker. */
export interface ReadTask {
  readonly absolutePath: string;
  /** Relative to the corpus, with forward slashes. */
  readonly path: string;
  readonly tokenizer: string;
  /** The title of a file that is one document, instead of the one it states. */
  readonly title: string | undefined;
  /** The format that the file's text was made out of, where it was. */
  readonly madeFrom: DocumentFormat | undefined;
  /** The file's hash when it was last read, or null; a file that still has it is not read again. */
  readonly knownHash: string | null;
}

/** What became of the file. The documents themselves have been sent before, in batches. */
export type ReadResult =
  | { readonly status: 'unchanged' }
  | {
      readonly status: 'read';
      readonly hash: string;
      readonly documents: number;
      readonly tokens: number;
      readonly readings: number;
      /** Readings dropped because their quote is no slice of the text. */
      readonly uncited: number;
      readonly warnings: readonly string[];
    }
  | { readonly status: 'skipped'; readonly hash: string | null; readonly reason: string };

export type ReadPart = Batch;
