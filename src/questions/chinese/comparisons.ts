import { Weighed } from '../grammar/engine.ts';
import type { Outcome } from '../grammar/engine.ts';
import type { Literal, Operand } from '../grammar/meanings.ts';
import { allRows } from '../grammar/row-sets.ts';
import { turnedComparison } from '../vocabulary.ts';
import type { Comparison } from '../plan.ts';
import type { ChineseContext, ChineseGrammar } from './context.ts';
import { anyOf, comparators, dateComparators, measuresBehind } from './vocabulary.ts';

const signs: readonly Comparison[] = ['>', '>=', '<', '<=', '=', '!='];

/** Adds what a value is compared with, and how. */
export function addComparisons(grammar: ChineseGrammar): void {
  for (const sign of signs) grammar.rule('comparator', `(${anyOf(comparators[sign])})`, () => sign);
  grammar.primitive('comparator', ({ tokens }, at) => {
    const sign = signs.find((each) => each === tokens[at]?.word);
    return sign === undefined ? [] : [{ end: at + 1, cost: 0, value: sign, notes: [] }];
  });
  for (const sign of ['>', '>=', '<', '<='] as const)
    grammar.rule('date-comparator', `(${anyOf(dateComparators[sign])})`, () => sign);
  for (const [name, measure] of [
    ['average', { function: 'average' }],
    ['median', { function: 'median' }],
    ['maximum', { function: 'maximum' }],
    ['minimum', { function: 'minimum' }],
  ] as const)
    grammar.rule('own-measure', `(${anyOf(measuresBehind[name])})[水平]`, () => measure);
  grammar.rule('own-measure', '(平均分|平均分数|平均线|平均水准|均价|均分|平均价|平均价格)', () => ({
    function: 'average',
  }));
  grammar.rule('own-measure', '第<count>[个]百分位数', ({ count }) => ({
    function: 'percentile',
    percentile: count,
  }));
  addOperands(grammar);
  addComparings(grammar);
}

function addOperands(grammar: ChineseGrammar): void {
  grammar.rule('operand', '<literal>', ({ literal }) => ({ kind: 'literal', literal }));
  grammar.rule('operand', '零', () => ({
    kind: 'literal',
    literal: { value: 0, percent: false, unit: null },
  }));
  grammar.rule('operand', '<date>', ({ date }) => ({ kind: 'date', date }));
  grammar.rule('operand', '[其|它的]<quantity>', ({ quantity }) => ({ kind: 'quantity', quantity }));
  grammar.rule('operand', '<figure>', ({ figure }) => ({ kind: 'figure', figure }), 0.02);
  grammar.rule(
    'operand',
    '[其|全部|整体|总体|这一|该|这个|全体|全县|全市|全区|全省|全国|所有]<own-measure:measure>',
    ({ measure }) => ({
      kind: 'own-aggregate',
      measure,
      rows: null,
    }),
  );
  grammar.rule('operand', '<rows>[的]<own-measure:measure>', ({ rows, measure }) =>
    rows.count === null
      ? { kind: 'own-aggregate', measure, rows: rows.where === null && rows.by === null ? null : rows }
      : null,
  );
  grammar.rule('operand', '<attributes:some>[的]<own-measure:measure>', ({ some, measure }) => ({
    kind: 'own-aggregate',
    measure,
    rows: { ...allRows, where: some.predicate },
  }));
  grammar.rule('operand', '<entity>[的水平|的]', ({ entity }) => ({ kind: 'own-entity', entity }));
  grammar.rule('operand', '<own-measure:measure>的<number>倍', ({ measure, number }) => ({
    kind: 'times',
    factor: number,
    operand: { kind: 'own-aggregate', measure, rows: null },
  }));
  grammar.rule(
    'operand',
    '<column>的<number>倍',
    ({ column, number }) => ({
      kind: 'times',
      factor: number,
      operand: { kind: 'quantity', quantity: column },
    }),
    0.02,
  );
  grammar.rule(
    'operand',
    '<column><number>倍',
    ({ column, number }) => ({
      kind: 'times',
      factor: number,
      operand: { kind: 'quantity', quantity: column },
    }),
    0.04,
  );
  grammar.rule('operand', '<entity>[的]<number>倍', ({ entity, number }) => ({
    kind: 'times',
    factor: number,
    operand: { kind: 'own-entity', entity },
  }));
  grammar.rule('operand', '<figure>的<number>倍', ({ figure, number }) => ({
    kind: 'times',
    factor: number,
    operand: { kind: 'figure', figure },
  }));
  for (const [words, sign] of [
    ['(加上|加|+)', 1],
    ['(减去|减|-)', -1],
  ] as const) {
    grammar.rule('operand', `<own-measure:measure>${words}<literal>` as const, ({ measure, literal }) => ({
      kind: 'offset',
      literal,
      sign,
      operand: { kind: 'own-aggregate', measure, rows: null },
    }));
    grammar.rule('operand', `<figure>${words}<literal>` as const, ({ figure, literal }) => ({
      kind: 'offset',
      literal,
      sign,
      operand: { kind: 'figure', figure },
    }));
  }
}

function addComparings(grammar: ChineseGrammar): void {
  grammar.rule(
    'comparing',
    '[要|应|都|均|也|又|还|却|已|已经|会|将|将会|能|能够]<comparator:sign>[了|过|到]<operand>',
    ({ sign, operand }) => settled(sign, operand),
  );
  grammar.rule('comparing', '[都|均|也]<date-comparator:sign><date>', ({ sign, date }) => ({
    comparison: sign,
    operand: { kind: 'date', date },
  }));
  for (const [words, sign] of [
    ['(之后|以后|后)', '>'],
    ['(及以后|或以后|及之后|以来|起|开始)', '>='],
    ['(之前|以前|前)', '<'],
    ['(及以前|或以前|及之前|为止)', '<='],
    ['[间|内|期间|当年]', '='],
  ] as const)
    grammar.rule('comparing', `[在|于|为|是|自|自从|到|至]<date>${words}` as const, ({ date }) => ({
      comparison: sign,
      operand: { kind: 'date', date },
    }));
  for (const [words, sign] of [
    ['(以上|及以上|或以上|或更高|或更多|之上)', '>='],
    ['(以下|及以下|或以下|或更低|或更少|以内|之下|之内)', '<='],
  ] as const) {
    grammar.rule(
      'comparing',
      `[在|为|是|达|达到|有|高达|都在|均在|低至]<literal>${words}` as const,
      ({ literal }) => ({
        comparison: sign,
        operand: { kind: 'literal', literal },
      }),
    );
    grammar.rule('comparing', `[在|处于|位于|处在]<own-measure:measure>${words}` as const, ({ measure }) => ({
      comparison: sign === '>=' ? '>' : '<',
      operand: { kind: 'own-aggregate', measure, rows: null },
    }));
  }
  const joint = '(到|至|和|与|~|-|—)' as const;
  grammar.rule(
    'comparing',
    '[在|于|从|自]<date:low>(到|至|~|-|—)<date:high>[之间|间|期间|这段时间|年间]',
    ({ low, high }, context) =>
      range({ kind: 'date', date: low }, { kind: 'date', date: high }, { scaled: isScaled(context) }),
  );
  // `2023年4月1日至9月30日`: the second is of the same year.
  const sameYear = '[在|于|从|自]<date:low>(到|至|~|-|—)' as const;
  const two = (number: number): string => String(number).padStart(2, '0');
  const until = (context: ChineseContext, low: string, high: string): Outcome<Range> =>
    low.length === high.length && low < high
      ? range({ kind: 'date', date: low }, { kind: 'date', date: high }, { scaled: isScaled(context) })
      : null;
  grammar.rule(
    'comparing',
    `${sameYear}<count:month>月[份|底|末][之间|间|期间]` as const,
    ({ low, month }, context) =>
      month > 12 ? null : until(context, low, `${low.slice(0, 4)}-${two(month)}`),
  );
  grammar.rule(
    'comparing',
    `${sameYear}<count:month>月<count:day>(日|号)[之间|间|期间]` as const,
    ({ low, month, day }, context) =>
      month > 12 || day > 31 ? null : until(context, low, `${low.slice(0, 4)}-${two(month)}-${two(day)}`),
  );
  for (const [words, from, to] of [
    ['上半年', '01', '06'],
    ['下半年', '07', '12'],
    ['[第](一|1)季度', '01', '03'],
    ['[第](二|2)季度', '04', '06'],
    ['[第](三|3)季度', '07', '09'],
    ['[第](四|4)季度', '10', '12'],
  ] as const)
    grammar.rule('comparing', `[在|于]<date>${words}[内|间|期间]` as const, ({ date }, context) =>
      /^\d{4}$/.test(date)
        ? range(
            { kind: 'date', date: `${date}-${from}` },
            { kind: 'date', date: `${date}-${to}` },
            { scaled: isScaled(context) },
          )
        : null,
    );
  grammar.rule(
    'comparing',
    `[都|均](介于|在|位于|处于|为|是)<operand:low>${joint}<operand:high>[之间|的范围内|范围内|区间|之内|这一区间]` as const,
    ({ low, high }, context) => range(low, high, { scaled: isScaled(context) }),
  );
  grammar.rule(
    'comparing',
    `(不介于|不在|不处于)<operand:low>${joint}<operand:high>[之间|的范围内|范围内]` as const,
    ({ low, high }, context) => range(low, high, { scaled: isScaled(context), negated: true }),
  );
  grammar.rule(
    'comparing',
    `<literal:low>(到|至|~|-)<literal:high>[之间]` as const,
    ({ low, high }, context) =>
      range(
        { kind: 'literal', literal: low },
        { kind: 'literal', literal: high },
        { scaled: isScaled(context) },
      ),
  );
  addRelations(grammar);
  addDeviations(grammar);
}

/** `比平均值高`, `比甲多10亿元`, `是平均值的两倍以上`. */
function addRelations(grammar: ChineseGrammar): void {
  for (const [words, sign] of [
    ['(高|大|多|长|贵|强|好|重|晚)', '>'],
    ['(低|小|少|短|便宜|弱|差|轻|早)', '<'],
  ] as const) {
    grammar.rule('comparing', `[都|均|也]比<operand>[更|还|还要|要]${words}` as const, ({ operand }) => ({
      comparison: sign,
      operand,
    }));
    grammar.rule(
      'comparing',
      `没有<operand>${words}` as const,
      ({ operand }) => ({
        comparison: sign === '>' ? '<' : '>',
        operand,
      }),
      0.3,
    );
    for (const [ending, comparison] of [
      ['(以上|及以上)', '>='],
      ['', '>'],
    ] as const)
      grammar.rule(
        'comparing',
        `比<operand>${words}[出|了][至少]<literal>${ending}` as const,
        ({ operand, literal }) => ({
          comparison,
          operand: { kind: 'offset', literal, sign: sign === '>' ? 1 : -1, operand },
        }),
      );
  }
  for (const [ending, sign] of [
    ['(以上|及以上)', '>='],
    ['(以下|以内)', '<='],
  ] as const)
    grammar.rule('comparing', `(是|为|达到|在|有)<operand>${ending}` as const, ({ operand }) =>
      operand.kind === 'times' ? { comparison: sign, operand } : null,
    );
}

/** Distances from the mean in standard deviations. */
function addDeviations(grammar: ChineseGrammar): void {
  const deviations = '[个|倍][的]' as const;
  for (const [kind, sample] of [
    ['[总体]标准差', false],
    ['样本标准差', true],
  ] as const) {
    grammar.rule(
      'comparing',
      `(与|和|距|距离|偏离|离)[其]平均值[的](偏差|偏离|距离|差距|差|相差|偏离程度)[的绝对值]<comparator:sign><number>${deviations}${kind}` as const,
      ({ sign, number: count }) => ({
        comparison: sign,
        operand: { kind: 'deviations', count, side: 'either', sample },
      }),
    );
    grammar.rule(
      'comparing',
      `偏离[其]平均值<comparator:sign><number>${deviations}${kind}` as const,
      ({ sign, number: count }) => ({
        comparison: sign,
        operand: { kind: 'deviations', count, side: 'either', sample },
      }),
    );
    grammar.rule(
      'comparing',
      `偏离[其]平均值<number>${deviations}${kind}以上` as const,
      ({ number: count }) => ({
        comparison: '>=',
        operand: { kind: 'deviations', count, side: 'either', sample },
      }),
    );
    for (const [words, side] of [
      ['(高于|高出|超出|超过)', 'above'],
      ['(低于|低出)', 'below'],
    ] as const) {
      grammar.rule(
        'comparing',
        `${words}[其]平均值<comparator:sign><number>${deviations}${kind}` as const,
        ({ sign, number: count }) => ({
          comparison: sign,
          operand: { kind: 'deviations', count, side, sample },
        }),
      );
      grammar.rule(
        'comparing',
        `${words}[其]平均值<number>${deviations}${kind}[以上]` as const,
        ({ number: count }, { tokens }) => ({
          comparison: tokens.some((token) => token.word === '以') ? '>=' : '>',
          operand: { kind: 'deviations', count, side, sample },
        }),
      );
    }
  }
}

/** "More than 10 below the average" is less than the average minus 10: said of an offset, the sign is turned back. */
function settled(
  sign: Comparison,
  operand: Operand,
): { readonly comparison: Comparison; readonly operand: Operand } {
  return operand.kind === 'offset' && operand.sign === -1
    ? { comparison: turnedComparison[sign], operand }
    : { comparison: sign, operand };
}

type Range = { readonly comparison: '='; readonly operand: Operand; readonly high: Operand };

/** What lies between two operands. What stands behind the second number is said of both: 10到20亿元, 5到8%. */
/** Whether some number of the question is in tens of thousands or more. */
const isScaled = ({ tokens }: ChineseContext): boolean =>
  tokens.some(({ word }) => word === '万' || word === '亿');

function range(
  low: Operand,
  high: Operand,
  { scaled, negated = false }: { readonly scaled: boolean; readonly negated?: boolean },
): Outcome<Range> {
  const isEnd = ({ kind }: Operand): boolean => ['literal', 'date', 'quantity', 'figure'].includes(kind);
  if (!isEnd(low) || !isEnd(high)) return null;
  const between = (first: Operand): Range => ({
    comparison: '=',
    operand: first,
    high,
    ...(negated ? { negated } : {}),
  });
  if (low.kind !== 'literal' || high.kind !== 'literal' || low.literal.percent || low.literal.unit !== null)
    return between(low);
  const { value } = low.literal;
  const alike: Literal = { value, unit: high.literal.unit, percent: high.literal.percent };
  const scale = [1e12, 1e8, 1e4].find(
    (each) => scaled && value > 0 && value < 1e4 && high.literal.value >= value * each,
  );
  if (scale === undefined) return between({ kind: 'literal', literal: alike });
  const note = `“${value}”与后一个数同单位，按${value * scale}理解`;
  const alikeScaled = between({ kind: 'literal', literal: { ...alike, value: value * scale } });
  return new Weighed([
    { value: alikeScaled, cost: 0, notes: [note] },
    { value: between({ kind: 'literal', literal: alike }), cost: 0.3 },
  ]);
}
