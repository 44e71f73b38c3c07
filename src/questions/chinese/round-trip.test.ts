import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePlan } from '../evaluate/evaluate-plan.ts';
import type { Value } from '../evaluate/values.ts';
import { parseQuestion } from '../parse-question.ts';
import type { QueryPlan } from '../plan.ts';
import { chineseUniversities } from '../testing/chinese-universities.ts';
import { familyPlans } from '../testing/family-plans.ts';
import { generatedTables } from '../testing/generated-tables.ts';
import { listedCompanies } from '../testing/listed-companies.ts';
import { randomPlan } from '../testing/random-plans.ts';
import { randomTable } from '../testing/random-tables.ts';
import type { TestTable } from '../testing/test-table.ts';
import { NoWordingError } from '../write/wording.ts';
import { writeQuestion } from '../write/write-question.ts';
import { chineseGrammar } from './chinese-grammar.ts';
import { isChinese } from './is-chinese.ts';

const plansPerFamily = 3;

/** The answer of a plan, numbers to nine digits, so that the order of operations does not matter. */
function answer(plan: QueryPlan, { rows, table }: TestTable): readonly (readonly Value[])[] {
  return evaluatePlan({ plan, rows, table }).map((row) =>
    row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(9)) : cell)),
  );
}

describe.each(
  [...generatedTables, listedCompanies, chineseUniversities].map(
    (testTable) => [testTable.table.name, testTable] as const,
  ),
)('Chinese questions about a %s', (_, testTable) => {
  it.each(Object.entries(familyPlans(testTable)))('%s are read as they were meant', (family, plans) => {
    for (const [index, plan] of fc.sample(plans, { numRuns: plansPerFamily, seed: 5 }).entries()) {
      const { catalog } = testTable;
      const question = writeQuestion({ plan, catalog, variant: index * family.length, language: 'zh' });
      const parsed = parseQuestion({ question, catalog });
      const read = parsed.status === 'understood' ? answer(parsed.plan, testTable) : parsed.reason;
      expect({ question, answer: read }).toEqual({ question, answer: answer(plan, testTable) });
    }
  });
});

describe('writeQuestion in Chinese', () => {
  it('writes no plan so that it is read as another one', () => {
    const options = { numRuns: 600, seed: 2 };
    let understood = 0;
    for (const [testTable, plan, variant] of fc.sample(
      fc.tuple(randomTable, randomPlan, fc.nat(50)),
      options,
    )) {
      const { catalog } = testTable;
      const question = wordingOf(() => writeQuestion({ plan, catalog, variant, language: 'zh' }));
      if (question === null) continue;
      const parsed = parseQuestion({ question, catalog });
      if (parsed.status === 'refused') continue;
      understood += 1;
      expect({ question, answer: answer(parsed.plan, testTable) }).toEqual({
        question,
        answer: answer(plan, testTable),
      });
    }
    expect(understood).toBeGreaterThan(10);
  });

  it('has several wordings, the same for the same variant', () => {
    const plan: QueryPlan = {
      table: 'companies',
      selection: { order: { by: { kind: 'column', column: 'revenue' }, descending: true }, limit: 5 },
      output: { kind: 'entities', show: [] },
    };
    const write = (variant: number): string =>
      writeQuestion({ plan, catalog: listedCompanies.catalog, variant, language: 'zh' });
    expect(write(0)).toBe('营业收入最高的5家公司是哪些？');
    const wordings = Array.from({ length: 30 }, (_, variant) => write(variant));
    expect(new Set(wordings).size).toBeGreaterThan(5);
    expect(wordings).toEqual(Array.from({ length: 30 }, (_, variant) => write(variant)));
  });
});

describe('the noun for the rows', () => {
  it.each([
    [['公司名称', 'report'], '净利润最高的5家公司是哪些？'],
    [['hospital'], '净利润最高的5家医院是哪些？'],
    [['widget'], '净利润最高的5个widget是哪些？'],
  ])('of %j', (nouns, expected) => {
    const catalog = { tables: [{ ...listedCompanies.table, nouns }] };
    const plan: QueryPlan = {
      table: 'companies',
      selection: { order: { by: { kind: 'column', column: 'net_profit' }, descending: true }, limit: 5 },
      output: { kind: 'entities', show: [] },
    };
    const question = writeQuestion({ plan, catalog, language: 'zh' });
    expect(question).toBe(expected);
    expect(parseQuestion({ question, catalog })).toMatchObject({ status: 'understood', plan });
  });
});

describe('the Chinese grammar', () => {
  it('has no kind of phrase that begins with itself', () => {
    expect(chineseGrammar().circles()).toEqual([]);
  });
});

describe('isChinese', () => {
  it.each([
    ['哪家公司的营业收入最高？', true],
    ['Revenue最高的5家company是哪些？', true],
    ['Total assets大于5亿的公司有哪些', true],
    ['What is the revenue of 贵州茅台?', false],
    ['Which companies are in "医药行业的"?', false],
    ['Which companies have the highest revenue?', false],
  ])('%s', (question, expected) => {
    expect(isChinese(question)).toBe(expected);
  });
});

/** The wording; null where the language has none. */
function wordingOf(write: () => string): string | null {
  try {
    return write();
  } catch (error) {
    if (error instanceof NoWordingError) return null;
    throw error;
  }
}
