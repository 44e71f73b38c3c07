import { assert, jsonValue, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContent } from '../testing/parse-content.ts';
import { TemporaryFolder } from '../testing/temporary-folder.ts';
import {
  JsonSyntaxError,
  looksLikeJson,
  parseJsonValue,
  skipJsonValue,
  type JsonNode,
} from './json-syntax.ts';

const folder = new TemporaryFolder();
const parse = (value: unknown, name = 'a.json'): ReturnType<typeof parseContent> =>
  parseContent(folder, name, typeof value === 'string' ? value : JSON.stringify(value, null, 1));

async function text(value: unknown): Promise<string | undefined> {
  return (await parse(value)).documents[0]?.text;
}

describe('a list beside a few plain values', () => {
  const stations = Array.from({ length: 6 }, (_, index) => ({
    id: `S${index}`,
    name: `Station ${index}`,
    sensors: ['pm10', 'no2', 'ozone'],
    location: { city: `City ${index}`, elevation: index * 10 },
  }));

  it('is the bulk of the file: a document an element', async () => {
    const { documents } = await parse({ network: 'Clean Air', stations });
    expect(documents.map(({ fragment }) => fragment)).toHaveLength(6);
  });

  it('belongs to a document that says more than the list', async () => {
    const invoice = {
      number: 'A-1',
      customer: 'B',
      date: '2024-01-02',
      due: '2024-02-02',
      total: 5,
      lines: stations,
    };
    expect((await parse(invoice)).documents).toHaveLength(1);
  });
});

describe('a list of labels and values', () => {
  const fields = [
    { label: 'Vessel', value: 'MV Hestia' },
    { label: 'Gross tonnage', value: 4120, unit: 't' },
    { label: 'Built', value: 1998 },
    { label: 'Flags', value: ['Malta', 'Norway'] },
    { label: 'Former name', value: null },
    { label: 'Class', value: 'DNV' },
  ];

  it('states the attributes of one document', async () => {
    const { documents } = await parse({ register: '2024', fields });
    expect(documents.map((document) => [document.title, document.text])).toEqual([
      [
        'MV Hestia',
        'register: 2024\nVessel: MV Hestia\nGross tonnage: 4120 t\nBuilt: 1998\nFlags: Malta, Norway\nClass: DNV',
      ],
    ]);
    expect((await parse(fields)).documents).toHaveLength(1);
  });

  it('stands below the heading of what it is about', async () => {
    const specs = [
      { name: 'Colour', value: 'red' },
      { name: 'Weight', value: '5 kg' },
    ];
    expect(await text({ title: 'Kettle', sold: { shop: 'A', specs } })).toBe(
      'title: Kettle\n\n## sold\n\nshop: A\n\n### specs\n\nColour: red\nWeight: 5 kg',
    );
  });

  it('is one of things where all values are figures, or a label comes twice', async () => {
    const towns = ['Aa', 'Bo', 'Ee', 'Oa', 'Ii', 'Uu'].map((name, value) => ({ name, value }));
    expect((await parse(towns)).documents).toHaveLength(6);
    const log = ['x', 'y', 'x', 'y'].map((label) => ({ label, value: 'seen' }));
    expect((await parse(log)).documents).toHaveLength(4);
  });
});

describe('a JSON object as one document', () => {
  it('is called by the title of what it groups first', async () => {
    const value = { work: { workTitle: 'Nabucco', year: 1842 }, stage: { name: 'La Scala' } };
    expect((await parse(value)).documents[0]?.title).toBe('Nabucco');
  });

  it('writes labels and values in the order of keys, numbers as they are written', async () => {
    const content = '{"Name": "X", "2020": 1.10, "2019": 12345678901234567890, "ok": true, "rate": 1e-3}';
    expect(await text(content)).toBe('Name: X\n2020: 1.10\n2019: 12345678901234567890\nok: true\nrate: 1e-3');
  });

  it('writes nested objects as headings, below the plain values', async () => {
    const value = {
      Geography: { Area: { total: { text: '176,215 sq km' }, land: { text: '1' } }, Coast: { text: '0 km' } },
      code: 'AN',
    };
    expect(await text(value)).toBe(
      'code: AN\n\n## Geography\n\nCoast: 0 km\n\n### Area\n\ntotal: 176,215 sq km\nland: 1',
    );
  });

  it('writes the value of an object that says more about it right below its heading, with its unit', async () => {
    const value = {
      Population: { text: '30,535', note: { text: 'immigrants make up 55%' } },
      Length: { value: 12.5, unit: 'km', year: 2019 },
      Height: { value: 3, unit: 'm' },
    };
    expect(await text(value)).toBe(
      [
        '## Population\n\n30,535\n\nnote: immigrants make up 55%',
        '## Length\n\n12.5 km\n\nyear: 2019',
        '## Height\n\n3 m',
      ].join('\n\n'),
    );
  });

  it('writes lists of plain values on one line, or as bullets', async () => {
    const value = {
      a: ['x', 'y', 3],
      b: ['x, y', 'z'],
      c: ['x, y', 'a; b'],
      d: ['one\ntwo', 'three'],
      e: 'end',
    };
    expect(await text(value)).toBe(
      'a: x, y, 3\nb: x, y; z\nc:\n- x, y\n- a; b\n\nd:\n- one\n  two\n- three\n\ne: end',
    );
  });

  it('writes lists of flat objects as tables', async () => {
    const value = {
      name: 'Acme',
      years: [
        { year: 2020, revenue: 5, tags: ['a', 'b'] },
        { year: 2021, profit: 'a|b\nc' },
      ],
    };
    expect(await text(value)).toBe(
      [
        'name: Acme',
        '',
        '## years',
        '',
        '| year | revenue | tags | profit |',
        '| --- | --- | --- | --- |',
        '| 2020 | 5 | a, b |  |',
        '| 2021 |  |  | a\\|b c |',
      ].join('\n'),
    );
  });

  it('writes lists of nested objects as headings by their names', async () => {
    const value = { people: [{ name: 'Ann', home: { city: 'Rome' } }, { home: { city: 'Oslo' } }] };
    expect(await text({ x: 1, ...value })).toBe(
      'x: 1\n\n## people\n\n### Ann\n\nname: Ann\n\n#### home\n\ncity: Rome\n\n### 2\n\n#### home\n\ncity: Oslo',
    );
  });

  it('writes lists of nested objects as headings by the words that tell them apart', async () => {
    const costs = (fuel: string): unknown => ({ fuel, costs: { yearly: 1 } });
    expect(await text({ x: 1, engines: [costs('Diesel'), costs('Electric')] })).toContain(
      '### Electric\n\nfuel: Electric',
    );
    // A code or the same word again tells nothing of that sort.
    expect(await text({ x: 1, engines: [costs('Diesel'), costs('diesel')] })).toContain('### 2\n');
    expect(await text({ x: 1, engines: [costs('D-1'), costs('D-2')] })).toContain('### 2\n');
  });

  it('joins headings below the sixth level', async () => {
    const value = { a: { b: { c: { d: { e: { f: { g: 'deep', h: { i: 1 } } } } } } } };
    expect(await text(value)).toMatch(/\n###### e\n\n###### e > f\n\ng: deep\n\n###### e > f > h\n\ni: 1$/);
  });

  it('leaves out keys without a value, and keeps labels unambiguous', async () => {
    const value = { none: null, empty: '', list: [], object: {}, nested: { a: null }, 'a: b': 1, '# c': 2 };
    expect(await text(value)).toBe('a - b: 1\nNo. c: 2');
    expect(await text('{"a": NaN, "b": -Infinity, "c": 5}')).toBe('c: 5');
  });

  it('writes values of several lines indented', async () => {
    expect(await text({ a: 'one\n\n two', b: 'x' })).toBe('a: one\n  two\nb: x');
  });

  it('maps each line to its pointer and line', async () => {
    const { documents } = await parse('{\n"a": 1,\n"b/c": {\n"d": 2\n}\n}');
    expect(documents[0]?.text).toBe('a: 1\n\n## b/c\n\nd: 2');
    expect(documents[0]?.sourceMap.segments).toEqual([
      { start: 0, location: { pointer: '/a', line: 2 } },
      { start: 6, location: { pointer: '/b~1c', line: 3 } },
      { start: 14, location: { pointer: '/b~1c/d', line: 4 } },
    ]);
  });

  it('takes the title from a key that says so', async () => {
    expect((await parse({ id: 7, title: 'A study', size: 3 })).documents[0]?.title).toBe('A study');
    expect((await parse({ id: 'x7', size: 3 })).documents[0]?.title).toBeNull();
  });
});

describe('a JSON file of records', () => {
  const records = [
    { id: 1, name: 'Ann', size: 5 },
    { id: 2, name: 'Bob', size: 6 },
  ];

  it.each([
    ['a list', records, '/0'],
    ['a list under the only key', { people: records }, '/people/0'],
    ['a list in an envelope', { count: 2, next: null, results: records }, '/results/0'],
  ])('makes a document of each element of %s', async (_, value, pointer) => {
    const { documents } = await parse(value);
    expect(documents.map(({ id, title, text }) => [id, title, text])).toEqual([
      ['a.json#item=1', 'Ann', 'id: 1\nname: Ann\nsize: 5'],
      ['a.json#item=2', 'Bob', 'id: 2\nname: Bob\nsize: 6'],
    ]);
    expect(documents[0]?.sourceMap.segments[0]?.location.pointer).toBe(`${pointer}/id`);
  });

  it('keeps an object with facts beside its list one document', async () => {
    expect((await parse({ name: 'Acme', founded: 1990, people: records })).documents).toHaveLength(1);
  });

  it('makes a document of each object of a map from names', async () => {
    const map = { Ann: { size: 5, age: 1 }, Bob: { size: 6, age: 2 }, Cy: { size: 7, age: 3, extra: 1 } };
    const { documents } = await parse(map);
    expect(documents.map(({ id, title }) => [id, title])).toEqual([
      ['a.json#/Ann', 'Ann'],
      ['a.json#/Bob', 'Bob'],
      ['a.json#/Cy', 'Cy'],
    ]);
    const years = { 2019: { size: 5, age: 1 }, 2020: { size: 6, age: 2 }, 2021: { size: 7, age: 3 } };
    expect((await parse(years)).documents).toHaveLength(1);
    expect((await parse({ a: { b: 1 }, c: { d: 1 }, e: { f: 1 } })).documents).toHaveLength(1);
  });

  it('chooses one title key for all records', async () => {
    const many = Array.from({ length: 600 }, (_, index) => ({ name: 'same', ref: `R-${index}` }));
    const { documents } = await parse(many);
    expect(documents[599]).toMatchObject({ title: 'R-599', id: 'a.json#item=600' });
  });
});

describe('a JSONL file', () => {
  it('makes a document of each line, and passes over those that are no objects', async () => {
    const content = '{"name": "A", "x": {"y": 1}}\n\n{"name": "B"\n[1]\n{"name": "C", "z": [1, 2]}';
    const { documents, warnings } = await parse(content, 'a.jsonl');
    expect(documents.map(({ id, title, text }) => [id, title, text])).toEqual([
      ['a.jsonl#row=1', 'A', 'name: A\n\n## x\n\ny: 1'],
      ['a.jsonl#row=4', 'C', 'name: C\nz: 1, 2'],
    ]);
    expect(documents[1]?.sourceMap).toEqual({ segments: [{ start: 0, location: { row: 4, line: 5 } }] });
    expect(warnings).toEqual([
      'left out lines that are no JSON objects: 2 (line 3: ends where a comma or a closing brace should follow; line 4: not an object)',
    ]);
  });

  it('names at most five of the lines that are invalid', async () => {
    const { warnings } = await parse(`{"a": 1}\n${'{\n'.repeat(9)}`, 'a.jsonl');
    expect(warnings[0]).toMatch(/objects: 9 \(line 2: .*line 6: .* and 4 more\)$/);
  });
});

describe('parseJsonValue', () => {
  it('reads any JSON as JSON.parse does', () => {
    assert(
      property(jsonValue(), (value) => {
        for (const written of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
          const { node, end } = parseJsonValue(written, 0);
          expect(end).toBe(written.length);
          expect(skipJsonValue(written, 0)).toBe(written.length);
          expect(JSON.stringify(plain(node))).toBe(JSON.stringify(asText(JSON.parse(written))));
        }
      }),
    );
  });

  it('reads the first part of any JSON as what may be JSON', () => {
    assert(
      property(jsonValue(), (value) => {
        const written = JSON.stringify([value]);
        for (let length = 2; length <= written.length; length += 1) {
          expect(looksLikeJson(written.slice(0, length))).toBe(true);
        }
      }),
    );
  });

  it.each(['{"a" 1}', '{a: 1}', '[1 2]', '["\\x"]', '{"a": tru3}', '[1,]', '{"a": 01x}'])(
    'refuses %s',
    (written) => {
      expect(() => parseJsonValue(written, 0)).toThrow(JsonSyntaxError);
      expect(looksLikeJson(written)).toBe(false);
    },
  );
});

/** A node as the value it stands for, with numbers and booleans as text. */
function plain(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'array') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [`.${key}`, plain(value)]));
}

function asText(value: unknown): unknown {
  if (value === null || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== 'object') return JSON.stringify(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [`.${key}`, asText(inner)]));
}
