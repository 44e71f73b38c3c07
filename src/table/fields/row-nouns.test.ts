import { describe, expect, it } from 'vitest';
import { readRows } from './result-row.ts';
import { BuiltStore, read } from './testing/built-store.ts';

const nounsOf = async (path: string, note: string): Promise<readonly string[]> => {
  const rows = ['WS-001', 'WS-002', 'WS-003', 'WS-004'].map((name, index) => ({
    path,
    format: 'csv',
    fragment: `row=${index + 2}`,
    title: name,
    readings: [read('Report No', name), read('Species', index % 2 === 0 ? 'humpback' : 'minke')],
  }));
  const store = await BuiltStore.build([...rows, { path: 'README.txt', text: note, readings: [] }]);
  const kinds = await readRows(store.connection, 'SELECT nouns FROM store.kinds ORDER BY cells DESC LIMIT 1');
  return kinds[0]?.texts('nouns') ?? [];
};

describe('nouns of notes', () => {
  it('calls rows what the notes beside their file call them', async () => {
    const nouns = await nounsOf('log.csv', 'Each line of log.csv is one reported sighting off the coast.');
    expect(nouns).toContain('sighting');
  });

  it('finds the last part of a compound where the notes use it as a word', async () => {
    expect(await nounsOf('whalesightings.csv', 'Sightings are entered as received.')).toContain('sighting');
    expect(await nounsOf('whalesightings.csv', 'Entered as received.')).not.toContain('sighting');
  });

  it('takes the letters of identifiers for no noun', async () => {
    expect(await nounsOf('log.csv', 'Entered as received.')).not.toContain('ws');
  });
});
