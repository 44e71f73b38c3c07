import { describe, expect, it } from 'vitest';
import { readDocument } from './pattern-reader.ts';
import { documentOf } from './testing/read-text.ts';

describe('values of identifiers', () => {
  it.each([
    ['Trench no.: (1204)', { type: 'number', number: 1204 }],
    ['Permit number: 22-13370', { type: 'text', text: '22-13370' }],
    ['Lot ref: 7-12', { type: 'text', text: '7-12' }],
    // These count and measure.
    ['Staff number: 50-80', { type: 'number', number: 65 }],
    ['Net result: (1204)', { type: 'number', number: -1204 }],
  ])('%s', (text, value) => {
    const readings = readDocument(documentOf(`Kind: pit\n${text}`));
    expect(readings.at(-1)?.value).toMatchObject(value);
  });
});
