import { describe, expect, it } from 'vitest';
import { BuiltStore, percent, read, type TestReading } from './testing/built-store.ts';

const plots = Array.from(
  { length: 30 },
  (_, index) => `Plot ${String(index)} ${'abcdefghij'.charAt(index % 10)}`,
);

async function fieldsOf(readings: (index: number) => readonly TestReading[]): Promise<unknown[]> {
  const store = await BuiltStore.build(
    plots.map((title, index) => ({ path: `${title}.md`, title, readings: readings(index) })),
  );
  const rows = await store.rows('SELECT label FROM store.fields ORDER BY label');
  return rows.flat();
}

const said = (label: string, index: number): TestReading =>
  read(label, percent(10 + ((index * 7) % 30)), { rule: 'sentence-be', valueStart: 9 });

describe('findComplements', () => {
  it('joins the wordings of which each document has exactly one', async () => {
    const fields = await fieldsOf((index) => [
      read('Trees', 100 + index),
      said(['share of oaks', 'oaks made', 'share of oaks', 'counted oaks'][index % 4] ?? '', index),
    ]);
    expect(fields).toEqual(['Trees', 'share of oaks']);
  });

  it('keeps opposites apart, and what may complete each other in several ways', async () => {
    const opposite = await fieldsOf((index) => [
      read('Trees', 100 + index),
      said(index % 2 === 0 ? 'increase' : 'decrease', index),
    ]);
    expect(opposite).toEqual(['Trees', 'decrease', 'increase']);
    const several = await fieldsOf((index) => [
      read('Trees', 100 + index),
      said(index % 2 === 0 ? 'felled' : 'planted', index),
      { ...said(index % 2 === 0 ? 'grazed' : 'fenced', index + 1), valueStart: 30 },
    ]);
    expect(several).toHaveLength(5);
  });
});
