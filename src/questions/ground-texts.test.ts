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
