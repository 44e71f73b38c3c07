import { describe, expect, it } from 'vitest';
import { BuiltStore, date, read, type Shorthand, type TestReading } from './testing/built-store.ts';

const boats = ['Alba', 'Brent', 'Clova', 'Doon', 'Esk', 'Forth', 'Garry', 'Halla', 'Isla', 'Kyle'];

async function labelsOf(readings: (index: number) => readonly TestReading[]): Promise<string[]> {
  const store = await BuiltStore.build(
    boats.map((title, index) => ({ path: `${title}.html`, title, readings: readings(index) })),
  );
  const rows = await store.rows('SELECT label FROM store.fields ORDER BY label');
  return rows.map(([label]) => String(label));
}

const spoken = (label: string, value: Shorthand): TestReading =>
  read(label, value, { rule: 'sentence-be', valueStart: 9 });

describe('joinRestated', () => {
  it('joins what sentences say to the field that states the same in other words', async () => {
    const labels = await labelsOf((index) => [
      read('Length', 20 + index),
      read('In service', date(`20${10 + index}-05-1${index}`)),
      spoken('launched', date(`20${10 + index}-05`)),
      spoken('metres measured', 20 + index),
    ]);
    expect(labels).toEqual(['In service', 'Length']);
  });

  it('joins words of which there are but two, where either is said again and again', async () => {
    const labels = await labelsOf((index) => [
      read('Yard', index % 2 === 0 ? 'Leith' : 'Govan'),
      spoken('hull laid', index % 2 === 0 ? 'Leith' : 'Govan'),
      spoken('owner', index === 0 ? 'Leith' : 'Govan'),
    ]);
    expect(labels).toEqual(['Yard', 'owner']);
  });

  it('calls a field that labels state by no several words of sentences', async () => {
    const store = await BuiltStore.build(
      boats.map((title, index) => ({
        path: `${title}.html`,
        title,
        readings: [
          read('In service', date(`20${10 + index}-05-1${index}`)),
          spoken('ferry put', date(`20${10 + index}-05-1${index}`)),
          spoken('launched', date(`20${10 + index}-05-1${index}`)),
        ],
      })),
    );
    expect(await store.rows('SELECT label, aliases FROM store.fields')).toEqual([
      ['In service', ['launched']],
    ]);
  });

  it('keeps what sentences say apart where values differ, or are too few to tell', async () => {
    const labels = await labelsOf((index) => [
      read('Length', 20 + index),
      read('Decks', 2),
      spoken('metres measured', 20 + index + (index % 3)),
      spoken('masts carried', 2),
    ]);
    expect(labels).toEqual(['Decks', 'Length', 'masts carried', 'metres measured']);
  });
});
