import { describe, expect, it } from 'vitest';
import type { Draft } from '../grammar/meanings.ts';
import { shipments } from '../testing/trade-tables.ts';
import { inForm } from './in-form.ts';

const { table } = shipments;
const total = (column: string): Draft => ({
  selection: {},
  output: {
    kind: 'aggregate',
    aggregate: { function: 'sum', of: { kind: 'column', column } },
    unit: null,
  },
});

describe('inForm', () => {
  it('converts a sum into the unit asked for', () => {
    expect(inForm(total('weight'), { unit: 't', scale: 1 }, table)?.output).toMatchObject({
      kind: 'calculation',
      values: [{ value: { operator: '*', right: { value: 0.001 } }, unit: 't' }],
    });
  });

  it('divides by the scale asked for', () => {
    expect(inForm(total('freight_cost'), { unit: 'USD', scale: 1000 }, table)?.output).toMatchObject({
      kind: 'calculation',
      values: [{ value: { right: { value: 0.001 } }, unit: 'thousand USD' }],
    });
  });

  it('refuses what cannot be in the unit', () => {
    expect(inForm(total('weight'), { unit: 'USD', scale: 1 }, table)).toBeNull();
    expect(inForm(total('weight'), { unit: '%', scale: 1 }, table)).toBeNull();
  });

  it('leaves what is in the unit already', () => {
    expect(inForm(total('weight'), { unit: 'kg', scale: 1 }, table)?.output).toMatchObject({ unit: 'kg' });
  });
});
