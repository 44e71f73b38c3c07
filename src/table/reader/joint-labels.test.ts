import { describe, expect, it } from 'vitest';
import { partsOfJointLabel } from './joint-labels.ts';

const read = (label: string, value: string): string[] | null =>
  partsOfJointLabel(label, value)?.map((part) => `${part.label} = ${value.slice(part.start, part.end)}`) ??
  null;

describe('partsOfJointLabel', () => {
  it.each([
    ['Year / colour', '2003 / red', ['Year = 2003', 'colour = red']],
    ['Lift / drag (kN)', '1,200 / 80', ['Lift (kN) = 1,200', 'drag (kN) = 80']],
    ['Row, seat, gate', 'row 12, seat 4, gate B', ['Row = row 12', 'seat = seat 4', 'gate = gate B']],
    ['Length x width', '85.3 x 32 mm', ['Length (mm) = 85.3', 'width (mm) = 32 mm']],
    ['Row, seat and gate', '12, 4 and B', ['Row = 12', 'seat = 4', 'gate = B']],
  ])('gives each label of "%s" its part', (label, value, parts) => {
    expect(read(label, value)).toEqual(parts);
  });

  it.each([
    ['parts that do not agree in number', 'Year / colour', '2003'],
    ['two parts with a comma between them', 'City, region', 'Ghent, Flanders'],
    ['a unit for a time', 'Speed km/h', '20 / 30'],
    ['years for labels', '2019 / 2020', '5 / 7'],
  ])('leaves %s', (_, label, value) => {
    expect(read(label, value)).toBeNull();
  });
});
