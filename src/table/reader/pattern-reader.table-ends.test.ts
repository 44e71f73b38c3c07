import { describe, expect, it } from 'vitest';
import { readText } from './testing/read-text.ts';

const lines = (...all: string[]): string => all.join('\n');

describe('where tables end, and tables of one row', () => {
  it('ends a table at a label and a value that stand in no column of it', () => {
    const table = lines(
      '  Year    Catch (kg)    Weather',
      '  1961    30.37         calm',
      '  1962    47.00         severe',
      '',
      '  Recommended to  nobody else',
    );
    expect(readText(table, { format: 'text' })).toEqual([
      'Catch (kg) = 30.37 kg @1961',
      'Weather = "calm" @1961',
      'Catch (kg) = 47 kg @1962',
      'Weather = "severe" @1962',
    ]);
  });

  it('reads the only row below what the document is filed under as its attributes, but no only line of an order', () => {
    expect(
      readText(
        lines('| Reference | Revised | Officer |', '|---|---|---|', '| KP/31/04 | 2 May 2004 | A. Lind |'),
      ),
    ).toEqual(['Reference = "KP/31/04"', 'Revised = 2004-05-02', 'Officer = "A. Lind"']);
    expect(
      readText(lines('| Part no. | Name | Qty |', '|---|---|---|', '| KP-3104 | Bolt | 12 |')),
    ).not.toContain('Qty = 12');
  });

  it('reads a form of pairs whose values are of one kind each, where the first states a day', () => {
    const form = lines(
      '| Permit no. | HB-28163 | Issued | 4 August 2023 |',
      '|---|---|---|---|',
      '| Holder | Lund Ltd | Ends | 18 May 2024 |',
    );
    expect(readText(form)).toEqual([
      'Permit no. = "HB-28163"',
      'Holder = "Lund Ltd"',
      'Issued = 2023-08-04',
      'Ends = 2024-05-18',
    ]);
  });
});
