import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { StoreError } from '../../table/index.ts';
import { openPassageDatabase } from './passage-database.ts';
import { PassageIndex, type CutDocument } from './passage-index.ts';

const folder = new TemporaryFolder();
let files = 0;

function open(storeFolder = join(folder.write(`${(files += 1)}/x`, ''), '..')): PassageIndex {
  return new PassageIndex(openPassageDatabase({ storeFolder, passageTokens: 600 }));
}

function cut(title: string, ...texts: string[]): CutDocument {
  return {
    id: `${title}.md`,
    hash: `${title} ${texts.join(' ')}`,
    title,
    titleWords: title,
    passages: texts.map((text, index) => ({
      start: index,
      end: index + 1,
      tokens: 10,
      context: '',
      words: { context: '', text },
    })),
  };
}

const find = (index: PassageIndex, ...terms: string[]): string[] =>
  index
    .passages(index.rankByWords(terms, 100).map(({ passage }) => passage))
    .map(({ document, start }) => `${document} ${start}`);

describe('PassageIndex', () => {
  it('ranks by the words of the title before those of the text', () => {
    const index = open();
    index.replace([cut('Alba', 'Brenn is near Brenn'), cut('Brenn', 'a fortress'), cut('Corvo', 'a mill')]);
    expect(find(index, '"brenn"')).toEqual(['Brenn.md 0', 'Alba.md 0']);
    expect(find(index, '"fortress"', '"nothing"')).toEqual(['Brenn.md 0']);
    expect(find(index, '"nothing"')).toEqual([]);
    expect(find(index)).toEqual([]);
  });

  it('lets a word that most passages have tell those of a document apart all the same', () => {
    const index = open();
    const texts = ['the population grows', 'the population falls', 'a harbour'];
    index.replace(['Alba', 'Brenn', 'Corvo'].map((title) => cut(title, ...texts)));
    expect(find(index, '"population"', '"brenn"').slice(0, 3)).toEqual([
      'Brenn.md 0',
      'Brenn.md 1',
      'Brenn.md 2',
    ]);
    const [stating, , silent] = index.rankByWords(['"population"', '"brenn"'], 3);
    expect(stating?.score).toBeGreaterThan((silent?.score ?? 0) * 1.1);
  });

  it('replaces and removes documents, and knows what it holds', () => {
    const index = open();
    index.replace([cut('Alba', 'a harbour', 'a mill'), cut('Brenn', 'a fortress')]);
    index.replace([cut('Alba', 'a lighthouse')]);
    index.remove(['Brenn.md', 'Nothing.md']);
    expect(index.totals()).toEqual({ documents: 1, passages: 1, tokens: 10 });
    expect(index.documentHashes()).toEqual(new Map([['Alba.md', 'Alba a lighthouse']]));
    expect(find(index, '"harbour"', '"fortress"')).toEqual([]);
    expect(index.passagesOf('Alba.md')).toHaveLength(1);
    expect(index.passagesOf('Brenn.md')).toEqual([]);
  });

  it('keeps what another process stored meanwhile', () => {
    const storeFolder = join(folder.write('shared/x', ''), '..');
    const [first, second] = [open(storeFolder), open(storeFolder)];
    first.replace([cut('Alba', 'a harbour')]);
    const before = first.passagesOf('Alba.md');
    second.replace([cut('Alba', 'a harbour'), cut('Brenn', 'a fortress')]);
    expect(first.passagesOf('Alba.md')).toEqual(before);
    expect(find(first, '"fortress"')).toEqual(['Brenn.md 0']);
  });
});

describe('openPassageDatabase', () => {
  it('cuts the passages of another version anew, and keeps the vectors', () => {
    const storeFolder = join(folder.write('old/x', ''), '..');
    const database = openPassageDatabase({ storeFolder, passageTokens: 600 });
    new PassageIndex(database).replace([cut('Alba', 'a harbour')]);
    database.exec(
      `INSERT INTO vectors (model, hash, vector) VALUES (1, x'00', x'00'); PRAGMA user_version = 999;`,
    );
    database.close();
    const reopened = openPassageDatabase({ storeFolder, passageTokens: 600 });
    expect(new PassageIndex(reopened).totals().passages).toBe(0);
    expect(reopened.prepare('SELECT count(*) AS kept FROM vectors').get()).toMatchObject({ kept: 1 });
  });

  it('says what helps when the file is none of its own', () => {
    const storeFolder = join(folder.write('broken/passages.sqlite', 'no database'.repeat(1000)), '..');
    expect(() => open(storeFolder)).toThrow(StoreError);
    expect(() => open(join(folder.path, 'nowhere'))).toThrow(/cannot be opened/);
  });

  it('keeps passages of another length in a file of their own', () => {
    const storeFolder = join(folder.write('lengths/x', ''), '..');
    openPassageDatabase({ storeFolder, passageTokens: 600 }).close();
    openPassageDatabase({ storeFolder, passageTokens: 300 }).close();
    expect(readFileSync(join(storeFolder, 'passages.sqlite')).length).toBeGreaterThan(0);
    expect(readFileSync(join(storeFolder, 'passages-300.sqlite')).length).toBeGreaterThan(0);
  });
});
