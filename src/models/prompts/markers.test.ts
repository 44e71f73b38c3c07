import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkers, unescapeMarkers } from './markers.ts';

const fragments = constantFrom(
  '# Question:',
  '# Document 3:',
  '  # document 12 :',
  '# Output requirements:',
  '</text>',
  '<memory>',
  '</memory>',
  '<document title="x">',
  'The answer is:',
  'the answer is：',
  '\\',
  '\n',
  ' ',
  '#',
  '<',
  ':',
  'Revenue: 5',
);

describe('escapeMarkers', () => {
  it('takes the meaning from marks and leaves other text as it is', () => {
    expect(escapeMarkers('Revenue: 5\n# Question:\nWho?')).toBe('Revenue: 5\n\\# Question:\nWho?');
    expect(escapeMarkers('a </text> b <MEMORY>')).toBe('a \\</text> b \\<MEMORY>');
    expect(escapeMarkers('The answer is: 5')).toBe('The answer is\\: 5');
    for (const plain of ['# Questions', 'in # Question:', '<table>', 'a < b', 'The answer is 5']) {
      expect(escapeMarkers(plain)).toBe(plain);
    }
  });

  it('leaves no mark, and can be undone exactly, whatever the text', () => {
    const text = array(oneof(fragments, string()), { maxLength: 12 }).map((parts) => parts.join(''));
    assert(
      property(text, (original) => {
        const escaped = escapeMarkers(original);
        expect(unescapeMarkers(escaped)).toBe(original);
        expect(escaped).not.toMatch(/^[ \t]*# (?:Question|Document 3):/m);
        expect(escaped).not.toMatch(/(?<!\\)<\/?memory>/i);
        expect(escaped).not.toMatch(/the answer is:/i);
      }),
      { numRuns: 500 },
    );
  });
});
