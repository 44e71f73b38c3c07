import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

/** A folder that is removed when the test file is done. */
export class TemporaryFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'corpuscope-test-'));

  constructor() {
    afterAll(() => rmSync(this.path, { recursive: true, force: true }));
  }

  /** Writes a file, with the folders that lead to it, and returns its absolute path. */
  write(relative: string, content: string | Uint8Array): string {
    const absolute = path.join(this.path, relative);
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
    return absolute;
  }
}
