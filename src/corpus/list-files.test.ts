import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { assert, asyncProperty, constantFrom, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorpusNotFoundError, listFiles, type ListedEntry } from './list-files.ts';
import { TemporaryFolder } from './testing/temporary-folder.ts';

async function list(target: string): Promise<ListedEntry[]> {
  return Array.fromAsync(listFiles(target));
}

function paths(entries: readonly ListedEntry[]): string[] {
  return entries.filter(({ status }) => status === 'file').map((entry) => entry.path);
}

function reasons(entries: readonly ListedEntry[]): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap((entry) => (entry.status === 'skipped' ? [[entry.path, entry.reason]] : [])),
  );
}

describe('listFiles', () => {
  it('lists a folder in the byte order of its paths, without hidden folders and node_modules', async () => {
    const folder = new TemporaryFolder();
    const names = ['b.md', 'a/z.md', 'a/b/c.md', 'a-b.md', 'a.md', 'B.md', 'é.md', '𐀀.md', '豈.md'];
    for (const name of names) folder.write(name, name);
    for (const name of ['.git/x', '.corpuscope/x', 'node_modules/x', 'a/.x/y', '.hidden.md']) {
      folder.write(name, '');
    }
    const entries = await list(folder.path);
    expect(paths(entries)).toEqual([
      'B.md',
      'a-b.md',
      'a.md',
      'a/b/c.md',
      'a/z.md',
      'b.md',
      'é.md',
      '豈.md',
      '𐀀.md',
    ]);
    const entry = entries.find(({ path }) => path === 'a/z.md');
    expect(entry).toMatchObject({
      status: 'file',
      absolutePath: path.join(folder.path, 'a', 'z.md'),
      sizeBytes: 6,
    });
  });

  it('orders any names as their bytes are', async () => {
    const names = constantFrom(
      'a',
      'a.b',
      'a b',
      'a-b',
      'A',
      'a/b',
      'a/c',
      'a.b/c',
      'ab',
      'ä',
      '中',
      '😀',
      'Z/a',
    );
    await assert(
      asyncProperty(uniqueArray(names), async (parts) => {
        const folder = new TemporaryFolder();
        const files = parts.map((part) => `${part}.md`);
        for (const file of files) folder.write(file, '');
        const inOrder = files.toSorted((left, right) =>
          Buffer.compare(Buffer.from(left), Buffer.from(right)),
        );
        expect(paths(await list(folder.path))).toEqual(inOrder);
      }),
      { numRuns: 20 },
    );
  });

  it('takes names with line breaks, quotes and characters of patterns', async () => {
    const folder = new TemporaryFolder();
    const names = ['a\nb.md', 'it\'s "so".md', '[x]*?.md', ' .md', '#1.md'];
    for (const name of names) folder.write(name, 'x');
    expect(paths(await list(folder.path)).toSorted()).toEqual(names.toSorted());
    expect(paths(await list(path.join(folder.path, '[x]*?.md')))).toEqual(['[x]*?.md']);
  });

  it('lists a single file by its name', async () => {
    const folder = new TemporaryFolder();
    expect(paths(await list(folder.write('deep/in/it.csv', 'a')))).toEqual(['it.csv']);
  });

  it('lists what a pattern matches, relative to its fixed part', async () => {
    const folder = new TemporaryFolder();
    for (const name of ['x/a.md', 'x/b.txt', 'x/y/c.md', 'd.md']) folder.write(name, 'x');
    expect(paths(await list(path.join(folder.path, 'x/**/*.md')))).toEqual(['a.md', 'y/c.md']);
    expect(paths(await list(path.join(folder.path, 'x/*.{md,txt}')))).toEqual(['a.md', 'b.txt']);
    await expect(list(path.join(folder.path, 'x/*.pdf'))).rejects.toThrow(/no file matches/);
  });

  it('yields nothing for an empty folder, and an error for none', async () => {
    const folder = new TemporaryFolder();
    expect(await list(folder.path)).toEqual([]);
    const missing = list(path.join(folder.path, 'none'));
    await expect(missing).rejects.toThrow(CorpusNotFoundError);
    await expect(missing).rejects.toThrow(/no such file or folder/);
  });

  it('follows links only to what it does not meet by itself', async () => {
    const folder = new TemporaryFolder();
    const outside = new TemporaryFolder();
    outside.write('secret.md', 'x');
    folder.write('a.md', 'x');
    folder.write('.store/object', 'x');
    folder.write('.store/more/b.md', 'x');
    const links: [name: string, target: string][] = [
      ['to-file.md', 'a.md'],
      ['to-store.md', '.store/object'],
      ['to-store-folder', '.store/more'],
      ['to-store-folder-again', '.store/more'],
      ['out.md', path.join(outside.path, 'secret.md')],
      ['out', outside.path],
      ['up', '..'],
      ['self', '.'],
      ['broken.md', 'nowhere'],
      ['loop-1.md', 'loop-2.md'],
      ['loop-2.md', 'loop-1.md'],
      ['.store/more/back', '../..'],
      ['.store/more/round', '.'],
    ];
    for (const [name, target] of links) symlinkSync(target, path.join(folder.path, name));
    const entries = await list(folder.path);
    expect(paths(entries)).toEqual(['a.md', 'to-store-folder/b.md', 'to-store.md']);
    expect(reasons(entries)).toEqual({
      'broken.md': 'a broken link',
      'loop-1.md': 'a link loop',
      'loop-2.md': 'a link loop',
      out: 'a link out of the folder',
      'out.md': 'a link out of the folder',
      self: 'a link to the folder itself',
      'to-file.md': 'a link to a.md, which is listed itself',
      'to-store-folder-again': 'a link to a folder that was entered already',
      'to-store-folder/back': 'a link to the folder itself',
      'to-store-folder/round': 'a link to a folder that was entered already',
      up: 'a link out of the folder',
    });
  });

  it('follows a link that is named itself', async () => {
    const folder = new TemporaryFolder();
    folder.write('real/a.md', 'x');
    symlinkSync('real', path.join(folder.path, 'link'));
    expect(paths(await list(path.join(folder.path, 'link')))).toEqual(['a.md']);
  });

  it.skipIf(process.platform === 'win32')('names what is neither file nor folder', async () => {
    const folder = new TemporaryFolder();
    execFileSync('mkfifo', [path.join(folder.path, 'pipe.md')]);
    mkdirSync(path.join(folder.path, 'folder.md'));
    const server = createServer().listen(path.join(folder.path, 'socket.md'));
    await new Promise((resolve) => server.once('listening', resolve));
    const entries = await list(folder.path);
    server.close();
    expect(paths(entries)).toEqual([]);
    expect(reasons(entries)).toEqual({
      'pipe.md': 'not a file but a named pipe',
      'socket.md': 'not a file but a socket',
    });
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'reports a folder without permission (not as root)',
    async () => {
      const folder = new TemporaryFolder();
      folder.write('closed/a.md', 'x');
      chmodSync(path.join(folder.path, 'closed'), 0);
      expect(reasons(await list(folder.path))).toEqual({ closed: 'permission denied' });
      chmodSync(path.join(folder.path, 'closed'), 0o700);
    },
  );

  it('copies standard input to a file called stdin', async () => {
    async function* input(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('# A title\n');
      yield Buffer.from('text\n');
    }
    const [entry] = await Array.fromAsync(listFiles('-', { standardInput: input() }));
    expect(entry).toMatchObject({ status: 'file', path: 'stdin', sizeBytes: 15 });
    const copy = entry?.status === 'file' ? entry.absolutePath : '';
    expect(readFileSync(copy, 'utf8')).toBe('# A title\ntext\n');
    rmSync(path.dirname(copy), { recursive: true });
  });
});
