import { describe, expect, it } from 'vitest';
import { buildTables } from './build-tables.ts';
import { BuiltStore, read, type TestDocument } from './testing/built-store.ts';

const priorities = ['Critical', 'High', 'Low'];
const customers = ['Granada Marine', 'Belmont Foods', 'Inverness Trust'];

/** A form whose labels state the values. */
const form = (index: number, extra = ''): TestDocument => {
  const [priority = '', customer = ''] = [priorities[index % 3], customers[(index + 1) % 3]];
  const text = `Priority: ${priority}\nCustomer: ${customer}\nHours: ${index}\n${extra}`;
  const at = (value: string) => ({
    start: text.indexOf(value) - 10,
    end: text.indexOf(value) + value.length,
  });
  return {
    path: `ticket-${index}.txt`,
    title: `Ticket ${String.fromCodePoint(65 + index)}`,
    text,
    readings: [
      read('Priority', priority, at(priority)),
      read('Customer', customer, at(customer)),
      read('Hours', index),
    ],
  };
};

const letter = (name: string, text: string): TestDocument => ({
  path: `ticket-${name}.txt`,
  title: `Ticket ${name}`,
  text,
  readings: [read('Hours', 3), read('Users', 4), read('Rating', 5)],
});

const rows = async (given: readonly TestDocument[]) => {
  const store = await BuiltStore.build(given);
  const [table] = store.result.tables;
  return store.rows(
    `SELECT name, priority, customer FROM "${table?.name}" WHERE name LIKE 'Ticket Z%' ORDER BY name`,
  );
};

describe('values without a label', () => {
  const forms = Array.from({ length: 12 }, (_, index) => form(index));

  it('are found in documents that speak of exactly one of those that labels give', async () => {
    const letters = [
      letter('Z1', 'It was logged as a critical-priority case by Belmont Foods.'),
      letter('Z2', 'Granada Marine and Belmont Foods wrote; a low priority was given.'),
      letter('Z3', 'Nothing is said here.'),
    ];
    expect(await rows([...forms, ...letters])).toEqual([
      ['Ticket Z1', 'Critical', 'Belmont Foods'],
      ['Ticket Z2', 'Low', null],
      ['Ticket Z3', null, null],
    ]);
  });

  it('are not taken from words that few of the documents without the label have', async () => {
    const letters = Array.from({ length: 12 }, (_, index) =>
      letter(`Z${index + 10}`, index === 0 ? 'A low bridge was in the way.' : 'All went well.'),
    );
    expect((await rows([...forms, ...letters]))[0]).toEqual(['Ticket Z10', null, null]);
  });

  it('are cited by the words of the document', async () => {
    const text = 'It was logged as a critical-priority case by Belmont Foods.';
    const store = await BuiltStore.build([...forms, letter('Z1', text)]);
    const cited = await store.rows(
      "SELECT value_start, value_end FROM store.readings WHERE rule = 'vocabulary' ORDER BY label DESC",
    );
    expect(cited.map(([start, end]) => text.slice(Number(start), Number(end)))).toEqual([
      'critical',
      'Belmont Foods',
    ]);
  });

  it('are not taken where documents with the label use the same words for other things', async () => {
    const ambiguous = Array.from({ length: 12 }, (_, index) =>
      form(index, `The ${index % 2 === 0 ? 'high' : 'low'} season was critical for ${customers[index % 3]}.`),
    );
    expect(await rows([...ambiguous, letter('Z1', 'It was critical to Belmont Foods.')])).toEqual([
      ['Ticket Z1', null, null],
    ]);
  });

  it('are not looked for in what the form says everywhere', async () => {
    const footer = 'Sent by Belmont Foods Software.';
    const printed = Array.from({ length: 12 }, (_, index) => form(index, footer));
    expect(await rows([...printed, letter('Z1', `Granada Marine wrote. ${footer}`)])).toEqual([
      ['Ticket Z1', null, 'Granada Marine'],
    ]);
  });

  it('are the same when the tables are built again', async () => {
    const store = await BuiltStore.build([...forms, letter('Z1', 'A critical case of Belmont Foods.')]);
    const before = await store.rows("SELECT count(*) FROM store.readings WHERE rule = 'vocabulary'");
    await buildTables({ connection: store.connection, settings: {}, corpusName: '' });
    expect(await store.rows("SELECT count(*) FROM store.readings WHERE rule = 'vocabulary'")).toEqual(before);
  });
});
