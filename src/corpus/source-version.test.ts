import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashOfSources, sourceVersion } from './source-version.ts';
import { TemporaryFolder } from './testing/temporary-folder.ts';

describe('the version of code', () => {
  it('changes with the code of the parts that it is of, and with nothing else', () => {
    const { path: root } = new TemporaryFolder();
    const write = (name: string, text: string): void => writeFileSync(join(root, name), text);
    for (const folder of ['table/testing', 'questions']) mkdirSync(join(root, folder), { recursive: true });
    const version = (): string => hashOfSources({ root, parts: ['table', 'questions/grammar'] });
    write('table/reader.ts', 'one');
    write('questions/grammar.js', 'two');
    const first = version();
    write('table/reader.test.ts', 'a test');
    write('table/reader.d.ts', 'types');
    write('table/testing/sample.ts', 'a sample');
    write('questions/other.js', 'of another part');
    expect(version()).toBe(first);
    write('questions/grammar.js', 'three');
    const second = version();
    expect(second).not.toBe(first);
    write('table/reader.ts', 'four');
    expect(version()).not.toBe(second);
  });

  it('is of the parts that are named', () => {
    const version = sourceVersion(['corpus']);
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(sourceVersion(['corpus'])).toBe(version);
    expect(sourceVersion(['table/reading'])).not.toBe(version);
  });
});
