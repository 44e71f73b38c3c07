import { describe, expect, it } from 'vitest';
import { RoleNames } from './role-names.ts';

const texts = ['Ada Brandt', 'Tom van Dyk', 'Dr. Rosa Lind'];
const find = (text: string, role = 'Head of Service'): string | null =>
  RoleNames.of({ texts, labels: [role] })?.find(text)?.value ?? null;

describe('RoleNames', () => {
  it.each([
    ['From Ada Brandt, Head of Service (Parks)', 'Ada Brandt'],
    ['It was approved by our head of service, Tom van Dyk.', 'Tom van Dyk'],
    ['The head of service was Ada Brandt. The rest went well.', 'Ada Brandt'],
    ['Ada Brandt is the head of service.', 'Ada Brandt'],
    ['Yours,\n\nAda Brandt\nActing head of service', 'Ada Brandt'],
    ['Ada Brandt, Head of Service; Tom van Dyk, Head of Service', null],
    ['The head of service retired.', null],
    ['Area: North Park\nHead of Service: none', null],
  ])('finds in "%s" %s', (text, expected) => {
    expect(find(text)).toBe(expected);
  });

  it('is none where the values are no names, or the label no role', () => {
    expect(RoleNames.of({ texts: ['12 May', 'red', 'Ada Brandt'], labels: ['Keeper'] })).toBeNull();
    expect(RoleNames.of({ texts, labels: ['Name'] })).toBeNull();
  });

  it('counts names of others beside the role in documents that have a label', () => {
    const names = RoleNames.of({ texts, labels: ['Keeper'] });
    names?.learn('The keeper was Ada Brandt.', [{ start: 90, end: 99, value: 'Ada Brandt' }]);
    names?.learn('The keeper was Ada Brandt.', [{ start: 90, end: 99, value: 'Tom van Dyk' }]);
    expect(names?.conflicts()).toBe(0.5);
  });
});
