import * as fc from 'fast-check';
import type { Row } from '../evaluate/values.ts';
import { testTable, type TestColumn, type TestTable } from './test-table.ts';

const columns: readonly TestColumn[] = [
  { name: 'size', type: 'number', unit: 'km', periods: ['2021', '2020/2021'] },
  { name: 'order', type: 'number' },
  { name: 'place', type: 'number', unit: 'USD' },
  { name: 'rate', type: 'percentage' },
  { name: 'founded', type: 'date' },
  { name: 'closed', type: 'date' },
  { name: 'region', type: 'category' },
  { name: 'motto', type: 'text' },
  { name: 'tags', type: 'list' },
  { name: 'open', type: 'boolean' },
];

const regions = ['North', 'Süd', 'SUD', "O'Brien", 'north east'];
const words = ['river', 'Río', 'hill (old)', 'lake 12%', 'rivers', 'a.b'];

const maybe = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item | null> => fc.option(item, { freq: 4 });
export const smallNumber = fc.integer({ min: -6, max: 12 });
const date = fc
  .record({
    year: fc.integer({ min: 2019, max: 2022 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, day }) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);

const row: fc.Arbitrary<Row> = fc.record({
  size: maybe(smallNumber),
  'size@2021': maybe(smallNumber),
  'size@2020/2021': maybe(smallNumber),
  order: maybe(smallNumber),
  place: maybe(smallNumber),
  rate: maybe(smallNumber),
  founded: maybe(date),
  closed: maybe(date),
  region: maybe(fc.constantFrom(...regions)),
  motto: maybe(fc.constantFrom(...words)),
  tags: maybe(fc.array(fc.constantFrom(...words), { maxLength: 4 })),
  open: maybe(fc.boolean()),
});

const names = [
  'Ärea',
  'Beta',
  'beta 2',
  "Gam'ma",
  'Delta',
  'Zeta',
  'eta',
  'Théta',
  'Iota',
  'kappa',
  '文',
  '😀',
];

/** Tables of up to a dozen rows with many ties, zeros and missing values, and names that need quoting. */
export const randomTable: fc.Arbitrary<TestTable> = fc.array(row, { maxLength: names.length }).map((rows) =>
  testTable({
    name: 'select',
    key: 'full_name',
    nouns: ['site'],
    columns,
    rows: rows.map((values, index) => ({ full_name: names[index] ?? '', ...values })),
  }),
);
