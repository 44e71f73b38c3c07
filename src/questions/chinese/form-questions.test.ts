import { describe, expect, it } from 'vitest';
import { evaluatePlan } from '../evaluate/evaluate-plan.ts';
import { parseQuestion } from '../parse-question.ts';
import { chineseKilns } from '../testing/chinese-kilns.ts';

const { catalog, rows, table } = chineseKilns;

const answered = (question: string): unknown => {
  const parsed = parseQuestion({ question, catalog });
  if (parsed.status === 'refused') return null;
  return evaluatePlan({ plan: parsed.plan, rows, table }).map((row) =>
    row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(5)) : cell)).join(' '),
  );
};

describe('what is said of fields that forms name by what was done', () => {
  it.each([
    ['龙尾窑是哪家厂生产的？', ['景和机械']],
    ['青坪窑是什么时候装的？', ['2015-08-20']],
    ['一共检修了多少座窑炉？', ['5']],
    ['各区分别检修了多少座？', ['东区 3', '西区 2']],
    ['通过率是多少？', ['60']],
    ['哪个区的通过率最高？', ['西区']],
    ['哪位检修员检修的窑炉最多？', ['顾敏']],
    ['用天然气的窑炉有几座（保留两位小数）？', ['3']],
    ['检修收费最高的三座窑炉，由高到低列出来。', ['青坪窑', '双溪窑', '龙尾窑']],
    ['离码头最近的是哪座窑炉，有多远？', ['青坪窑 3']],
    ['哪个区的窑炉最多？有多少座？', ['东区 3']],
    ['平均每个窑室年产量最高的是哪座窑炉？', ['白石窑']],
    ['负荷率过半的窑炉有几座？', ['3']],
    ['白石窑距码头多少公里？', ['25']],
  ])('%s', (question, expected) => {
    expect(answered(question)).toEqual(expected);
  });

  it.each(['哪些区从未出现过未通过？', '卖了的窑炉有几座？', '红色的窑炉有几座？'])(
    'refuses: %s',
    (question) => {
      expect(answered(question)).toBeNull();
    },
  );
});
