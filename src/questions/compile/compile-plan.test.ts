import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlanError } from '../plan-error.ts';
import type { Expression, Output, QueryPlan, Selection } from '../plan.ts';
import { cities } from '../testing/city-table.ts';
import { runPlan, runSql } from '../testing/run-plan.ts';
import { loadTable } from '../testing/test-table.ts';
import { compilePlan } from './compile-plan.ts';
import { identifier, literal } from './sql-text.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await loadTable(connection, cities);
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

const column = (name: string, period?: string): Expression => ({
  kind: 'column',
  column: name,
  ...(period === undefined ? {} : { period }),
});
const population = column('population');
const entities: Output = { kind: 'entities', show: [] };
const plan = (selection: Selection, output: Output): QueryPlan => ({ table: 'city', selection, output });
const compile = (selection: Selection, output: Output): string =>
  compilePlan({ plan: plan(selection, output), catalog: cities.catalog }).sql;

describe('compilePlan', () => {
  it('writes a ranking with the missing left out and ties broken by name', () => {
    const sql = compile({ order: { by: population, descending: true }, limit: 2 }, entities);
    expect(sql).toBe(
      `SELECT name, population
FROM city
WHERE population IS NOT NULL
ORDER BY population DESC, name
LIMIT 2`,
    );
  });

  it('writes a nested average and a period as they read', () => {
    const mean: Expression = {
      kind: 'aggregate',
      aggregate: {
        function: 'average',
        of: population,
        selection: { where: { kind: 'is', column: 'region', values: ['North'] } },
      },
    };
    const grown: Expression = { kind: 'change', of: population, before: column('population', '2020') };
    const sql = compile(
      {
        where: {
          kind: 'and',
          operands: [
            { kind: 'compare', left: population, comparison: '>', right: mean },
            { kind: 'compare', left: grown, comparison: '>=', right: { kind: 'number', value: 20 } },
          ],
        },
      },
      entities,
    );
    expect(sql).toBe(
      `SELECT name
FROM city
WHERE population > (SELECT avg(population) FROM city WHERE strip_accents(lower(region)) = 'north')
  AND 100.0 * (population - "population@2020") / nullif(abs("population@2020"), 0) >= 20
ORDER BY name`,
    );
  });

  it('tells the columns read, with their periods, without the key', () => {
    const shown = { value: column('name'), name: 'name', unit: null };
    const query = compilePlan({
      plan: plan(
        {
          where: { kind: 'compare', left: population, comparison: '>', right: column('population', '2019') },
        },
        { kind: 'entities', show: [shown] },
      ),
      catalog: cities.catalog,
    });
    expect(query.columnsRead).toEqual(['population', 'population@2019']);
  });

  it('warns of a tie at the cut and of rows without a value', async () => {
    const result = await runPlan(
      connection,
      cities,
      plan({ order: { by: population, descending: true }, limit: 1 }, entities),
    );
    expect(result).toMatchObject({ type: 'string', value: 'Bourg', keys: ['Bourg'] });
    expect(result.warnings).toEqual([
      'Tie at the cut: the rows in places 1 and 2 have the same value, and the name decided.',
      'Rows left out because they do not state "population": 1.',
    ]);
  });

  it('counts an absent list as empty and says so', async () => {
    const none: Selection = {
      where: {
        kind: 'compare',
        left: { kind: 'item-count', column: 'rivers' },
        comparison: '=',
        right: { kind: 'number', value: 0 },
      },
    };
    const result = await runPlan(connection, cities, plan(none, entities));
    expect(result.value).toEqual(["Cap d'Or", 'Dorf']);
    expect(result.warnings).toEqual(['Rows that do not state "rivers", counted as having none: 1.']);
  });

  it('finds items that brackets follow, words without case and accents, and names with quotes', async () => {
    const named = async (where: Selection['where']): Promise<unknown> =>
      (await runPlan(connection, cities, plan(where === undefined ? {} : { where }, entities))).value;
    expect(await named({ kind: 'contains', column: 'rivers', text: 'plata' })).toEqual(['Aldea']);
    expect(await named({ kind: 'contains', column: 'rivers', text: 'pla' })).toEqual([]);
    expect(await named({ kind: 'is', column: 'region', values: ['SAO', 'x'] })).toEqual(["Cap d'Or"]);
    expect(await named({ kind: 'entity', names: ["cap d'or"] })).toBe("Cap d'Or");
    expect(await named({ kind: 'contains', column: 'motto', text: 'ON', at: 'start' })).toEqual(["Cap d'Or"]);
  });

  it('cuts dates to the precision of the question', async () => {
    const founded = async (date: string): Promise<unknown> => {
      const where = { kind: 'date', column: 'founded', comparison: '<=', date } as const;
      return (await runPlan(connection, cities, plan({ where }, entities))).value;
    };
    expect(await founded('1850')).toEqual(['Aldea', "Cap d'Or"]);
    expect(await founded('1850-03')).toEqual(['Aldea']);
    expect(await founded('1850-02-28')).toEqual([]);
  });

  it('gives the deciding rows of a calculation first', async () => {
    const range = plan(
      {},
      {
        kind: 'calculation',
        values: [
          {
            name: 'difference',
            unit: null,
            percentage: false,
            value: {
              kind: 'arithmetic',
              operator: '-',
              left: { kind: 'aggregate', aggregate: { function: 'maximum', of: column('area') } },
              right: { kind: 'entity-value', entity: 'dorf', of: column('area') },
            },
          },
        ],
      },
    );
    const result = await runPlan(connection, cities, range);
    expect(result).toMatchObject({ type: 'number', value: 55, keys: ['Bourg', 'Dorf', 'Aldea', "Cap d'Or"] });
  });

  it.each<[string, QueryPlan]>([
    ['table', { table: 'town', selection: {}, output: entities }],
    ['column', plan({ order: { by: column('height'), descending: true } }, entities)],
    ['period', plan({ order: { by: column('population', '1999'), descending: true } }, entities)],
    ['entity', plan({ where: { kind: 'entity', names: ['Nowhere'] } }, entities)],
    [
      'number',
      plan({}, { kind: 'aggregate', aggregate: { function: 'sum', of: column('motto') }, unit: null }),
    ],
    [
      'date',
      plan({ where: { kind: 'date', column: 'founded', comparison: '>', date: '2021-13' } }, entities),
    ],
    ['limit', plan({ limit: 0 }, entities)],
    [
      'row',
      plan(
        {},
        { kind: 'calculation', values: [{ value: population, name: 'x', unit: null, percentage: false }] },
      ),
    ],
  ])('names what is wrong with a %s', (_, wrong) => {
    expect(() => compilePlan({ plan: wrong, catalog: cities.catalog })).toThrow(PlanError);
  });
});

describe('SQL text', () => {
  it('quotes every word that DuckDB reserves', async () => {
    const { rows } = await runSql(
      connection,
      "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'",
    );
    const bare = rows.map(([word]) => String(word)).filter((word) => identifier(word) === word);
    expect(bare).toEqual([]);
  });

  it.each(["it's", '"quoted"', 'a\nb\r\nc', '', "';--", 'naïve 文', String.raw`back\slash`, '\0'])(
    'carries %j through a literal',
    async (text) => {
      const sql = literal(text);
      expect(sql).not.toContain('\n');
      expect((await runSql(connection, `SELECT ${sql}`)).rows).toEqual([[text]]);
    },
  );
});
