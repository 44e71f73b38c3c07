import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileHandle } from 'node:fs/promises';

/**
 * Writes a file that appears under its name only when it is whole and on the disk. What was there before stays until
 * then, whenever the process or the machine stops.
 *
 * @param write Writes the content to the handle it is given.
 */
export async function writeAtomically(
  path: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    const handle = await open(unfinished, 'w');
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** {@link writeAtomically} for a text that is there already. */
export function writeTextAtomically(path: string, text: string): Promise<void> {
  return writeAtomically(path, (handle) => writeFile(handle, text));
}

/** Makes the renames in a folder last. Systems that cannot open a folder (Windows) need no such call. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  if (handle === null) return;
  try {
    await handle.sync();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // Some network file systems sync no folders.
    if (code !== 'EINVAL' && code !== 'EPERM' && code !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

/** Linux and Node write no more than 2 GiB at once. */
const maximumWriteBytes = 2 ** 30;

/** Writes all of the bytes at the current position of the file. */
export async function writeFully(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    const length = Math.min(bytes.byteLength - written, maximumWriteBytes);
    const { bytesWritten } = await handle.write(bytes, written, length);
    written += bytesWritten;
  }
}
