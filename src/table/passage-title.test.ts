import { expect, it } from 'vitest';
import { passageTitle } from './passage-title.ts';

it('heads a passage by title, else file name and place in it', () => {
  expect(passageTitle({ id: 'a/b.md', path: 'a/b.md', title: 'Acme' })).toBe('Acme');
  expect(passageTitle({ id: 'a/b.md', path: 'a/b.md', title: null })).toBe('b');
  expect(passageTitle({ id: 'a/prices.csv#row=3', path: 'a/prices.csv', title: ' ' })).toBe('prices row 3');
});
