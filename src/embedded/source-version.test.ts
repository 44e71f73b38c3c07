import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../corpus/testing/temporary-folder.ts';
import { embeddedProvider } from './embedded-provider.ts';
import { decidingFolders, hashOfSources } from './source-version.ts';

describe('the version of the embedded model', () => {
  it('changes with the code that it consists of, and with nothing else', () => {
    const { path: root } = new TemporaryFolder();
    const write = (name: string, text: string): void => writeFileSync(join(root, name), text);
    for (const folder of decidingFolders) mkdirSync(join(root, folder, 'testing'), { recursive: true });
    write('table/reader.ts', 'one');
    write('questions/grammar.js', 'two');
    const first = hashOfSources(root);
    write('table/reader.test.ts', 'a test');
    write('table/reader.d.ts', 'types');
    write('table/testing/sample.ts', 'a sample');
    expect(hashOfSources(root)).toBe(first);
    write('questions/grammar.js', 'three');
    expect(hashOfSources(root)).not.toBe(first);
  });

  it('tells its answers in the ledger from those of other versions', async () => {
    const { identity } = await embeddedProvider.resolve({ id: 'embedded', name: '', declared: {} });
    expect(identity).toMatch(/^embedded@[0-9a-f]{12}$/);
  });
});
