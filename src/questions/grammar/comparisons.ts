import type { Comparison, Measure } from '../plan.ts';
import { turnedComparison } from '../vocabulary.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import { groupOf } from './group-values.ts';
import type { Literal, Operand, Quantity } from './meanings.ts';
import { allRows } from './row-sets.ts';

const reversed: Readonly<Record<Comparison, Comparison>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '=': '!=',
  '!=': '=',
};

/** The comparison that holds exactly where this one does not. */
export const negate = (comparison: Comparison): Comparison => reversed[comparison];

/** "5 and 10 million": the scale and unit of the upper end hold for the lower one too. */
export function sharedScale(low: Operand, high: Operand): Operand {
  if (low.kind !== 'literal' || high.kind !== 'literal') return low;
  const upper = high.literal;
  let { value, unit, percent } = low.literal;
  unit ??= upper.unit;
  percent ||= upper.percent;
  const scale = [1e12, 1e9, 1e6, 1e3].find((each) => upper.value >= each && upper.value % (each / 100) === 0);
  if (scale !== undefined && value < 1000 && value > 0 && value * scale < upper.value) value *= scale;
  const literal: Literal = { value, unit, percent };
  return { kind: 'literal', literal };
}

/** Words that speak of what is better the higher it is. */
export const betterIsMore = /^(?:scor|rat(?:ed|ing)|grade|satisf|point|condition|perform)/;

/** Adds comparators, what follows them, and ranges. */
export function addComparisonRules(grammar: AnalystGrammar): void {
  const comparators: readonly (readonly [Comparison, string])[] = [
    ['>', '$more than'],
    [
      '>',
      '(over|above|exceeding|exceed|exceeded|beyond|surpassing|surpass|surpassed|topped|in excess of|upwards of|>)',
    ],
    [
      '>=',
      '(at least|minimum of|at minimum|no less than|not less than|no fewer than|not fewer than|no lower than|no smaller than|no shorter than|not below|not under|>=|from)',
    ],
    ['>=', '($more than or equal to|equal to or $more than|$more or equal to|at or above|on or after)'],
    ['<', '$fewer than'],
    ['<', '(under|below|beneath|short of|falling short of|<)'],
    [
      '<=',
      '(at most|maximum of|at maximum|no more than|not more than|no greater than|no higher than|no larger than|no longer than|not exceeding|not above|not over|up to|<=|until|through)',
    ],
    ['<=', '($fewer than or equal to|equal to or $fewer than|$fewer or equal to|at or below|on or before)'],
    ['=', '(exactly|precisely|equal to|equal|equaling|=|==|exactly equal to|same as)'],
    ['!=', '(other than|not equal to|different from|unequal to|!=|<>)'],
    ['>', '(after|later than|more recent than|newer than|since after)'],
    ['<', '(before|prior to|earlier than)'],
    ['>=', '(since|starting from|as of)'],
  ];
  for (const [comparison, words] of comparators) grammar.rule('comparator', words, () => comparison);
  for (const [words, comparison] of [
    ['better than', '>'],
    ['worse than', '<'],
  ] as const)
    grammar.rule('comparator', words, (_, context) =>
      context.loose && context.tokens.some(({ word }) => betterIsMore.test(word)) ? comparison : null,
    );
  grammar.rule('comparator', 'not <comparator>', ({ comparator }) => negate(comparator), 0.05);

  addOperandRules(grammar);

  grammar.rule('comparing', '<comparator:comparison> [,] <operand>', (parts) => parts);
  grammar.rule(
    'comparing',
    '[of] [either] <operand> (or|and) ($more|above|over|upwards|later|after|up|beyond)',
    ({ operand }) => ({ comparison: '>=', operand }),
  );
  grammar.rule('comparing', 'within [first] <literal>', ({ literal }) => ({
    comparison: '<=',
    operand: { kind: 'literal', literal },
  }));
  for (const [words, comparison] of [
    ['(before|by|until|up to) (end|close) of [year] <date>', '<='],
    ['after (end|close) of [year] <date>', '>'],
    ['(since|from) (start|beginning) of [year] <date>', '>='],
    ['(before|until) (start|beginning) of [year] <date>', '<'],
  ] as const)
    grammar.rule('comparing', words, ({ date }) => ({ comparison, operand: { kind: 'date', date } }));
  grammar.rule('comparing', '[of] <operand> +', ({ operand }) => ({ comparison: '>=', operand }));
  grammar.rule(
    'comparing',
    '[of] [either] <operand> (or|and) ($fewer|below|under|earlier|before)',
    ({ operand }) => ({ comparison: '<=', operand }),
  );
  for (const range of [
    'between <operand:low> and <operand:high> [inclusive|included]',
    '(from|of|in range|in range of|ranging from|ranging between|in range from|in range between) <operand:low> (to|and|through|until|-) <operand:high> [inclusive|included]',
    '<operand:low> (-|to) <operand:high>',
    '[in|during|over|within|from|between|for] (year|years) <operand:low> (to|and|through|until|-) <operand:high>',
  ] as const)
    grammar.rule('comparing', range, ({ low, high }) => ({
      comparison: '>=',
      operand: sharedScale(low, high),
      high,
    }));
  grammar.rule(
    'comparing',
    '(not between|outside|outside of|outside range|outside range of) <operand:low> (and|to|-) <operand:high>',
    ({ low, high }) => ({
      comparison: '>=',
      operand: sharedScale(low, high),
      high,
      negated: true,
    }),
  );
  grammar.rule('comparing', 'of [just|only] <literal>', ({ literal }) => ({
    comparison: '=',
    operand: { kind: 'literal', literal },
  }));
  grammar.rule('comparing', '$more one than <operand>', ({ operand }) => ({ comparison: '>', operand }));
  grammar.rule('comparing', '$fewer one than <operand>', ({ operand }) => ({ comparison: '<', operand }));
  grammar.rule('comparing', 'above average', () => ({ comparison: '>', operand: averageOfAll }));
  grammar.rule('comparing', 'below average', () => ({ comparison: '<', operand: averageOfAll }));
  grammar.rule('comparing', '($more|better) than average', () => ({
    comparison: '>',
    operand: averageOfAll,
  }));
  grammar.rule('comparing', '$fewer than average', () => ({ comparison: '<', operand: averageOfAll }));
  grammar.rule(
    'comparing',
    '(within|no more than|at most) <literal> (of|from|either side of|away from) <operand>',
    ({ literal, operand }) => {
      const low = offset(literal, -1, operand);
      const high = offset(literal, 1, operand);
      return low === null || high === null ? null : { comparison: '>=', operand: low, high };
    },
  );
  addDeviationRules(grammar);
}

export const averageOfAll: Operand = { kind: 'own-aggregate', measure: { function: 'average' }, rows: null };

/** What follows a noun rather belongs to it than to the rows that are compared. */
const wholeNounCost = 0.12;

function addOperandRules(grammar: AnalystGrammar): void {
  grammar.rule('operand', '<literal>', ({ literal }) => ({ kind: 'literal', literal }));
  grammar.rule('operand', '<date>', ({ date }) => ({ kind: 'date', date }));
  grammar.rule('operand', '[end of|start of|beginning of] year <date>', ({ date }) => ({
    kind: 'date',
    date,
  }));
  grammar.rule(
    'operand',
    '[their|its|own|their own|its own|that of their|those of their|number of] <quantity>',
    ({ quantity }) => ({ kind: 'quantity', quantity }),
    0.05,
  );
  grammar.rule(
    'operand',
    '(in|with|at|for|on|of) <quantity>',
    ({ quantity }, context) => (context.loose ? { kind: 'quantity', quantity } : null),
    0.05,
  );
  grammar.rule('operand', '<figure>', ({ figure }) => {
    const isVague =
      figure.over !== undefined && figure.over.rows.where === null && figure.over.rows.noun === null;
    return new Weighed([{ value: { kind: 'figure', figure }, cost: isVague ? 0.15 : 0.05 }]);
  });
  grammar.rule(
    'operand',
    '<measure> <noun>',
    ({ measure }) => ({ kind: 'own-aggregate', measure, rows: null }),
    wholeNounCost,
  );
  // "Than the average claim from Norr": what follows the noun says of which rows the average is.
  grammar.rule('operand', '<measure> <rows>', ({ measure, rows }) =>
    rows.noun === null || rows.where === null || rows.by !== null || rows.count !== null
      ? null
      : { kind: 'own-aggregate', measure, rows },
  );
  const own = '[overall|general|corresponding|global] <measure> [value|figure|level]';
  grammar.rule('operand', own, ({ measure }) => ({ kind: 'own-aggregate', measure, rows: null }));
  grammar.rule(
    'operand',
    `${own} (of|for|across|among|over|in) <rows>` as const,
    ({ measure, rows }) => ({ kind: 'own-aggregate', measure, rows }),
    0.02,
  );
  for (const theirs of [
    '<measure> [value|figure|<noun:noun?>] (of|for|in|within|among|on|at) (their|its|his|her) [own|respective] <column>',
    '<measure> [value|figure|<noun:noun?>] (of|for|in|within|among|on|at) (same|own|respective) <column>',
    "(their|its|his|her) [own|respective] <column> ['s] <measure>",
  ] as const)
    grammar.rule('operand', theirs, ({ measure, column }, context) => ownGroup(context, measure, column));
  // "The Lisbon average".
  grammar.rule(
    'operand',
    "<value> ['s] <measure>",
    ({ value, measure }) => ({
      kind: 'own-aggregate',
      measure,
      rows: { ...allRows, where: value.predicate },
    }),
    0.02,
  );
  grammar.rule(
    'operand',
    '(that of|those of|value of|value for|figure for|) <entity>',
    ({ entity }) => ({ kind: 'own-entity', entity }),
    0.05,
  );
  grammar.rule('operand', "<entity> 's", ({ entity }) => ({ kind: 'own-entity', entity }), 0.05);
  grammar.rule('operand', '<entity> (do|have|be)', ({ entity }) => ({ kind: 'own-entity', entity }), 0.05);
  grammar.rule(
    'operand',
    '<factor> [as many|as much|as large|as high|as long|as great] [as] <operand>',
    ({ factor, operand }) => (operand.kind === 'literal' ? null : { kind: 'times', factor, operand }),
  );
  for (const [word, factor] of [
    ['third', 1 / 3],
    ['quarter', 0.25],
    ['fifth', 0.2],
    ['tenth', 0.1],
    ['hundredth', 0.01],
  ] as const)
    grammar.rule('operand', `[one] ${word} of <operand>` as const, ({ operand }) =>
      operand.kind === 'literal' ? null : { kind: 'times', factor, operand },
    );
  grammar.rule('operand', '(two third|2 third) of <operand>', ({ operand }) =>
    operand.kind === 'literal' ? null : { kind: 'times', factor: 2 / 3, operand },
  );
  grammar.rule('operand', 'half [of|as many as|as much as] <operand>', ({ operand }) =>
    operand.kind === 'literal' ? null : { kind: 'times', factor: 0.5, operand },
  );
  grammar.rule('operand', '<literal> of <operand>', ({ literal, operand }) =>
    literal.percent && literal.of === undefined && operand.kind !== 'literal'
      ? { kind: 'times', factor: literal.value / 100, operand }
      : null,
  );
  grammar.rule('operand', '<literal> (above|over|$more than|+) <operand>', ({ literal, operand }) =>
    offset(literal, 1, operand),
  );
  grammar.rule('operand', '<literal> (better than) <operand>', ({ literal, operand }) =>
    offset(literal, 1, operand),
  );
  grammar.rule(
    'operand',
    '<literal> (below|under|worse than|$fewer than) <operand>',
    ({ literal, operand }) => offset(literal, -1, operand),
  );
  grammar.rule('operand', '<measure> (plus|+) <literal>', ({ measure, literal }) =>
    offset(literal, 1, { kind: 'own-aggregate', measure, rows: null }),
  );
  grammar.rule('operand', '<measure> (minus|-) <literal>', ({ measure, literal }) =>
    // "More than the average minus 3", unlike "more than 3 below the average", means just that.
    offset({ ...literal, value: -literal.value }, 1, { kind: 'own-aggregate', measure, rows: null }),
  );
}

/** What the average of a row's own group is compared by; null for a field that makes no groups. */
function ownGroup(
  context: Context,
  measure: Pick<Measure, 'function' | 'percentile'>,
  column: Quantity,
): Operand | null {
  const by = groupOf(context, column)?.by;
  return by?.kind === 'column' ? { kind: 'own-group', measure, by: by.column } : null;
}

const offset = (literal: Literal, sign: 1 | -1, operand: Operand): Operand | null =>
  operand.kind === 'literal' || operand.kind === 'date' ? null : { kind: 'offset', literal, sign, operand };

function addDeviationRules(grammar: AnalystGrammar): void {
  for (const [words, sample] of [
    ['[population] (standard deviation|sd|sigma|std dev)', false],
    ['sample (standard deviation|sd)', true],
  ] as const) {
    for (const [place, side] of [
      ['(above|over|$more than|beyond)', 'above'],
      ['(below|under|$fewer than)', 'below'],
      ['(from|away from|off|either side of|of)', 'either'],
    ] as const) {
      grammar.rule(
        'comparing',
        `<comparator:comparison> <number> ${words} ${place} (mean|average) [value]` as const,
        ({ comparison, number }) => ({
          comparison,
          operand: { kind: 'deviations', count: number, side, sample },
        }),
      );
      grammar.rule(
        'comparing',
        `<number> ${words} or more ${place} (mean|average)` as const,
        ({ number }) => ({
          comparison: '>=',
          operand: { kind: 'deviations', count: number, side, sample },
        }),
      );
    }
    for (const [sign, side] of [
      ['(plus|+)', 'above'],
      ['(minus|-)', 'below'],
    ] as const)
      grammar.rule(
        'comparing',
        `<comparator:comparison> (mean|average) ${sign} <number> [lparen] ${words.replace('[population]', '[population] [rparen]').replace('sample', 'sample [rparen]') as '(standard deviation|sd)'} [of <quantity:again?>] [$over <rows:rows?>]` as const,
        ({ comparison, number }) => ({
          comparison: side === 'above' ? comparison : turnedComparison[comparison],
          operand: { kind: 'deviations', count: number, side, sample },
        }),
      );
    grammar.rule('comparing', `within <number> ${words} (of|from) (mean|average)` as const, ({ number }) => ({
      comparison: '<=',
      operand: { kind: 'deviations', count: number, side: 'either', sample },
    }));
  }
}
