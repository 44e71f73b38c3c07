import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandError } from './command-error.ts';

/**
 * Writes lines to a file that appears, or is replaced, when all of them are there; to standard output where `file` is
 * null.
 *
 * @param options.what names the lines in an error: `The questions`.
 * @throws {CommandError} where the file cannot be written.
 */
export async function writeWhole({
  lines,
  file,
  what,
}: {
  readonly lines: Iterable<string> | AsyncIterable<string>;
  readonly file: string | null;
  readonly what: string;
}): Promise<void> {
  if (file === null) {
    await pipeline(Readable.from(lines), process.stdout, { end: false });
    return;
  }
  const partial = `${file}.${process.pid}.partial`;
  try {
    await pipeline(Readable.from(lines), createWriteStream(partial));
    await rename(partial, file);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new CommandError({
      message: `${what} cannot be written: ${error.message}.`,
      remedy: 'Check that the folder of --out exists and can be written to.',
      cause: error,
    });
  } finally {
    await rm(partial, { force: true });
  }
}
