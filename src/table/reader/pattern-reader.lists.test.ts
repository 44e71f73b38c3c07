import { describe, expect, it } from 'vitest';
import { readText } from './testing/read-text.ts';

describe('lists', () => {
  it('takes the items under a heading or a label as one list', () => {
    expect(readText('## Languages\n\n- Spanish\n- Quechua\n- Aymara')).toEqual([
      'Languages = [Spanish; Quechua; Aymara]',
    ]);
    expect(readText('Features:\n* fast\n* small\n\nSize: 5 km')).toEqual([
      'Features = [fast; small]',
      'Size = 5 km',
    ]);
    expect(readText('Steps:\n\n1. mix\n2. bake')).toEqual(['Steps = [mix; bake]']);
  });

  it('takes a list for the value of the heading though a sentence leads on to it', () => {
    const text =
      '## Deficiencies\n\nThe following deficiencies were recorded:\n\n1. Settlement\n2. Blocked drains';
    expect(readText(text)).toEqual(['Deficiencies | Deficiencies = [Settlement; Blocked drains]']);
  });

  it('reads labelled items as statements', () => {
    expect(readText('## Specifications\n\n- **Weight:** 250 g\n- Warranty - 2 years\n- Colour: red')).toEqual(
      [
        'Specifications | Weight = 250 g',
        'Specifications | Warranty = 2 years',
        'Specifications | Colour = "red"',
      ],
    );
  });

  it('reads items below an item as its parts', () => {
    expect(
      readText('- Area:\n  - land: 5 km\n  - water: 3 km\n- Ports:\n  - Rotterdam\n  - Antwerp'),
    ).toEqual(['Area | land = 5 km', 'Area | water = 3 km', 'Ports = [Rotterdam; Antwerp]']);
  });

  it('follows items over several lines', () => {
    expect(readText('Ports:\n- Rotterdam, in the\n  Netherlands\n- Antwerp')).toEqual([
      'Ports = [Rotterdam, in the\nNetherlands; Antwerp]',
    ]);
  });

  it('reads items of several labelled lines as records', () => {
    expect(readText('* Model: X1\n  Price: $500\n* Model: X2\n  Price: $700')).toEqual([
      '<X1> Model = "X1"',
      '<X1> Price = 500 USD',
      '<X2> Model = "X2"',
      '<X2> Price = 700 USD',
    ]);
  });

  it('takes no list without a name for it', () => {
    expect(readText('- one\n- two')).toEqual([]);
  });
});
