import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  double,
  integer,
  oneof,
  option,
  record,
  string,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from './catalog.ts';
import { findCells } from './evidence.ts';
import { quoteIdentifier } from './identifiers.ts';
import { BuiltStore, read, type Shorthand } from './testing/built-store.ts';

const words = oneof(
  string({ unit: 'binary', maxLength: 12 }),
  constantFrom(
    'select',
    'name',
    'Name',
    'entity',
    'facts',
    '',
    ' ',
    '人口',
    "o'clock",
    '"x"',
    'a > b',
    '1.',
    '%',
    '2021',
    'x@2020',
  ),
);
const value = oneof(
  double({ noNaN: true }),
  words,
  constantFrom<Shorthand[]>(
    null,
    true,
    { type: 'date', date: '2021-02' },
    { type: 'date', date: 'soon' },
    ['a', 'b'],
    [],
  ),
);
const reading = record({
  label: words,
  value,
  section: words,
  entity: option(words, { freq: 4 }),
  period: option(constantFrom('2020', '2021-Q3', 'nonsense'), { freq: 3 }),
  rule: constantFrom('label', 'sentence-count'),
});
const document = record({
  path: words,
  title: option(words),
  readings: array(reading, { maxLength: 8 }),
  format: constantFrom('markdown', 'csv'),
});

describe('buildTables', () => {
  it('takes any labels, values, titles and paths, and cites every cell that the catalog names', async () => {
    await assert(
      asyncProperty(
        array(document, { maxLength: 6 }),
        integer({ min: 0, max: 3 }),
        async (documents, copies) => {
          const store = await BuiltStore.build(
            [...documents, ...documents.slice(0, copies)].map((each, index) => ({
              ...each,
              path: `${index}${each.path}`,
              readings: each.readings.map(({ label, value: stated, ...rest }) => read(label, stated, rest)),
            })),
          );
          const { tables } = await loadCatalog({ connection: store.connection });
          for (const { name, key, columns, rows } of tables) {
            const all = [key, ...columns.map((column) => column.name)];
            const names = await store.columns(quoteIdentifier(name));
            expect(new Set(names.map((each) => each.toLowerCase())).size).toBe(names.length);
            expect(names).toEqual(expect.arrayContaining(all));
            expect(
              await store.rows(
                `SELECT count(DISTINCT ${quoteIdentifier(key)}), count(*) FROM ${quoteIdentifier(name)}`,
              ),
            ).toEqual([[String(rows), String(rows)]]);
            const values = all.slice(1).map((column) => `count(${quoteIdentifier(column)})`);
            const [counted = []] = await store.rows(
              `SELECT ${[...values, '0'].join(' + ')} FROM ${quoteIdentifier(name)}`,
            );
            const { total } = await findCells({
              connection: store.connection,
              table: name,
              keys: null,
              columns: all,
              limit: 1,
            });
            expect(total).toBeGreaterThanOrEqual(
              Number(counted[0]) - (names.includes('document') ? rows : 0),
            );
          }
        },
      ),
      { numRuns: 10 },
    );
  });
});
