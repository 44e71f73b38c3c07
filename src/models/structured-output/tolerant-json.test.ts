import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTolerantObject } from './tolerant-json.ts';

const read = (text: string): unknown => readTolerantObject(text, 0)?.value;

describe('readTolerantObject', () => {
  it('reads all JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (object) => {
        const json = JSON.stringify(object);
        const found = readTolerantObject(json, 0);
        expect(found?.closed).toBe(true);
        expect(found?.end).toBe(json.length);
        expect(JSON.stringify(found?.value)).toBe(json);
      }),
    );
  });

  it('never takes a cut value for a whole one', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.jsonValue({ maxDepth: 3 })),
        fc.nat(),
        (object, at) => {
          const json = JSON.stringify(object);
          const found = readTolerantObject(json.slice(0, 1 + (at % (json.length - 1))), 0);
          expect(found?.closed).toBe(false);
          expect(JSON.parse(json)).toMatchObject(Object(found?.value));
        },
      ),
    );
  });

  it.each([
    ['a trailing comma', '{"a": [1, 2,], "b": 3,}', { a: [1, 2], b: 3 }],
    ['comments', '{\n// the first\n"a": 1, /* and */ "b": 2}', { a: 1, b: 2 }],
    [
      'single quotes and Python literals',
      "{'a': True, 'b': None, 'c': 'it''s'}",
      { a: true, b: null, c: "it''s" },
    ],
    ['curly quotes', '{“a”: “x”}', { a: 'x' }],
    ['bare keys', '{name: "x", total_count: 5}', { name: 'x', total_count: 5 }],
    ['a line break within a string', '{"a": "one\ntwo"}', { a: 'one\ntwo' }],
    [
      'quotation marks that are not escaped',
      '{"a": "he said "no", then left", "b": "x"}',
      { a: 'he said "no", then left', b: 'x' },
    ],
    ['a forgotten comma', '{"a": "x"\n "b": "y"}', { a: 'x', b: 'y' }],
    ['escapes', String.raw`{"a": "\u00e9\n\"x\" \/"}`, { a: 'é\n"x" /' }],
    ['a cut string', '{"a": "whole", "b": "cu', { a: 'whole' }],
    ['a cut list', '{"a": "whole", "b": ["one", "tw', { a: 'whole' }],
    ['a number that may have gone on', '{"a": 12, "b": 354', { a: 12 }],
    ['a cut key', '{"a": 12, "b', { a: 12 }],
  ])('reads %s', (_, text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each(['{not json}', '{"a" 1,\n"b": 2}', '{"a": no}', 'x'])('finds no object in %s', (text) => {
    expect(readTolerantObject(text, 0)).toBeNull();
  });

  it('does not run out of stack on brackets alone', () => {
    expect(readTolerantObject('{"a":'.repeat(100_000), 0)).toBeNull();
  });
});
