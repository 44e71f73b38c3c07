import { describe, expect, it } from 'vitest';
import { parseQuestion } from './parse-question.ts';
import { answerOver } from './testing/answer.ts';
import { rescueTable } from './testing/rescue-table.ts';
import { testTable } from './testing/test-table.ts';

const answer = (question: string, table = rescueTable()) => answerOver(table, question);

describe('a noun that can only be what the rows are', () => {
  it.each([
    ['How many callouts were there in a storm?', [3]],
    ['Which callout was the longest?', ['L-07']],
    ['What percentage of the callouts were from Corran?', [expect.closeTo(33.333)]],
    ['How many of the callouts from the West coast had a total cost above 2,000?', [3]],
    ['Among the callouts in a storm, which saved the most persons?', ['L-03']],
    ['What was the average distance of the callouts from the West coast?', [14]],
  ])('%s', (question, expected) => {
    expect(answer(question)).toEqual(expected);
  });

  it('is another name for the same kind of things', () => {
    const table = rescueTable('missions', ['mission', 'record']);
    expect(answer('How many flights were there in a storm?', table)).toEqual([3]);
  });

  it('may be the rows of another kind of documents, where nothing else says which', () => {
    const { catalog } = rescueTable();
    const stations = testTable({
      name: 'records_2',
      key: 'name',
      nouns: ['record', 'document'],
      columns: [{ name: 'berths', type: 'number', label: 'Berths' }],
      rows: ['Quay A', 'Quay B', 'Quay C', 'Quay D', 'Quay E'].map((name, berths) => ({ name, berths })),
    });
    const large = catalog.tables.map((table) => ({ ...table, rows: 1000 }));
    const both = { tables: [...large, ...stations.catalog.tables] };
    const tableOf = (question: string): string => {
      const parsed = parseQuestion({ question, catalog: both });
      return parsed.status === 'refused' ? parsed.reason : parsed.plan.table;
    };
    expect(tableOf('Which callout was the longest?')).toBe('records');
    expect(tableOf('Which pontoon has the most berths?')).toBe('records_2');
    expect(tableOf('How many pontoons are there?')).toContain('may be about "records" or about "records_2"');
  });

  it('is told to whoever reads the answer', () => {
    const parsed = parseQuestion({
      question: 'How many callouts were there in a storm?',
      catalog: rescueTable().catalog,
    });
    expect(parsed).toMatchObject({ notes: ['"callouts" is taken as what the table\'s rows are'] });
  });

  it.each([
    'Which station had the most injuries?',
    'How many helicopters did Corran launch?',
    'How many callouts led to injuries?',
    'What is the highest number of volunteers?',
  ])('is no thing that happens to rows or that they have: %s', (question) => {
    expect(answer(question)).toEqual(expect.any(String));
  });

  it('is none where the rows have a name of their own in the question', () => {
    const table = rescueTable('launches', ['launch', 'record']);
    expect(answer('How many launches had casualties in a storm?', table)).toEqual(expect.any(String));
  });

  it('is none where the rows are one kind of things, and the noun another', () => {
    const table = rescueTable('missions', ['mission', 'record']);
    expect(answer('How many volunteers are there in Corran?', table)).toEqual(expect.any(String));
    expect(answer('Which region is the longest?', table)).toEqual(expect.any(String));
  });
});

describe('the noun of the rows with or without a modifier before it', () => {
  const table = rescueTable('sealaunches', ['sealaunch', 'record']);

  it('means them without it', () => {
    expect(answer('Which station had the highest number of launches?', table)).toEqual(['Corran']);
  });

  it('means some of them with another', () => {
    const launches = rescueTable('launches', ['launch', 'record']);
    expect(answer('How many nightlaunches were there in a storm?', launches)).toEqual(expect.any(String));
  });
});
