import { describe, expect, it } from 'vitest';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import type { ParsedDocument } from './format-parser.ts';
import { parsePdf } from './pdf.ts';
import { pdfFile } from './testing/pdf-file.ts';
import type { PdfMark } from './testing/pdf-file.ts';

const parse = async (bytes: Uint8Array, warnings: string[] = []): Promise<ParsedDocument> => {
  const warn = (message: string): void => {
    warnings.push(message);
  };
  const [document] = await Array.fromAsync(parsePdf({ bytes, path: 'a.pdf', absolutePath: '/a.pdf', warn }));
  return document ?? { fragment: null, title: null, text: '', sourceMap: { segments: [] } };
};

const text = async (...pages: readonly (readonly PdfMark[])[]): Promise<string> =>
  (await parse(pdfFile(pages))).text.trimEnd();

interface Look {
  readonly size?: number;
  readonly bold?: boolean;
}

/** Rows of cells at these columns; an empty cell leaves its place free. */
const grid = (
  rows: readonly (readonly string[])[],
  xs: readonly number[],
  top: number,
  look: Look = {},
): PdfMark[] =>
  rows.flatMap((row, index) =>
    row.flatMap((content, column) =>
      content === '' ? [] : [{ text: content, x: xs[column] ?? 0, y: top + index * 14, ...look }],
    ),
  );

const lines = (
  contents: readonly string[],
  top: number,
  look: Look & { readonly x?: number } = {},
): PdfMark[] =>
  grid(
    contents.map((content) => [content]),
    [look.x ?? 60],
    top,
    look,
  );

describe('parsePdf', () => {
  it('reads headings by their type, labels, and the page of each line', async () => {
    const document = await parse(
      pdfFile([
        [
          ...lines(['Acme'], 60, { size: 24 }),
          ...lines(['Facts'], 100, { size: 16, bold: true }),
          ...lines(['Seat: Bonn'], 130),
        ],
        [
          { text: 'Staff:', x: 60, y: 60, bold: true },
          { text: '5 people', x: 95, y: 60 },
          ...lines(['Some more text to make this the usual type'], 90),
        ],
      ]),
    );
    expect(document.title).toBe('Acme');
    expect(document.text).toBe(
      '# Acme\n\n## Facts\n\nSeat: Bonn\n\nStaff: 5 people\n\nSome more text to make this the usual type\n',
    );
    expect(document.sourceMap.segments).toEqual([
      { start: 0, location: { page: 1 } },
      { start: 30, location: { page: 2 } },
    ]);
  });

  it('joins wrapped lines and keeps lines that were ended on purpose', async () => {
    const wrapped =
      'A paragraph that is wrapped at the right margin of its page goes on in the next line, as any reader';
    const full =
      'of it can see, because the first word of that line would have had no more room at the end of this one';
    expect(await text(lines([wrapped, full, 'and ends here.', 'Seat: Bonn', 'Staff: 5'], 60))).toBe(
      `${wrapped} ${full} and ends here.\nSeat: Bonn\nStaff: 5`,
    );
  });

  it('goes on with a paragraph on the next page', async () => {
    const first =
      'A paragraph that is wrapped at the right margin of its page goes on in the next line, as any reader';
    const second =
      'of it can see, because the first word of that line would have had no more room at the end of this';
    expect(
      await text(lines([first, second], 700), lines(['page too, and ends here.', 'Seat: Bonn'], 60)),
    ).toBe(`${first} ${second} page too, and ends here.\nSeat: Bonn`);
  });

  it('reads lists', async () => {
    const items = [
      ...lines(['• one', '• two'], 60),
      ...lines(['• inner'], 88, { x: 90 }),
      ...lines(['• three'], 102),
    ];
    expect(await text(items)).toBe('- one\n- two\n  - inner\n- three');
  });

  it('reads tables by the lines drawn around their cells', async () => {
    const horizontal = [100, 120, 140, 172].map((y): PdfMark => ({ line: [60, y, 360, y] }));
    const vertical = [60, 160, 260, 360].map((x): PdfMark => ({ line: [x, 100, x, 172] }));
    const cells = [
      ...grid([['Firm', 'Staff', 'Seat']], [65, 165, 265], 114),
      ...grid([['Acme', '5', 'Bonn']], [65, 165, 265], 134),
      ...grid(
        [
          ['Bolt International', '', ''],
          ['Holdings', '7', 'Rome'],
        ],
        [65, 165, 265],
        153,
      ),
    ];
    expect(await text([...horizontal, ...vertical, ...cells])).toBe(
      '| Firm | Staff | Seat |\n| --- | --- | --- |\n| Acme | 5 | Bonn |\n| Bolt International Holdings | 7 | Rome |',
    );
  });

  it('reads tables without lines, with headings over columns and signs apart', async () => {
    const marks = [
      ...lines(['STATEMENT OF INCOME', '(in millions)'], 60, { x: 200 }),
      { text: 'Year ended December 31,', x: 400, y: 100, bold: true },
      ...grid([['2021', '2020']], [412, 502], 114, { bold: true }),
      ...grid(
        [
          ['Revenue', '$', '1,234.5', '$', '1,100.2'],
          ['Cost of goods sold', '', '(800.1)', '', '(750.0)'],
          ['Selling, general and administrative expenses and other', '', '', '', ''],
          ['operating costs', '', '(100.0)', '', '(90.5)'],
          ['Earnings per share', '$', '1.20', '$', '0.98'],
        ],
        [60, 385, 405, 475, 495],
        130,
      ),
    ];
    expect(await text(marks)).toBe(
      [
        'STATEMENT OF INCOME',
        '(in millions)',
        '',
        '|  | Year ended December 31, 2021 | Year ended December 31, 2020 |',
        '| --- | --- | --- |',
        '| Revenue | $1,234.5 | $1,100.2 |',
        '| Cost of goods sold | (800.1) | (750.0) |',
        '| Selling, general and administrative expenses and other operating costs | (100.0) | (90.5) |',
        '| Earnings per share | $1.20 | $0.98 |',
      ].join('\n'),
    );
  });

  it('parts tables below one another that have columns of their own, and no title from the text', async () => {
    const form = [
      ['Permit no.', 'HB-28163', 'Issued', '4 August 2023'],
      ['Holder', 'Lund Brothers Ltd', 'Ends', '18 August 2024'],
    ];
    const items = [
      ['Wharf', 'Berths', 'Fee', 'Sum'],
      ['Northern wharf and basin', '24', '7.15', '171.60'],
      ['Canal steps', '12', '9.60', '115.20'],
      ['Old coal harbour', '40', '38.50', '1,540.00'],
    ];
    expect(
      await text([
        { text: 'PERMIT', x: 330, y: 80, size: 20, bold: true },
        ...grid(form, [60, 130, 290, 370], 100),
        ...grid(items, [60, 292, 350, 440], 145),
      ]),
    ).toBe(
      [
        '# PERMIT',
        '',
        '| Permit no. | HB-28163 | Issued | 4 August 2023 |',
        '| --- | --- | --- | --- |',
        '| Holder | Lund Brothers Ltd | Ends | 18 August 2024 |',
        '',
        '| Wharf | Berths | Fee | Sum |',
        '| --- | --- | --- | --- |',
        '| Northern wharf and basin | 24 | 7.15 | 171.60 |',
        '| Canal steps | 12 | 9.60 | 115.20 |',
        '| Old coal harbour | 40 | 38.50 | 1,540.00 |',
      ].join('\n'),
    );
  });

  it('joins the lines of long cells', async () => {
    const rows = [
      ['Acme', 'A maker of anvils and rockets for the desert market', '1950'],
      ['', 'with offices in Bonn and Rome', ''],
      ['Bolt', 'Screws', '1980'],
    ];
    expect(
      await text([
        ...grid([['Name', 'Description', 'Founded']], [60, 180, 480], 86, { bold: true }),
        ...grid(rows, [60, 180, 480], 100),
      ]),
    ).toBe(
      '| Name | Description | Founded |\n| --- | --- | --- |\n| Acme | A maker of anvils and rockets for the desert market with offices in Bonn and Rome | 1950 |\n| Bolt | Screws | 1980 |',
    );
  });

  it('joins a table that goes over pages and repeats its header', async () => {
    const page = (first: number): PdfMark[] => [
      ...grid([['Firm', 'Staff', 'Seat']], [60, 200, 300], 60, { bold: true }),
      ...grid(
        Array.from({ length: 40 }, (_, index) => [`Firm ${first + index}`, `${first + index * 7}`, 'Bonn']),
        [60, 200, 300],
        76,
      ),
    ];
    const rows = (await text(page(100), page(140))).split('\n');
    expect(rows).toHaveLength(82);
    expect(rows.slice(0, 3)).toEqual([
      '| Firm | Staff | Seat |',
      '| --- | --- | --- |',
      '| Firm 100 | 100 | Bonn |',
    ]);
    expect(rows.at(-1)).toBe('| Firm 179 | 413 | Bonn |');
  });

  it('reads labels and values that stand apart', async () => {
    const pairs = [
      ['Founded', '1990'],
      ['Chief executive', 'Ann Smith'],
      ['Revenue ..........', '5,000'],
    ];
    expect(await text(grid(pairs, [60, 200], 60))).toBe(
      '|  |  |\n| --- | --- |\n| Founded | 1990 |\n| Chief executive | Ann Smith |\n| Revenue | 5,000 |',
    );
    expect(await text(grid([['Seat', 'Bonn']], [60, 200], 60))).toBe('Seat: Bonn');
  });

  it('reads a page in columns one column after the other', async () => {
    const column = (word: string): string[] =>
      Array.from({ length: 12 }, (_, index) => `${word} ${index} are words of a line in one column`);
    const result = await text([
      ...lines(['A heading over both columns'], 60, { size: 18 }),
      ...lines(column('Left'), 100),
      ...lines(column('Right'), 100, { x: 320 }),
    ]);
    expect(result.indexOf('Left 11')).toBeLessThan(result.indexOf('Right 0'));
    expect(result).not.toContain('|');
  });

  it('leaves out running headers, footers and page numbers', async () => {
    const page = (number: number): PdfMark[] => [
      { text: 'Annual report', x: 60, y: 30 },
      { text: 'Acme', x: 480, y: 30 },
      ...lines([`Text of chapter ${'one two three'.split(' ')[number - 1]}`], 100),
      { text: `Page ${number} of 3`, x: 280, y: 810 },
    ];
    expect(await text(page(1), page(2), page(3))).toBe(
      'Text of chapter one\n\nText of chapter two\n\nText of chapter three',
    );
  });

  it('leaves out tables of contents', async () => {
    const entries = ['Introduction', 'Methods', 'Results', 'Discussion'].map(
      (name, index) => `${name} ............. ${index + 1}`,
    );
    expect(await text([...lines(entries, 60), ...lines(['Introduction to it'], 200)])).toBe(
      'Introduction to it',
    );
  });

  it.each([0, 90, 180, 270])('reads a page that is turned by %i degrees', async (rotate) => {
    const { text: content } = await parse(pdfFile([lines(['Seat: Bonn', 'Staff: 5'], 60)], { rotate }));
    expect(content).toBe('Seat: Bonn\nStaff: 5\n');
  });

  it('takes the stated title where there is no heading, unless a program made it up', async () => {
    const page = lines(['Seat: Bonn'], 60);
    expect((await parse(pdfFile([page], { title: 'Acme' }))).title).toBe('Acme');
    expect((await parse(pdfFile([page], { title: 'Microsoft Word - a.doc' }))).title).toBeNull();
  });

  it('names pages without text', async () => {
    const warnings: string[] = [];
    await parse(pdfFile([lines(['Seat: Bonn'], 60), [], []]), warnings);
    expect(warnings).toEqual(['pages 2, 3 without a text layer']);
  });
});

describe('parsePdf, files that cannot be read', () => {
  const plain = pdfFile([lines(['text'], 60)]);
  const encrypted = Buffer.from(
    Buffer.from(plain)
      .toString('latin1')
      .replace(
        '/Root 1 0 R',
        `/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`,
      ),
    'latin1',
  );
  const looped = Buffer.from(
    Buffer.from(plain).toString('latin1').replace('/Kids [5 0 R]', '/Kids [2 0 R]'),
    'latin1',
  );

  it.each([
    ['an encrypted file', encrypted, 'password protected'],
    ['a file without text', pdfFile([[]]), 'no text layer'],
    ['a truncated file', plain.subarray(0, 300), 'damaged or incomplete'],
    ['garbage', Uint8Array.from({ length: 3000 }, (_, index) => index % 251), 'damaged or incomplete'],
    ['a page tree in a loop', looped, 'damaged or incomplete'],
  ])('says why %s cannot be read', async (_, bytes, reason) => {
    const failure = await parse(bytes).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnreadableFileError);
    expect(String(failure)).toContain(reason);
  });
});
