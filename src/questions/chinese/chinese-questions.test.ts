import { describe, expect, it } from 'vitest';
import { evaluatePlan } from '../evaluate/evaluate-plan.ts';
import { mentionedColumns } from '../mentioned-columns.ts';
import { parseQuestion } from '../parse-question.ts';
import { companyQuestions, type Expected } from '../testing/chinese-questions.ts';
import { filingQuestions } from '../testing/chinese-filing-questions.ts';
import { chineseFilings } from '../testing/chinese-filings.ts';
import { chineseUniversities } from '../testing/chinese-universities.ts';
import { universityQuestions } from '../testing/chinese-university-questions.ts';
import { generatedTables } from '../testing/generated-tables.ts';
import { furtherCompanyQuestions, hospitalQuestions } from '../testing/more-chinese-questions.ts';
import { listedCompanies } from '../testing/listed-companies.ts';
import type { TestTable } from '../testing/test-table.ts';
import { sayInChinese } from './say-in-chinese.ts';

/** The rows of the answer, one value a row plain; null where the question is refused. */
function answered(question: string, { catalog, rows, table }: TestTable): Expected {
  const parsed = parseQuestion({ question, catalog });
  if (parsed.status === 'refused') return null;
  const answer = evaluatePlan({ plan: parsed.plan, rows, table }).map((row) =>
    row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(6)) : cell)),
  );
  return answer.every((row) => row.length === 1) ? answer.flat() : answer;
}

describe('natural questions about listed companies', () => {
  it.each([...companyQuestions, ...furtherCompanyQuestions])('%s', (question, expected) => {
    expect(answered(question, listedCompanies)).toEqual(expected);
  });
});

describe('natural questions about annual reports', () => {
  it.each(filingQuestions)('%s', (question, expected) => {
    expect(answered(question, chineseFilings)).toEqual(expected);
  });
});

describe('natural questions about universities', () => {
  it.each(universityQuestions)('%s', (question, expected) => {
    expect(answered(question, chineseUniversities)).toEqual(expected);
  });
});

describe('Chinese questions about fields named in English', () => {
  it.each(hospitalQuestions)('%s', (question, expected) => {
    const [, hospitals] = generatedTables;
    if (hospitals === undefined) throw new Error('There is no table of hospitals.');
    expect(answered(question, hospitals)).toEqual(expected);
  });
});

describe('who did what', () => {
  const labels = new Map([
    ['registered', '审计机构'],
    ['net_profit', '审计费用'],
  ]);
  const audited = {
    ...listedCompanies.table,
    columns: listedCompanies.table.columns.map((column) => ({
      ...column,
      label: labels.get(column.name) ?? column.label,
    })),
  };

  it.each(['华东制药由哪家机构审计？', '“华东制药”由谁审计？'])('is no amount: %s', (question) => {
    expect(
      answered(question, { ...listedCompanies, table: audited, catalog: { tables: [audited] } }),
    ).toEqual(['浙江']);
  });
});

describe('groups by what they did', () => {
  const audited = {
    ...listedCompanies.table,
    columns: listedCompanies.table.columns.map((column) =>
      column.name === 'registered' ? { ...column, label: '审计机构' } : column,
    ),
  };

  it('are counted and listed', () => {
    const table = { ...listedCompanies, table: audited, catalog: { tables: [audited] } };
    expect(answered('至少审计两家公司的审计机构有多少家？', table)).toEqual([3]);
    expect(answered('至少审计了两家公司的机构有哪些？', table)).toEqual(['广东', '浙江', '湖北']);
  });
});

describe('refusals', () => {
  const { catalog } = listedCompanies;

  it('say in Chinese what was not understood, and name the nearest fields', () => {
    expect(parseQuestion({ question: '哪些公司的净利息差最高？', catalog })).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('没有完整理解这个问题'),
      nearestFields: expect.arrayContaining(['净利润']),
    });
  });

  it('name the two fields that a short name may mean', () => {
    const parsed = parseQuestion({
      question: '资产最大的公司是哪家？',
      catalog: {
        tables: [
          {
            ...listedCompanies.table,
            columns: listedCompanies.table.columns.map((column) =>
              column.name === 'net_profit' ? { ...column, label: '净资产' } : column,
            ),
          },
        ],
      },
    });
    expect(parsed).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/“总资产”.*“净资产”|“净资产”.*“总资产”/),
    });
  });

  it.each([
    ['No document states "北京" as its "注册地".', '没有文档的“注册地”是“北京”。'],
    [
      'The documents state no "净利润" or "总资产" for what is asked.',
      '文档没有给出所问的“净利润”、“总资产”。',
    ],
    ['Rows left out because they do not state "净利润": 3.', '没有给出“净利润”而未计入的有3条。'],
    ['没有把握理解这个问题，请换一种说法。', '没有把握理解这个问题，请换一种说法。'],
  ])('%s', (english, chinese) => {
    expect(sayInChinese(english)).toBe(chinese);
  });
});

describe('mentionedColumns', () => {
  it('finds the fields of a Chinese question by name and value', () => {
    const mentions = mentionedColumns({
      question: '医药制造业的公司中，净利润最高的是哪家？',
      table: listedCompanies.table,
    });
    expect(new Set(mentions.map(({ column }) => column.label))).toEqual(new Set(['所属行业', '净利润']));
  });
});
