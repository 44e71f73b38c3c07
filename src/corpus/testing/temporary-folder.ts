import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];

// Here and not in the constructor: a test cannot register what comes after all tests.
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed when the test file is done. */
export class TemporaryFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'corpuscope-test-'));

  constructor() {
    folders.push(this.path);
  }

  /** Writes a file, with the folders that lead to it, and returns its absolute path. */
  write(relative: string, content: string | Uint8Array): string {
    const absolute = path.join(this.path, relative);
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
    return absolute;
  }
}
