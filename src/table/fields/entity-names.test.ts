import { describe, expect, it } from 'vitest';
import type { RankedDocument } from './document-order.ts';
import { nameEntities, withoutYear, type NameField } from './entity-names.ts';

function document(path: string, rest: Partial<RankedDocument> = {}): RankedDocument {
  return {
    number: 0,
    path,
    fragment: null,
    title: null,
    format: 'markdown',
    period: null,
    labels: 5,
    subject: 0,
    ...rest,
  };
}

const name = (documents: readonly RankedDocument[], candidates: readonly NameField[] = []) =>
  nameEntities({ documents, chosen: null, candidates }).names;

describe('nameEntities', () => {
  it('takes titles', () => {
    expect(name([document('a.md', { title: 'Rome' }), document('b.md', { title: 'Oslo' })])).toEqual([
      'Rome',
      'Oslo',
    ]);
  });

  it('takes file names where there are no titles, and paths where those are not unique', () => {
    expect(name([document('x/a.txt'), document('y/b.tar.gz')])).toEqual(['a', 'b.tar']);
    expect(name([document('x/a.txt'), document('y/a.txt')])).toEqual(['x/a.txt', 'y/a.txt']);
  });

  it('takes a unique field that looks like a name rather than titles that are not unique', () => {
    const invoices = ['R1', 'R2', 'R3'].map((number) => document(`${number}.pdf`, { title: 'Invoice' }));
    const named = nameEntities({
      documents: invoices,
      chosen: null,
      candidates: [{ label: 'Invoice number', values: ['R1', 'R2', 'R3'] }],
    });
    expect(named).toEqual({
      names: ['R1', 'R2', 'R3'],
      basis: 'field',
      note: expect.stringContaining('"Invoice number"'),
    });
  });

  it('joins what layouts give as the name in fields of their own', () => {
    const forms = ['a.md', 'b.md', 'c.md'].map((path) => document(path, { title: 'Inspection report' }));
    const { names, basis } = nameEntities({
      documents: forms,
      chosen: null,
      candidates: [
        { label: 'Bridge name', values: ['Iron Gate', null, 'Stony Reach'] },
        { label: 'Name', values: [null, 'Elm Valley', null] },
      ],
    });
    expect({ names, basis }).toEqual({ names: ['Iron Gate', 'Elm Valley', 'Stony Reach'], basis: 'field' });
  });

  it('takes the field that the user chose, and titles where it is missing', () => {
    const documents = [document('a.md', { title: 'Rome' }), document('b.md', { title: 'Oslo' })];
    const { names } = nameEntities({
      documents,
      chosen: { label: 'Code', values: ['R', null] },
      candidates: [],
    });
    expect(names).toEqual(['R', 'Oslo']);
  });

  it('takes documents of one title for the same when each is of another period', () => {
    const editions = ['2021', '2022'].flatMap((period) =>
      ['Rome', 'Oslo'].map((title) => document(`${period}/${title}.md`, { title, period })),
    );
    expect(name(editions)).toEqual(['Rome', 'Oslo', 'Rome', 'Oslo']);
  });

  it('takes yearly documents whose titles differ only in the year for the same', () => {
    const reports = ['2021', '2022'].flatMap((period) =>
      ['Acme', 'Beta'].map((company) =>
        document(`${company}-${period}.md`, { title: `${company} Report ${period}`, period }),
      ),
    );
    expect(name(reports)).toEqual(['Acme Report', 'Beta Report', 'Acme Report', 'Beta Report']);
  });

  it('does not take minutes of several years for one thing', () => {
    const minutes = ['2021', '2022', '2023'].map((period) =>
      document(`${period}.md`, { title: `Minutes ${period}`, period }),
    );
    expect(name(minutes)).toEqual(['Minutes 2021', 'Minutes 2022', 'Minutes 2023']);
  });

  it('tells documents of one title apart', () => {
    const documents = ['a', 'b', 'c'].map((stem) => document(`${stem}.md`, { title: 'Report' }));
    expect(name(documents)).toEqual(['Report (a)', 'Report (b)', 'Report (c)']);
  });

  it('names rows by two fields that are unique together', () => {
    const rows = [1, 2, 3, 4].map((row) => document('data.csv', { fragment: `row=${row}`, format: 'csv' }));
    const { names } = nameEntities({
      documents: rows,
      chosen: null,
      candidates: [{ label: 'Country name', values: ['Peru', 'Chad', 'Peru', 'Chad'] }],
      others: [
        { label: 'Region', values: ['S', 'A', 'S', 'A'] },
        { label: 'Year', values: ['2020', '2020', '2021', '2021'] },
      ],
    });
    expect(names).toEqual(['Peru (2020)', 'Chad (2020)', 'Peru (2021)', 'Chad (2021)']);
  });

  it('names rows of a file by their number where nothing else does', () => {
    const rows = [1, 2].map((row) => document('data.csv', { fragment: `row=${row}`, format: 'csv' }));
    expect(name(rows)).toEqual(['row 1', 'row 2']);
  });
});

describe('withoutYear', () => {
  it.each([
    ['Acme Annual Report 2021', 'Acme Annual Report'],
    ['2021 Results of Acme', 'Results of Acme'],
    ['Acme (FY 2021/22)', 'Acme'],
    ['Acme – 2021', 'Acme'],
    ['Route 20214', 'Route 20214'],
    ['2021', '2021'],
  ])('%s is %s', (title, expected) => {
    expect(withoutYear(title)).toBe(expected);
  });
});
