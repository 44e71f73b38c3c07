import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../reading.ts';
import { openRule } from './open-statements.ts';
import { readSentences } from './read-sentences.ts';

function read(text: string, title: string | null = null): Reading[] {
  return readSentences({ text, start: 0, end: text.length, section: [], title });
}

/** `label = value @period`, the way the tests below write a reading. */
function brief({ label, value, period }: Reading): string {
  const shown =
    value.type === 'number'
      ? `${value.number}${value.unit === null ? '' : ` ${value.unit}`}`
      : value.type === 'percentage'
        ? `${value.number}%`
        : value.type === 'date'
          ? value.date
          : value.type === 'text'
            ? value.text
            : value.type;
  return `${label.join(' > ')} = ${shown}${period === null ? '' : ` @${period}`}`;
}

/** What the text states for certain; open statements have tests of their own. */
const stated = (text: string, title: string | null = null): string[] =>
  read(text, title)
    .filter(({ rule }) => rule !== openRule)
    .map(brief);

describe('readSentences: attributes', () => {
  const title = 'Acme Corp';
  it.each([
    ['Its capital is Lima.', ['capital = Lima']],
    ['Its capital, Lima, lies on the coast.', ['capital = Lima']],
    ["The company's chief executive is Jane Doe.", ['chief executive = Jane Doe']],
    ['The official language is Spanish.', ['official language = Spanish']],
    ['Its terrain is arid.', ['terrain = arid']],
    ['The company was founded in 1987 by Jane Doe.', ['founded = 1987', 'founded by = Jane Doe']],
    ['It was opened on 31 March 1889.', ['opened = 1889-03-31']],
    ['Founded in 1987, the company makes pumps.', ['founded = 1987']],
    ['Acme Corp, founded in 1987, makes pumps.', ['founded = 1987']],
    ['Acme Corp is a maker of pumps in Lima, Peru, founded in 1987.', ['founded = 1987']],
    ['Acme Corp is a subsidiary of Initech, founded in 1990.', []],
    ['Acme is headquartered in Austin, Texas.', ['headquarters = Austin, Texas']],
    ['The group is based in Munich and makes pumps.', ['headquarters = Munich']],
    ['The museum is located in Lyon.', ['location = Lyon']],
    ['It was bought by the museum in 1902.', ['bought = 1902']],
    ['The museum opened in 1889.', ['opened = 1889']],
    ['The ship was sold to a dealer in 2015 for $42 million.', ['sold = 2015']],
    ['Its strategy is based on growth.', []],
    ['The weather is not a problem.', []],
    ['It is known in Paris.', []],
    ['Acme Corp makes pumps. Acme is big. Initech was founded in 1990.', []],
    ['If it was founded in 1987, that is news.', []],
    ['It was not founded in 1987.', []],
  ])('%s', (text, expected) => {
    expect(stated(text, title)).toEqual(expected);
  });
});

describe('readSentences: measured values', () => {
  const title = 'Acme Corp annual report 2021';
  it.each([
    ['Total revenue was $4.5 billion.', ['total revenue = 4500000000 USD']],
    ["The company's net debt stood at €1.1 billion.", ['net debt = 1100000000 EUR']],
    ['Total assets amounted to 5 million euros in 2021.', ['total assets = 5000000 EUR @2021']],
    ['In 2021, total assets amounted to €5 million.', ['total assets = 5000000 EUR @2021']],
    ['Cash was $5 million as of December 31, 2021.', ['cash = 5000000 USD @2021-12-31']],
    ['The number of visitors reached 1.2 million.', ['visitors = 1200000']],
    ['Spending on roads totalled £3.4m.', ['spending on roads = 3400000 GBP']],
    ['Damage was estimated at $1.2 million.', ['damage = 1200000 USD']],
    ['Costs exceeded $2 million.', ['costs = 2000000 USD']],
    ['With revenue of $4.5 billion, it leads the market.', ['revenue = 4500000000 USD']],
    ['Acme reported a net profit of €30 million.', ['net profit = 30000000 EUR']],
    [
      'The city has a population of 8.5 million and covers 98.4 km².',
      ['population = 8500000', 'area = 98.4 sq km'],
    ],
    ['The tower is 330 metres tall.', ['height = 330 m']],
    ['The work is 73 cm tall and 92 cm wide.', ['height = 73 cm', 'width = 92 cm']],
    ['It weighs 5 kg.', ['weight = 5 kg']],
    ['The hazard ratio was 0.67.', ['hazard ratio = 0.67']],
    ['Adverse events were reported in 12% of patients.', ['adverse events = 12%']],
    ['Adverse events were reported in 12% of patients in the drug B group.', []],
    ['Acme expects revenue of $5 billion.', []],
    ['Revenue is expected to be $5 billion.', []],
    ['Costs did not exceed $2 million.', []],
    ['If approved, the budget would be $5 million.', []],
    ['The target was $5 million.', []],
    ['"Revenue was $5 million," he said.', []],
    ['Acme is big. Acme leads. Rival Initech employs 3,000 people and its revenue was $1 billion.', []],
    ["Acme is big. Acme leads. Initech's revenue was $1 billion.", []],
    ['Its inventory number is 1902.', []],
    ['Acme is one of the largest firms.', []],
  ])('%s', (text, expected) => {
    expect(stated(text, title)).toEqual(expected);
  });

  it('reads the dates of a life', () => {
    const text = 'Jane Doe (born 12 March 1921 in Graz; died 4 May 1998) was a chemist.';
    expect(stated(text, 'Jane Doe')).toEqual(['born = 1921-03-12', 'born in = Graz', 'died = 1998-05-04']);
  });

  it('takes "X of Y" for the document on Y only', () => {
    const text = 'The population of Lima was 10,092,000 in 2020.';
    expect(stated(text, 'Lima')).toEqual(['population = 10092000 @2020']);
    expect(stated(text, 'Quito')).toEqual([]);
  });

  it('takes pronouns for the last subject', () => {
    expect(stated('Acme leads. Acme is big. Initech is a rival. It employs 300 people.', title)).toEqual([]);
    expect(stated('Acme makes pumps. It employs 300 people.', title)).toEqual(['employees = 300']);
  });
});

describe('readSentences: changes and comparisons', () => {
  it.each([
    [
      'Revenue rose 12 % to $4.5 billion in 2021.',
      ['revenue growth = 12% @2021', 'revenue = 4500000000 USD @2021'],
    ],
    ['Ticket income fell 4% to £9.9 million.', ['ticket income growth = -4%', 'ticket income = 9900000 GBP']],
    ['Visitor numbers increased by 5% in 2019.', ['visitor numbers growth = 5% @2019']],
    ['Membership grew to 24,300.', ['membership = 24300']],
    ['Gross margin fell to 34.5% from 36%.', ['gross margin = 34.5%']],
    [
      'Net income was $300 million in 2021, up 8% from 2020.',
      ['net income = 300000000 USD @2021', 'net income growth = 8% @2021'],
    ],
    [
      'Revenue was $4.5 billion in 2021, compared with $4.0 billion in 2020.',
      ['revenue = 4500000000 USD @2021', 'revenue = 4000000000 USD @2020'],
    ],
    [
      'In 2021, revenue was $4.5 billion, compared with $4.0 billion a year earlier.',
      ['revenue = 4500000000 USD @2021', 'revenue = 4000000000 USD @2020'],
    ],
    [
      'EBITDA came to €98 million (2020: €80 million).',
      ['EBITDA = 98000000 EUR', 'EBITDA = 80000000 EUR @2020'],
    ],
    ['Revenue was $4.5 billion, compared with $4.0 billion a year earlier.', ['revenue = 4500000000 USD']],
    ['Revenue is likely to rise 12 % to $5 billion.', []],
    ['The margin rose 2 percentage points.', []],
  ])('%s', (text, expected) => {
    expect(stated(text)).toEqual(expected);
  });
});

describe('readSentences: counts', () => {
  it.each([
    [
      'A total of 416 applications were received, 4 of them withdrawn.',
      ['applications received = 416', 'applications withdrawn = 4'],
    ],
    ['416 patients were enrolled.', ['patients enrolled = 416']],
    ['The study enrolled 416 patients.', ['patients enrolled = 416']],
    [
      'We screened 1,204 patients, of whom 842 were randomized.',
      ['patients screened = 1204', 'patients randomized = 842'],
    ],
    ['The company employs 12,300 people.', ['employees = 12300']],
    ['Its 54 stores sell pumps.', ['stores = 54']],
    ['The company operates 54 stores in 12 countries.', ['stores = 54', 'countries = 12']],
    ['It operates in 12 countries.', ['countries = 12']],
    ['Patients were treated at 21 sites.', ['sites = 21']],
    ['The zoo is home to 342 species.', ['species = 342']],
    ['There are 43 districts.', ['districts = 43']],
    ['The city has 48 primary schools and two universities.', ['primary schools = 48', 'universities = 2']],
    ['Two people were killed and 12 injured.', ['people killed = 2', 'people injured = 12']],
    ['A BOMB KILLED 3 POLICEMEN AND INJURED TWO OTHERS.', ['policemen killed = 3', 'policemen injured = 2']],
    ['SIX PEOPLE WERE KILLED AND 12 WOUNDED TODAY.', ['people killed = 6', 'people wounded = 12']],
    ['Two patients died.', ['patients died = 2']],
    ['No deaths were reported.', []],
    ['416 patients were not enrolled.', []],
    ['416 patients are expected to be enrolled.', []],
    ['Five deaths were reported in the placebo group.', []],
    ['More visitors came than the 416 patients.', []],
    ['416 patients completed the study.', []],
  ])('%s', (text, expected) => {
    expect(stated(text)).toEqual(expected);
  });

  it('keeps bounds', () => {
    expect(read('More than 500 people were killed.')[0]?.value).toEqual({
      type: 'number',
      number: 500,
      unit: null,
      bound: 'above',
    });
  });
});

describe('readSentences: reports', () => {
  const report =
    'LIMA, 9 JAN 90 (EFE) -- [TEXT] AUTHORITIES HAVE REPORTED THAT A FORMER\nPERUVIAN MINISTER DIED YESTERDAY IN PERU.\n';
  it('reads place, dates and country from the dateline on', () => {
    expect(stated(report)).toEqual([
      'dateline place = LIMA',
      'dateline agency = EFE',
      'dateline date = 1990-01-09',
      'date = 1990-01-08',
      'country = Peru',
    ]);
  });

  it('reads mixed case and other agencies', () => {
    const text =
      'PARIS, Jan. 5, 2021 (Reuters) - A fire destroyed a factory in Lyon on Monday. France mourned.';
    expect(stated(text)).toEqual([
      'dateline place = PARIS',
      'dateline agency = Reuters',
      'dateline date = 2021-01-05',
      'date = 2021-01-04',
      'country = France',
    ]);
  });

  it('takes an agency after a place in capitals for a dateline without a date', () => {
    expect(stated('QUITO (AP) — Seven people were killed in Ecuador.')).toEqual([
      'dateline place = QUITO',
      'country = Ecuador',
      'people killed = 7',
    ]);
  });

  it('leaves the day of what was only said open', () => {
    const text = 'LIMA, 9 JAN 90 (EFE) -- THE GOVERNMENT TODAY SAID THAT PERU IS SAFE.';
    expect(stated(text)).toEqual([
      'dateline place = LIMA',
      'dateline agency = EFE',
      'dateline date = 1990-01-09',
      'country = Peru',
    ]);
  });

  it('leaves the country open where several compete', () => {
    const text = 'CLANDESTINE, 9 JAN 90 (RADIO) -- PERU AND CHILE MET. CHILE AND PERU AGREED.';
    expect(stated(text)).toEqual([
      'dateline place = CLANDESTINE',
      'dateline agency = RADIO',
      'dateline date = 1990-01-09',
    ]);
  });

  it('reads titles of the form "X in Y"', () => {
    const text = '# Blackout in Toronto\n\nTwo people were injured.';
    const readings = readSentences({
      text,
      start: 23,
      end: text.length,
      section: [],
      title: 'Blackout in Toronto',
    });
    expect(readings.map(brief)).toEqual([
      'event = Blackout',
      'place = Toronto',
      'country = Canada',
      'people injured = 2',
    ]);
    const plain = '# Women in Science\n\nTwo people were injured.';
    expect(
      readSentences({
        text: plain,
        start: 20,
        end: plain.length,
        section: [],
        title: 'Women in Science',
      }).map(brief),
    ).toEqual(['people injured = 2']);
  });

  it('takes no other opening for a dateline', () => {
    for (const text of [
      'Note (1) - nothing here.',
      'WARNING -- mind the gap.',
      'Peru-Chile (border): agreed.',
      'Acme Corp (NYSE: ACM) - a company.',
    ])
      expect(stated(text)).toEqual([]);
  });
});

describe('readSentences: periods that go on', () => {
  it.each([
    [
      'In 2009 a total of 416 claims were filed. Fees collected came to $3 million. It has many offices.',
      ['claims filed = 416 @2009', 'fees collected = 3000000 USD @2009'],
    ],
    [
      'It sold 12 ships in 2009. It sold 3 planes in the same year.',
      ['ships sold = 12 @2009', 'planes sold = 3 @2009'],
    ],
    ['It sold 12 ships in 2009. It sold 3 planes.', ['ships sold = 12 @2009', 'planes sold = 3']],
    [
      'In 2009 it sold 12 ships. In 2010 it sold 3 trams. It sold 4 planes.',
      ['ships sold = 12 @2009', 'trams sold = 3 @2010', 'planes sold = 4'],
    ],
    ['The storm left 12,000 homes without power.', ['homes without power = 12000']],
    ['The company was founded in 1987 and now employs 450 people.', ['founded = 1987', 'employees = 450']],
  ])('%s', (text, expected) => {
    expect(stated(text)).toEqual(expected);
  });
});

describe('readSentences: invariants', () => {
  const piece = fc.constantFrom(
    'The company',
    'Its',
    'revenue',
    'was',
    'were',
    'killed',
    '12',
    '$5 million',
    '3%',
    'people',
    'of them',
    'rose',
    'to',
    'in 2021',
    'founded',
    'by',
    'Lima',
    'Jane Doe',
    ',',
    '.',
    ';',
    '(',
    ')',
    '"',
    'and',
    'a total of',
    'not',
    'LIMA, 9 JAN 90 (EFE) --',
    'yesterday',
    '\n',
    'has',
    'with',
    "Acme's",
    'per',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map((all) => all.join(' ')),
  );

  it('keeps spans true and within the paragraph, and never throws', () => {
    fc.assert(
      fc.property(texts, texts, (before, paragraph) => {
        const text = `${before}\n\n${paragraph}\n\nEnd.`;
        const start = before.length + 2;
        const end = start + paragraph.length;
        for (const reading of readSentences({ text, start, end, section: ['S'], title: before })) {
          expect(reading.valueStart).toBeGreaterThanOrEqual(reading.rule === 'title' ? 0 : start);
          expect(reading.valueEnd).toBeGreaterThan(reading.valueStart);
          expect(reading.start).toBeLessThanOrEqual(reading.valueStart);
          expect(reading.end).toBeGreaterThanOrEqual(reading.valueEnd);
          expect(reading.end).toBeLessThanOrEqual(reading.rule === 'dateline' ? text.length : end);
          expect(reading.label.every((part) => part !== '')).toBe(true);
          const number = 'number' in reading.value ? reading.value.number : 0;
          expect(Number.isFinite(number)).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('reads long and hostile paragraphs', () => {
    for (const text of [
      'a '.repeat(100_000),
      '12 '.repeat(50_000),
      'its 5 people '.repeat(20_000),
      '. '.repeat(100_000),
      'A'.repeat(300_000),
      'LIMA, '.repeat(30_000),
    ])
      expect(read(text).length).toBeGreaterThanOrEqual(0);
  });
});

describe('figures that each bring a year', () => {
  it('go on in a series under the name that it began with', () => {
    expect(stated('The herd was 2,429 in 1996 and 2,318 in 2016.')).toEqual([
      'herd = 2429 @1996',
      'herd = 2318 @2016',
    ]);
  });

  it('are named behind the year', () => {
    expect(stated('The farm grew from its 2016 herd of 9,680.')).toEqual(['herd = 9680 @2016']);
    expect(stated('It is compared with a 2016 herd of 9,680.')).toEqual([]);
  });
});
