import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCorpus, readCorpus, resolveCorpus, type OpenCorpus } from '../../table/index.ts';

/** A corpus of a test, on disk until it is closed. */
export interface TestCorpus {
  readonly corpus: OpenCorpus;
  close(): Promise<void>;
}

/** A corpus of the given files, read. */
export async function corpusOf(files: Readonly<Record<string, string>>): Promise<TestCorpus> {
  const folder = await mkdtemp(join(tmpdir(), 'corpuscope-strategy-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const location = await resolveCorpus({ input: folder });
  await readCorpus({ location });
  const corpus = await openCorpus({ location });
  return {
    corpus,
    close: async () => {
      corpus.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Profiles of companies with revenues of 1, 2, 3 … million dollars, among some prose. */
export function companyFiles(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const number = String(index + 1).padStart(3, '0');
      const prose = `Company ${number} was founded by its founders and has been led by them. `.repeat(4);
      const facts = `Revenue: $${index + 1} million\nEmployees: ${(index + 1) * 10}\nSector: ${index % 2 === 0 ? 'Energy' : 'Retail'}`;
      return [`company-${number}.md`, `# Company ${number}\n\n${facts}\n\n## History\n\n${prose}\n`];
    }),
  );
}
