import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Vote } from './majority.ts';

const vote = (word: string): Vote => {
  if (word === '-') return { stated: { status: 'not-stated' }, quote: null };
  if (word === '?') return { stated: { status: 'unfit' }, quote: null };
  return { stated: { status: 'value', value: { type: 'text', text: word } }, quote: null };
};
const decideOn = (words: string, { total = words.length, left = 0 } = {}): string => {
  const decision = decide({ votes: [...words].map(vote), total, left });
  if (decision.status === 'open') return `open ${decision.votesNeeded}`;
  const [first] = decision.status === 'value' ? decision.votes : [];
  return first?.value.type === 'text' ? first.value.text : decision.status;
};

describe('decide', () => {
  it.each([
    ['aab', 'a'],
    ['aAb', 'a'],
    ['ab', 'no-majority'],
    ['aabb', 'no-majority'],
    ['aab?', 'no-majority'],
    ['a--', 'not-stated'],
    ['a', 'a'],
    ['-', 'not-stated'],
    ['?', 'no-majority'],
  ])('decides %s for %s', (words, decision) => {
    expect(decideOn(words)).toBe(decision);
  });

  it('asks for no vote that cannot change anything', () => {
    expect(decideOn('', { total: 9, left: 9 })).toBe('open 5');
    expect(decideOn('aa', { total: 3, left: 1 })).toBe('a');
    expect(decideOn('ab', { total: 3, left: 1 })).toBe('open 1');
    expect(decideOn('abc', { total: 4, left: 1 })).toBe('no-majority');
  });

  it('counts votes that failed', () => {
    expect(decideOn('a', { total: 2 })).toBe('no-majority');
    expect(decideOn('aa', { total: 4 })).toBe('no-majority');
  });

  it('never takes a value that half of the votes or less are for', () => {
    assert(
      property(array(constantFrom('a', 'b', '-', '?'), { minLength: 1, maxLength: 9 }), (words) => {
        const share = (word: string): number => words.filter((each) => each === word).length / words.length;
        const most = ['a', 'b', '-'].find((word) => share(word) > 0.5);
        const expected = most === undefined ? 'no-majority' : most.replace('-', 'not-stated');
        expect(decideOn(words.join(''))).toBe(expected);
      }),
    );
  });
});
