import { expect, it } from 'vitest';
import { readEraYear } from './era-years.ts';

it('reads years of an era, those before it as negative', () => {
  expect(readEraYear('1302 CE')).toBe(1302);
  expect(readEraYear('550 BCE')).toBe(-550);
  expect(readEraYear('44 B.C.')).toBe(-44);
  expect(readEraYear('1302')).toBeNull();
});
