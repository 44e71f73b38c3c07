import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveCorpus } from './corpus-location.ts';
import { openCorpus, type OpenCorpus } from './open-corpus.ts';
import { readCorpus } from './read-corpus.ts';

let folder: string;
let corpus: OpenCorpus;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-export-'));
  const rows = [
    'name,price,colours',
    'Chair,120,"red, blue"',
    'Table,99.5,"oak, pine"',
    'Lamp,30,"red, white"',
  ];
  await writeFile(join(folder, 'goods.csv'), `${rows.join('\n')}\n`);
  const location = await resolveCorpus({ input: join(folder, 'goods.csv') });
  await readCorpus({ location });
  corpus = await openCorpus({ location });
});

afterAll(async () => {
  corpus.close();
  await rm(folder, { recursive: true, force: true });
});

describe('exportTable', () => {
  it('writes CSV with plain numbers', async () => {
    const file = join(folder, 'out.csv');
    const exported = await corpus.exportTable({ file });
    expect(exported).toMatchObject({ rows: 3, file });
    const [header, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
    expect(header).toMatch(/^name,/);
    expect(lines.some((line) => line.includes('120') && !line.includes('120.0'))).toBe(true);
  });

  it('writes a workbook', async () => {
    const file = join(folder, 'out.xlsx');
    await corpus.exportTable({ file });
    const workbook = read(await readFile(file));
    const sheet = workbook.Sheets[workbook.SheetNames[0] ?? ''];
    const rows = sheet === undefined ? [] : utils.sheet_to_json<Record<string, unknown>>(sheet);
    expect(rows.map((row) => row['price'])).toEqual([120, 30, 99.5]);
  });

  it('writes Parquet and leaves nothing unfinished behind', async () => {
    await corpus.exportTable({ file: join(folder, 'out.parquet') });
    const bytes = await readFile(join(folder, 'out.parquet'));
    expect(bytes.subarray(0, 4).toString()).toBe('PAR1');
    await expect(corpus.exportTable({ file: join(folder, 'out.docx') })).rejects.toThrow(/no format/);
    await expect(corpus.exportTable({ file: join(folder, 'none', 'out.csv') })).rejects.toThrow(
      /cannot be written/,
    );
    await expect(corpus.exportTable({ table: 'nowhere', file: join(folder, 'a.csv') })).rejects.toThrow(
      /no table nowhere/,
    );
    expect((await readdir(folder)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});
