import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { readDeclaredFields } from './declared-fields-file.ts';

const folder = new TemporaryFolder();

describe('readDeclaredFields', () => {
  it('names fields from a list', async () => {
    const fields = await readDeclaredFields('country, incident type,victims_total');
    expect(fields.map(({ name, label, type }) => [name, label, type])).toEqual([
      ['country', 'Country', null],
      ['incident_type', 'Incident type', null],
      ['victims_total', 'Victims total', null],
    ]);
  });

  it('reads a file, with examples of values and of documents', async () => {
    const examples = [
      'murder',
      { value: 3, document: 'a.txt' },
      { value: 'x', text: 'Text of x', quote: 'x' },
      { value: 'y' },
    ];
    const file = folder.write(
      'fields.json',
      JSON.stringify([{ name: 'Type', values: ['a', 'b'], examples }]),
    );
    const [field] = await readDeclaredFields(file);
    expect(field).toMatchObject({
      name: 'type',
      type: 'category',
      values: ['a', 'b'],
      exampleValues: ['murder', 'y'],
      examples: [
        { document: 'a.txt', text: null, value: '3', quote: null },
        { document: null, text: 'Text of x', value: 'x', quote: 'x' },
      ],
    });
  });

  it('tells declarations apart by all that they say', async () => {
    const definitions = [
      [{ name: 'a' }],
      [{ name: 'a', type: 'text' }],
      [{ name: 'a', description: 'x' }],
      [{ name: 'a', examples: ['x'] }],
    ].map(async (fields, index) => {
      const [field] = await readDeclaredFields(folder.write(`f${index}.json`, JSON.stringify(fields)));
      return field?.definition;
    });
    expect(new Set(await Promise.all(definitions)).size).toBe(4);
    const [again] = await readDeclaredFields('a');
    expect(again?.definition).toBe(await definitions[0]);
  });

  it.each([
    ['not JSON', '[{"name": "a"', /fields\.json is not JSON/],
    ['another shape', '{"name": "a"}', /expected array/],
    ['an unknown type', '[{"name": "a"}, {"name": "b", "type": "real"}]', /entry 2, "type"/],
    ['a misspelt property', '[{"name": "a", "value": []}]', /entry 1: Unrecognized key: "value"/],
    ['no name', '[{"name": "?"}]', /"\?" is no name/],
    ['one name twice', '[{"name": "a b"}, {"name": "A_B"}]', /"A_B" has the name of another/],
    ['the name of a quote', '[{"name": "a"}, {"name": "a quote"}]', /"a( quote)?" has the name of another/],
  ])('says what is wrong with %s', async (_, content, message) => {
    await expect(readDeclaredFields(folder.write('fields.json', content))).rejects.toThrow(message);
  });

  it('says that a file is not there', async () => {
    await expect(readDeclaredFields('/nowhere/fields.json')).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});
