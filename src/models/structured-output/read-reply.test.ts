import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readReply } from './read-reply.ts';

const schema = z.object({
  country: z.string().nullable(),
  kind: z.enum(['attack', 'bombing']).nullable(),
  victims: z.number().nullable(),
});
const shape = { schema, jsonSchema: z.toJSONSchema(schema, { target: 'draft-7' }) };
const peru = { country: 'Peru', kind: 'attack', victims: 3 };

describe('readReply', () => {
  it.each([
    ['plain', '{"country": "Peru", "kind": "attack", "victims": 3}'],
    [
      'fenced, with prose around',
      'Sure!\n```json\n{"country": "Peru", "kind": "attack", "victims": 3}\n```\nAnything else?',
    ],
    [
      'after a draft',
      'First {"country": "Chile", "kind": null, "victims": 1}, no: {"country": "Peru", "kind": "attack", "victims": 3}',
    ],
    ['wrapped', '{"result": {"country": "Peru", "kind": "attack", "victims": 3}}'],
    ['in a list', '[{"country": "Peru", "kind": "attack", "victims": 3}]'],
    ['with other notations', '{"Country": "Peru", "KIND": "Attack", "victims": "3"}'],
    [
      'after braces that are no JSON',
      'The set {x} gives {"country": "Peru", "kind": "attack", "victims": 3}',
    ],
  ])('finds the value %s', (_, text) => {
    expect(readReply(text, shape)).toEqual({ status: 'value', value: peru });
  });

  it('takes what the model left out, or left empty, for null', () => {
    const value = { country: 'Peru', kind: null, victims: null };
    expect(readReply('{"country": "Peru", "kind": ""}', shape)).toEqual({ status: 'value', value });
  });

  it('does not take what was cut off for null', () => {
    expect(readReply('{"country": "Peru", "ki', shape)).toEqual({
      status: 'unusable',
      reason: 'the JSON was cut off (kind: invalid_value, victims: invalid_type)',
    });
  });

  it.each([
    ['nothing', ' ', 'the reply was empty'],
    ['prose', 'I cannot tell.', 'the reply held no JSON object'],
    ['another type', '{"country": ["Peru"]}', 'the JSON does not fit the schema (country: invalid_type)'],
    [
      'another object',
      '{"unexpected": true}',
      'the JSON does not fit the schema (country: invalid_type, kind: invalid_value, victims: invalid_type)',
    ],
  ])('says what is wrong with %s, without its words', (_, text, reason) => {
    expect(readReply(text, shape)).toEqual({ status: 'unusable', reason });
  });
});
