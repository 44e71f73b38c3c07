import { describe, expect, it } from 'vitest';
import { readDocument } from '../table/index.ts';
import { promptDocument } from './prompt-documents.ts';
import { RememberedReadings } from './remembered-readings.ts';

const documents = Array.from({ length: 6 }, (_, index) =>
  promptDocument({
    title: `Company ${index}`,
    text: `Revenue: $${index + 1} million\nEmployees: ${100 * (index + 1)}`,
    number: index + 1,
  }),
);

describe('remembered readings', () => {
  it('are those of the pattern reader, whatever there is room for', () => {
    for (const maximumCharacters of [0, 80, 160, 10_000]) {
      const readings = new RememberedReadings({ maximumCharacters });
      for (let round = 0; round < 5; round += 1) {
        for (const document of documents) expect(readings.of(document)).toEqual(readDocument(document));
      }
    }
  });

  it('are read once, wherever a text stands', () => {
    const readings = new RememberedReadings();
    const [first] = documents;
    if (first === undefined) throw new Error('There is no document.');
    const known = readings.of(first);
    expect(readings.of(promptDocument({ title: first.title, text: first.text, number: 7 }))).toBe(known);
    expect(readings.of({ ...first, title: 'Another' })).not.toBe(known);
  });
});
