import { describe, expect, it } from 'vitest';
import { formatLocation, locate } from './source-location.ts';

describe('locate', () => {
  it('counts lines where the stored text is the source itself', () => {
    const found = { sourceMap: { firstLine: 5, segments: [] }, text: 'one\ntwo\nthree' };
    expect(locate({ ...found, offset: 0 })).toEqual({ line: 5 });
    expect(locate({ ...found, offset: 3 })).toEqual({ line: 5 });
    expect(locate({ ...found, offset: 4 })).toEqual({ line: 6 });
    expect(locate({ ...found, offset: 12 })).toEqual({ line: 7 });
  });

  it('takes the segment that reaches over the offset', () => {
    const segments = [
      { start: 0, location: { page: 1 } },
      { start: 10, location: { page: 2 } },
      { start: 20, location: { page: 3 } },
    ];
    const pages = [0, 9, 10, 19, 20, 500].map(
      (offset) => locate({ sourceMap: { segments }, text: '', offset }).page,
    );
    expect(pages).toEqual([1, 1, 2, 2, 3, 3]);
  });
});

describe('formatLocation', () => {
  it.each([
    [{ line: 12 }, 'line 12'],
    [{ page: 3 }, 'page 3'],
    [{ page: 3, line: 4 }, 'page 3, line 4'],
    [{ sheet: 'Sheet1', cell: 'B4' }, 'Sheet1!B4'],
    [{ sheet: "Bob's costs", cell: 'B4', row: 4 }, "'Bob''s costs'!B4"],
    [{ sheet: 'Sheet1', row: 4 }, 'Sheet1, row 4'],
    [{ row: 17, line: 18 }, 'row 17, line 18'],
    [{ paragraph: 6 }, 'paragraph 6'],
    [{ pointer: '/Geography/Area' }, '/Geography/Area'],
    [{ line: 9, pointer: '/Geography/Area' }, 'line 9, /Geography/Area'],
  ])('writes %j', (location, text) => {
    expect(formatLocation(location)).toBe(text);
  });
});
