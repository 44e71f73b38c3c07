import { describe, expect, it } from 'vitest';
import { BuiltStore, read, type TestReading } from './testing/built-store.ts';

const herds = Array.from({ length: 14 }, (_, index) => `Valley ${String.fromCodePoint(65 + index)}`);
const sizes = [40, 900, 120, 3300, 75, 610, 1500, 58, 230, 4100, 330, 95, 2050, 180];

async function fieldsOf(
  readings: (size: number, index: number) => readonly TestReading[],
): Promise<unknown[]> {
  const store = await BuiltStore.build(
    herds.map((title, index) => ({
      path: `${title}.md`,
      title,
      readings: readings(sizes[index] ?? 0, index),
    })),
  );
  const rows = await store.rows('SELECT label FROM store.fields ORDER BY label');
  return rows.flat();
}

const said = (label: string, value: number, rest: Partial<TestReading>): TestReading =>
  read(label, value, { rule: 'sentence-be', ...rest });

describe('joinPeriods', () => {
  it('joins figures of other periods that follow one another', async () => {
    const fields = await fieldsOf((size) => [
      said('herd', size, { period: '1996', valueStart: 5 }),
      said('counted', Math.round(size * 1.1), { period: '2021', valueStart: 20 }),
    ]);
    expect(fields).toHaveLength(1);
  });

  it('keeps figures apart that are of one period, or do not follow one another', async () => {
    const fields = await fieldsOf((size, index) => [
      said('herd', size, { period: '1996', valueStart: 5 }),
      said('pasture', Math.round(size * 1.1), { period: '1996', valueStart: 20 }),
      said('rainfall', sizes[13 - index] ?? 0, { period: '2021', valueStart: 30 }),
    ]);
    expect(fields).toEqual(['herd', 'pasture', 'rainfall']);
  });
});
