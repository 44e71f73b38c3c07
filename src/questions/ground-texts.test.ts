import { describe, expect, it } from 'vitest';
import type { Catalog, CatalogColumn } from '../table/catalog.ts';
import { groundTexts } from './ground-texts.ts';
import type { Predicate, QueryPlan } from './plan.ts';

const place: CatalogColumn = {
  name: 'headquarters',
  label: 'Headquarters',
  aliases: [],
  type: 'text',
  unit: null,
  description: null,
  coverage: 1,
  periods: [],
  latestPeriod: null,
  examples: [],
  values: [],
};

const catalog: Catalog = {
  tables: [
    { name: 'companies', nouns: ['company'], rows: 3, key: 'name', columns: [place], findEntity: () => null },
  ],
};

const headquarters = ['Houston, Texas', 'Austin, Texas', 'Oslo'];

/** Counts as SQL would over the three places. */
async function countRows(plan: QueryPlan): Promise<number> {
  const matches = (predicate: Predicate, value: string): boolean => {
    if (predicate.kind === 'is')
      return predicate.values.some((each) => each.toLowerCase() === value.toLowerCase());
    if (predicate.kind === 'contains') return value.toLowerCase().includes(predicate.text.toLowerCase());
    if (predicate.kind === 'or') return predicate.operands.some((each) => matches(each, value));
    throw new Error(`unexpected ${predicate.kind}`);
  };
  const { where } = plan.selection;
  return headquarters.filter((value) => where === undefined || matches(where, value)).length;
}

const asking = (where: Predicate): QueryPlan => ({
  table: 'companies',
  selection: { where },
  output: { kind: 'entities', show: [] },
});

const ground = (where: Predicate) => groundTexts({ plan: asking(where), catalog, countRows });

describe('groundTexts', () => {
  it('leaves a text that rows state as it is', async () => {
    const plan = asking({ kind: 'is', column: 'headquarters', values: ['oslo'] });
    expect(await groundTexts({ plan, catalog, countRows })).toEqual({ status: 'grounded', plan, notes: [] });
  });

  it('takes a text that is only a part of what rows state as that part, and notes it', async () => {
    const grounding = await ground({ kind: 'is', column: 'headquarters', values: ['Texas'] });
    expect(grounding).toMatchObject({
      status: 'grounded',
      plan: { selection: { where: { kind: 'contains', text: 'Texas' } } },
      notes: ['No "Headquarters" is "Texas" alone; those that contain it are taken.'],
    });
  });

  it('keeps a negation', async () => {
    const grounding = await ground({ kind: 'is', column: 'headquarters', values: ['Texas'], negated: true });
    expect(grounding).toMatchObject({
      plan: { selection: { where: { kind: 'not', operand: { kind: 'contains', text: 'Texas' } } } },
    });
  });

  it('refuses a text that no row states', async () => {
    expect(await ground({ kind: 'is', column: 'headquarters', values: ['Umbra Networks'] })).toEqual({
      status: 'unknown',
      reason: 'No document states "Umbra Networks" as its "Headquarters".',
    });
  });
});

describe('names that any of several fields may state', () => {
  const columns = ['buyer', 'seller'].map((name): CatalogColumn => ({ ...place, name, label: name }));
  const deals: Catalog = {
    tables: [{ name: 'deals', nouns: ['deal'], rows: 2, key: 'id', columns, findEntity: () => null }],
  };
  const rows: readonly Readonly<Record<string, string>>[] = [
    { buyer: 'Acme', seller: 'Borealis' },
    { buyer: 'Cobalt', seller: 'Acme Holding' },
  ];
  const matches = (predicate: Predicate, row: Readonly<Record<string, string>>): boolean => {
    if (predicate.kind === 'is') return predicate.values.includes(row[predicate.column] ?? '');
    if (predicate.kind === 'contains') return (row[predicate.column] ?? '').includes(predicate.text);
    if (predicate.kind === 'or') return predicate.operands.some((each) => matches(each, row));
    throw new Error(`unexpected ${predicate.kind}`);
  };
  const mention = (text: string): QueryPlan => ({
    table: 'deals',
    selection: {
      where: {
        kind: 'or',
        operands: columns.map(({ name }) => ({ kind: 'is', column: name, values: [text] })),
      },
    },
    output: { kind: 'entities', show: [] },
  });
  const groundMention = (text: string) =>
    groundTexts({
      plan: mention(text),
      catalog: deals,
      countRows: ({ selection: { where } }) =>
        Promise.resolve(rows.filter((row) => where === undefined || matches(where, row)).length),
    });

  it('leaves the field that states it', async () => {
    expect(await groundMention('Cobalt')).toMatchObject({
      status: 'grounded',
      plan: { selection: { where: { kind: 'is', column: 'buyer', values: ['Cobalt'] } } },
      notes: ['"Cobalt" is stated as "buyer".'],
    });
  });

  it('takes a part of what a field states where none states it whole', async () => {
    expect(await groundMention('Holding')).toMatchObject({
      plan: { selection: { where: { kind: 'contains', column: 'seller', text: 'Holding' } } },
    });
  });

  it('refuses a name that no field states', async () => {
    expect(await groundMention('Delta')).toMatchObject({ status: 'unknown' });
  });
});
