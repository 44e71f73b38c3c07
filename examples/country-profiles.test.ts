import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerByTable } from '../src/strategies/index.ts';
import { openCorpus, readCorpus, resolveCorpus, type OpenCorpus } from '../src/table/index.ts';
import { beyondTheDocuments, copyProfiles, nameField, questions } from './country-profiles.ts';

describe('the 261 country profiles of the demo', () => {
  let folder = '';
  let corpus: OpenCorpus;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'corpuscope-demo-'));
    const profiles = join(folder, 'countries');
    await copyProfiles(profiles);
    const location = await resolveCorpus({ input: profiles });
    await readCorpus({ location, key: nameField });
    corpus = await openCorpus({ location });
  }, 180_000);

  afterAll(async () => {
    corpus.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('become one table with at least 80 fields that over half of them state', () => {
    expect(corpus.catalog.tables.map(({ rows }) => rows)).toEqual([261]);
    const wellCovered = corpus.catalog.tables[0]?.columns.filter(({ coverage }) => coverage > 0.5) ?? [];
    expect(wellCovered.length).toBeGreaterThanOrEqual(80);
  });

  it.each(questions)('answer: $question', async ({ question, answer }) => {
    const { status, value, evidence } = await answerByTable({ corpus, question });
    expect(status).toBe('answered');
    expect(typeof value === 'number' ? Number(value.toPrecision(9)) : value).toEqual(
      typeof answer === 'number' ? Number(answer.toPrecision(9)) : answer,
    );
    expect(evidence.length).toBeGreaterThan(0);
  });

  it('do not answer what they do not say', async () => {
    expect(await answerByTable({ corpus, question: beyondTheDocuments })).toMatchObject({
      status: 'refused',
    });
  });
});
