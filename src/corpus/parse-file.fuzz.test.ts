import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContent } from './testing/parse-content.ts';
import { TemporaryFolder } from './testing/temporary-folder.ts';

const folder = new TemporaryFolder();

const samples: Record<string, string> = {
  'a.md': '---\ntitle: "Größe"\n---\n# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nArea: 5 km²\n',
  'a.csv': 'name,size,"long, name"\n"A ""x""",1,é\nB,2,"two\nlines"\nC,3,\n',
  'a.tsv': 'name\tsize\nA\t1\nB\t5" disk\n',
  'a.json': '{"items": [{"name": "A", "x": {"y": [1, 2.50, "é\\n"]}}, {"name": "B", "x": null}]}',
  'a.jsonl': '{"name": "A", "x": {"y": [1, {"z": 1}]}}\n{"name": "B", "x": [{"a": 1}, {"a": 2}]}\n',
  'a.eml':
    'From: A <a@example.org>\nSubject: =?utf-8?q?x=C3=A9?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Hi<table><tr><td>1\n--b--\n',
  'a.mbox':
    'From a@b Mon Jan  1 10:00:00 2001\nFrom: A\nSubject: x\n\nHi\n> quoted\n\nFrom a@b Mon Jan  1 10:00:00 2001\nFrom: B\n\n',
};

const edits = array(
  record({
    at: integer({ min: 0, max: 400 }),
    remove: integer({ min: 0, max: 20 }),
    insert: constantFrom(
      '',
      '\0',
      '\xFF\xFE',
      '\xE9',
      '"',
      '\n',
      '\r',
      '{',
      '}',
      '[',
      ',',
      ':',
      '|',
      '<',
      '--b',
      ' ',
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('parseFile on damaged files', () => {
  it('gives sound documents or a reason, whatever is broken', async () => {
    await assert(
      asyncProperty(constantFrom(...Object.keys(samples)), edits, async (name, changes) => {
        let content = Buffer.from(samples[name] ?? '').toString('latin1');
        for (const { at, remove, insert } of changes) {
          const place = Math.min(at, content.length);
          content = content.slice(0, place) + insert + content.slice(place + remove);
        }
        const { documents, reason } = await parseContent(folder, name, Buffer.from(content, 'latin1'));
        expect(documents.length > 0 || reason !== null).toBe(true);
        expect(reason ?? '').not.toMatch(/cannot be parsed/);
        expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length);
        for (const { text, sourceMap } of documents) {
          expect(text.trim()).not.toBe('');
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toMatch(/\0|\r/);
          const starts = sourceMap.segments.map(({ start }) => start);
          expect(starts).toEqual(starts.toSorted((left, right) => left - right));
          expect(starts.every((start) => start < text.length)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
