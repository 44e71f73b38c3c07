import { describe, expect, it } from 'vitest';
import { readText } from './testing/read-text.ts';

describe('paragraphs that state a value each', () => {
  it('takes words in bold lines among typed ones', () => {
    expect(readText('**Street** 5 Mill Lane\n\n**Rent** $900\n\n**Free from** 1 May 2020')).toEqual([
      'Street = "5 Mill Lane"',
      'Rent = 900 USD',
      'Free from = 2020-05-01',
    ]);
    expect(readText('**Note** this is a remark')).toEqual([]);
  });

  it('takes words below labels among typed ones', () => {
    expect(readText('BEDS\n612\n\nWARDS\n14\n\nDIRECTOR\nAnn Lee')).toEqual([
      'BEDS = 612',
      'WARDS = 14',
      'DIRECTOR = "Ann Lee"',
    ]);
  });
});

describe('labels and values on lines in turn', () => {
  const flattened = 'Code\n  K12\nAltitude\n  412 m\nOpened\n  1926\nTelescopes\n  5';
  const stated = ['Code = "K12"', 'Altitude = 412 m', 'Opened = 1926', 'Telescopes = 5'];
  it('reads them, under a title or without one', () => {
    expect(readText(flattened)).toEqual(stated);
    expect(readText(`Hill station\n${flattened}`)).toEqual(stated);
  });

  it('reads values of several periods below one label', () => {
    expect(readText('Inflation rate (prices)\n6.4% (2022 est.)\n3.0% (2021 est.)')).toEqual([
      'Inflation rate (prices) = 6.4% @2022',
      'Inflation rate (prices) = 3% @2021',
    ]);
    expect(readText('Members: 2016: 8,120; 2017: 8,655')).toEqual([
      'Members = 8120 @2016',
      'Members = 8655 @2017',
    ]);
  });

  it('leaves running text alone', () => {
    expect(readText('The shop opened\nin 1926 and it was\nthe first one of\nits kind in town')).toEqual([
      'shop opened = 1926',
    ]);
  });
});
