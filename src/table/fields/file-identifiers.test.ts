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

describe('names by the identifiers that files have', () => {
  it('are taken where titles are sentences and every document states the identifier of its file', async () => {
    const given = [
      trial('EUX-1748', 'A study of Fellistat in adults', 'This is the report on'),
      trial('EUX-1906', 'Queldogliptin versus placebo for migraine', 'Registered as'),
      trial('EUX-4029', 'Results for Rivarastat in influenza', 'Protocol'),
    ];
    expect(await names(given)).toEqual(['EUX-1748', 'EUX-1906', 'EUX-4029']);
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
