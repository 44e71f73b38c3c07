import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readText } from './testing/read-text.ts';

const data = new URL('../../../../shared/data/', import.meta.url);
const profile = new URL('factbook/2022/germany.md', data);
const record = new URL('debian/docs/mpgtx.txt', data);

describe.skipIf(!existsSync(profile) || !existsSync(record))('real documents (needs ../shared/data)', () => {
  it('reads a long profile', () => {
    const readings = readText(readFileSync(profile, 'utf8'), { title: 'Germany' });
    expect(readings).toEqual(
      expect.arrayContaining([
        'Geography > Area | total = 357022 sq km',
        'Geography | Coastline = 2389 km',
        'Geography > Land use | agricultural land / arable land = 34.1% @2018',
        'People and Society > Median age | total = 47.8 years',
        'People and Society | HIV/AIDS - adult prevalence rate = missing',
        'Government > Capital | name = "Berlin"',
        'Economy | Exports = 1672000000000 USD @2020',
        'Economy | Reserves of foreign exchange and gold = 200100000000 USD @2017-12-31',
        'Transportation > Airports | total = 539 @2021',
      ]),
    );
  });

  it('reads a package record', () => {
    const readings = readText(readFileSync(record, 'utf8'), { title: 'mpgtx', format: 'text' });
    expect(readings).toEqual(
      expect.arrayContaining([
        'Version = "1.3.1-6+b1"',
        'Section = "sound"',
        'Installed-Size = 171',
        'Size = 63544',
      ]),
    );
    expect(readings.filter((reading) => /^[\w-]+ = /u.test(reading))).toHaveLength(14);
  });
});
