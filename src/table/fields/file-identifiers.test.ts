import { describe, expect, it } from 'vitest';
import { BuiltStore, read } from './testing/built-store.ts';

const trial = (identifier: string, title: string, text: string) => ({
  path: `trials/trial_${identifier.toLowerCase()}.html`,
  title,
  text: `# ${title}\n\n${text} ${identifier}. It is over.\n`,
  readings: [read('Participants', 10), read('Phase', '2'), read('Sites', 3)],
});

const names = async (given: Parameters<typeof BuiltStore.build>[0]): Promise<unknown[]> => {
  const store = await BuiltStore.build(given, { corpusName: 'trials' });
  return (await store.rows('SELECT name FROM trials ORDER BY name')).flat();
};

describe('names that forms state by label and prose begins with', () => {
  const inspection = (index: number, bridge: string, asProse: boolean) => ({
    path: `inspections/inspection_10-${300 + index}.txt`,
    title: 'Inspection report',
    text: asProse
      ? `Inspection report\n\n${bridge} (no. 10-${300 + index}) is a steel bridge in Ashford.\n`
      : `Inspection report\n\nBridge name: ${bridge}\nNumber: 10-${300 + index}\n`,
    readings: [
      ...(asProse ? [] : [read('Bridge name', bridge)]),
      read('Spans', index),
      read('Length', index + 20),
      read('Deck', 5),
    ],
  });
  const bridges = ['Iron Gate Bridge', 'Elm Valley Bridge', 'Stony Reach Bridge', 'Kettle Run Bridge'];

  it('are joined where they are of one sort, and give way to identifiers where not', async () => {
    const all = async (prose: readonly string[]) => {
      const given = [...bridges, ...prose].map((name, index) =>
        inspection(index, name, index >= bridges.length),
      );
      const store = await BuiltStore.build(given, { corpusName: 'inspections' });
      return (await store.rows('SELECT name FROM inspections ORDER BY name')).flat();
    };
    expect(await all(['Sandy Bottom Bridge', 'Mill Race Bridge'])).toEqual(
      [...bridges, 'Sandy Bottom Bridge', 'Mill Race Bridge'].sort(),
    );
    expect(await all(['Ashford County', 'Vera Jankowski'])).toContain('10-305');
  });
});

describe('names by the identifiers that files have', () => {
  it('are taken where titles are sentences and every document states the identifier of its file', async () => {
    const given = [
      trial('EUX-1748', 'A study of Fellistat in adults', 'This is the report on'),
      trial('EUX-1906', 'Queldogliptin versus placebo for migraine', 'Registered as'),
      trial('EUX-4029', 'Results for Rivarastat in influenza', 'Protocol'),
    ];
    expect(await names(given)).toEqual(['EUX-1748', 'EUX-1906', 'EUX-4029']);
  });

  it('have the words before them where these differ, and no sentence behind a label is taken for a name', async () => {
    const lens = (brand: string, index: number) => ({
      path: `lenses/${brand.toLowerCase()}-tx-${300 + index}.md`,
      title: index % 2 === 0 ? `${brand} TX-${300 + index}` : null,
      text: `**${brand} TX-${300 + index}** is a lens.\n`,
      readings: [
        ...(index % 2 === 0
          ? [read('Mount', 'K')]
          : [read('Seal code', `S4${index}. Made of brass. Made in ${brand} town.`)]),
        read('Weight', index),
        read('Groups', 5),
        read('Blades', 9),
      ],
    });
    const brands = ['Lumen', 'Orbis', 'Lumen', 'Orbis', 'Vetro', 'Vetro'];
    const store = await BuiltStore.build(brands.map(lens), { corpusName: 'lenses' });
    expect((await store.rows('SELECT name FROM lenses ORDER BY name')).flat()).toEqual([
      'Lumen TX-300',
      'Lumen TX-302',
      'Orbis TX-301',
      'Orbis TX-303',
      'Vetro TX-304',
      'Vetro TX-305',
    ]);
  });

  it('are not where titles are names, or documents do not state them', async () => {
    const named = ['Fellistat', 'Queldogliptin', 'Rivarastat'].map((title, index) =>
      trial(`EUX-100${index}`, title, 'Protocol'),
    );
    expect(await names(named)).toEqual(['Fellistat', 'Queldogliptin', 'Rivarastat']);
    const unstated = ['One of five for all', 'Two of five for all', 'Three of five for all'].map(
      (title, index) => ({
        ...trial(`EUX-100${index}`, title, ''),
        text: title,
      }),
    );
    expect(await names(unstated)).toEqual([
      'One of five for all',
      'Three of five for all',
      'Two of five for all',
    ]);
  });
});
