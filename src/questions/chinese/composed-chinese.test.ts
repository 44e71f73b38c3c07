import { describe, expect, it } from 'vitest';
import { evaluatePlan } from '../evaluate/evaluate-plan.ts';
import { parseQuestion } from '../parse-question.ts';
import { chineseUniversities } from '../testing/chinese-universities.ts';

const { catalog, rows, table } = chineseUniversities;

const answered = (question: string): unknown => {
  const parsed = parseQuestion({ question, catalog });
  if (parsed.status === 'refused') return null;
  return evaluatePlan({ plan: parsed.plan, rows, table }).map((row) =>
    row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(5)) : cell)).join(' '),
  );
};

describe('Chinese questions put together out of their parts', () => {
  it.each([
    ['1950年以前建校的大学有几所？', ['4']],
    ['设有附属医院的公办大学平均有多少名专任教师？', ['2043.3']],
    ['没有附属医院的大学，录取率平均是多少？', ['35.475']],
    ['录取率排名前三的大学，它们的在校学生数合计多少？', ['43400']],
    ['在校学生数最多的五所大学中，有几所位于广州？', ['1']],
    ['公办大学占全部大学的比例是多少？', ['77.778']],
    ['中州农业大学是哪一年建校的？', ['1913']],
    ['建校时间最早的公办大学是哪所？', ['中州农业大学']],
    ['专任教师数排名第二的大学是哪所？', ['南湾理工大学']],
    ['广州和深圳的大学哪个平均录取率更高？', ['深圳']],
    ['1948年到1960年间建校的大学有几所？', ['3']],
    ['广州的大学中，设有附属医院的占百分之多少？', ['100']],
    ['东江大学是公办还是民办？', ['公办']],
    ['最早建校的大学所在城市是哪里？', ['郑州']],
    ['广州和北京各有多少所大学？', ['广州 2', '北京 1']],
    ['东江大学和启明学院的专任教师数相差多少？', ['2280']],
  ])('%s', (question, expected) => {
    expect(answered(question)).toEqual(expected);
  });

  it.each([
    '录取率超过50%的大学都有附属医院吗？',
    '在校学生数是专任教师数二十倍以上的大学的宿舍有多少间？',
    '哪所大学的图书馆最大？',
    '在校学生数超过两万的大学的校长是谁？',
  ])('refuses: %s', (question) => {
    expect(answered(question)).toBeNull();
  });
});
