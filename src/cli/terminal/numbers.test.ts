import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatNumber,
  formatSeconds,
  formatShare,
  formatShort,
} from './numbers.ts';

describe('numbers for reading', () => {
  it.each([
    [2021, '2021'],
    [12.34, '12.34'],
    [-1234567.5, '-1,234,567.5'],
    [0, '0'],
    [1.5e-9, '1.5e-9'],
    [4.5e21, '4.5e+21'],
  ])('formats %d', (number, text) => {
    expect(formatNumber(number)).toBe(text);
  });

  it('counts in singular and plural', () => {
    expect(formatCount(1, 'file')).toBe('1 file');
    expect(formatCount(12_000, 'file was', 'files were')).toBe('12,000 files were');
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1234, '1.2 kB'],
    [999_600, '1.0 MB'],
    [61_400_000_000, '61 GB'],
  ])('gives %d bytes a unit', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [950, '950'],
    [1234, '1.2k'],
    [120_400, '120k'],
    [999_700, '1.0M'],
    [10_000_000, '10M'],
    [30_500_000_000, '31B'],
  ])('shortens %d', (count, text) => {
    expect(formatShort(count)).toBe(text);
  });

  it('says everything and nothing only where it is so', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(formatShare)).toEqual(['0 %', '<1 %', '50 %', '>99 %', '100 %']);
  });

  it('formats durations', () => {
    expect([0.04, 3.21, 45.4, 125].map(formatSeconds)).toEqual(['40 ms', '3.2 s', '45 s', '2 min 5 s']);
  });
});
