import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogColumn, CatalogTable } from '../../table/index.ts';
import type { QueryPlan, Row } from '../../questions/index.ts';
import { DocumentRanking } from './bm25.ts';
import { arithmetic, compare, count, entities, named, number, top } from './families/parts.ts';
import { guardAnswer, guardChecks, guardValues } from './guards.ts';
import { SetTable } from './set-table.ts';

const column = (name: string): CatalogColumn => ({
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
});

const rows: readonly Row[] = [
  { name: 'Aldea', area: 1000, roads: 10, lakes: 0 },
  { name: 'Bourg', area: 995, roads: 20, lakes: 1 },
  { name: 'Dorf', area: 700, roads: 40, lakes: 2 },
  { name: 'Eyre', area: 500, roads: 80, lakes: 3 },
  { name: 'Fell', area: 100, roads: 80, lakes: 4 },
];
const value = (name: string) => ({ kind: 'column', column: name }) as const;
const plan = (selection: QueryPlan['selection'], output: QueryPlan['output'] = entities): QueryPlan => ({
  table: 'town',
  selection,
  output,
});

let table: SetTable;

beforeAll(async () => {
  const columns = ['area', 'roads', 'lakes'].map(column);
  const town: CatalogTable = {
    name: 'town',
    nouns: ['town'],
    rows: rows.length,
    key: 'name',
    columns,
    findEntity: () => null,
  };
  const fields = columns.map((each) => ({ column: each, period: null }));
  const truth = { catalog: { tables: [town] }, table: town, fields, entities: [], notes: [] };
  table = await SetTable.create({ truth: { ...truth, kind: 'file', rule: '' }, rows });
});

afterAll(() => table.close());

const guard = async (asked: QueryPlan): Promise<string | null> => {
  const query = table.compile(asked);
  const answer = table.answerByEvaluation(asked, query);
  return guardAnswer(asked, answer) ?? guardValues(asked, table) ?? (await guardChecks(query, table));
};

describe('guards', () => {
  it('drop cuts that a change of one value by a hundredth would move', async () => {
    expect(await guard(plan(top(value('area'), 1)))).toBe('order flips at the cut');
    expect(await guard(plan(top(value('area'), 2)))).toBeNull();
    expect(await guard(plan(top(value('roads'), 1)))).toBe('order flips at the cut');
    const ratio = arithmetic(value('area'), '/', value('roads'));
    expect(await guard(plan(top(ratio, 1)))).toBeNull();
  });

  it('drop ranks among near-equal values', async () => {
    const rank = { kind: 'rank', of: value('area'), descending: true } as const;
    const output = { kind: 'values', show: [{ value: rank, name: 'rank', unit: null }] } as const;
    expect(await guard(plan(named('Dorf'), output))).toBeNull();
    expect(await guard(plan(named('Bourg'), output))).toBe('order flips at the cut');
  });

  it('drop thresholds within the printed precision of a value', async () => {
    const above = (limit: number): QueryPlan => plan({ where: compare(value('area'), '>', number(limit)) });
    expect(await guard(above(800))).toBeNull();
    expect(await guard(above(700))).toBe('threshold near a value');
    // 700 may be printed to the hundred, so a hundredth of it is taken.
    expect(await guard(above(705))).toBe('threshold near a value');
    expect(await guard(above(710))).toBeNull();
  });

  it('drop empty answers, and divisions by zero', async () => {
    expect(await guard(plan({ where: compare(value('area'), '>', number(5000)) }))).toBe(
      'empty or too long list',
    );
    expect(await guard(plan({ where: compare(value('area'), '>', number(5000)) }, count))).toBe(
      'trivial number',
    );
    const ratio = arithmetic(value('area'), '/', value('lakes'));
    expect(await guard(plan(top(ratio, 2)))).toBe('tie or missing value');
  });
});

describe('the ranking of documents', () => {
  it('uses the statistics of the first documents alone', () => {
    const ranking = new DocumentRanking();
    ['oro oro mill', 'plata mill', 'oro plata bridge long text of many words', 'oro', 'oro'].forEach(
      (text, position) => ranking.add(position, text),
    );
    const best = (terms: string[], documents: number): number[] =>
      ranking.best({ terms: terms.map((term) => `"${term}"`), documents, limit: 10 });
    expect(best(['plata', 'oro'], 3)).toEqual([0, 2, 1]);
    expect(best(['plata', 'oro'], 5)[0]).not.toBe(0);
    expect(best(['bridge'], 2)).toEqual([]);
  });
});
