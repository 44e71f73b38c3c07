import { describe, expect, it } from 'vitest';
import { nameFiled } from './filed-names.ts';
import type { RankedDocument } from './document-order.ts';

const documentsAt = (...paths: string[]): RankedDocument[] =>
  paths.map((path, subject) => ({
    number: subject,
    path,
    fragment: null,
    title: 'Lighthouse list',
    format: 'text',
    period: null,
    labels: 4,
    subject,
  }));

describe('nameFiled', () => {
  const number = { label: 'No.', values: ['01', '02', '03', '04', '05', '06'] };
  const light = {
    label: 'Light',
    values: ['Skerry', 'Torness', 'Old Head', 'Skerry', 'Gull Rock', 'Brae'].map(
      (name) => `Light of ${name}`,
    ),
  };
  const lit = { label: 'Lit', values: ['1871', '1866', '1902', '1911', '1848', '1871'] };
  const documents = documentsAt(
    '01_skerry_1871.txt',
    '02_torness_1866.txt',
    '03_old-head_1902.txt',
    '04_skerry_1911.txt',
    '05_gull-rock_1848.txt',
    '06_brae_1871.txt',
  );

  it('names documents by what their files are called by, and tells namesakes apart by the year in it', () => {
    const named = nameFiled(documents, [number, light, lit]);
    expect(named?.names).toEqual([
      'Skerry (1871)',
      'Torness',
      'Old Head',
      'Skerry (1911)',
      'Gull Rock',
      'Brae',
    ]);
  });

  it('takes no field that files are not called by, or that says of what sort they are', () => {
    const keeper = {
      label: 'Keeper',
      values: ['Ann Low', 'Bo Ray', 'Cy Orr', 'Di Poe', 'Ed Roe', 'Flo Day'],
    };
    const sort = { label: 'Sort', values: Array<string>(6).fill('Skerry') };
    expect(nameFiled(documents, [number, keeper, sort])).toBeNull();
  });
});
