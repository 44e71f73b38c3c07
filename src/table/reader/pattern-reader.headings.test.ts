import { describe, expect, it } from 'vitest';
import { readText } from './testing/read-text.ts';

describe('headings', () => {
  it('takes the paragraph below a heading as its value', () => {
    expect(
      readText('# Chile\n\n## Geography\n\n### Coastline\n\n6,435 km\n\n### Location\n\nSouthern America'),
    ).toEqual(['Geography | Coastline = 6435 km', 'Geography | Location = "Southern America"']);
  });

  it('puts sub-labels under the heading', () => {
    expect(readText('# Chile\n\n## Area\n\ntotal: 756,102 sq km\n\nland: 743,812 sq km')).toEqual([
      'Area | total = 756102 sq km',
      'Area | land = 743812 sq km',
    ]);
  });

  it('drops a heading that only repeats the label', () => {
    expect(
      readText('## Economy\n\n### Exports\n\nExports 2020: $5 billion\n\nExports 2019: $4 billion'),
    ).toEqual(['Economy | Exports = 5000000000 USD @2020', 'Economy | Exports = 4000000000 USD @2019']);
  });

  it('takes a label that is a period as the period of the heading', () => {
    expect(readText('## Population\n\n2020: 5 million\n\n2019: 4.9 million')).toEqual([
      'Population = 5000000 @2020',
      'Population = 4900000 @2019',
    ]);
  });

  it('takes a heading that is a period as the period of what is below', () => {
    expect(
      readText('# Acme\n\n## FY2023\n\nRevenue: $5 million\n\n## FY2022\n\nRevenue: $4 million'),
    ).toEqual(['Revenue = 5000000 USD @2023', 'Revenue = 4000000 USD @2022']);
  });

  it('takes a name with a colon for the beginning of a value', () => {
    expect(readText('## Forces\n\nRomanian Armed Forces: army, navy\n\n## Area\n\ntotal: 5 sq km')).toEqual([
      'Forces | Romanian Armed Forces = "army, navy"',
      'Forces = "Romanian Armed Forces: army, navy"',
      'Area | total = 5 sq km',
    ]);
  });

  it('applies the scale that a heading states', () => {
    expect(readText('## Results (in millions of euros)\n\n- Revenue: 5.3\n- Employees: 120')).toEqual([
      'Results | Revenue = 5300000 EUR',
      'Results | Employees = 120',
    ]);
  });

  it('takes a symbol in the title for no scale of figures', () => {
    expect(readText('# Manganese (Mn)\n\n- Lattice planes: 25')).toEqual(['Lattice planes = 25']);
  });

  it('gives the title neither section nor value', () => {
    expect(readText('# Globex\n\nA company.\n\n## Founded\n\n1999', { title: 'Globex' })).toEqual([
      'Founded = 1999',
    ]);
    expect(readText('Globex\n======\n\nFounded: 1999', { title: 'Globex' })).toEqual(['Founded = 1999']);
  });

  it('knows headings that are not marked as such', () => {
    expect(readText('A firm.\n\n**Contact**\n\nPhone: 555 0100 1')).toEqual([
      'Contact | Phone = "555 0100 1"',
    ]);
    expect(
      readText('An annual report.\n\nSUMMARY OF RESULTS\n\nRevenue: $5 million', { format: 'text' }),
    ).toEqual(['SUMMARY OF RESULTS | Revenue = 5000000 USD']);
    expect(readText('An annual report.\n\n2. Financial position\n\nTotal debt: €5 million')).toEqual([
      'Financial position | Total debt = 5000000 EUR',
    ]);
    expect(readText('The firm.\n\nFounded\n\n1999\n\nSize: 5 km', { format: 'text' })).toEqual([
      'Founded = 1999',
      'Size = 5 km',
    ]);
    expect(readText('A firm.\n\nFounded\n\n1999\n\nCity\n\nLima\n\nSize: 5 km')).toEqual([
      'Founded = 1999',
      'City = "Lima"',
      'Size = 5 km',
    ]);
    expect(readText('## Auditor\n\nKPMG LLP\n\nSize: 5 km')).toEqual([
      'Auditor = "KPMG LLP"',
      'Auditor | Size = 5 km',
    ]);
  });
});

describe('what is not read', () => {
  it('passes over quotations, earlier messages and code', () => {
    expect(readText('> Budget: $4 million\n> Deadline: Friday')).toEqual([]);
    expect(readText('Budget: $5 million\n\n-----Original Message-----\nBudget: $4 million')).toEqual([
      'Budget = 5000000 USD',
    ]);
    expect(readText('```yaml\nBudget: 5\nOther: 6\n```')).toEqual([]);
  });

  it('takes numbered lines with statements below them for headings', () => {
    const text = 'Log\n\n1. Catch\n   Fish counted: 12\n   Mean length: 31 cm\n\n2. Weather\n   Rain: 4 mm\n';
    expect(readText(text, { format: 'text' })).toEqual([
      'Catch | Fish counted = 12',
      'Catch | Mean length = 31 cm',
      'Weather | Rain = 4 mm',
    ]);
  });
});
