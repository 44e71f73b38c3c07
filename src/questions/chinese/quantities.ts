import { statedChange } from './stated-changes.ts';
import { convertUnit } from '../../table/values/units.ts';
import { hanMeasureWord } from '../../table/values/unit-after.ts';
import { changed } from '../grammar/changes.ts';
import { Weighed } from '../grammar/engine.ts';
import type { Outcome } from '../grammar/engine.ts';
import type { Quantity } from '../grammar/meanings.ts';
import { chainsAt } from '../grammar/operator-chains.ts';
import type { SpokenOperator } from '../grammar/operator-chains.ts';
import {
  absolute,
  arithmetic,
  atPeriod,
  constant,
  inUnit,
  numeric,
  percentOf,
  periodsOf,
  plainColumn,
  ratioOf,
} from '../grammar/quantity-values.ts';
import type { ChineseContext, ChineseGrammar } from './context.ts';

const operators: readonly SpokenOperator[] = [
  ...['+', '加上', '加'].map((text) => ({ words: [...text], operator: '+' as const, binding: 1 })),
  ...['-', '减去', '减', '扣除'].map((text) => ({ words: [...text], operator: '-' as const, binding: 1 })),
  ...['*', '乘以', '乘', '×'].map((text) => ({ words: [...text], operator: '*' as const, binding: 2 })),
  ...['/', '除以', '÷'].map((text) => ({ words: [...text], operator: '/' as const, binding: 2 })),
  // What follows is done with all that stands before.
  ...['后除以', '再除以', '后再除以', '之后除以', '的结果除以'].map((text) => ({
    words: [...text],
    operator: '/' as const,
    binding: 0,
  })),
  ...['后乘以', '再乘以', '后再乘以'].map((text) => ({
    words: [...text],
    operator: '*' as const,
    binding: 0,
  })),
];

/** A change that is spoken of as a drop, with its sign turned. */
export function fallen(outcome: Weighed<Quantity> | null): Weighed<Quantity> | null {
  return outcome === null
    ? null
    : new Weighed(
        outcome.options.flatMap((option) => {
          const value = arithmetic('*', constant(-1), option.value);
          return value === null ? [] : [{ ...option, value: { ...value, type: option.value.type } }];
        }),
      );
}

/** Whether the field counts things rather than measures them. */
const isCounted = ({ type, unit }: Quantity): boolean =>
  type === 'number' && (unit === null || hanMeasureWord(unit) !== null);

/** Adds what a row's values are: columns, periods of them, formulas over them. */
export function addQuantities(grammar: ChineseGrammar): void {
  grammar.primitive('quantity', (context, at) =>
    chainsAt(
      {
        operators,
        tokens: context.tokens,
        termsAt: (from) => grammar.parse('term', context, from),
        costOf: () => 0,
      },
      at,
    ),
  );
  grammar.rule('quantities', '<quantity>', ({ quantity }) => [quantity]);
  grammar.rule('quantities', '<quantity>(和|与|及|以及|、|,)<quantities:rest>', ({ quantity, rest }) => [
    quantity,
    ...rest,
  ]);
  addAtoms(grammar);
  addFormulas(grammar);
  addChanges(grammar);
}

function addAtoms(grammar: ChineseGrammar): void {
  grammar.rule('atom', '[它的|其|它们的|他们的|自身]<column>[的值|的数值|值|数值]', ({ column }) => column);
  grammar.rule('atom', '<period>[的|底的|期间的]<column>', ({ column, period }, context) =>
    atPeriod(context, column, period),
  );
  grammar.rule('atom', '<column>lparen <period> rparen', ({ column, period }, context) =>
    atPeriod(context, column, period),
  );
  grammar.rule(
    'atom',
    '<column>[在|于]<period>',
    ({ column, period }, context) => atPeriod(context, column, period),
    0.1,
  );
  grammar.rule(
    'atom',
    '(上一年|去年|上年|前一年|上年度|上一年度|上期|上一期)[的]<column>',
    ({ column }, context) => beforeLatest(context, column),
  );
  grammar.rule('atom', '<column>[的](数量|个数|项数|数目|条数|项目数|家数|数)', ({ column }) =>
    column.type === 'list' || isCounted(column) ? numeric(column) : null,
  );
  for (const [words, unit] of [
    ['(天数|日数|时间|时长)', 'days'],
    ['(年数|年限)', 'years'],
    ['(金额|总金额|款项|费用)', 'CNY'],
    ['(长度|距离)', 'm'],
    ['(面积)', 'sq m'],
  ] as const)
    grammar.rule(
      'atom',
      `<column>[的]${words}` as const,
      ({ column }) =>
        column.unit !== null && convertUnit({ number: 1, from: column.unit, to: unit }) !== null
          ? column
          : null,
      0.03,
    );
  grammar.rule('atom', '<column>[的]人数', ({ column }) => (column.unit === '人' ? column : null), 0.02);
  // A year is no amount: 2020/2021 is a period.
  grammar.rule('atom', '<number>', ({ number }) =>
    number >= 1900 && number <= 2100 ? null : constant(number),
  );
  grammar.rule('atom', 'lparen <quantity> rparen', ({ quantity }) => quantity);
  grammar.rule('atom', '<column>的<date-part:part>', ({ column, part }) =>
    column.type === 'date' && column.expression.kind === 'column'
      ? {
          expression: { kind: 'date-part', column: column.expression.column, part },
          type: 'number',
          unit: null,
          name: column.name,
          columns: column.columns,
        }
      : null,
  );
  for (const [word, unit] of [
    ['美元', 'USD'],
    ['元', 'CNY'],
    ['公里', 'km'],
    ['平方公里', 'sq km'],
  ] as const)
    grammar.rule('atom', `<column>lparen [单位][:]${word} rparen` as const, ({ column }) =>
      inUnit(column, unit),
    );
}

function addFormulas(grammar: ChineseGrammar): void {
  grammar.rule('term', '<atom>', ({ atom }) => atom);
  const and = '(与|和|对|同|跟|比)' as const;
  grammar.rule(
    'term',
    `<atom:part>${and}<atom:whole>(之比|的比值|的比率|的比例|比值|比率|的比)` as const,
    ({ part, whole }) => ratioOf(part, whole),
  );
  grammar.rule('term', `<atom:part>${and}<atom:whole>的商` as const, ({ part, whole }) =>
    ratioOf(part, whole),
  );
  grammar.rule(
    'term',
    '<atom:part>(占|占到|占了)<atom:whole>[的](百分比|比例|比重|份额|百分数|占比|百分之几|百分之多少)',
    ({ part, whole }) => percentOf(part, whole),
  );
  grammar.rule(
    'term',
    '<atom:part>(在)<atom:whole>(中|里)[的|所占的|所占](百分比|比例|比重|份额|占比)',
    ({ part, whole }) => percentOf(part, whole),
  );
  grammar.rule(
    'term',
    `<atom:first>${and}<atom:second>(之差|的差额|的差距|的差值|的差|差额|差值)` as const,
    ({ first, second }) => arithmetic('-', first, second),
  );
  grammar.rule(
    'term',
    `<atom:first>${and}<atom:second>(之差|的差|的差额|的差距)的绝对值` as const,
    ({ first, second }) => absolute(arithmetic('-', first, second)),
  );
  grammar.rule('term', `<atom>的绝对值`, ({ atom }) => absolute(atom));
  grammar.rule(
    'term',
    `<atom:first>${and}<atom:second>(之和|的总和|的和|总和|合计|的合计)` as const,
    ({ first, second }) => arithmetic('+', first, second),
  );
  grammar.rule('term', `<atom:first>${and}<atom:second>(之积|的乘积|的积)` as const, ({ first, second }) =>
    arithmetic('*', first, second),
  );
  grammar.rule(
    'term',
    '[平均]每[一|单位|1|个|名|张|家|位|座|辆|间|台]<atom:whole>[的|对应的|所对应的]<atom:part>',
    ({ part, whole }) => ratioOf(part, whole),
    0.12,
  );
  grammar.rule('term', '<number>倍[的]<atom>', ({ number, atom }) => arithmetic('*', constant(number), atom));
  grammar.rule(
    'term',
    '<atom>的<number>倍',
    ({ number, atom }) => arithmetic('*', atom, constant(number)),
    0.05,
  );
  grammar.rule(
    'term',
    '[从|自]<column:from>(到|至|与)<column:to>(的|之间的|之间相隔的|相隔的|相隔|之间相隔|间隔|的间隔|之间的间隔|历时|用时|所用)[天数|时间|日数|的天数|的时间]',
    ({ from, to }) =>
      from.type === 'date' && to.type === 'date'
        ? {
            expression: { kind: 'days-between', from: from.expression, to: to.expression },
            type: 'number',
            unit: 'days',
            name: `${from.name}—${to.name}`,
            columns: [...from.columns, ...to.columns],
          }
        : null,
  );
  grammar.rule('term', '<column>的(Z分数|标准分数|z分数|标准分)', ({ column }) => {
    const quantity = numeric(column);
    return quantity === null
      ? null
      : {
          ...quantity,
          expression: { kind: 'z-score', of: quantity.expression, deviation: 'population' },
          type: 'number',
          unit: null,
        };
  });
}

const rates =
  '(增长率|增长幅度|增幅|涨幅|增速|变化率|变动率|变动幅度|变化幅度|增长比例|同比|同比增长|同比变化|增长百分比|变化百分比)' as const;
/** What may be meant in percent or in the field's own unit. */
const openChanges = '(增长|增加|变化|变动)' as const;
const drops = '(降幅|下降幅度|下降率|跌幅|减幅|降低幅度)' as const;
const amounts = '(增长额|增加额|变动额|变化额|增长量|增加量|增长值|变化量|增量|增加值)' as const;
const yearly =
  '[的][同比|年度|年|年均|较上年|较上年的|比上年|比上年的|较去年|较上一年|较上一年的|相比上一年|逐年]' as const;

function addChanges(grammar: ChineseGrammar): void {
  for (const [noun, relative] of [
    [rates, true],
    [drops, true],
    [amounts, false],
    [openChanges, null],
  ] as const) {
    const turn = noun === drops ? fallen : (outcome: Weighed<Quantity> | null): Outcome<Quantity> => outcome;
    const change = (
      context: ChineseContext,
      column: Quantity,
      [from, to]: readonly [string | undefined, string | undefined],
    ): Outcome<Quantity> => turn(evenly(changed(context, column, { from, to, relative })));
    grammar.rule(
      'term',
      `<column>${yearly}${noun}` as const,
      ({ column }, context) =>
        change(context, column, [undefined, undefined]) ??
        (relative === false ? null : turn(statedChange(context, column))),
    );
    grammar.rule('term', `<period:to>[的]<column>${yearly}${noun}` as const, ({ column, to }, context) =>
      change(context, column, [undefined, to]),
    );
    grammar.rule(
      'term',
      `<column>(较|比|相比|相对|相对于|对比|相较于|同)<period:from>[年][的]${noun}` as const,
      ({ column, from }, context) => change(context, column, [from, undefined]),
    );
    grammar.rule(
      'term',
      `<period:to>[的]<column>(较|比|相比|相对|相对于|对比|相较于)<period:from>[的]${noun}` as const,
      ({ column, from, to }, context) => change(context, column, [from, to]),
    );
    grammar.rule(
      'term',
      `<column>(从|自)<period:from>(到|至)<period:to>[间|期间][的]${noun}` as const,
      ({ column, from, to }, context) => change(context, column, [from, to]),
    );
    grammar.rule(
      'term',
      `[从|自]<period:from>(到|至)<period:to>[间|期间][的]<column>[的]${noun}` as const,
      ({ column, from, to }, context) => change(context, column, [from, to]),
    );
  }
}

/** Where both are meant as likely, what is asked has to be said. */
const evenly = (outcome: Weighed<Quantity> | null): Weighed<Quantity> | null =>
  outcome === null || outcome.options.length < 2
    ? outcome
    : new Weighed(outcome.options.map((option) => ({ ...option, cost: 0.05 })));

/** The quantity at the period before the latest. */
export function beforeLatest(context: ChineseContext, quantity: Quantity): Weighed<Quantity> | null {
  const column = plainColumn(context, quantity);
  const before = column === null ? undefined : (column.periods[0] ?? periodsOf(column)[1]);
  return before === undefined ? null : atPeriod(context, quantity, before);
}

/** Whether both are the same number of every row. */
export const sameQuantity = (left: Quantity, right: Quantity): boolean =>
  numeric(left) !== null &&
  JSON.stringify(numeric(left)?.expression) === JSON.stringify(numeric(right)?.expression);
