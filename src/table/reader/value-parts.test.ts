import { describe, expect, it } from 'vitest';
import { partsOfValue } from './value-parts.ts';

/** The parts as `label=text`. */
function parts(text: string): string[] | null {
  const found = partsOfValue(text);
  return found?.map(({ label, start, end }) => `${label ?? ''}=${text.slice(start, end)}`) ?? null;
}

describe('partsOfValue', () => {
  it.each([
    ['H 52.3 cm, W 93 cm', ['height=52.3 cm', 'width=93 cm']],
    ['L 12 m x W 4 m x D 2 m', ['length=12 m', 'width=4 m', 'depth=2 m']],
    ['Height 167 mm; width 150 mm', ['height=167 mm', 'width=150 mm']],
    ['P32 W19 D7 L6', ['P=32', 'W=19', 'D=7', 'L=6']],
    ['49 for, 31 against', ['for=49', 'against=31']],
    ['2 double and 1 single', ['double=2', 'single=1']],
    ['15 x Saurer D330 (2.3 MW)', ['=15', 'type=Saurer D330']],
    ['Ada Brandt (27)', ['=Ada Brandt', 'number=27']],
    ['Good (checked 19 April 2019)', ['=Good', 'checked=19 April 2019']],
    ['On loan, Room 22', ['=On loan', 'Room=22']],
    ['36 of 62 places', ['=36', 'places=62']],
    ['3.5 out of 5', ['=3.5']],
    ['4/5', ['=4']],
    ['3 May 2011 by Ada Brandt', ['=3 May 2011', 'by=Ada Brandt']],
    ['2011-05-03 by J. van Dam', ['=2011-05-03', 'by=J. van Dam']],
    ['18.5 °C, 60% RH', ['=18.5 °C', 'RH=60%']],
    ['4 kg, 30 cm tall', ['=4 kg', 'tall=30 cm']],
  ])('finds the values side by side in %s', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it.each([
    'A4 B5',
    '3/7',
    'H 5 cm, H 6 cm',
    '5 ft, 3 in',
    '2 hours, 30 minutes',
    '12 employees',
    'Type B (E27)',
    'Jane Doe (the elder)',
    'Paris, May 2020',
    '12 High Street, Floor 2',
    'Timber, Grade 1',
    'Class A, B and C',
    'Boeing 747 x 2',
    '3 x 4 m',
    '3 May 2011 by train',
    '12 copies by Ada Brandt',
    '1 h, 20 min walk',
    '12 apples, 3 pears green',
  ])('leaves %s whole', (text) => {
    expect(parts(text)).toBeNull();
  });
});
