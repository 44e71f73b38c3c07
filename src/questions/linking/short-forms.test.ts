import { describe, expect, it } from 'vitest';
import { isShortFormOf } from './short-forms.ts';

describe('isShortFormOf', () => {
  it.each([
    ['cyl', 'cylinder', true, true],
    ['cyl', 'cylinder', false, true],
    ['dk', 'deck', true, true],
    ['dk', 'deck', false, false],
    ['qty', 'quantity', false, true],
    ['port', 'portion', false, false],
    ['mpg', 'mapping', false, false],
  ])('of %s and %s, pointed %s, is %s', (short, word, isPointed, expected) => {
    expect(isShortFormOf(short, word, isPointed)).toBe(expected);
  });
});
