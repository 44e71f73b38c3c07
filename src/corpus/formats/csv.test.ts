import { array, assert, asyncProperty, constantFrom, integer, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContent } from '../testing/parse-content.ts';
import { TemporaryFolder } from '../testing/temporary-folder.ts';

const folder = new TemporaryFolder();

async function texts(content: string, name = 'a.csv'): Promise<string[]> {
  return (await parseContent(folder, name, content)).documents.map(({ text }) => text);
}

async function titles(content: string): Promise<(string | null)[]> {
  return (await parseContent(folder, 'a.csv', content)).documents.map(({ title }) => title);
}

describe('parseCsv', () => {
  it.each([
    ['commas', 'name,size\nA,1\nB,2\n'],
    ['semicolons', 'name;size\nA;1\nB;2\n'],
    ['tabs', 'name\tsize\nA\t1\nB\t2\n'],
    ['bars', 'name|size\nA|1\nB|2\n'],
    ['a separator line', 'sep=;\nname;size\nA;1\nB;2\n'],
    ['CRLF', 'name,size\r\nA,1\r\nB,2\r\n'],
    ['quotes', '"name","size"\n"A","1"\n"B","2"'],
    ['empty lines', '\nname,size\n\nA,1\n,\nB,2\n\n'],
    ['a repeated header', 'name,size\nA,1\nname,size\nB,2\n'],
  ])('reads a file with %s', async (_, content) => {
    expect(await texts(content)).toEqual(['name: A\nsize: 1', 'name: B\nsize: 2']);
  });

  it('keeps decimal commas apart from semicolons', async () => {
    expect(await texts('name;a;b\nX;1,5;2,5\nY;3,5;4,5\n')).toEqual([
      'name: X\na: 1,5\nb: 2,5',
      'name: Y\na: 3,5\nb: 4,5',
    ]);
  });

  it('takes quotes literally where they quote nothing', async () => {
    const content = 'name\tsize\nFloppy\t5" disk\n"Big" one\t3\nThird\t"\nFourth\t2\n';
    expect(await texts(content, 'a.tsv')).toEqual([
      'name: Floppy\nsize: 5" disk',
      'name: "Big" one\nsize: 3',
      'name: Third\nsize: "',
      'name: Fourth\nsize: 2',
    ]);
  });

  it('writes values of several lines indented, and leaves out empty ones', async () => {
    const content = 'name,note,size\nA,"one\ntwo\n\nthree",\nB,,2\n';
    expect(await texts(content)).toEqual(['name: A\nnote: one\n  two\n  three', 'name: B\nsize: 2']);
  });

  it('maps rows to lines across line breaks in quotes', async () => {
    const { documents } = await parseContent(folder, 'a.csv', 'a,b\n"x\ny",2\n\n\nz,3\n"q\n\nr",5\nw,6');
    expect(documents.map(({ sourceMap }) => sourceMap.segments[0]?.location)).toEqual([
      { row: 1, line: 2 },
      { row: 2, line: 6 },
      { row: 3, line: 7 },
      { row: 4, line: 10 },
    ]);
  });

  it('names columns without a header, without a name, or with the same name', async () => {
    expect(await texts('1,2\n3,4\n')).toEqual(['Column 1: 1\nColumn 2: 2', 'Column 1: 3\nColumn 2: 4']);
    expect(await texts(',a,a\n1,2,3\n4,5,6\n')).toEqual([
      'Column 1: 1\na: 2\na (2): 3',
      'Column 1: 4\na: 5\na (2): 6',
    ]);
    expect(await texts('a,b\n1,2,3\n')).toEqual(['a: 1\nb: 2\nColumn 3: 3']);
  });

  it('takes years for headers, and values that recur for data', async () => {
    expect((await texts('country,2019,2020\nX,10,20\nY,30,40\n'))[0]).toBe('country: X\n2019: 10\n2020: 20');
    expect(await texts('red,small\nred,large\nblue,small\n')).toHaveLength(3);
    expect(await texts('pear,v1.2\nplum,v2.0\nfig,v1.0\n')).toHaveLength(3);
    expect(await texts('fruit,code\npear,PE\nplum,PL\nfig,FI\n')).toHaveLength(3);
  });

  it('leaves out what stands above the header, with a warning', async () => {
    const content =
      'Data source,Bureau\n\nCountry,Code,2019,2020\nFrance,FR,1,2\nItaly,IT,3,4\nSpain,ES,5,6\n';
    const { documents, warnings } = await parseContent(folder, 'a.csv', content);
    expect(documents.map(({ title }) => title)).toEqual(['France', 'Italy', 'Spain']);
    expect(documents[0]?.sourceMap.segments[0]?.location).toEqual({ row: 1, line: 4 });
    expect(warnings).toEqual(['what stands above the header in line 3 is left out']);
  });

  it('escapes headers that would read as something else', async () => {
    expect(await texts('# of staff,Size: total,- x,"a\nb",c\uFF1A\n1,2,3,4,5\n6,7,8,9,10\n')).toEqual([
      'No. of staff: 1\nSize - total: 2\nx: 3\na b: 4\nc: 5',
      'No. of staff: 6\nSize - total: 7\nx: 8\na b: 9\nc: 10',
    ]);
  });

  it('sets the words of headers apart where several are run together', async () => {
    expect(await texts('RunNo,MeanSpeedKmh,Line,FareUSD\n1,2,U,4\n')).toEqual([
      'Run No: 1\nMean Speed Kmh: 2\nLine: U\nFare USD: 4',
    ]);
    expect(await texts('YouTube,McKay,Line\n1,2,U\n')).toEqual(['YouTube: 1\nMcKay: 2\nLine: U']);
    expect(await texts('YouTube,McKay,GitHub,bus line\n1,2,3,U\n')).toEqual([
      'YouTube: 1\nMcKay: 2\nGitHub: 3\nbus line: U',
    ]);
  });

  it('reads on after a quote that is never closed as far as it can', async () => {
    const rows = Array.from({ length: 300 }, (_, row) => `Item ${row},"${row}, x"`);
    const { documents, warnings } = await parseContent(
      folder,
      'a.csv',
      `name,size\n${rows.join('\n')}\nBad,"never\nLost,1\n`,
    );
    expect(documents).toHaveLength(300);
    expect(warnings).toEqual([expect.stringMatching(/quote opened at or below line 302 is never closed/)]);
  });

  it('gives back the cells of any table that was written with quotes', async () => {
    const fieldNames = ['first', 'second', 'third', 'fourth', 'fifth'];
    const cell = string({ unit: constantFrom('a', 'B', '"', ',', ';', '\t', '|', 'é', '7', ' ') });
    const tables = integer({ min: 2, max: 5 }).chain((width) =>
      array(array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
    );
    await assert(
      asyncProperty(tables, async (rows) => {
        const header = (rows[0] ?? []).map((_, index) => fieldNames[index] ?? '');
        const quoted = [header, ...rows].map((row) =>
          row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','),
        );
        const expected = rows
          .map((row) =>
            row.flatMap((value, index) =>
              value.trim() === '' ? [] : [`${fieldNames[index]}: ${value.trim()}`],
            ),
          )
          .filter((lines) => lines.length > 0)
          .map((lines) => lines.join('\n'));
        expect(await texts(quoted.join('\n'))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a file of labels and values', () => {
  it('is one document, with remarks as text below', async () => {
    const { documents } = await parseContent(
      folder,
      'a.csv',
      'FIELD;VALUE;REMARK\nName;Erle;\nBuilt;1911;\nLast seen;3 May 1950;as told\n',
    );
    expect(documents.map(({ id, text }) => [id, text])).toEqual([
      ['a.csv', 'Name: Erle\nBuilt: 1911\nLast seen: 3 May 1950\n\nREMARK (Last seen) as told'],
    ]);
    expect(documents[0]?.sourceMap.segments.map(({ location }) => location)).toEqual([
      { line: 2 },
      { line: 3 },
      { line: 4 },
      { line: 4 },
    ]);
  });

  it('has units beside its values', async () => {
    expect(await texts('item,entry,unit\nWood,oak,\nLength,12,m\nWeight,5,kg\n')).toEqual([
      'Wood: oak\nLength: 12 m\nWeight: 5 kg',
    ]);
  });

  it('is told by values of several sorts where no header says so', async () => {
    const content =
      'Bridge,Erle\nMaterial,stone\nOpened,1911-05-03\nRestored,1950-06-01\nArches,5\nLanes,2\n';
    expect(await texts(content)).toEqual([content.trim().replaceAll(',', ': ')]);
  });

  it('is neither a table of things nor one with a label twice', async () => {
    expect(await texts('town,population\nErle,900\nAsk,1200\nBro,n/a\nDal,30\nEk,5\nFors,7\n')).toHaveLength(
      6,
    );
    expect(await texts('item,value\nspade,9\nrake,12\nhoe,7\n')).toHaveLength(3);
    expect(await texts('field,value\nsize,S\nsize,M\nsize,L\n')).toHaveLength(3);
    expect(await texts('river,mouth\nErle,Ask\nBro,Dal\nEk,Fors\nGran,Holm\nIda,Jar\nKil,Lo\n')).toHaveLength(
      6,
    );
  });
});

describe('the title of a row', () => {
  it('is the value of the name column', async () => {
    expect(await titles('id,size,company name\n1,5,Acme\n2,6,Bolt\n3,7,Core\n')).toEqual([
      'Acme',
      'Bolt',
      'Core',
    ]);
  });

  it('is that of a leading column of words where no header says name', async () => {
    expect(await titles('Country,Capital,Area\nFrance,Paris,5\nItaly,Rome,3\nSpain,Madrid,4\n')).toEqual([
      'France',
      'Italy',
      'Spain',
    ]);
    expect(await titles('uuid,Land\na1,France\nb2,Italy\nc3,Spain\n')).toEqual(['France', 'Italy', 'Spain']);
  });

  it('is an identifier where nothing else is unique', async () => {
    expect(await titles('编号,渡口名称,船数\nA-1,东渡,5\nA-2,西渡,6\nA-3,南渡,7\n')).toEqual([
      '东渡',
      '西渡',
      '南渡',
    ]);
    expect(await titles('线路,里程\n1路,5\n2路,6\n3路,7\n')).toEqual(['1路', '2路', '3路']);
    expect(await titles('距离,里程\n1公里,5\n2公里,6\n3公里,7\n')).toEqual([null, null, null]);
    expect(await titles('kind,size,order id\nx,5,A-1\nx,6,A-2\ny,7,A-3\n')).toEqual(['A-1', 'A-2', 'A-3']);
  });

  it('is what a thing is called, in words with figures, before what it is filed under', async () => {
    const table = 'id,part,price\nP-1,10 mm steel bolt,3\nP-2,Wing nut 10 mm,4\nP-3,Washer,5';
    expect(await titles(table)).toEqual(['10 mm steel bolt', 'Wing nut 10 mm', 'Washer']);
  });

  it('is null where no column is unique, or only numbers are', async () => {
    expect(await titles('country,year,area\nX,2019,1\nX,2020,2\nY,2019,1\n')).toEqual([null, null, null]);
    expect(await titles('id,size\n1,5\n2,6\n3,7\n')).toEqual([null, null, null]);
    expect(await titles('length,size\n5 km,5\n6 km,6\n7 km,7\n')).toEqual([null, null, null]);
  });

  it('is not a first name, an address or a text', async () => {
    const long = 'word '.repeat(30);
    expect(
      await titles(`text,first name,code\n${long}1,Ann,A-1\n${long}2,Bob,A-2\n${long}3,Cy,A-3\n`),
    ).toEqual(['A-1', 'A-2', 'A-3']);
  });
});
