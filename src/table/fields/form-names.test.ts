import { describe, expect, it } from 'vitest';
import type { RankedDocument } from './document-order.ts';
import { nameForms } from './form-names.ts';

const formsOf = (count: number, titleOf: (index: number) => string): RankedDocument[] =>
  Array.from({ length: count }, (_, index) => ({
    number: index,
    path: `form-2031-03-0${index + 1}.txt`,
    fragment: null,
    title: titleOf(index),
    format: 'text',
    period: `2031-03-0${index + 1}`,
    labels: 4,
    subject: index,
  }));

const fieldsOf = (columns: Record<string, readonly string[]>): Parameters<typeof nameForms>[1] =>
  Object.keys(columns).map((label, number) => ({ number, label }));

async function namesOf(documents: readonly RankedDocument[], columns: Record<string, readonly string[]>) {
  const named = await nameForms(documents, fieldsOf(columns), ({ label }) =>
    Promise.resolve({ label, values: columns[label] ?? [] }),
  );
  return named?.names ?? null;
}

describe('nameForms', () => {
  const kilns = ['一号窑', '二号窑', '三号窑', '四号窑', '五号窑'];
  const numbers = ['K-01', 'K-02', 'K-03', 'K-04', 'K-05'];
  const alike = formsOf(5, () => '窑炉检修所');

  it('names forms titled alike by the name that each states, not by their numbers', async () => {
    expect(await namesOf(alike, { 记录编号: numbers, 窑炉名称: kilns })).toEqual(kilns);
    expect(await namesOf(alike, { 'Record no.': numbers, 'Kiln name': kilns })).toEqual(kilns);
  });

  it('names forms without a name by what each is about', async () => {
    const models = ['KX 20', 'KX 40', 'Vulcan', 'Ember 3', 'Ember 5'];
    const makers = ['Orbel', 'Orbel', 'Hartig', 'Lumo', 'Lumo'];
    expect(await namesOf(alike, { Maker: makers, Model: models })).toEqual(models);
    expect(await namesOf(alike, { Maker: makers, Model: makers })).toBeNull();
  });

  it('tells forms about one thing apart by their numbers', async () => {
    const twice = ['一号窑', '二号窑', '三号窑', '四号窑', '一号窑'];
    expect(await namesOf(alike, { 记录编号: numbers, 窑炉名称: twice })).toEqual([
      '一号窑 (K-01)',
      '二号窑',
      '三号窑',
      '四号窑',
      '一号窑 (K-05)',
    ]);
  });

  it('leaves titles that tell apart, and ranks and other names than of things', async () => {
    const titled = formsOf(5, (index) => `检修报告 ${kilns[index]}`);
    expect(await namesOf(titled, { 窑炉名称: kilns })).toBeNull();
    expect(await namesOf(alike, { 能效排名: numbers, 别名: kilns })).toBeNull();
  });
});
