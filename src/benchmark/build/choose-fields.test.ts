import { describe, expect, it } from 'vitest';
import type { CatalogColumn } from '../../table/index.ts';
import { chooseFields, takeFields, type Candidate } from './choose-fields.ts';

const keys = Array.from({ length: 20 }, (_, index) => `Boat ${index}`);

/** A column of numbers that all things state but those left out. */
function numbers(name: string, without: readonly string[] = []): Candidate {
  const column: CatalogColumn = {
    name,
    label: name,
    aliases: [],
    type: 'number',
    unit: null,
    description: null,
    coverage: 1,
    periods: [],
    examples: [],
    values: [],
  };
  const stating = keys.filter((key) => !without.includes(key));
  return { field: { column, period: null }, values: new Map(stating.map((key, index) => [key, index])) };
}

const many = Array.from({ length: 30 }, (_, index) => numbers(`n${String(index).padStart(2, '0')}`));

const namesOf = ({ fields }: ReturnType<typeof chooseFields>): string[] =>
  fields.map(({ column }) => column.name);

describe('the fields of a benchmark', () => {
  it('are no more numbers than questions can be about, where they are chosen', () => {
    const names = namesOf(chooseFields(many, keys.length));
    expect(names).toHaveLength(24);
    expect(names).not.toContain('n29');
  });

  it('are all that are named, with the things that have them all, where they are told', () => {
    const candidates = [...many, numbers('draught', ['Boat 3', 'Boat 4'])];
    const told = new Set([...many.map(({ field }) => field.column.name), 'draught']);
    expect(namesOf(takeFields(candidates, told))).toHaveLength(31);
    expect(takeFields(candidates, new Set(['n29', 'draught']))).toMatchObject({
      fields: [{ column: { name: 'n29' } }, { column: { name: 'draught' } }],
      entities: keys.filter((key) => key !== 'Boat 3' && key !== 'Boat 4').toSorted(),
    });
  });
});
