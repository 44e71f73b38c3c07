import { describe, expect, it } from 'vitest';
import { readText } from './testing/read-text.ts';

const lines = (...rows: string[]): string => rows.join('\n');

describe('tables of attributes', () => {
  it('reads two columns as labels with values', () => {
    expect(
      readText(lines('| Metric | Value |', '|---|---|', '| Founded | 1999 |', '| Area (sq km) | 1,200 |')),
    ).toEqual(['Founded = 1999', 'Area (sq km) = 1200 sq km']);
    expect(readText(lines('营业收入 | 12.3亿元', '净利润 | 1.2亿元'))).toEqual([
      '营业收入 = 1230000000 CNY',
      '净利润 = 120000000 CNY',
    ]);
  });

  it('reads a form of pairs, two or more a row', () => {
    const form = lines(
      '| Bridge | Iron Gate | Number | 10-465-34 |',
      '|---|---|---|---|',
      '| County | Ashford | Material | Timber |',
      '| Built | 1972 | Length | 14.5 m |',
      '| Inspected | 2023-07-18 | Weight limit | none |',
    );
    expect(readText(form)).toEqual([
      'Bridge = "Iron Gate"',
      'County = "Ashford"',
      'Built = 1972',
      'Inspected = 2023-07-18',
      'Number = "10-465-34"',
      'Material = "Timber"',
      'Length = 14.5 m',
      'Weight limit = "none"',
    ]);
  });

  it('takes no ordinary table for a form of pairs', () => {
    const table = lines(
      '| Company | Revenue | City | Founded |',
      '|---|---|---|---|',
      '| Acme | 120 | Oslo | 1972 |',
      '| Brisk | n/a | Bergen | 1981 |',
      '| Corda | 77 | Molde | 1990 |',
    );
    expect(readText(table).join('\n')).not.toContain('Acme = 120');
  });

  it('takes the periods from the header, newest first or last', () => {
    expect(
      readText(lines('| | FY2023 | Q3 2021 | 31 Dec 2020 |', '|---|---|---|---|', '| Sales | 3 | 2 | 1 |')),
    ).toEqual(['Sales = 3 @2023', 'Sales = 2 @2021-Q3', 'Sales = 1 @2020-12-31']);
  });

  it('takes what is planned for one period and what came of another for one attribute', () => {
    const table = (header: string): string[] =>
      readText(lines(`| | ${header} |`, '|---|---|---|', '| Education | 12 | 11 |', '| Roads | 7 | 8 |'));
    expect(table('Budget 2024 | Actual 2023')).toEqual([
      'Education = 12 @2024',
      'Education = 11 @2023',
      'Roads = 7 @2024',
      'Roads = 8 @2023',
    ]);
    expect(table('Budget 2024 | Actual 2024')[0]).not.toBe('Education = 12 @2024');
  });

  it('applies a caption, but not to figures per share, ratios and counts', () => {
    const table = lines(
      '# Globex',
      '',
      '**Statements of income**',
      '(in millions of US dollars, except per share data)',
      '',
      '|  | 2023 | 2022 |',
      '|---|---|---|',
      '| Net sales | 1,234 | 1,100 |',
      '| Expenses: | | |',
      '| Research (1) | (50) | (45) |',
      '| Total expenses | (250) | — |',
      '| Earnings per share, diluted | 1.80 | 1.60 |',
      '| Gross margin | 45.2% | 44% |',
      '| Employees | 12,000 | 11,000 |',
    );
    expect(readText(table).filter((reading) => reading.endsWith('@2023'))).toEqual([
      'Statements of income | Net sales = 1234000000 USD @2023',
      'Statements of income > Expenses | Research = -50000000 USD @2023',
      'Statements of income > Expenses | Total expenses = -250000000 USD @2023',
      'Statements of income | Earnings per share, diluted = 1.8 USD @2023',
      'Statements of income | Gross margin = 45.2% @2023',
      'Statements of income | Employees = 12000 @2023',
    ]);
    expect(readText(table)).toContain('Statements of income > Expenses | Total expenses = missing @2022');
  });

  it('applies a caption about money to no column of counts', () => {
    const table = lines(
      'Companies (in millions of US dollars)',
      '',
      '| Company | Revenue | Employees |',
      '|---|---|---|',
      '| Acme | 120.5 | 2,150 |',
    );
    const read = readText(table).join('\n');
    expect(read).toContain('120500000 USD');
    expect(read).toContain('2150');
    expect(read).not.toContain('2150000000');
  });

  it('reads several header rows, with sub-columns and shares', () => {
    const table = lines(
      '| | 2023 | | 2022 | |',
      '|---|---|---|---|---|',
      '| | Amount | % | Amount | % |',
      '| Sales | 100 | 50 | 90 | 45 |',
    );
    expect(readText(table)).toEqual([
      'Sales / Amount = 100 @2023',
      'Sales = 50% @2023',
      'Sales / Amount = 90 @2022',
      'Sales = 45% @2022',
    ]);
  });

  it('joins cells that part currency and brackets from the number', () => {
    const table = lines(
      '| (in thousands) | | Year ended December 31, | | | |',
      '|---|---|---|---|---|---|',
      '| | | 2023 | | | 2022 |',
      '| Revenue | $ | 1,234 | | $ | 1,100 |',
      '| Loss | | (55 | ) | | 12 |',
    );
    expect(readText(table)).toEqual([
      'Revenue = 1234000 USD @2023',
      'Revenue = 1100000 USD @2022',
      'Loss = -55000 USD @2023',
      'Loss = 12000 USD @2022',
    ]);
  });

  it('takes units from a column of units', () => {
    const table = lines(
      '| 项目 | 单位 | 2023年 |',
      '|---|---|---|',
      '| 营业收入 | 万元 | 12,345 |',
      '| 毛利率 | % | 45.2 |',
    );
    expect(readText(table)).toEqual(['营业收入 = 123450000 CNY @2023', '毛利率 = 45.2% @2023']);
    expect(
      readText(
        lines('| Parameter | Min | Max | Unit |', '|---|---|---|---|', '| Supply voltage | 2.7 | 5.5 | V |'),
      ),
    ).toEqual(['Supply voltage / Min = 2.7 V', 'Supply voltage / Max = 5.5 V']);
  });

  it('reads a change between periods as a value of its own', () => {
    expect(
      readText(
        lines('| Segment | 2021 | 2022 | Change |', '|---|---|---|---|', '| Audio | 12 | 15 | +25% |'),
      ),
    ).toEqual(['Audio = 12 @2021', 'Audio = 15 @2022', 'Audio / Change = 25%']);
  });

  it('reads labelled cells of a table that only lays them out', () => {
    expect(
      readText(lines('| Name: | Bob | Age: | 5 |', '| City: | Rome | Zip: | 00118 |')).slice(0, 3),
    ).toEqual(['Name = "Bob"', 'Age = 5', 'City = "Rome"']);
  });
});

describe('tables of entities', () => {
  it('takes the row label as entity and the header as label', () => {
    const table = lines(
      '## Countries',
      '',
      '| Country | Population (millions) | Capital |',
      '|---|---|---|',
      '| France | 67.4 | Paris |',
      '| Peru[^1] | 33 | Lima |',
      '| Total | 100.4 | |',
    );
    expect(readText(table)).toEqual([
      'Countries | <France> Population = 67400000',
      'Countries | <France> Capital = "Paris"',
      'Countries | <Peru> Population = 33000000',
      'Countries | <Peru> Capital = "Lima"',
      'Countries | Total / Population = 100400000',
    ]);
  });

  it('looks past ranks and repeats merged cells', () => {
    expect(
      readText(lines('| # | Player | Goals |', '|---|---|---|', '| 1 | Messi | 30 |', '| 2 | Kane | 28 |')),
    ).toEqual(['<Messi> Goals = 30', '<Kane> Goals = 28']);
    const table = lines(
      '| Region | City | Size |',
      '|---|---|---|',
      '| North | Alpha | 100 |',
      '| | Beta | 200 |',
      '| South | Gamma | 300 |',
      '| | Delta | 50 |',
    );
    expect(readText(table)).toContain('<Beta> Region = "North"');
    expect(readText(table)).toContain('<Delta> Size = 50');
  });

  it('takes columns as entities where the rows are properties', () => {
    expect(
      readText(lines('| Spec | Model A | Model B |', '|---|---|---|', '| Weight | 5 kg | 6 kg |')),
    ).toEqual(['<Model A> Weight = 5 kg', '<Model B> Weight = 6 kg']);
  });

  it('takes rows that are periods as periods', () => {
    expect(
      readText(
        lines('| Year | Revenue ($m) | Staff |', '|---|---|---|', '| 2021 | 10 | 5 |', '| 2022 | 12 | 6 |'),
      ),
    ).toEqual([
      'Revenue = 10000000 USD @2021',
      'Staff = 5 @2021',
      'Revenue = 12000000 USD @2022',
      'Staff = 6 @2022',
    ]);
  });
});

describe('tables that are more or less than one', () => {
  it('takes a header that is an attribute for one', () => {
    const table = lines(
      '| Industry | Retail |',
      '|---|---|',
      '| Founded | 1962 |',
      '| City | Rome |',
      '| Staff | 2,100 |',
    );
    expect(readText(table)).toEqual([
      'Industry = "Retail"',
      'Founded = 1962',
      'City = "Rome"',
      'Staff = 2100',
    ]);
    expect(readText(lines('| Country | Size |', '|---|---|', '| Chile | 5 |', '| Peru | 6 |'))).toEqual([
      '<Chile> Size = 5',
      '<Peru> Size = 6',
    ]);
  });

  it('parts tables that stand side by side', () => {
    const table = lines(
      '| Item | Value | Item | Value |',
      '|---|---|---|---|',
      '| Height | 5 m | Weight | 3 kg |',
    );
    expect(readText(table)).toEqual(['Height = 5 m', 'Weight = 3 kg']);
  });

  it('reads one value a row, with what it measures in a cell of its own', () => {
    const table = lines(
      '| Country | Indicator | Year | Value | Unit |',
      '|---|---|---|---|---|',
      '| France | GDP | 2020 | 2,630 | USD billion |',
      '| France | Area | 2020 | 551,500 | km² |',
    );
    expect(readText(table)).toEqual([
      '<France> GDP = 2630000000000 USD @2020',
      '<France> Area = 551500 sq km @2020',
    ]);
  });

  it('applies a caption to the tables that go on below with the same columns, and to no others', () => {
    const table = lines(
      '## Sales (in thousands)',
      '',
      '| Region | 2022 |',
      '|---|---|',
      '| North | 5 |',
      '',
      '| Region | 2022 |',
      '|---|---|',
      '| South | 6 |',
      '',
      '| City | Shops | Staff |',
      '|---|---|---|',
      '| Lima | 7 | 8 |',
    );
    expect(readText(table)).toEqual([
      'Sales | North = 5000 @2022',
      'Sales | South = 6000 @2022',
      'Sales | <Lima> Shops = 7',
      'Sales | <Lima> Staff = 8',
    ]);
  });
});

describe('tables in other notations', () => {
  it('reads columns that are set apart by gaps', () => {
    const table = lines(
      'The accounts.',
      '',
      'BALANCE SHEETS',
      '(In millions, except number of shares)',
      '',
      '                                December 31,   December 31,',
      '                                    2023           2022',
      '                                ------------   ------------',
      'Current assets:',
      '  Cash                             $  12,345       $ 11,000',
      '  Marketable securities,',
      '    net of allowances                  1,000            900',
      '    Total current assets              13,345         11,900',
      'Property                               5,000          4,000',
    );
    expect(readText(table, { format: 'text' }).filter((reading) => reading.endsWith('@2023-12-31'))).toEqual([
      'BALANCE SHEETS > Current assets | Cash = 12345000000 USD @2023-12-31',
      'BALANCE SHEETS > Current assets | Marketable securities, net of allowances = 1000000000 USD @2023-12-31',
      'BALANCE SHEETS > Current assets | Total current assets = 13345000000 USD @2023-12-31',
      'BALANCE SHEETS | Property = 5000000000 USD @2023-12-31',
    ]);
  });

  it('reads an invoice with its totals', () => {
    const table = lines(
      'Item            Qty    Unit Price    Amount',
      'Widget            5        $10.00    $50.00',
      'Gadget            2        $25.50    $51.00',
      '                           Subtotal  $101.00',
      '                           Total     $109.08',
    );
    expect(readText(table, { format: 'text' })).toEqual([
      '<Widget> Qty = 5',
      '<Widget> Unit Price = 10 USD',
      '<Widget> Amount = 50 USD',
      '<Gadget> Qty = 2',
      '<Gadget> Unit Price = 25.5 USD',
      '<Gadget> Amount = 51 USD',
      'Subtotal / Amount = 101 USD',
      'Total / Amount = 109.08 USD',
    ]);
  });

  it('spreads a header over the columns that it spans', () => {
    const table = lines(
      '                     FULL-TIME        PART-TIME',
      '                    Men   Women      Men   Women',
      'First-time          500     600       10      12',
      'Other               100     120        5       6',
    );
    expect(readText(table, { format: 'text' }).slice(0, 4)).toEqual([
      '<First-time> FULL-TIME / Men = 500',
      '<First-time> FULL-TIME / Women = 600',
      '<First-time> PART-TIME / Men = 10',
      '<First-time> PART-TIME / Women = 12',
    ]);
  });

  it('takes the scale above a line over the columns', () => {
    const table = lines(
      'ACME CORPORATION',
      '(in millions of USD)',
      '',
      '                                Year ended December 31,',
      '                             2018        2017        2016',
      'Sales                       418.6       290.3       175.9',
      'Costs                      (104.2)     (131.9)     (100.0)',
    );
    expect(readText(table, { format: 'text' })).toContain('ACME CORPORATION | Sales = 418600000 USD @2018');
  });

  it('reads periods below headers that reach over several columns', () => {
    const table = lines(
      '| | Sales | | Costs | |',
      '|---|---|---|---|---|',
      '| Area | 2020 | 2019 | 2020 | 2019 |',
      '| North | 5 | 4 | 3 | 2 |',
    );
    expect(readText(table)).toEqual([
      '<North> Sales = 5 @2020',
      '<North> Sales = 4 @2019',
      '<North> Costs = 3 @2020',
      '<North> Costs = 2 @2019',
    ]);
  });

  it('names the rows of a table by what follows their place', () => {
    const table = lines('| Pos | Club | Won |', '|---|---|---|', '| 1 | Harton | 26 |', '| 2 | Wells | 23 |');
    expect(readText(table)).toEqual([
      '<Harton> Pos = 1',
      '<Harton> Won = 26',
      '<Wells> Pos = 2',
      '<Wells> Won = 23',
    ]);
  });

  it('reads two aligned columns and tabs', () => {
    expect(
      readText('Gross weight      15 kg\nNet weight        12 kg\nColour            red', { format: 'text' }),
    ).toEqual(['Gross weight = 15 kg', 'Net weight = 12 kg', 'Colour = "red"']);
    expect(readText('Name\tAge\tCity\nAlice\t30\tParis\nBob\t25\tRome', { format: 'text' })).toEqual([
      '<Alice> Age = 30',
      '<Alice> City = "Paris"',
      '<Bob> Age = 25',
      '<Bob> City = "Rome"',
    ]);
  });

  it('reads tables drawn with characters and HTML tables', () => {
    expect(
      readText('+-------+-----+\n| Name  | Age |\n+-------+-----+\n| Alice | 30  |\n+-------+-----+'),
    ).toEqual(['<Alice> Age = 30']);
    const html =
      '<table><caption>Use (in thousands)</caption><tr><th>Metric</th><th>Q1 2024</th></tr><tr><td>Users</td><td>1.2</td></tr></table>';
    expect(readText(html)).toEqual(['Use | Users = 1200 @2024-Q1']);
  });

  it('does not take justified prose for a table', () => {
    const prose = lines(
      'The   quick brown  fox jumps   over the',
      'lazy dog and   runs  away into the deep',
      'forest  where   nobody   ever finds it.',
    );
    expect(readText(prose, { format: 'text' })).toEqual([]);
  });

  it('reads the only row of figures below their names as those of the document', () => {
    expect(readText('  P   W   D   Pts\n  32  20  6   66\n', { format: 'text' })).toEqual([
      'P = 32',
      'W = 20',
      'D = 6',
      'Pts = 66',
    ]);
  });
});
