import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { remembered } from './remembered.ts';

it('gives the same results as the function itself, and computes each once', () => {
  let calls = 0;
  const reverse = remembered((text) => {
    calls += 1;
    return [...text].reverse().join('');
  });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(reverse(text)).toBe([...text].reverse().join(''));
    }),
  );
  const before = calls;
  expect([reverse('a label'), reverse('a label')]).toEqual(['lebal a', 'lebal a']);
  expect(calls).toBe(before + 1);
});

it('forgets rather than grows without bound', () => {
  const length = remembered((text) => text.length);
  for (let index = 0; index < 12_000; index += 1)
    expect(length(`label ${index}`)).toBe(`label ${index}`.length);
});
