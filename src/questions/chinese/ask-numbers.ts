import { countDraft, figureDraft } from '../grammar/drafts.ts';
import { distinctCount, measured } from '../grammar/figures.ts';
import type { Draft, Figure, Quantity, Rows } from '../grammar/meanings.ts';
import { numeric } from '../grammar/quantity-values.ts';
import { allRows, restrict, selectionOf } from '../grammar/row-sets.ts';
import type { ChineseGrammar } from './context.ts';
import { sameQuantity } from './quantities.ts';

const howMany = '(多少|几|多少<counter>|几<counter>)' as const;
const amount =
  '(是多少|为多少|是什么|有多少|等于多少|多少|是几|是多大|多大|几何|是何时|是什么时候|是哪一天|是哪天|是哪一年|是哪年|是哪个月|共有多少|共计多少|一共是多少|总共是多少|各是多少|等于几|是多高|有多大|有多高|如何)' as const;

/** Adds questions that a number answers. */
export function addNumberQuestions(grammar: ChineseGrammar): void {
  addCountQuestions(grammar);
  addFigureQuestions(grammar);
  addCumulativeQuestions(grammar);
}

function addCountQuestions(grammar: ChineseGrammar): void {
  const counted = (rows: Rows): Draft | null => (rows.by === null ? countDraft(rows) : null);
  const there = '[一共|总共|共|合计|共计|大概|请问]' as const;
  grammar.rule(
    'ask',
    `${there}有(多少|几)<counter>[的|,]<clauses>` as const,
    ({ clauses }) => counted(restrict(allRows, clauses.predicate)),
    0.05,
  );
  grammar.rule('ask', `${there}[有]${howMany}<noun>[的|,|在|是]<clauses>` as const, ({ clauses }) =>
    counted(restrict(allRows, clauses.predicate)),
  );
  grammar.rule(
    'ask',
    `${there}[有]${howMany}<attributes:some>[的]<noun>[的|,]<clauses>` as const,
    ({ some, clauses }) => counted(restrict(restrict(allRows, some.predicate), clauses.predicate)),
  );
  grammar.rule('ask', `${there}[有]${howMany}<rows>` as const, ({ rows }) => counted(rows), 0.02);
  grammar.rule('ask', `<rows>[,]${there}(有|是|为|达到)[一共|总共]${howMany}[<noun>]` as const, ({ rows }) =>
    counted(rows),
  );
  grammar.rule(
    'ask',
    `<noun>(中|里|当中|之中)[,]${there}[有]${howMany}[<noun:again?>][的]<clauses>` as const,
    ({ clauses }) => counted(restrict(allRows, clauses.predicate)),
  );
  grammar.rule(
    'ask',
    `(统计|计算|数一数|求|求出|数一下)[一下]<rows>[的](数量|总数|个数|家数|数目)` as const,
    ({ rows }) => counted(rows),
  );
  grammar.rule(
    'ask',
    `<rows>[的](数量|总数|个数|家数|数目|总数量)[${amount}]` as const,
    ({ rows }) => counted(rows),
    0.01,
  );
  const distinct = (column: Quantity, rows: Rows): Draft | null => {
    const figure =
      column.type === 'number' || column.type === 'percentage' ? null : distinctCount(column, rows);
    return figure === null ? null : figureDraft(figure);
  };
  grammar.rule('ask', `${there}[有]${howMany}(不同的|不同|互不相同的)<column>` as const, ({ column }) =>
    distinct(column, allRows),
  );
  grammar.rule(
    'ask',
    `<rows>(中|里|当中|之中)[,]${there}[有|出现了|出现]${howMany}(不同的|不同|)<column>` as const,
    ({ rows, column }) => distinct(column, rows),
  );
  grammar.rule(
    'ask',
    `<rows>[,][一共|总共|共|分布在|涉及|来自|涵盖|分布于|属于]${howMany}[不同的]<column>` as '<rows><column>',
    ({ rows, column }) => distinct(column, rows),
    0.05,
  );
  grammar.rule(
    'ask',
    `[<rows:rows?>的][不同的]<column>${there}有${howMany}[不同的]` as const,
    ({ rows, column }) => distinct(column, rows ?? allRows),
    0.05,
  );
  grammar.rule(
    'ask',
    `${there}[有|涉及]${howMany}<column>` as const,
    ({ column }) => distinct(column, allRows),
    0.1,
  );
}

function addFigureQuestions(grammar: ChineseGrammar): void {
  grammar.rule('ask', `<figure>[分别]${amount}` as const, ({ figure }) =>
    isLookup(figure) ? null : figureDraft(figure),
  );
  grammar.rule(
    'ask',
    '(计算|求|算出|统计|求出|给出|算一下|计算一下|请计算|列出|查询|求得)[所有|全部]<figure>',
    ({ figure }) => (isLookup(figure) ? null : figureDraft(figure)),
  );
  grammar.rule('ask', '<figure>', ({ figure }) => (isLookup(figure) ? null : figureDraft(figure)), 0.12);
  // `医药公司的净利润一共是多少`
  grammar.rule(
    'ask',
    '<rows>[的|,]<quantity>(一共|总共|合计|共计|加起来|总计|共|累计)[是|为|有|达到]多少',
    ({ rows, quantity }) => {
      const figure = rows.by === null ? measured({ function: 'sum' }, quantity, rows) : null;
      return figure === null || quantity.type === 'date' ? null : figureDraft(figure);
    },
  );
  grammar.rule('ask', '<rows>[的|,]<quantity>平均[是|为|有|达到]多少', ({ rows, quantity }) => {
    const figure = quantity.type === 'date' ? null : measured({ function: 'average' }, quantity, rows);
    return figure === null ? null : figureDraft(figure);
  });
  grammar.rule(
    'ask',
    '<rows>[的|,]平均[每家|每个|有|每家有|每个有]多少<quantity>',
    ({ rows, quantity }) => {
      const figure = quantity.type === 'date' ? null : measured({ function: 'average' }, quantity, rows);
      return figure === null ? null : figureDraft(figure);
    },
    0.05,
  );
}

/** The value of one row is looked up: it may be a date or a name. */
const isLookup = (figure: Figure): boolean => figure.isLookup === true;

/** How many rows, in order, make up a share of a sum. */
function addCumulativeQuestions(grammar: ChineseGrammar): void {
  const cumulative = (
    given: Quantity,
    rows: Rows,
    how: { readonly share: number; readonly descending: boolean; readonly list: boolean },
  ): Draft | null => {
    const of = numeric(given)?.expression;
    if (of === undefined || rows.by !== null || rows.count !== null || how.share <= 0 || how.share > 100)
      return null;
    return { selection: selectionOf(rows), output: { kind: 'cumulative', of, ...how } };
  };
  const by =
    '(按|按照|依|依照|以|将<rows:base?>按|把<rows:base?>按|对<rows:base?>按|将<rows:base?>按照)' as const;
  const sorted = '[排列|排序|依次|累加|累计|顺序|排名|相加|逐一累加|依次累加|逐个累加][后|起来]' as const;
  const reach =
    '[合计|累计|一共|总共|共|才|就|即可|才能|即](达到|占到|占|超过|覆盖|贡献|凑够|满足|够)[了]' as '';
  const whole = '[全部|所有|总体|全体|<rows:whole?>[的]|总的|总]<quantity:again>[的|之]' as const;
  const sum = '[总和|总额|合计|总计|总量|和|总数][的]' as const;
  for (const [asked, list] of [
    [`[需要|要|至少需要|最少需要|至少要|需|前|有|需要前]${howMany}[<noun>]`, false],
    ['[有|是|需要|前]哪些[<noun>]', true],
  ] as const) {
    grammar.rule(
      'ask',
      `[在<scope:rows?>中,]${by}[其]<quantity><direction>${sorted}[,]${asked}[的<quantity:more?>]${reach}${whole}${sum}<part>` as '<scope:rows?><rows:base?><quantity><direction><quantity:more?><rows:whole?><quantity:again><part>',
      ({ base, rows, quantity, direction, again, more, part }) =>
        sameQuantity(quantity, again) && (more === undefined || sameQuantity(quantity, more))
          ? cumulative(quantity, rows ?? base ?? allRows, { share: part, descending: direction, list })
          : null,
    );
    if (!list)
      grammar.rule(
        'ask',
        `${by}[其]<quantity><direction>${sorted}[,]<quantity:again>[合计|累计|总和](达到|占到|占|超过)[了][${whole}${sum}|总额的|总量的|全部的|总和的|总体的]<part>[,](需要|要|至少需要)${howMany}[<noun>]` as '<rows:base?><quantity><direction><quantity:again><part>',
        ({ base, quantity, direction, again, part }) =>
          sameQuantity(quantity, again)
            ? cumulative(quantity, base ?? allRows, { share: part, descending: direction, list })
            : null,
      );
    grammar.rule(
      'ask',
      `${asked}[合计|累计|一共|加起来|的]<quantity:again>[合计|累计|加起来|总和|之和](占|达到|占到|贡献了|超过)[了]${whole}${sum}<part>` as '<quantity:again><rows:whole?><quantity:again><part>',
      ({ again, part }) => cumulative(again, allRows, { share: part, descending: true, list }),
      0.1,
    );
  }
}
