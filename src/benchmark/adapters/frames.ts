import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { BenchmarkError } from '../benchmark-error.ts';
import type { DatasetDocument } from '../dataset-item.ts';
import { checkRecord, type DatasetAdapter } from './dataset-adapter.ts';
import { readRecords } from './read-records.ts';

const page = z.looseObject({ title: z.string(), text: z.string() });
const schema = z.looseObject({
  Prompt: z.string(),
  Answer: z.string(),
  reasoning_types: z.string().nullish(),
  /** A list of addresses, written as Python or JSON does. */
  wiki_links: z.union([z.string(), z.array(z.string())]).nullish(),
  wiki_items: z.array(page).nullish(),
});

/**
 * FRAMES (`test.tsv`). It publishes the addresses of the pages, not their text: the text is read from `pages/NAME.txt`
 * beside the file, where NAME ends the address (`Punxsutawney_Phil`), or from a field `wiki_items` of title and text.
 */
export const frames: DatasetAdapter = {
  name: 'frames',
  summary:
    'FRAMES, test.tsv with the pages in pages/NAME.txt beside it, or records with wiki_items (title, text)',
  async *read(path) {
    for await (const record of readRecords(path)) {
      const line = checkRecord({ schema, record, path, dataset: 'FRAMES' });
      const documents =
        line.wiki_items ??
        (await readPages({ links: linksOf(line.wiki_links), path, number: record.number }));
      yield {
        id: `frames_${record.number}`,
        question: line.Prompt,
        content: { kind: 'documents', documents: documents.map(({ title, text }) => ({ title, text })) },
        answer: line.Answer,
        metric: 'cover-exact-match',
        domain: line.reasoning_types?.split(' | ')[0] ?? 'frames',
      };
    }
  },
};

function linksOf(links: string | readonly string[] | null | undefined): string[] {
  if (links === null || links === undefined) return [];
  return typeof links === 'string' ? (links.match(/https?:\/\/[^\s'"]+(?=['"])/gu) ?? []) : [...links];
}

async function readPages({
  links,
  path,
  number,
}: {
  links: readonly string[];
  path: string;
  number: number;
}): Promise<DatasetDocument[]> {
  const names = links.map((link) => decodeURIComponent(link.split('#', 1)[0]?.split('/').at(-1) ?? ''));
  return Promise.all(
    names.map(async (name) => {
      const file = join(dirname(path), 'pages', `${name}.txt`);
      try {
        return { title: name.replaceAll('_', ' '), text: await readFile(file, 'utf8') };
      } catch (error) {
        throw new BenchmarkError({
          message: `Record ${number} of ${path} asks about the page ${name}, whose text is not there.`,
          remedy: `FRAMES publishes addresses alone: put the text of the page in ${file}.`,
          cause: error,
        });
      }
    }),
  );
}
