import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { openCorpus, readCorpus, resolveCorpus } from '../../table/index.ts';
import { buildPassages } from './build-passages.ts';
import { openPassageDatabase } from './passage-database.ts';
import { PassageIndex, type StoredPassage } from './passage-index.ts';
import { toSearchTerms } from './search-text.ts';

const passageTokens = 60;
const paragraph = 'The harbour handles grain, ore and timber; most of it leaves for the south. ';

// Each test reads a corpus anew, in threads of their own.
vi.setConfig({ testTimeout: 60_000 });

let folder: TemporaryFolder;

const write = (name: string, body: string): string =>
  folder.write(`docs/${name}.md`, `# ${name}\n\n## Trade\n\n${body}\n`);

/** Reads the corpus and brings its passages up to date; gives all of them, and what a question finds. */
async function build({
  question = 'harbour',
  signal,
  onProgress,
}: {
  question?: string;
  signal?: AbortSignal;
  onProgress?: (total: number) => void;
} = {}): Promise<{ passages: StoredPassage[]; texts: Map<string, string>; found: string[] }> {
  const location = await resolveCorpus({ input: join(folder.path, 'docs') });
  await readCorpus({ location });
  const corpus = await openCorpus({ location });
  const database = openPassageDatabase({ storeFolder: location.storeFolder, passageTokens });
  try {
    const index = new PassageIndex(database);
    await buildPassages({
      corpus,
      index,
      passageTokens,
      signal,
      onProgress: ({ total }) => onProgress?.(total),
    });
    const texts = new Map((await Array.fromAsync(corpus.documents())).map(({ id, text }) => [id, text]));
    const ranked = index.rankByWords(toSearchTerms(question), 100);
    return {
      passages: [...texts.keys()].flatMap((id) => index.passagesOf(id)),
      texts,
      found: index.passages(ranked.map(({ passage }) => passage)).map(({ document }) => document),
    };
  } finally {
    database.close();
    corpus.close();
  }
}

beforeEach(() => {
  folder = new TemporaryFolder();
  for (const name of ['Alba', 'Brenn', 'Corvo']) write(name, `${paragraph}\n\n`.repeat(10));
});

afterEach(() => rmSync(folder.path, { recursive: true, force: true }));

describe('buildPassages', () => {
  it('cuts every document into passages that join up to it and say where they stand', async () => {
    const { passages, texts, found } = await build({ question: 'What does the harbour of Brenn handle?' });
    for (const [id, text] of texts) {
      const own = passages.filter(({ document }) => document === id);
      expect(own.length).toBeGreaterThan(2);
      expect(own.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      expect(own.at(-1)).toMatchObject({ title: text.slice(2, text.indexOf('\n')), context: '## Trade\n\n' });
    }
    expect(new Set(found.slice(0, 3))).toEqual(new Set(['Brenn.md']));
  });

  it('cuts only what is new or changed, and takes out what is gone', async () => {
    const before = await build();
    write('Brenn', 'No harbour, but a lighthouse.');
    write('Dorn', 'A lighthouse too.');
    rmSync(join(folder.path, 'docs/Corvo.md'));
    const totals: number[] = [];
    const after = await build({ question: 'lighthouse Corvo', onProgress: (total) => totals.push(total) });
    expect(totals).toEqual([2]);
    expect(new Set(after.found)).toEqual(new Set(['Brenn.md', 'Dorn.md']));
    const ofAlba = ({ document }: StoredPassage): boolean => document === 'Alba.md';
    expect(after.passages.filter(ofAlba)).toEqual(before.passages.filter(ofAlba));
    const again = await build({ onProgress: (total) => totals.push(total) });
    expect(totals).toEqual([2]);
    expect(again.passages).toEqual(after.passages);
  });

  it('goes on where it was ended', async () => {
    for (const name of ['Dorn', 'Elm', 'Fern', 'Gale'])
      write(name, `${paragraph.repeat(20)}\n\n`.repeat(120));
    const controller = new AbortController();
    const ended = build({
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('ended')),
    });
    await expect(ended).rejects.toThrow('ended');
    const totals: number[] = [];
    const { passages, texts } = await build({ onProgress: (total) => totals.push(total) });
    expect(texts.size).toBe(7);
    expect(totals[0]).toBeLessThan(7);
    expect(new Set(passages.map(({ document }) => document)).size).toBe(7);
  });
});
