import { describe, expect, it } from 'vitest';
import { readDocument } from './pattern-reader.ts';
import { documentOf, readText } from './testing/read-text.ts';

describe('labels with values', () => {
  it.each([
    ['Population: 5,000', 'Population = 5000'],
    ['Permit needed? Yes', 'Permit needed? = true'],
    ['Population：5,000', 'Population = 5000'],
    ['注册资本：5亿元', '注册资本 = 500000000 CNY'],
    ['二、注册资本：5亿元', '注册资本 = 500000000 CNY'],
    ['（三）注册资本：5亿元', '注册资本 = 500000000 CNY'],
    ['【注册资本】5亿元', '注册资本 = 500000000 CNY'],
    ['【注册资本】：5亿元', '注册资本 = 500000000 CNY'],
    ['**Population:** 5,000', 'Population = 5000'],
    ['**Population**: 5,000', 'Population = 5000'],
    ['__Population__: 5,000', 'Population = 5000'],
    ['<b>Population:</b> 5,000', 'Population = 5000'],
    ['**Population** 5,000', 'Population = 5000'],
    ['Population – 5,000', 'Population = 5000'],
    ['Population - 5,000', 'Population = 5000'],
    ['Population = 5,000', 'Population = 5000'],
    ['population=5000', 'population = 5000'],
    ['Population ........ 5,000', 'Population = 5000'],
    ['Population . . . . . 5,000', 'Population = 5000'],
    ['Population      5,000', 'Population = 5000'],
    ['Prix : 12,50 €', 'Prix = 12.5 EUR'],
    ['1. Population: 5,000', 'Population = 5000'],
    ['2022年营业收入：5亿元', '营业收入 = 500000000 CNY @2022'],
    ['2021年上半年净利润：5亿元', '净利润 = 500000000 CNY @2021-H1'],
    ['Certification: pending', 'Certification = missing'],
    ['Order status: pending', 'Order status = "pending"'],
    ['Population (2020): 5,000', 'Population = 5000 @2020'],
    ['Population 2020: 5,000', 'Population = 5000 @2020'],
    ['Population, 2020: 5,000', 'Population = 5000 @2020'],
    ['FY2023 revenue: $5 million', 'revenue = 5000000 USD @2023'],
    ['Revenue (in millions of US dollars): 5.3', 'Revenue = 5300000 USD'],
    ['Height (m): 8,848', 'Height (m) = 8848 m'],
    ['Status: ☒ active ☐ inactive', 'Status = "active"'],
    ['  Colour: red\n==========\nNote that all of this may change again.', 'Colour = "red"'],
    ['Homepage: https://example.org/a:b', 'Homepage = "https://example.org/a:b"'],
    ['Opening hours: 10:30 to 18:00', 'Opening hours = "10:30 to 18:00"'],
    ['Population: (2020) approximately 5,000', 'Population = 5000 approximate @2020'],
  ])('reads %j', (text, reading) => {
    expect(readText(text)).toContain(reading);
  });

  it.each([
    'https://example.org/page',
    'The train left at 10:30 and arrived at 12:45.',
    'The screen has a ratio of 16:9.',
    'Open C:\\Users\\me to see it.',
    'std::vector<int> values;',
    'const limit = 5;',
    'for (let i = 0; i < 5; i += 1) {',
    'Note: data are in current dollars',
    'Note 2: data are in current dollars',
    'note - the series was revised',
    'However: this is not what they meant.',
    'He said: "We are happy."',
    'Dear Sir or Madam:',
    'We visited three cities: Rome, Paris and Lima.',
    '2,440 km - note: the country also borders a lake',
  ])('takes no label from %j', (text) => {
    expect(readDocument(documentOf(text)).filter((reading) => !reading.rule.startsWith('sentence'))).toEqual(
      [],
    );
  });

  it('reads several periods of one label', () => {
    expect(readText('GDP: $1.2 trillion (2021), $1.1 trillion (2020)')).toEqual([
      'GDP = 1200000000000 USD @2021',
      'GDP = 1100000000000 USD @2020',
    ]);
  });

  it('reads a path of labels', () => {
    expect(readText('agricultural land: arable land: 3.2% (2018 est.)')).toEqual([
      'agricultural land / arable land = 3.2% @2018',
    ]);
    expect(readText('Title: Python: an introduction')).toEqual(['Title = "Python: an introduction"']);
  });

  it('reads several pairs in one line', () => {
    expect(readText('Height: 5 m; Width: 3 m; Depth: 2 m')).toEqual([
      'Height = 5 m',
      'Width = 3 m',
      'Depth = 2 m',
    ]);
    expect(readText('Bedrooms: 3 | Bathrooms: 2')).toEqual(['Bedrooms = 3', 'Bathrooms = 2']);
    expect(readText('Invoice No: 12     Date: 2024-03-01')).toEqual(['Invoice No = 12', 'Date = 2024-03-01']);
    expect(readText('literacy: male: 40%; female: 30%')).toEqual([
      'literacy / male = 40%',
      'literacy / female = 30%',
    ]);
    expect(readText('SAT Reading    25th percentile: 650    75th percentile: 730')).toEqual([
      'SAT Reading / 25th percentile = 650',
      'SAT Reading / 75th percentile = 730',
    ]);
  });

  it('reads pairs in bold and in sentences', () => {
    expect(readText('**City:** Lima **Area:** 43 km² | **Staff:** 12')).toEqual([
      'City = "Lima"',
      'Area = 43 sq km',
      'Staff = 12',
    ]);
    expect(readText('Title: The Book. Author: John Smith. Pages: 320.')).toEqual([
      'Title = "The Book"',
      'Author = "John Smith"',
      'Pages = 320',
    ]);
  });

  it('reads deeper lines as parts, but not the words of a description', () => {
    const text =
      'Country: Chile\n    Capital: Santiago\n    Area:\n        Total: 756,102 km2\n    People: 19 million';
    expect(readText(text)).toEqual([
      'Country = "Chile"',
      'Country / Capital = "Santiago"',
      'Country / Area / Total = 756102 sq km',
      'Country / People = 19000000',
    ]);
    expect(readText('Description: a tool\n  that does this\n  Features: many')).toEqual([
      'Description = "a tool\nthat does this\nFeatures: many"',
    ]);
  });

  it('keeps a list of things as one value', () => {
    expect(readText('Languages: German (official), French; others')).toEqual([
      'Languages = "German (official), French; others"',
    ]);
  });

  it('reads a label on one line and its value on the next', () => {
    expect(readText('Company:\nAcme Corp\n\nFounded:\n1999')).toEqual([
      'Company = "Acme Corp"',
      'Founded = 1999',
    ]);
    expect(readText('Founder\nJane Doe\nEmployees\n4,500\nRevenue\n$12 million')).toEqual([
      'Founder = "Jane Doe"',
      'Employees = 4500',
      'Revenue = 12000000 USD',
    ]);
    expect(readText('Address\n: 12 High Street', { format: 'text' })).toEqual(['Address = "12 High Street"']);
  });

  it('reads lines under a short line as parts of it', () => {
    expect(readText('Contact information\nPhone: +1 555 0100\nFax: none given')).toEqual([
      'Contact information | Phone = "+1 555 0100"',
      'Contact information | Fax = "none given"',
    ]);
  });

  it('reads colons that stand below one another, under a line of two pairs', () => {
    const log = [
      '====================================',
      'Lower Weir FISH LADDER - LOG',
      'Period: May 2021        River: Tamse',
      '====================================',
      '',
      'Fish counted            : 1,204',
      'Mean water level        : 1.8 m',
      'Checked by              : J. Roe',
      '',
      'Entries',
      '04 May  11:56  G2  Gate stuck',
      '05 May  08:10  G1  Gate freed at 1.2 m',
    ].join('\n');
    expect(readText(log, { format: 'text', title: 'Lower Weir FISH LADDER - LOG' })).toEqual([
      'Period = 2021-05',
      'River = "Tamse"',
      'Fish counted = 1204',
      'Mean water level = 1.8 m',
      'Checked by = "J. Roe"',
    ]);
  });

  it('ends a value at a figure, where the next line begins anew', () => {
    expect(readText('Month under review: 06/2024\nPrepared by J. Roe, keeper', { format: 'text' })).toEqual([
      'Month under review = 2024-06',
    ]);
  });

  it('takes the title for no statement, whatever it looks like', () => {
    const title = 'Lower Weir (Tamse) - May 2021';
    expect(readText(`${title}\n\nFish counted: 12`, { format: 'text', title })).toEqual([
      'Fish counted = 12',
    ]);
  });

  it('reads values that stand side by side as parts', () => {
    expect(readText('Boats: 12 x Zander 40\nKeeper: Ada Brandt (27)\nGates: 3 open, 1 shut')).toEqual([
      'Boats = 12',
      'Boats / type = "Zander 40"',
      'Keeper = "Ada Brandt"',
      'Keeper / number = 27',
      'Gates / open = 3',
      'Gates / shut = 1',
    ]);
    expect(readText('Priority: PRIO2\nGrade: Grade 4\nModel: Type 4')).toEqual([
      'Priority = 2',
      'Grade = 4',
      'Model = "Type 4"',
    ]);
    expect(readText('- Height 167 mm; width 150 mm\n- On display')).toEqual([
      'height = 167 mm',
      'width = 150 mm',
    ]);
  });

  it('cites label and value, and bounds the value', () => {
    const text = 'Intro\n\n- **Net \\*income\\*:** $5 million (2020)\n';
    const [reading] = readDocument(documentOf(text));
    expect(reading?.label).toEqual(['Net *income']);
    expect(text.slice(reading?.valueStart, reading?.valueEnd)).toBe('$5 million');
    expect(text.slice(reading?.start, reading?.end)).toContain('$5 million');
  });

  it('shortens a long text but not its span', () => {
    const long = 'word '.repeat(1000).trim();
    const [reading] = readDocument(documentOf(`Description: ${long}`));
    expect(reading?.value).toEqual({ type: 'text', text: long.slice(0, 2000) });
    expect(reading === undefined ? 0 : reading.valueEnd - reading.valueStart).toBe(long.length);
  });

  it('reads the first line below a rule as any other', () => {
    const text = `CARD OF THE STORE\nfor all of 1993\n${'='.repeat(60)}\n  Item : oak door\n  Maker : Hale & Sons\n\nIt was made to last.`;
    expect(readText(text)).toEqual(expect.arrayContaining(['Item = "oak door"', 'Maker = "Hale & Sons"']));
  });

  it('reads a long value and the next label whose value stands in the same column', () => {
    const text = [
      'CARD OF THE STORE',
      'for all of 1993',
      '  Item                      : oak door with iron hinges',
      '  Maker                     : Hale',
    ].join('\n');
    expect(readText(`${text}\n\nEnd.`)).toEqual(['Item = "oak door with iron hinges"', 'Maker = "Hale"']);
  });
});
