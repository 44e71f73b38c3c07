import { describe, expect, it } from 'vitest';
import { BuiltStore, type TestDocument } from '../testing/built-store.ts';
import { readRows } from '../result-row.ts';

const materials = ['granite', 'timber', 'wrought iron', 'brick'];
const countries = ['Portugal', 'the Netherlands', 'Norway'];
const rivers = ['Oder', 'Lower Elbe', 'Tamar', 'Upper Wye', 'Severn'];
const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

/** Notices about bridges in two wordings, each for half of them. */
function notice(index: number): TestDocument {
  const [country, material, river] = [
    pick(countries, Math.floor(index / 2)),
    pick(materials, index * 3 + Math.floor(index / 2)),
    pick(rivers, index * 2 + Math.floor(index / 3)),
  ];
  const name = `${pick(['Ash', 'Elm', 'Yew', 'Oak', 'Fir'], index)}${pick(['ham', 'ton', 'by'], index)} ${index}`;
  const year = 1700 + index * 7;
  const text =
    index % 2 === 0
      ? `${name} is a footbridge in ${country}, over the ${river}. It was last repaired in ${year} CE, and its main building material is ${material}.`
      : `Found in ${country}, ${name} spans the waters of the ${river}. The chief material of its arches is ${material}. ${
          index % 3 === 0 ? 'No date of a repair is known.' : `The most recent repair dates from ${year} CE.`
        }`;
  return { path: `bridges/${index}.txt`, title: name, text: `${name}\n\n${text}\n`, readings: [] };
}

describe('prose written to patterns', () => {
  it('makes fields of what varies, and joins what two wordings say of the same', async () => {
    const store = await BuiltStore.build(Array.from({ length: 40 }, (_, index) => notice(index)));
    const [table] = store.result.tables;
    const rows = await readRows(store.connection, `SELECT * FROM ${table?.name ?? ''} ORDER BY name`);
    expect(rows).toHaveLength(40);
    const fields = await readRows(
      store.connection,
      'SELECT label, documents FROM store.fields ORDER BY label',
    );
    const labels = fields.map((row) => row.text('label'));
    expect(labels).toContain('country');
    expect(labels.filter((label) => /material/.test(label))).toHaveLength(1);
  });

  it('reads by how much something rose or fell, and what it came to', async () => {
    const store = await BuiltStore.build(
      Array.from({ length: 12 }, (_, index) => {
        const verb = pick(['rose', 'fell', 'increased'], index);
        const text = `Bookings of the quarter: ferry traffic ${verb} by ${100 + index}, to ${9000 + index * 13} in all.`;
        return { path: `${index}.txt`, title: `Quay ${pick(rivers, index)} ${index}`, text, readings: [] };
      }),
    );
    const rows = await store.rows(
      "SELECT field, number FROM cells WHERE document IN ('0.txt', '1.txt') ORDER BY field, number",
    );
    expect(rows).toEqual([
      ['ferry_traffic', 9000],
      ['ferry_traffic', 9013],
      ['ferry_traffic_change', -101],
      ['ferry_traffic_change', 100],
    ]);
  });

  it('does not mix two figures of one unit', async () => {
    const store = await BuiltStore.build(
      Array.from({ length: 24 }, (_, index) => {
        const [pay, notice] = [14 + (index % 3) * 7, 30 + (index % 5) * 30];
        const text =
          index % 2 === 0
            ? `4.1 Bills are payable within ${pay} days of receipt.\n\n5.1 Either side may end the lease on ${notice} days written notice.`
            : `4. Rent. Our bills fall due ${pay} days after their date.\n\n5. End. You may end it by giving ${notice} days notice in writing.`;
        return {
          path: `lease-${index}.txt`,
          title: `Lease ${pick(rivers, index)} ${index}`,
          text,
          readings: [],
        };
      }),
    );
    const rows = await store.rows('SELECT DISTINCT field, number FROM cells ORDER BY field, number');
    expect(
      new Map(
        rows.map(([field]) => [field, rows.filter(([other]) => other === field).map(([, days]) => days)]),
      ),
    ).toEqual(
      new Map([
        ['bills_fall_due', [14, 21, 28]],
        ['notice', [30, 60, 90, 120, 150]],
      ]),
    );
  });

  it('says nothing of prose that is not', async () => {
    const texts = [
      'The mill burnt down.',
      'Nobody came to the fair.',
      'It rained for a week.',
      'Trade was slow.',
    ];
    const store = await BuiltStore.build(
      Array.from({ length: 12 }, (_, index) => ({
        path: `${index}.txt`,
        title: `Note ${index}`,
        text: `${pick(texts, index)} ${pick(texts, index + 1)}`,
        readings: [],
      })),
    );
    expect(await readRows(store.connection, 'SELECT label FROM store.fields')).toEqual([]);
  });

  it('takes the number of a name for no value', async () => {
    const store = await BuiltStore.build(
      Array.from({ length: 12 }, (_, index) => {
        const number = String(index + 1).padStart(3, '0');
        const text = `Depot ${number} was opened by the board and has been run by it since.`;
        return { path: `depot-${number}.txt`, title: `Depot ${number}`, text, readings: [] };
      }),
    );
    expect(await readRows(store.connection, 'SELECT label FROM store.fields')).toEqual([]);
  });
});
