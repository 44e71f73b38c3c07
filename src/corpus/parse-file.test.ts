import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFile } from './parse-file.ts';
import { parseAt, parseContent, wordTokenizer } from './testing/parse-content.ts';
import { TemporaryFolder } from './testing/temporary-folder.ts';

const folder = new TemporaryFolder();
const parse = (name: string, content: string | Uint8Array): ReturnType<typeof parseContent> =>
  parseContent(folder, name, content);

describe('parseFile', () => {
  it('reads a text as it is, with LF line ends', async () => {
    const { documents } = await parse('a.md', '\uFEFF# Title\r\n\r\nArea: 5\r\n');
    expect(documents).toEqual([
      {
        id: 'a.md',
        path: 'a.md',
        fragment: null,
        title: 'Title',
        format: 'markdown',
        text: '# Title\n\nArea: 5\n',
        sourceMap: { firstLine: 1, segments: [] },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        tokens: 4,
      },
    ]);
  });

  it('names documents after their file and place, with a hash of title and text', async () => {
    const { documents } = await parse('a.csv', 'name,size\nA,1\nB,2\nC,1\n');
    expect(documents.map(({ id, title }) => [id, title])).toEqual([
      ['a.csv#row=1', 'A'],
      ['a.csv#row=2', 'B'],
      ['a.csv#row=3', 'C'],
    ]);
    const again = await parse('b.csv', 'name,size\nA,1\nB,3\nC,1\n');
    const hashes = documents.map(({ hash }) => hash);
    expect(again.documents.map(({ hash }) => hashes.indexOf(hash))).toEqual([0, -1, 2]);
  });

  it('leaves nothing that no store takes', async () => {
    const { documents } = await parse('a.json', '{"a": "x\\ud83d", "b": "y\\u0000", "c": "1\\r2"}');
    expect(documents[0]?.text).toBe('a: x\uFFFD\nb: y\uFFFD\nc: 1 2');
  });

  it.each([
    ['empty.md', '', 'empty'],
    ['blank.md', ' \n\n', 'empty'],
    ['image.md', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'binary (image/png)'],
    ['cut.json', '{"a": [1,\n 2', 'not valid JSON (line 2: ends before its brackets are closed)'],
    ['bad.json', '{"a": 1,\n"b" 2}', 'not valid JSON (line 2: expected a colon, found "2}")'],
    ['deep.json', '['.repeat(10_000), 'not valid JSON (line 1: nested deeper than 200 levels)'],
    ['none.json', '{"a": null, "b": [], "c": {"d": ""}}', 'no values in it'],
    ['header.csv', 'name,size\n', 'no rows below the header'],
    ['cut.docx', Buffer.from(`PK\u0003\u0004${'\0'.repeat(60)}`), expect.stringMatching(/./)],
    ['cut.pdf', '%PDF-1.7\n1 0 obj\n<<', expect.stringMatching(/./)],
    [
      'bad.jsonl',
      '{"a": 1\n{"b": 2\n',
      expect.stringMatching(/^only lines that are no JSON objects: 2 \(line 1: /),
    ],
  ])('gives a reason for %s', async (name, content, reason) => {
    const parsed = await parse(name, content);
    expect(parsed).toMatchObject({ documents: [], reason });
  });

  it('gives a reason for what is gone or is no file', async () => {
    expect((await parseAt(path.join(folder.path, 'none.md'))).reason).toBe('vanished while reading');
    expect((await parseAt(folder.path)).reason).toBe('not a file but a folder');
    const loop = path.join(folder.path, 'loop.md');
    symlinkSync('loop.md', loop);
    expect((await parseAt(loop)).reason).toBe('a link loop');
  });

  it.skipIf(process.platform === 'win32')('does not wait for a named pipe', async () => {
    const pipe = path.join(folder.path, 'pipe.md');
    execFileSync('mkfifo', [pipe]);
    expect((await parseAt(pipe)).reason).toBe('not a file but a named pipe');
  });

  it('refuses a file over the limit, without reading it', async () => {
    const large = folder.write('large.md', 'a');
    truncateSync(large, 3 * 2 ** 30);
    const { reason } = await parseAt(large);
    expect(reason).toMatch(/^(?:binary|too large \(3\.0 GB; the limit is 256 MB\))/);
    const text = folder.write('text.md', 'a b c\n'.repeat(1000));
    expect((await parseAt(text, { maximumFileBytes: 2048 })).reason).toBe(
      'too large (6 KB; the limit is 2 KB)',
    );
  });

  it('reads records of any number whatever the limit for a file', async () => {
    const rows = Array.from({ length: 3000 }, (_, row) => `Item ${row},${row * 2}`);
    const file = folder.write('many.csv', `name,size\n${rows.join('\n')}`);
    const { documents, reason } = await parseAt(file, { maximumFileBytes: 100 });
    expect(reason).toBeNull();
    expect(documents).toHaveLength(3000);
    expect(documents[2999]).toMatchObject({
      title: 'Item 2999',
      text: 'name: Item 2999\nsize: 5998',
      sourceMap: { segments: [{ start: 0, location: { row: 3000, line: 3001 } }] },
    });
  });

  it('passes over a record over the limit', async () => {
    const long = 'x'.repeat(400_000);
    const limits = { maximumRecordBytes: 100_000 };
    const jsonl = folder.write('a.jsonl', `{"a": 1}\n{"a": "${long}"}\n{"a": 3}\n`);
    expect(await parseAt(jsonl, limits)).toMatchObject({
      documents: [{ id: 'a.jsonl#row=1' }, { id: 'a.jsonl#row=3' }],
      warnings: [expect.stringMatching(/line 2: longer than the limit/)],
    });
    const csv = folder.write('a.csv', `a,b\n1,2\n3,4\n${long}\n5,6\n`);
    expect(await parseAt(csv, { maximumRecordBytes: 100_000 })).toMatchObject({
      documents: [{ text: 'a: 1\nb: 2' }, { text: 'a: 3\nb: 4' }],
      warnings: [expect.stringMatching(/line 4 is longer than .*not read/)],
    });
    const message = (subject: string, body: string): string =>
      `From a@example.org Mon Jan  1 10:00:00 2001\nFrom: a@example.org\nSubject: ${subject}\n\n${body}\n\n`;
    const mbox = folder.write('a.mbox', message('One', 'x') + message('Two', long) + message('Three', 'y'));
    expect(await parseAt(mbox, limits)).toMatchObject({
      documents: [
        { id: 'a.mbox#message=1', title: 'One' },
        { id: 'a.mbox#message=3', title: 'Three' },
      ],
      warnings: [expect.stringMatching(/^message 2 at line 7 is longer/)],
    });
  });

  it('closes its file when the caller stops early', async () => {
    const file = folder.write('early.csv', 'name,size\nA,1\nB,2\nC,3\n');
    const descriptors = (): number => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);
    const before = descriptors();
    for await (const document of parseFile({
      absolutePath: file,
      path: 'early.csv',
      tokenizer: wordTokenizer,
    })) {
      expect(document.title).toBe('A');
      break;
    }
    expect(descriptors()).toBe(before);
  });
});
