import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTextAtomically } from '../checkpoint/atomic-write.ts';
import { MergeError } from './tensor.ts';

/** Says what a folder was merged from, and so whether an unfinished one can be gone on with. */
const recordFileName = 'merge.json';

/** Whether the folder holds this very merge. @throws MergeError It holds something else. */
export async function isMergedAlready(folder: string, record: object): Promise<boolean> {
  if ((await readRecord(folder)) === textOf(record)) return true;
  if ((await stat(folder).catch(() => null)) === null) return false;
  throw new MergeError(
    `There is something else in ${folder} already: give a new folder, or delete this one.`,
  );
}

/**
 * Makes the folder of an unfinished merge, or keeps that of the same merge.
 *
 * @throws MergeError Something else is in the way.
 */
export async function prepareFolder(unfinished: string, record: object): Promise<void> {
  const known = await readRecord(unfinished);
  if (known === textOf(record)) return;
  if (known === null && (await stat(unfinished).catch(() => null)) !== null) {
    throw new MergeError(`${unfinished} is no unfinished merge and is in the way: move or delete it.`);
  }
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await writeTextAtomically(join(unfinished, recordFileName), textOf(record));
}

function readRecord(folder: string): Promise<string | null> {
  return readFile(join(folder, recordFileName), 'utf8').catch(() => null);
}

function textOf(record: object): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
