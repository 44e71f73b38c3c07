import { expect, it } from 'vitest';
import { lastElement } from './element.ts';

it('finds the last well-formed element, passing over escaped marks', () => {
  expect(lastElement('<plan>a</plan> <plan>b</plan> <plan>c', 'plan')).toBe('b');
  expect(lastElement('<plan>a \\</plan> \\<plan> b</plan>', 'plan')).toBe('a \\</plan> \\<plan> b');
  expect(lastElement('<memory>x</memory>', 'memory')).toBe('x');
  for (const none of ['', '<plan>', '</plan>', '</plan><plan>', '\\<plan>x</plan>', '<plan>x\\</plan>']) {
    expect(lastElement(none, 'plan')).toBeNull();
  }
});
