import { describe, expect, it } from 'vitest';
import {
  BuiltStore,
  date,
  percent,
  quantity,
  read,
  type TestDocument,
  type TestReading,
} from './testing/built-store.ts';

const people = ['Ada', 'Bo', 'Cy', 'Di', 'Ed', 'Flo', 'Guy', 'Hal', 'Ike', 'Joy', 'Kay', 'Lou'];

function documents(
  readings: (index: number) => readonly TestReading[],
  count = people.length,
): TestDocument[] {
  return people
    .slice(0, count)
    .map((title, index) => ({ path: `${title}.md`, title, readings: readings(index) }));
}

/** Labels that fill a document, so that its headings stand out as topics. */
const filling: readonly TestReading[] = Array.from({ length: 30 }, (_, index) =>
  read(`Filler ${String.fromCodePoint(97 + (index % 26))}${index}`, index, { section: 'Annex' }),
);

async function labelsOf(given: readonly TestDocument[]): Promise<unknown[]> {
  const store = await BuiltStore.build(given);
  const rows = await store.rows(
    "SELECT label FROM store.fields WHERE label NOT LIKE 'Filler%' ORDER BY label",
  );
  return rows.flat();
}

describe('discoverFields', () => {
  it('joins dates of like labels in two layouts, and the only names of persons', async () => {
    const labels = await labelsOf(
      documents((index) => [
        read('District', `D${index}`),
        read('Area', index + 40),
        read('Remarks', `none of ${index}`),
        ...(index % 2 === 0
          ? [
              read('Last inspected', date(`2011-05-0${(index % 8) + 1}`)),
              read('Keeper', `${people[index]} Berg`),
            ]
          : [
              read('Inspection date', date(`2021-05-0${(index % 8) + 1}`)),
              read('In charge', `${people[index]} Lind`),
            ]),
      ]),
    );
    expect(labels).toHaveLength(5);
  });

  it('names a field by its last label where a document states it once', async () => {
    const labels = await labelsOf(
      documents((index) => [read('Water area', index, { section: 'Land > Sizes' })]),
    );
    expect(labels).toEqual(['Water area']);
  });

  it('adds the headings above until a label is unique in its documents', async () => {
    const topics = ['Median age', 'Literacy'].flatMap((topic) =>
      ['total', 'male'].map((label) => ({ section: `People > ${topic}`, label })),
    );
    const labels = await labelsOf(
      documents((index) =>
        topics.map(({ section, label }, place) => read(label, index * 10 + place, { section })),
      ),
    );
    expect(labels).toEqual([
      'Literacy > male',
      'Literacy > total',
      'Median age > male',
      'Median age > total',
    ]);
  });

  it('goes further up where the nearest heading does not tell', async () => {
    const labels = await labelsOf(
      documents((index) =>
        ['Water', 'Sanitation'].map((section, place) => read('improved > urban', index + place, { section })),
      ),
    );
    expect(labels).toEqual(['Sanitation > improved > urban', 'Water > improved > urban']);
  });

  it('joins the same label under a heading that some documents call otherwise', async () => {
    const labels = await labelsOf(
      documents((index) => [
        read('Unemployment rate', percent(index), { section: index < 6 ? 'Economy' : 'Labour market' }),
      ]),
    );
    expect(labels).toEqual(['Unemployment rate']);
  });

  it('gives a generic label its heading where that is a topic', async () => {
    const labels = await labelsOf(
      documents((index) => [
        ...filling,
        read('name', `City ${index}`, { section: 'Government > Capital' }),
        ...['Anthem', 'Holiday', 'Flag', 'Motto', 'Founder', 'Ruler', 'Court', 'Army', 'Party'].map((label) =>
          read(label, `${label} ${index}`, { section: 'Government' }),
        ),
      ]),
    );
    expect(labels).toContain('Capital > name');
    expect(labels).toContain('Anthem');
  });

  it('joins plural, unit and order of words', async () => {
    const variants = ['Total revenue', 'Total revenues', 'Revenue, total', 'Total revenue (USD)'];
    const labels = await labelsOf(
      documents((index) => [read(variants[index % 4] ?? '', quantity(index * 5, 'USD'))]),
    );
    expect(labels).toEqual(['Total revenue']);
  });

  it('keeps labels apart that differ only in the unit but stand together', async () => {
    const labels = await labelsOf(
      documents((index) => [
        read('Exports (USD)', quantity(index, 'USD')),
        read('Exports (%)', percent(index)),
      ]),
    );
    expect(labels).toEqual(['Exports (%)', 'Exports (USD)']);
  });

  it('takes the total of an attribute for the attribute where they exclude each other', async () => {
    const labels = await labelsOf(
      documents((index) =>
        index < 8 ? [read('total', index, { section: 'Airports' })] : [read('Airports', index)],
      ),
    );
    expect(labels).toEqual(['Airports > total']);
  });

  it('joins spellings of a word only where their never meeting is no accident', async () => {
    const many = Array.from({ length: 24 }, (_, index) => ({
      path: `${index}.md`,
      readings: [read(index < 12 ? 'Labour force' : 'Labor force', index)],
    }));
    const often = await labelsOf(many);
    const rare = await labelsOf(
      documents((index) =>
        index < 2 ? [read('Labour force', 1)] : index < 4 ? [read('Labor force', 2)] : filling,
      ),
    );
    expect(often).toHaveLength(1);
    expect(rare).toEqual(['Labor force', 'Labour force']);
  });

  it('does not join what a thing is numbered by with the thing', async () => {
    const many = Array.from({ length: 24 }, (_, index) => ({
      path: `${index}.md`,
      readings: [
        read(index < 12 ? 'Bus line no.' : 'Line of the bus', `${index < 12 ? 'L' : 'Ring '}${index}`),
      ],
    }));
    expect(await labelsOf(many)).toHaveLength(2);
  });

  it('does not join labels of another type or unit', async () => {
    const labels = await labelsOf(
      documents((index) => [
        index < 6
          ? read('Coast length', quantity(index, 'km'))
          : read('Length, coast', quantity(index, 'USD')),
      ]),
    );
    expect(labels).toEqual(['Coast length', 'Length, coast']);
  });

  it('makes one field of a label that stands in two places with the same values', async () => {
    const inTwoPlaces = (values: readonly [string, string]) =>
      documents((index) => [
        ...filling,
        ...filling.map((each) => ({ ...each, label: `${each.label}x`, section: 'Geography' })),
        read('Climate', `${values[0]} ${index}`, { section: 'Geography' }),
        read('Climate', `${values[1]} ${index}`, { section: 'Annex' }),
      ]);
    const same = await labelsOf(inTwoPlaces(['mild', 'mild']));
    const other = await labelsOf(inTwoPlaces(['mild', 'wet']));
    expect(same).toEqual(['Climate']);
    expect(other).toEqual(['Climate', 'Geography > Climate']);
  });

  it('takes labels that hardly any document states for no field', async () => {
    const labels = await labelsOf(
      documents((index) => [read('Height', index), ...(index === 3 ? [read('Odd remark', 1)] : [])]),
    );
    expect(labels).toEqual(['Height']);
  });

  it('takes what sentences say for a field only where enough documents say it', async () => {
    const rule = 'sentence-count';
    const labels = await labelsOf(
      documents((index) => [
        read('applications', index, { rule, valueStart: 5 }),
        ...(index < 2 ? [read('withdrawals', index, { rule, valueStart: 9 })] : []),
      ]),
    );
    expect(labels).toEqual(['applications']);
  });

  it('adds sentences to the field of the same label where they agree, else leaves them facts', async () => {
    const store = await BuiltStore.build(
      documents((index) => [
        ...(index < 9 ? [read('Height', index)] : []),
        read('height', index, { rule: 'sentence-be', valueStart: 5 }),
        read('Weight', index),
        read('weight', index + 50, { rule: 'sentence-be', valueStart: 9 }),
      ]),
    );
    expect(await store.rows('SELECT count(height), max(weight) FROM records')).toEqual([['12', 11]]);
    expect(await store.rows('SELECT count(*) FROM store.fields')).toEqual([['2']]);
  });

  it('does not take the words around a value for another field', async () => {
    const labels = await labelsOf(
      documents((index) => [
        read('Fertility', index, { valueStart: 10 }),
        read('children born', index, { valueStart: 10, rule: 'sentence-count' }),
      ]),
    );
    expect(labels).toEqual(['Fertility']);
  });

  it('keeps the most frequent fields where there are too many', async () => {
    const given = documents((index) => [
      read('A label', index),
      ...(index < 5 ? [read('B label', index)] : []),
    ]);
    const store = await BuiltStore.build(given, { settings: { maximumColumns: 1 } });
    expect(await store.columns('records')).toEqual(['name', 'a_label']);
    expect(await store.rows("SELECT count(*) FROM facts WHERE field = 'B label'")).toEqual([['5']]);
  });

  it('joins what layouts call by another word of the same meaning, and nothing that only has like values', async () => {
    const labels = await labelsOf(
      documents((index) => {
        const [sales, staff] =
          index % 3 === 0
            ? ['Turnover', 'Headcount']
            : index % 3 === 1
              ? ['Net sales', 'Staff']
              : ['Revenue', 'Staff'];
        return [
          read(sales ?? '', quantity(900 + 7 * index, 'USD')),
          read(staff ?? '', 50 + index),
          read(index % 2 === 0 ? 'Education' : 'Roads', quantity(30 + index, 'USD')),
          read(index % 2 === 0 ? 'Roads > paved' : 'Education > primary', quantity(31 + index, 'USD')),
        ];
      }),
    );
    expect(labels).toEqual(['Education', 'Net sales', 'Roads', 'Staff', 'paved', 'primary']);
  });

  it('joins Chinese labels of two layouts that have words in common, or ones of the same meaning', async () => {
    const labels = await labelsOf(
      documents((index) => [
        read('建设单位', `第${index}工程处`),
        read('桥长', quantity(200 + 13 * index, 'm')),
        ...(index % 2 === 0
          ? [
              read('估算投资', quantity(9_000_000 + 70_000 * index, 'CNY')),
              read('通车日期', date(`2021-0${1 + (index % 6)}-11`)),
              read('验收评分', 80 + index),
              read('实付价', quantity(400_000 + 9000 * index, 'CNY')),
            ]
          : [
              read('投资金额', quantity(9_030_000 + 70_000 * index, 'CNY')),
              read('竣工时间', date(`2021-0${1 + (index % 6)}-14`)),
              read('综合评分', 80.5 + index),
              read('实付金额', quantity(404_000 + 9000 * index, 'CNY')),
            ]),
      ]),
    );
    expect(labels).toHaveLength(6);
  });

  it('joins initials with what they stand for, and a label with one that only says more', async () => {
    const labels = await labelsOf(
      documents((index) =>
        index % 2 === 0
          ? [read('ADT', 900 + index), read('Defects', ['rust', `crack ${index % 3}`])]
          : [
              read('Average daily traffic', 905 + index),
              read('Defects seen during the visit', ['rust', `crack ${index % 3}`]),
            ],
      ),
    );
    expect(labels).toEqual(['ADT', 'Defects']);
  });

  it('joins abbreviations, the only ones in a unit, percentages without their sign, and sizes of one range', async () => {
    const sizes = [24, 30, 60, 90, 120, 240];
    const labels = await labelsOf(
      Array.from({ length: 36 }, (_, index) => {
        const [pair, kept] = [index >> 1, quantity(35 + (index % 5), '°F')];
        const size = sizes[pair % sizes.length] ?? 0;
        const readings =
          index % 2 === 0
            ? [
                read('W', 40 + pair),
                read('Cold holding', kept),
                read('pass_rate_percent', 80 + pair / 10),
                read('Capacity', size),
                read('Duration', quantity(200 + pair, 'min')),
              ]
            : [
                read('Matches won', 40 + pair),
                read('Refrigerator', kept),
                read('Pass rate last year', percent(80 + pair / 10)),
                read('Greatest number admitted', size),
                read('Length of outage', quantity((200 + pair) / 60, 'h')),
              ];
        const title = `Site ${String.fromCodePoint(65 + pair)}${index % 2 === 0 ? 'a' : 'b'}`;
        return { path: `${title}.md`, title, readings };
      }),
    );
    expect(labels).toEqual(['Capacity', 'Cold holding', 'Duration', 'Matches won', 'Pass rate last year']);
  });

  it('makes one field of a label whose heading layouts call differently', async () => {
    const labels = await labelsOf(
      documents((index) => [
        ...filling,
        ...['Total assets', 'Total debt'].map((label, place) =>
          read(label, quantity(500 + 10 * index + place, 'USD'), {
            section: index % 2 === 0 ? 'Balance sheet' : 'Statement of financial position',
          }),
        ),
      ]),
    );
    expect(labels).toEqual(['Total assets', 'Total debt']);
  });
});

it('keeps what sentences below a heading state, though the heading takes the first figure for its value', async () => {
  const labels = await labelsOf(
    documents(
      (index) => [
        read('Use', 20 + index, { rule: 'heading', valueStart: 5 }),
        read('loans counted', 20 + index, { rule: 'sentence-count', valueStart: 5, section: 'Use' }),
        ...(index % 2 === 0 ? [read('Remarks', `none of ${index}`)] : []),
      ],
      6,
    ),
  );
  expect(labels).toContain('loans counted');
});

it('takes what sentences say was done for the year of that, and not for a field of few rows', async () => {
  const labels = await labelsOf(
    documents(
      (index) => [
        read('Year of discovery', 1800 + index * 7),
        ...(index < 4
          ? [read('discovered', 1800 + index * 7, { rule: 'sentence-value', valueStart: 90 })]
          : []),
      ],
      12,
    ),
  );
  expect(labels).toEqual(['Year of discovery']);
});
