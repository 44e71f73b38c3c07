import { describe, expect, it } from 'vitest';
import type { Expression, Predicate, QueryPlan } from '../plan.ts';
import { cities } from '../testing/city-table.ts';
import { testTable } from '../testing/test-table.ts';
import { NoWordingError } from './wording.ts';
import { writeQuestion } from './write-question.ts';

const column = (name: string): Expression => ({ kind: 'column', column: name });
const above = (name: string, value: number): Predicate => ({
  kind: 'compare',
  left: column(name),
  comparison: '>',
  right: { kind: 'number', value },
});
const plan = (selection: QueryPlan['selection'], output: QueryPlan['output']): QueryPlan => ({
  table: 'city',
  selection,
  output,
});
const entities: QueryPlan['output'] = { kind: 'entities', show: [] };
const write = (question: QueryPlan, variant = 0): string =>
  writeQuestion({ plan: question, catalog: cities.catalog, variant });

describe('writeQuestion', () => {
  it.each<[string, QueryPlan]>([
    [
      'Which three cities have the highest area?',
      plan({ order: { by: column('area'), descending: true }, limit: 3 }, entities),
    ],
    [
      'Which cities have a population of more than 1.5 million and have a growth rate of more than 2%?',
      plan(
        { where: { kind: 'and', operands: [above('population', 1_500_000), above('growth_rate', 2)] } },
        entities,
      ),
    ],
    [
      'How many cities have a population of more than 200?',
      plan(
        { where: above('population', 200) },
        { kind: 'aggregate', aggregate: { function: 'count' }, unit: null },
      ),
    ],
    [
      'For each region, which city has the lowest area?',
      plan(
        {},
        {
          kind: 'best-per-group',
          group: { kind: 'column', column: 'region' },
          by: column('area'),
          descending: false,
          limit: 1,
        },
      ),
    ],
    [
      'What percentage of the total population belongs to cities whose region is North?',
      plan(
        { where: { kind: 'is', column: 'region', values: ['North'] } },
        { kind: 'share', weight: column('population') },
      ),
    ],
  ])('%s', (question, meant) => {
    expect(write(meant)).toBe(question);
  });

  it('has other wordings, the same for the same variant', () => {
    const question = plan({ where: above('population', 200) }, entities);
    const wordings = Array.from({ length: 20 }, (_, variant) => write(question, variant));
    expect(new Set(wordings).size).toBeGreaterThan(5);
    expect(wordings).toEqual(Array.from({ length: 20 }, (_, variant) => write(question, variant)));
  });

  it('puts conditions in an order that needs no parentheses', () => {
    const either: Predicate = { kind: 'or', operands: [above('area', 5), above('population', 7)] };
    const where: Predicate = {
      kind: 'not',
      operand: { kind: 'or', operands: [{ kind: 'not', operand: either }, above('growth_rate', 3)] },
    };
    expect(write(plan({ where }, entities))).toBe(
      'Which cities have an area of more than 5 sq km and have a growth rate of at most 3% ' +
        'or have a population of more than 7 and have a growth rate of at most 3%?',
    );
  });

  it('leaves the factor of a conversion to the reader, and refuses sums of unlike units', () => {
    const hills = testTable({
      name: 'hill',
      key: 'name',
      nouns: ['hill'],
      columns: [
        { name: 'length', type: 'number', unit: 'km' },
        { name: 'height', type: 'number', unit: 'm' },
      ],
      rows: [],
    });
    const lowest = (right: Expression): QueryPlan => ({
      table: 'hill',
      selection: {
        order: {
          by: { kind: 'arithmetic', operator: '/', left: column('height'), right },
          descending: false,
        },
        limit: 1,
      },
      output: entities,
    });
    const inMetres: Expression = {
      kind: 'arithmetic',
      operator: '*',
      left: { kind: 'number', value: 1000 },
      right: column('length'),
    };
    expect(writeQuestion({ plan: lowest(inMetres), catalog: hills.catalog })).toBe(
      'Which hill has the lowest ratio of height to length?',
    );
    expect(() => writeQuestion({ plan: lowest(column('length')), catalog: hills.catalog })).toThrow(
      NoWordingError,
    );
  });

  it('says when there is no wording', () => {
    const middle = plan({ order: { by: column('area'), descending: true }, limit: 3, offset: 2 }, entities);
    expect(() => write(middle)).toThrow(NoWordingError);
  });
});
