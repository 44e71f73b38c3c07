import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus, readCorpus, resolveCorpus, type OpenCorpus } from '../table/index.ts';
import { answerByTable } from './index.ts';

let folder: string;
let corpus: OpenCorpus;

const companies = [
  ['Acme', 'Houston, Texas', '120.5', '2,150', 'Energy'],
  ['Brisk', 'Oslo', '80', '900', 'Retail'],
  ['Corda', 'Austin, Texas', '410', '5,300', 'Energy'],
  ['Dorn', 'Lyon', '15.2', 'n/a', 'Retail'],
] as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-answer-'));
  for (const [name, headquarters, revenue, employees, sector] of companies) {
    const lines = [
      `# ${name}`,
      '',
      `Headquarters: ${headquarters}`,
      `Sector: ${sector}`,
      `Revenue: $${revenue} million`,
      `Employees: ${employees}`,
    ];
    await writeFile(join(folder, `${name}.md`), `${lines.join('\n')}\n`);
  }
  await writeFile(join(folder, 'broken.pdf'), '%PDF-1.7 broken');
  const location = await resolveCorpus({ input: folder });
  await readCorpus({ location });
  corpus = await openCorpus({ location });
});

afterAll(async () => {
  corpus.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (question: string) => answerByTable({ corpus, question });

describe('answerByTable', () => {
  it('answers with SQL, citations, coverage and what was not read', async () => {
    const answer = await ask('Which two companies have the highest revenue?');
    expect(answer).toMatchObject({
      status: 'answered',
      type: 'list',
      value: ['Corda', 'Acme'],
      evidenceTotal: 2,
    });
    expect(answer.evidence[0]).toMatchObject({
      document: 'Corda.md',
      quote: 'Revenue: $410 million',
      location: 'line 5',
      value: 410_000_000,
    });
    expect(answer.coverage).toEqual({ documents: 5, read: 4, withValue: 4, missing: 0 });
    expect(answer.warnings.join('\n')).toContain('could not be read');
    expect(answer.cost.calls).toBe(0);
  });

  it('leaves missing values out and says so', async () => {
    const answer = await ask('What is the average number of employees?');
    expect(answer).toMatchObject({
      status: 'answered',
      value: 2783.33333333,
      coverage: { withValue: 3, missing: 1 },
    });
    expect(answer.warnings.join('\n')).toContain('Employees');
  });

  it('says that a value is not stated instead of answering nothing', async () => {
    const answer = await ask('How many employees does Dorn have?');
    expect(answer).toMatchObject({ status: 'refused', value: null });
    expect(answer.reason).toContain('Employees');
  });

  it('refuses what it does not understand, with the nearest fields', async () => {
    const answer = await ask('Which company has the best reputation?');
    expect(answer.status).toBe('refused');
    expect(answer.sql).toBeNull();
    expect(answer.misunderstanding?.notUnderstood.join(' ')).toContain('reputation');
  });

  it('answers many questions at once as it answers them one by one', async () => {
    const questions = [
      'Which two companies have the highest revenue?',
      'What is the average number of employees?',
      'How many companies have a revenue above $50 million?',
      'List the companies by revenue.',
    ];
    const plain = (answer: Awaited<ReturnType<typeof ask>>) => ({ ...answer, seconds: 0 });
    const alone = [];
    for (const question of questions) alone.push(plain(await ask(question)));
    expect(alone.every(({ status }) => status === 'answered')).toBe(true);
    const together = await Promise.all([...questions, ...questions].map(ask));
    expect(together.map(plain)).toEqual([...alone, ...alone]);
  });

  it('bounds the evidence and tells its total', async () => {
    const answer = await answerByTable({ corpus, question: 'What is the total revenue?', evidenceLimit: 1 });
    expect(answer).toMatchObject({ value: 625_700_000, unit: 'USD', evidenceTotal: 4 });
    expect(answer.evidence).toHaveLength(1);
  });
});

describe('documents that state in other words what was not read', () => {
  const towns = ['Alba', 'Brenn', 'Corvo', 'Dorn', 'Elster', 'Furt', 'Gera', 'Hain'];
  const form = (town: string, index: number): string =>
    [
      `# ${town}`,
      '',
      `Mayor: Mayor of ${town}`,
      `Area: ${index + 3} sq km`,
      `Population: ${2 + index},300`,
    ].join('\n');

  const askOf = async (texts: ReadonlyMap<string, string>, question: string) => {
    const place = await mkdtemp(join(tmpdir(), 'corpuscope-unread-'));
    try {
      for (const [name, text] of texts) await writeFile(join(place, `${name}.md`), `${text}\n`);
      const location = await resolveCorpus({ input: place });
      await readCorpus({ location });
      const open = await openCorpus({ location });
      try {
        return await answerByTable({ corpus: open, question });
      } finally {
        open.close();
      }
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  };
  const forms = new Map(towns.map((town, index) => [town, form(town, index)]));

  it('keep an answer over all from being given, and are named', async () => {
    const prose = (town: string): string =>
      `# ${town}\n\nMayor: Mayor of ${town}\nArea: 7 sq km\n\nAlmost 9 thousand, so large has the population grown here.`;
    const texts = new Map([...forms, ['Ilm', prose('Ilm')], ['Jena', prose('Jena')]]);
    const answer = await askOf(texts, 'How many towns have a population of more than 5,000?');
    expect(answer).toMatchObject({ status: 'refused', value: null, coverage: { missing: 2 } });
    expect(answer.reason).toContain('Ilm.md: "Almost 9 thousand');
    expect(answer.warnings.join(' ')).toContain('Without them the answer would be: 5.');
    const named = await askOf(texts, 'What is the population of Dorn?');
    expect(named).toMatchObject({ status: 'answered', value: 5300 });
  });

  it('do not hinder where documents only lack the field', async () => {
    const texts = new Map([...forms, ['Ilm', '# Ilm\n\nMayor: Mayor of Ilm\nArea: 7 sq km\n']]);
    const answer = await askOf(texts, 'How many towns have a population of more than 5,000?');
    expect(answer).toMatchObject({ status: 'answered', value: 5 });
  });

  it('keep an answer from being given where they state another field of the same sort instead', async () => {
    const dated = (town: string, label: string, day: number): string =>
      `# ${town}\n\nMayor: Mayor of ${town}\nArea: 7 sq km\n${label}: ${day} May 1990\n`;
    const texts = new Map(
      towns.map((town, index) => [
        town,
        dated(town, index < 5 ? 'Charter granted' : 'Town rights', index + 1),
      ]),
    );
    const answer = await askOf(texts, 'What is the earliest charter granted date?');
    expect(answer.status).toBe('refused');
    expect(answer.reason).toContain('Town rights');
  });

  it('keep an answer from being given where a category is told in sentences, and of few towns in ones that are understood', async () => {
    const told = (town: string, index: number): string => {
      const said = `${town} is a ${index % 2 === 0 ? 'walled' : 'market'} town on the river ${index % 4 < 2 ? 'Saale' : 'Ilm'}.`;
      const form = `# ${town}\n\nMayor: Mayor of ${town}\nArea: ${10 + index} sq km\n\n`;
      return form + (index % 5 < 2 ? said : 'Hills stand all around.');
    };
    const many = Array.from({ length: 24 }, (_, index) => `Ort ${String.fromCodePoint(65 + index)}`);
    const texts = new Map(many.map((town, index) => [town, told(town, index)]));
    const answer = await askOf(texts, 'How many towns are on the river Saale?');
    expect(answer.status).toBe('refused');
    expect(answer.reason).toContain('documents seem to state "river"');
  });
});
