import { utils, write } from '@e965/xlsx';
import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import type { ParsedDocument } from './format-parser.ts';
import { zipArchive } from './testing/zip-archive.ts';
import { parseXlsx } from './xlsx.ts';

type Value = string | number | boolean | null | CellObject;

const sheetOf = (rows: readonly (readonly Value[])[], merges: readonly string[] = []): WorkSheet => {
  const sheet = utils.aoa_to_sheet(rows.map((row) => [...row]));
  sheet['!merges'] = merges.map((range) => utils.decode_range(range));
  return sheet;
};

const bytesOf = (
  sheets: Readonly<Record<string, WorkSheet>>,
  change?: (book: WorkBook) => void,
): Uint8Array => {
  const book = utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
  change?.(book);
  const bytes: unknown = write(book, { type: 'buffer', bookType: 'xlsx' });
  return bytes instanceof Uint8Array ? bytes : new Uint8Array();
};

const parse = async (bytes: Uint8Array, warnings: string[] = []): Promise<ParsedDocument[]> => {
  const warn = (message: string): void => {
    warnings.push(message);
  };
  return await Array.fromAsync(parseXlsx({ bytes, path: 'a.xlsx', absolutePath: '/a.xlsx', warn }));
};

const parseRows = async (
  rows: readonly (readonly Value[])[],
  merges: readonly string[] = [],
): Promise<ParsedDocument[]> => await parse(bytesOf({ Sheet1: sheetOf(rows, merges) }));

const number = (value: number, format: string): CellObject => ({ t: 'n', v: value, z: format });

describe('parseXlsx, tables of records', () => {
  it('makes each row a document, named by its name column', async () => {
    const documents = await parseRows([
      ['Id', 'Name', 'Staff', 'Active'],
      [7, 'Acme', 5, true],
      [8, 'Bolt', null, false],
    ]);
    expect(documents).toEqual([
      {
        fragment: 'Sheet1!2',
        title: 'Acme',
        text: 'Id: 7\nName: Acme\nStaff: 5\nActive: true\n',
        sourceMap: {
          segments: [
            { start: 0, location: { sheet: 'Sheet1', cell: 'A2' } },
            { start: 6, location: { sheet: 'Sheet1', cell: 'B2' } },
            { start: 17, location: { sheet: 'Sheet1', cell: 'C2' } },
            { start: 26, location: { sheet: 'Sheet1', cell: 'D2' } },
          ],
        },
      },
      expect.objectContaining({ title: 'Bolt', text: 'Id: 8\nName: Bolt\nActive: false\n' }),
    ]);
  });

  it('writes numbers in full precision with what their formats say', async () => {
    const [document] = await parseRows([
      ['Firm', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'],
      [
        'Acme',
        number(44_196, 'yyyy-mm-dd'),
        number(44_196.5, 'd.m.yy h:mm'),
        number(0.12345, '0.0%'),
        number(-1234.567, '"$"#,##0.00;("$"#,##0.00)'),
        number(5.25, '0.0" km"'),
        number(1_234_567, '0.0,,"M"'),
        number(123, '00000'),
        number(0.1 + 0.2, 'General'),
        number(99.5, '[$€-407] #,##0'),
        number(44_196, 'mmm yyyy'),
      ],
      ['Bolt'],
    ]);
    expect(document?.text.split('\n').slice(1, -1)).toEqual([
      'A: 2020-12-31',
      'B: 2020-12-31 12:00',
      'C: 12.345%',
      'D: -$1234.567',
      'E: 5.25 km',
      'F: 1234567',
      'G: 00123',
      'H: 0.3',
      'I: €99.5',
      'J: 2020-12',
    ]);
  });

  it('keeps the titles above the header and the groups within the table', async () => {
    const documents = await parseRows([
      ['Survey (in millions of USD)'],
      [],
      ['Firm', 'Revenue', 'Cost'],
      ['Europe'],
      ['Acme', 5, 4],
      ['Asia'],
      ['Bolt', 6, 5],
    ]);
    expect(documents.map((document) => document.text)).toEqual([
      '## Survey (in millions of USD)\n\n### Europe\n\nFirm: Acme\nRevenue: 5\nCost: 4\n',
      '## Survey (in millions of USD)\n\n### Asia\n\nFirm: Bolt\nRevenue: 6\nCost: 5\n',
    ]);
  });

  it('joins header rows over merged cells and carries merged labels down', async () => {
    const documents = await parseRows(
      [
        ['Region', 'Firm', 'Revenue', null, 'Seat'],
        [null, null, '2021', '2020', null],
        ['Europe', 'Acme', 5, 4, 'Bonn'],
        [null, 'Bolt', 6, 5, 'Rome'],
      ],
      ['A1:A2', 'B1:B2', 'C1:D1', 'E1:E2', 'A3:A4'],
    );
    expect(documents[1]?.text).toBe(
      'Region: Europe\nFirm: Bolt\nRevenue 2021: 6\nRevenue 2020: 5\nSeat: Rome\n',
    );
  });

  it('leaves totals out and says so, but no names that begin like them', async () => {
    const warnings: string[] = [];
    const rows = [
      ['Firm', 'Seat', 'Staff'],
      ['Total Energy', 'Paris', 7],
      ['Acme', 'Bonn', 5],
      ['Sum Up', 'Rome', 1],
      ['Total', null, 13],
      ['Average', null, 4.3],
    ];
    const documents = await parse(bytesOf({ Sheet1: sheetOf(rows) }), warnings);
    expect(documents.map((document) => document.title)).toEqual(['Total Energy', 'Acme', 'Sum Up']);
    expect(warnings).toEqual(['Sheet1: left out 2 rows of totals']);
  });

  it('reads several tables of a sheet, and skips hidden sheets', async () => {
    const sheets = {
      Firms: sheetOf([
        ['Firm', 'Seat', 'Staff'],
        ['Acme', 'Bonn', 5],
        [],
        ['Product', 'Price', 'Weight'],
        ['Anvil', 9, 50],
        [],
        ['Spring', 2, 1],
      ]),
      Secret: sheetOf([
        ['a', 'b', 'c'],
        [1, 2, 3],
      ]),
      People: sheetOf([
        ['Name', 'Age', 'Town'],
        ['Ann', 30, 'Ulm'],
      ]),
    };
    const documents = await parse(
      bytesOf(sheets, (book) => {
        book.Workbook = { Sheets: [{}, { Hidden: 1 }, {}] };
      }),
    );
    expect(documents.map((document) => [document.fragment, document.text])).toEqual([
      ['Firms!2', '## Firms\n\nFirm: Acme\nSeat: Bonn\nStaff: 5\n'],
      ['Firms!5', '## Firms\n\nProduct: Anvil\nPrice: 9\nWeight: 50\n'],
      ['Firms!7', '## Firms\n\nProduct: Spring\nPrice: 2\nWeight: 1\n'],
      ['People!2', '## People\n\nName: Ann\nAge: 30\nTown: Ulm\n'],
    ]);
  });

  it('reads tables that stand side by side, but no table with an empty column twice', async () => {
    const both = await parseRows([
      ['Firm', 'Staff', null, 'Town', 'People'],
      ['Acme', 5, null, 'Bonn', 300],
      ['Bolt', 6, null, 'Rome', 400],
      ['Cog', 7, null, 'Ulm', 500],
      ['Dent', 8],
    ]);
    expect(both.map((document) => document.title)).toEqual([
      'Acme',
      'Bolt',
      'Cog',
      'Dent',
      'Bonn',
      'Rome',
      'Ulm',
    ]);
    const one = await parseRows([
      ['Firm', 'Seat', null, 'Staff', 'Chief'],
      ['Acme', 'Bonn', null, 5, 'Ann'],
      ['Bolt', 'Rome', null, 6, 'Bob'],
    ]);
    expect(one[1]?.text).toBe('Firm: Bolt\nSeat: Rome\nStaff: 6\nChief: Bob\n');
  });

  it('takes two columns for records where the second is of one kind under a header', async () => {
    const documents = await parseRows([
      ['Town', 'Inhabitants'],
      ['Bonn', 330_000],
      ['Ulm', 126_000],
      ['Rome', 2_800_000],
    ]);
    expect(documents.map((document) => document.text)).toEqual([
      'Town: Bonn\nInhabitants: 330000\n',
      'Town: Ulm\nInhabitants: 126000\n',
      'Town: Rome\nInhabitants: 2800000\n',
    ]);
  });

  it('keeps every value of a table in a line under its header', async () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/u);
    const table = fc.tuple(
      fc.array(fc.tuple(fc.integer(), word), { minLength: 1, maxLength: 10 }),
      fc.nat(3),
    );
    await fc.assert(
      fc.asyncProperty(table, async ([values, offset]) => {
        const space: null[] = Array.from({ length: offset }, () => null);
        const rows = values.map(([integer, text], index) => [...space, `firm${index}`, integer, text]);
        const documents = await parseRows([[...space, 'Firm', 'Count', 'Note'], ...rows]);
        expect(documents.map((document) => document.text)).toEqual(
          values.map(([integer, text], index) => `Firm: firm${index}\nCount: ${integer}\nNote: ${text}\n`),
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('parseXlsx, sheets that are one document', () => {
  it('reads a form as labels and values', async () => {
    const documents = await parseRows([
      ['Acme'],
      [],
      ['Facts'],
      ['Seat', 'Bonn'],
      ['Staff:', 5],
      [],
      ['Money'],
      ['Revenue', number(5, '"€"0')],
    ]);
    expect(documents).toEqual([
      expect.objectContaining({
        fragment: null,
        title: 'Acme',
        text: '# Acme\n\n## Facts\n\nSeat: Bonn\nStaff: 5\n\n## Money\n\nRevenue: €5\n',
      }),
    ]);
    expect(documents[0]?.sourceMap.segments.at(-1)).toEqual({
      start: documents[0]?.text.indexOf('Revenue'),
      location: { sheet: 'Sheet1', cell: 'B8' },
    });
  });

  it('reads indented labels as parts of the label above them', async () => {
    const [document] = await parseRows([
      ['Acme'],
      ['Facts'],
      ['Area'],
      ['  total', 9],
      ['  land', 7],
      ['Coast', '3 km'],
    ]);
    expect(document?.text).toBe(
      '# Acme\n\n## Facts\n\n### Area\n\ntotal: 9\n\nland: 7\n\n### Coast\n\n3 km\n',
    );
  });

  it('reads a statement with periods as columns as a table', async () => {
    const [document, ...others] = await parseRows([
      ['Acme'],
      ['Income statement (in thousands)'],
      ['', 2021, 2020],
      ['Revenue', 5, 4],
      ['Total cost', 3, 2],
    ]);
    expect(others).toEqual([]);
    expect(document?.title).toBe('Acme');
    expect(document?.text).toBe(
      '# Acme\n\nIncome statement (in thousands)\n\n|  | 2021 | 2020 |\n| --- | --- | --- |\n| Revenue | 5 | 4 |\n| Total cost | 3 | 2 |\n',
    );
  });

  it('reads rows whose values are alike along the row as attributes', async () => {
    const [document, ...others] = await parseRows([
      ['Measure of', 'Acme', 'Bolt', 'Cog'],
      ['Staff', 5, 6, 7],
      ['Margin', number(0.1, '0%'), number(0.2, '0%'), number(0.3, '0%')],
      ['Seat', 'Bonn', 'Rome', 'Ulm'],
    ]);
    expect(others).toEqual([]);
    expect(document?.text).toContain('| Margin | 10% | 20% | 30% |');
  });

  it('keeps a small table with the form that it stands under', async () => {
    const documents = await parseRows([
      ['Seat', 'Bonn'],
      ['Staff', 5],
      ['Founded', 1990],
      [],
      ['Director', 'Since', 'Age'],
      ['Ann', 2001, 60],
    ]);
    expect(documents).toHaveLength(1);
    expect(documents[0]?.text).toBe(
      'Seat: Bonn\nStaff: 5\nFounded: 1990\n\n| Director | Since | Age |\n| --- | --- | --- |\n| Ann | 2001 | 60 |\n',
    );
  });

  it('names sheets of the same title by their sheet', async () => {
    const profile = (seat: string): WorkSheet => sheetOf([['Company profile'], ['Seat', seat], ['Staff', 5]]);
    const documents = await parse(bytesOf({ Acme: profile('Bonn'), Bolt: profile('Rome') }));
    expect(documents.map((document) => [document.fragment, document.title])).toEqual([
      ['Acme', 'Acme'],
      ['Bolt', 'Bolt'],
    ]);
  });
});

describe('parseXlsx, files that cannot be read', () => {
  it.each([
    ['an encrypted file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /password protected/u],
    [
      'a truncated file',
      bytesOf({ a: sheetOf([['a', 'b', 'c']]) }).subarray(0, 2000),
      /damaged or incomplete/u,
    ],
    ['an empty workbook', bytesOf({ a: sheetOf([[]]) }), /empty/u],
    [
      'a zip bomb',
      zipArchive({
        'xl/workbook.xml': '',
        'xl/a.xml': new Uint8Array(130 * 2 ** 20),
        'xl/b.xml': new Uint8Array(130 * 2 ** 20),
      }),
      /unpacks to more than/u,
    ],
  ])('says why %s cannot be read', async (_, bytes, reason) => {
    const failure = await parse(bytes).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnreadableFileError);
    expect(String(failure)).toMatch(reason);
  });
});
