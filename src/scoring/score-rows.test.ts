import { describe, expect, it } from 'vitest';
import { notGraded } from './testing/verdicts.ts';

describe('rows', () => {
  const gold = [
    ['A', 1],
    ['B', 2.5],
  ];
  it('are right as JSON, as a table and in words', () => {
    expect(
      notGraded('right', [
        ['The answer is: [["A", 1], ["B", 2.50]]', gold],
        ['The answer is: [["B", "2.5"], ["A", "1"]]', JSON.stringify(gold)],
        ['The answer is: [{"name": "A", "value": 1}, {"name": "B", "value": 2.5}]', gold],
        ['The answer is: {"A": 1, "B": 2.5}', gold],
        ['The answer is: A: 1; B: 2.5', gold],
        ['The answer is: A (1), B (2.5)', gold],
        ['The answer is:\n- A: 1\n- B: 2.5', gold],
        ['| name | value |\n|---|---|\n| A | 1 |\n| B | 2.50 |', gold],
        ['The answer is:\n\n| # | name | value |\n|---|---|---|\n| 1 | A | 1 |\n| 2 | B | 2.50 |', gold],
      ]),
    ).toEqual([]);
    expect(
      notGraded('wrong', [
        ['The answer is: [["A", 2.5], ["B", 1]]', gold],
        ['The answer is: [["A", 1]]', gold],
        ['The answer is: A: 1; B: 2', gold],
        ['The answer is: A: 1; C: 2.5', gold],
        ['The answer is: [["B", 2.5], ["A", 1]]', gold, { ordered: true }],
        ['The answer is: []', gold],
        ['I do not know', gold],
      ]),
    ).toEqual([]);
  });

  it('may have more columns than asked for', () => {
    const wide = (first: string, second: string): string => `The answer is: [[${first}], [${second}]]`;
    expect(
      notGraded('right', [
        [wide('"A", "North", 1', '"B", "South", 2.5'), gold],
        [wide('"A", 1, "North", 17', '"B", 2.5, "South", 4'), gold],
        ['| name | since | value |\n|---|---|---|\n| A | 1990 | 1 |\n| B | 2001 | 2.50 |', gold],
        ['The answer is: ["A: North: 1", "B: South: 2.5"]', gold],
      ]),
    ).toEqual([]);
    expect(
      notGraded('wrong', [
        [wide('"A", 1, 3', '"B", 4, 2.5'), gold],
        [wide('"A", "North", 2.5', '"B", "South", 1'), gold],
        ['The answer is: [["A", "North", 1]]', gold],
        ['The answer is: ["A: North: 2.5", "B: South: 1"]', gold],
      ]),
    ).toEqual([]);
  });

  it('may write percentages with their sign where the question asks for percent', () => {
    const answer = 'The answer is: [["A", "5.30 %"], ["B", "0.4%"]]';
    const percent = [
      ['A', 5.3],
      ['B', 0.4],
    ];
    const question = 'What is the growth rate of each region, in percent?';
    expect(notGraded('right', [[answer, percent, { question }]])).toEqual([]);
    expect(notGraded('wrong', [[answer, percent]])).toEqual([]);
  });
});
