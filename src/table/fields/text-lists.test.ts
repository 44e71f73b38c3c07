import { describe, expect, it } from 'vitest';
import { listSeparator } from './text-lists.ts';

describe('listSeparator', () => {
  it.each([
    [
      'items that also stand alone',
      ['Oak', 'Ash', 'Elm', 'Oak, Ash', 'Ash, Elm', 'Elm, Oak', 'Oak', 'Elm'],
      ',',
    ],
    [
      'items parted by slashes',
      ['Rail', 'Road', 'Sea / Rail', 'Rail / Road', 'Road / Sea', 'Sea', 'Rail'],
      '/',
    ],
    [
      'parts of one value',
      ['Berlin, Germany', 'Bonn, Germany', 'Rome, Italy', 'Oslo, Norway', 'Lyon, France'],
      null,
    ],
    [
      'parts of one word',
      ['Mystery', 'Thriller/Suspense', 'Comedy', 'Thriller/Suspense', 'Thriller/Suspense'],
      null,
    ],
    ['items parted by bars', ['Oak|Ash', 'Elm', 'Birch', 'Rowan', 'Elm|Yew|Box'], '|'],
    [
      'items of which some may be either of two',
      ['Oak, Ash|Elm', 'Oak, Ash', 'Ash, Oak, Yew', 'Oak|Elm, Yew', 'Yew, Ash', 'Ash, Oak', 'Oak'],
      ',',
    ],
    ['single values', ['Oak', 'Ash', 'Elm', 'Oak'], null],
  ])('of %s', (_, texts, separator) => {
    expect(listSeparator(texts)).toBe(separator);
  });
});
