import { describe, expect, it } from 'vitest';
import { notGraded, type Case } from './testing/verdicts.ts';

const marked = (cases: readonly Case[]): Case[] =>
  cases.flatMap(([response, ...more]) => [
    [response, ...more],
    [`I looked at 12 documents.\n\nThe answer is: ${response}`, ...more],
    [`<think>The answer is: 99</think>The answer is: **${response}**.`, ...more],
  ]);

describe('numbers', () => {
  it('are right in any notation', () => {
    expect(
      notGraded(
        'right',
        marked([
          ['1234567.89', 1234567.89],
          ['1,234,567.89', 1234567.89],
          ['1.234.567,89', 1234567.89],
          ['1 234 567,89', 1234567.89],
          ["1'234'567.89", 1234567.89],
          ['12,34,567.89', 1234567.89],
          ['$1,234,567.89', 1234567.89],
          ['1,234,567.89 USD', 1234567.89],
          ['USD 1,234,567.89', 1234567.89],
          ['1234567.8901', 1234567.89],
          ['3.5 million', 3500000],
          ['3.5M', 3500000],
          ['$3.5 bn', 3.5e9],
          ['3.5万', 35000],
          ['1.2亿元', 1.2e8],
          ['1亿2000万', 1.2e8],
          ['三千五百', 3500],
          ['一百二十万', 1200000],
          ['负三千五百', -3500],
          ['三千五', 3500],
          ['两亿三千万', 2.3e8],
          ['3千5百', 3500],
          ['三点五', 3.5],
          ['12家', 12],
          ['(1,234.50)', -1234.5],
          ['-1234.5', -1234.5],
          ['−1,234.5', -1234.5],
          ['-$1,234.5', -1234.5],
          ['minus 12', -12],
          ['seven', 7],
          ['three thousand five hundred', 3500],
          ['42 companies', 42],
          ['about 42', 42],
          ['42.0', 42],
          ['42.00', '42'],
          ['1.2e6', 1200000],
          ['1.2 × 10^6', 1200000],
          ['3rd', 3],
          ['１２３４', 1234],
          ['$1,234.5 million', 1234.5, { unit: 'million USD' }],
          ['1234.5', 1234.5, { unit: 'million USD' }],
          ['1,234,500,000', 1234.5, { unit: 'million USD' }],
          ['12.34%', 0.1234],
        ]),
      ),
    ).toEqual([]);
  });

  it('are rounded to two digits, halves away from zero, and no further', () => {
    expect(
      notGraded(
        'right',
        marked([
          ['12.345', 12.35],
          ['-12.345', -12.35],
          ['1.005', 1.01],
          ['12.3456', 12.35],
          ['0.123', 0.1234],
        ]),
      ),
    ).toEqual([]);
    expect(
      notGraded(
        'wrong',
        marked([
          ['12.344', 12.35],
          ['12.3', 12.35],
          ['12', 12.35],
          ['0.124', 0.1234],
          ['12.36', 12.35],
        ]),
      ),
    ).toEqual([]);
    expect(notGraded('right', marked([['12.3', 12.35, { tolerance: 0.05 }]]))).toEqual([]);
  });

  it('are wrong where another number is stated', () => {
    expect(
      notGraded(
        'wrong',
        marked([
          ['43', 42],
          ['-42', 42],
          ['4.2', 42],
          ['420', 42],
          ['3.5 billion', 3500000],
          ['1234568.89', 1234567.89],
          ['42%', 42],
          ['€42', 42, { unit: 'USD' }],
          ['more than 42', 42],
          ['41 or 42', 42],
          ['between 40 and 50', 42],
          ['South', 42],
          ['I cannot determine this', 42],
          ['无法确定', 42],
          ['三千六百', 3500],
        ]),
      ),
    ).toEqual([]);
  });

  it('are found in prose, and ungraded where several stand there', () => {
    expect(
      notGraded('right', [
        ['In total, 42 companies meet the condition.', 42],
        [
          'The number of companies with revenue above 30 million is 42.',
          42,
          { question: 'How many companies have revenue above 30 million?' },
        ],
        ['The sum is 12 + 30 = 42', 42],
        ['Answer: 42', 42],
        ['**Final Answer:** 42', 42],
        ['答案是：42家', 42],
        ['\\boxed{42}', 42],
        ['{"answer": 42}', 42],
        ['First The answer is: 3.\nBut no. The answer is: 42', 42],
        ['The answer is:\n42', 42],
        ['In 2023, the total was 42.', 42],
      ]),
    ).toEqual([]);
    expect(
      notGraded('wrong', [
        ['There are 41 of 43 companies.', 42],
        ['', 42],
        ['<think>it is 42', 42],
        ['Several companies do.', 42],
      ]),
    ).toEqual([]);
    expect(notGraded('ungraded', [['Either 12 for the north or 42 for the south, I think.', 42]])).toEqual(
      [],
    );
  });
});

describe('percentages', () => {
  it('equal their fractions where one has the sign', () => {
    expect(
      notGraded(
        'right',
        marked([
          ['12.34%', '12.34%'],
          ['12.34 %', 12.34, { answerType: 'percentage' }],
          ['12.34 percent', '12.34%'],
          ['0.1234', '12.34%'],
          ['12.34', '12.34%'],
          ['百分之12.34', '12.34%'],
          ['12.34个百分点', '12.34%'],
          ['百分之十二点三四', '12.34%'],
          ['12,34 %', '12.34%'],
          ['-5%', '-5.00%'],
          ['(5.00%)', '-5.00%'],
          ['12 of 97 companies (12.37%)', '12.37%'],
        ]),
      ),
    ).toEqual([]);
    expect(
      notGraded(
        'wrong',
        marked([
          ['12.35%', '12.34%'],
          ['0.1235', '12.34%'],
          ['1.234%', '12.34%'],
          ['1234', '12.34%'],
          ['0.1234%', '12.34%'],
        ]),
      ),
    ).toEqual([]);
  });
});

describe('strings', () => {
  it('are the same but for case, accents, articles and marks', () => {
    expect(
      notGraded(
        'right',
        marked([
          ['South', 'South'],
          ['"South"', 'South'],
          ['the south', 'South'],
          ['`South`', 'South'],
          ['“South”', 'South'],
          ['Société Générale', 'Societe Generale'],
          ['H&R Block', 'H & R BLOCK'],
          ['Acme Corporation', 'ACME CORP'],
          ['Acme', 'Acme Inc.'],
          ['South (12 sites)', 'South'],
          ['South, with 12 sites', 'South'],
          ['South region', 'South', { question: 'Which region has the most sites?' }],
          ['U.S.A.', 'USA'],
          ['UAE', 'United Arab Emirates'],
          ['南部', '南部'],
          ['“南部”。', '南部'],
          ['Big Blue', 'IBM', { aliases: ['Big Blue'] }],
          ['Yes, it is', 'yes'],
        ]),
      ),
    ).toEqual([]);
    expect(
      notGraded('right', [
        ['The region with the most sites is South.', 'South'],
        ['South has the most sites.', 'South'],
      ]),
    ).toEqual([]);
  });

  it('are wrong where something else is named', () => {
    expect(
      notGraded(
        'wrong',
        marked([
          ['North', 'South'],
          ['South Dakota', 'South'],
          ['C', 'C++'],
          ['I do not know', 'South'],
          ['unknown', 'South'],
          ['no', 'yes'],
        ]),
      ),
    ).toEqual([]);
    expect(
      notGraded('wrong', [
        ['The answer is: North or South', 'South'],
        ['The answer is: ', 'South'],
        ['The region is North.', 'South'],
      ]),
    ).toEqual([]);
    expect(notGraded('ungraded', [['South comes second, and North leads.', 'South']])).toEqual([]);
  });
});

describe('dates', () => {
  it('are right in any notation', () => {
    expect(
      notGraded(
        'right',
        marked([
          ['2021-03', '2021-03'],
          ['March 2021', '2021-03'],
          ['Mar 2021', '2021-03'],
          ['2021年3月', '2021-03'],
          ['二〇二一年三月', '2021-03'],
          ['2021/03', '2021-03'],
          ['03/2021', '2021-03'],
          ['2021-03-15', '2021-03'],
          ['15 March 2021', '2021-03'],
          ['March 15, 2021', '2021-03-15'],
          ['2021年3月15日', '2021-03-15'],
          ['"2021-03"', '2021-03'],
        ]),
      ),
    ).toEqual([]);
    expect(
      notGraded(
        'wrong',
        marked([
          ['2021-04', '2021-03'],
          ['2021', '2021-03'],
          ['March 2020', '2021-03'],
          ['none', '2021-03'],
        ]),
      ),
    ).toEqual([]);
  });
});

describe('lists', () => {
  const gold = ['Acme Inc', 'Beta, Ltd.', 'Gamma and Sons'];
  it('are right in any form and order', () => {
    expect(
      notGraded('right', [
        ['The answer is: ["Acme Inc", "Beta, Ltd.", "Gamma and Sons"]', gold],
        ['The answer is: ["Gamma and Sons", "Acme Inc", "Beta, Ltd."]', JSON.stringify(gold)],
        ["The answer is: ['Gamma and Sons', 'Acme Inc', 'Beta, Ltd.']", gold],
        ['The answer is: [\n "Gamma and Sons",\n "Acme Inc", "Beta, Ltd."\n]', gold],
        ['The answer is: Acme Inc, Beta, Ltd. and Gamma and Sons', gold],
        ['The answer is: Acme Inc; Beta, Ltd.; Gamma and Sons', gold],
        ['The answer is:\n- Acme Inc\n- Gamma and Sons\n- Beta, Ltd.', gold],
        ['The answer is:\n1. **Acme Inc** (5.2)\n2. Gamma and Sons (3.1)\n3. Beta, Ltd. (2)', gold],
        ['- Acme Inc\n- Gamma and Sons\n- Beta, Ltd.', gold],
        ['The companies are Acme Inc, Beta, Ltd., and Gamma and Sons.', gold],
        ['The answer is: 甲公司、乙公司和丙公司', ['甲公司', '乙公司', '丙公司']],
        ['The answer is: ["North"]', ['North']],
        ['The answer is: North', ['North']],
        ['The answer is: 1, 2, 3', ['1', '2', '3']],
        ['The answer is: ["2021-03", "2020-01"]', ['January 2020', 'March 2021']],
        ['A, B, and C meet the criteria.', ['A', 'B', 'C']],
      ]),
    ).toEqual([]);
  });

  it('are wrong where one is missing, added or another', () => {
    expect(
      notGraded('wrong', [
        ['The answer is: ["Acme Inc", "Beta, Ltd."]', gold],
        ['The answer is: ["Acme Inc", "Beta, Ltd.", "Gamma and Sons", "Delta"]', gold],
        ['The answer is: Acme Inc and Beta, Ltd.', gold],
        ['The answer is: Acme Inc, Beta, Ltd., Gamma and Sons and Delta', gold],
        ['The answer is: []', gold],
        ['The answer is: none', gold],
        ['The answer is: ["B", "A"]', ['A', 'B'], { ordered: true }],
        ['The answer is: B, A', ['A', 'B'], { ordered: true }],
        ['I cannot determine this.', gold],
        ['', gold],
      ]),
    ).toEqual([]);
  });

  it('are empty in words too', () => {
    expect(
      notGraded(
        'right',
        marked([
          ['[]', []],
          ['none', []],
          ['None.', '[]'],
          ['没有', []],
          ['No companies meet the criteria', []],
          ['no documents', []],
          ['an empty list', []],
        ]),
      ),
    ).toEqual([]);
    expect(notGraded('right', [['After reading all documents, no company meets this.', []]])).toEqual([]);
    expect(
      notGraded(
        'wrong',
        marked([
          ['["A"]', []],
          ['I cannot determine this', []],
          ['A and B', []],
        ]).filter(([text]) => text.includes('[') || text.includes('answer is')),
      ),
    ).toEqual([]);
  });
});
