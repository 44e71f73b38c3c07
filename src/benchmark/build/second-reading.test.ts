import { describe, expect, it } from 'vitest';
import { LabelledText } from './labelled-text.ts';
import { isReadAgain, type FirstReading } from './second-reading.ts';

const text = new LabelledText(`# Aldea

## Area

total: 28,748 sq km

land: 27,398 sq km; water: 1,350 sq km

## Debt

$4.2 billion (2021 est.)
$3.9 billion (2020 est.)

### Growth

-1.3%

Founded: 3 March 1850

**Region**: North

Coastal: yes

| | 2022 | 2021 |
|---|---|---|
| Orders | 512 | 490 |
`);

const read = (label: string, value: FirstReading['value'], more: Partial<FirstReading> = {}): boolean =>
  isReadAgain({ labels: [label], type: 'number', value, period: null, ...more }, text);

describe('the second reading', () => {
  it('finds what stands behind a label', () => {
    expect(read('Area > total', 28_748)).toBe(true);
    expect(read('Area > water', 1350)).toBe(true);
    expect(read('Debt', 4.2e9)).toBe(true);
    expect(read('Growth', -1.3, { type: 'percentage' })).toBe(true);
    expect(read('Region', 'North', { type: 'category' })).toBe(true);
    expect(read('Founded', '1850-03-03', { type: 'date' })).toBe(true);
    expect(read('Coastal', true, { type: 'boolean' })).toBe(true);
  });

  it('does not confirm another value, sign, place or label', () => {
    expect(read('Area > total', 27_398)).toBe(false);
    expect(read('Debt > total', 28_748)).toBe(false);
    expect(read('Growth', -13, { type: 'percentage' })).toBe(false);
    expect(read('Area > land', -27_398)).toBe(false);
    expect(read('Region', 'South', { type: 'category' })).toBe(false);
    expect(read('Founded', '1850-04-03', { type: 'date' })).toBe(false);
    expect(read('Coastal', false, { type: 'boolean' })).toBe(false);
    expect(read('Capital', 'Aldea', { type: 'category' })).toBe(false);
  });

  it('tells values of several periods apart', () => {
    expect(read('Debt', 3.9e9, { period: '2020' })).toBe(true);
    expect(read('Debt', 4.2e9, { period: '2020' })).toBe(false);
    expect(read('Debt', 3.9e9)).toBe(false);
    expect(read('Orders', 490, { period: '2021' })).toBe(true);
    expect(read('Orders', 490, { period: '2022' })).toBe(false);
  });
});
