import { changed } from '../grammar/changes.ts';
import { Weighed } from '../grammar/engine.ts';
import type { Condition, Quantity, Ranking, Rows } from '../grammar/meanings.ts';
import { numeric } from '../grammar/quantity-values.ts';
import { allRows, both, ranked, restrict, within } from '../grammar/row-sets.ts';
import { rankingOf } from './rank-clauses.ts';
import type { ChineseGrammar } from './context.ts';
import { anyOf, orders, superlatives } from './vocabulary.ts';

/** Adds rankings, and the phrases that name rows. */
export function addRows(grammar: ChineseGrammar): void {
  addRankings(grammar);
  addRankedRows(grammar);
  addPlainRows(grammar);
}

function addRankings(grammar: ChineseGrammar): void {
  for (const [name, descending, calendar] of [
    ['falling', true, false],
    ['rising', false, false],
    ['latest', true, true],
    ['earliest', false, true],
  ] as const)
    grammar.rule('superlative', `(${anyOf(superlatives[name])})`, () => ({ descending, calendar }));
  grammar.rule('direction', `(${anyOf(orders.falling)})[顺序|的顺序|次序|的次序]`, () => true);
  grammar.rule('direction', `(${anyOf(orders.rising)})[顺序|的顺序|次序|的次序]`, () => false);
  grammar.rule('place', '第<count>(高|大|多|长|强)', ({ count }) => ({
    offset: count - 1,
    descending: true,
  }));
  grammar.rule('place', '第<count>(低|小|少|短)', ({ count }) => ({ offset: count - 1, descending: false }));
  grammar.rule('place', '倒数第<count>[位|名|高|大]', ({ count }) => ({
    offset: count - 1,
    descending: false,
  }));
  grammar.rule('place', '(排名|排在|位居|位列|居|排|名列)[第]<count>[位|名]', ({ count }) => ({
    offset: count - 1,
    descending: true,
  }));
  grammar.rule('place', '次高|次大', () => ({ offset: 1, descending: true }));
  grammar.rule('place', '次低|次小', () => ({ offset: 1, descending: false }));

  grammar.rule('ranking', '<quantity>[值|数值|水平|都|为]<superlative>', ({ quantity, superlative }) =>
    byDate(quantity, superlative.calendar)
      ? rankingOf(quantity, { descending: superlative.descending, limit: null })
      : null,
  );
  // The fastest growth is one in percent.
  grammar.rule(
    'ranking',
    '<column>[的][同比|年度|年](增长|上升|增加|提高|上涨)最(快|迅速)',
    ({ column }, context) =>
      fastest(changed(context, column, { from: undefined, to: undefined, relative: true }), true),
    -0.15,
  );
  grammar.rule(
    'ranking',
    '[从|自]<period:from>(到|至)<period:to>[间|期间][的]<column>(增长|上升|增加|提高|上涨)最(快|迅速)',
    ({ column, from, to }, context) => fastest(changed(context, column, { from, to, relative: true }), true),
    -0.15,
  );
  grammar.rule('ranking', '<quantity>[上]<place>', ({ quantity, place }) => {
    return rankingOf(quantity, { descending: place.descending, limit: 1, offset: place.offset });
  });
  grammar.rule('ranking', '<quantity>第<count>(晚|早)', ({ quantity, count }, { tokens }) =>
    quantity.type === 'date'
      ? rankingOf(quantity, {
          descending: tokens.some(({ word }) => word === '晚'),
          limit: 1,
          offset: count - 1,
        })
      : null,
  );
  // `最早成立`, `最高营业收入`
  grammar.rule(
    'ranking',
    '<superlative>[的]<quantity>',
    ({ quantity, superlative }) =>
      byDate(quantity, superlative.calendar)
        ? rankingOf(quantity, { descending: superlative.descending, limit: null })
        : null,
    0.05,
  );
}

/** The ranking by a change, with what was assumed of its periods. */
const fastest = (outcome: Weighed<Quantity> | null, descending: boolean): Weighed<Ranking> | null =>
  outcome === null
    ? null
    : new Weighed(
        outcome.options.flatMap((option) => {
          const value = rankingOf(option.value, { descending, limit: null });
          return value === null ? [] : [{ ...option, value }];
        }),
      );

/** Earliest and latest are said of dates, highest and lowest of numbers. */
const byDate = (quantity: Quantity, calendar: boolean): boolean => (quantity.type === 'date') === calendar;

const topRows = (ranking: Ranking | null, limit: number): Rows | null =>
  ranking === null || (ranking.limit !== null && ranking.limit !== limit)
    ? null
    : ranked({ ...allRows, noun: 'row' }, { ...ranking, limit });

/** The rows among those that the words before their noun say: 排名前三的民营医院. */
const ofSort = (rows: Rows | null, some: Condition | undefined): Rows | null =>
  rows === null || some === undefined ? rows : { ...rows, where: both(some.predicate, rows.where) };

function addRankedRows(grammar: ChineseGrammar): void {
  const noun = '[<attributes:some?>[的]][<noun:noun?>]' as const;
  grammar.rule('ranked-rows', '<ranking>[的]<noun>', ({ ranking }) => {
    const rows = topRows(ranking, 1);
    return rows === null ? null : { ...rows, singular: true };
  });
  grammar.rule(
    'ranked-rows',
    `<ranking>[的][前]<count>[<counter>][上榜]${noun}` as const,
    ({ ranking, count, some }) => ofSort(topRows(ranking, count), some),
  );
  grammar.rule(
    'ranked-rows',
    `<ranking>的那[<count:count?>][<counter>]${noun}` as const,
    ({ ranking, count, some }) => ofSort(topRows(ranking, count ?? 1), some),
  );
  grammar.rule('ranked-rows', `[前]<count>[<counter>]<ranking>的<noun>` as const, ({ ranking, count }) =>
    topRows(ranking, count),
  );
  grammar.rule('rows', '<quantity>(最高|最大|最多)的[前]<part>的[<noun:noun?>]', ({ quantity, part }) =>
    inPart(quantity, part, true),
  );
  grammar.rule('rows', '<quantity>(最低|最小|最少)的[前]<part>的[<noun:noun?>]', ({ quantity, part }) =>
    inPart(quantity, part, false),
  );
  const place = '[的][总][排名|排行|排行榜|排在|位列|位居|居于|居|排|列|名列]' as const;
  for (const [words, descending] of [
    ['[全部|第]前', true],
    ['(后|倒数前|倒数后|倒数|末|最后)', false],
  ] as const) {
    grammar.rule(
      'ranked-rows',
      `<quantity>${place}${words}<count>[<counter>|强][的]${noun}` as const,
      ({ quantity, count, some }) => {
        const ranking = rankingOf(quantity, { descending, limit: count });
        return ranking === null ? null : ofSort(topRows(ranking, count), some);
      },
      0.01,
    );
    grammar.rule(
      'ranked-rows',
      `(按|按照|依|依照|以|根据)<quantity>[的]<direction>(排列|排序|排名|排|计|)[,|的|,取|取|后|后的]${words}<count>[<counter>][的]${noun}` as const,
      ({ quantity, direction, count, some }) => {
        const ranking = rankingOf(quantity, { descending: direction === descending, limit: count });
        return ranking === null ? null : ofSort(topRows(ranking, count), some);
      },
    );
    grammar.rule(
      'ranked-rows',
      `(按|按照|依|依照|以|根据)<quantity>[大小|高低|多少](排列|排序|排名|排|计|衡量|算)[,|的|,取|取|后|后的]${words}<count>[<counter>][的]${noun}` as const,
      ({ quantity, count, some }) => {
        const ranking = rankingOf(quantity, { descending, limit: count });
        return ranking === null ? null : ofSort(topRows(ranking, count), some);
      },
    );
  }
}

const all =
  '(所有|全部|全体|各|每家|每个|各家|各个|每一家|每一个|整个|所有的|全部的|全体的|任意|任何|这些|上述|其他|其余|其它|其他的)' as const;

function addPlainRows(grammar: ChineseGrammar): void {
  const noun = (word: string): Rows => ({ ...allRows, noun: word });
  grammar.rule('rows-core', '<noun>', ({ noun: word }) => noun(word));
  grammar.rule('rows-core', `${all}<noun>` as const, ({ noun: word }) => noun(word));
  grammar.rule('rows', '<rows-core:core>', ({ core }) => core);
  grammar.rule('rows', '<ranked-rows:rows>', ({ rows }) => rows);
  grammar.rule('rows', `[所有|全部|那些]<clauses>的[${all}|那些]<noun>` as const, ({ clauses, noun: word }) =>
    restrict(noun(word), clauses.predicate),
  );
  grammar.rule(
    'rows',
    `[所有|全部|那些]<clauses>的<attributes:some>[的]<noun>` as const,
    ({ clauses, some, noun: word }) => restrict(restrict(noun(word), some.predicate), clauses.predicate),
    0.01,
  );
  grammar.rule(
    'rows',
    `[所有|全部]<attributes:some>[的][所有|全部]<noun>` as const,
    ({ some, noun: word }) => restrict(noun(word), some.predicate),
    0.01,
  );
  // What they are stands for their noun: `超过3公里的斜拉桥`.
  grammar.rule(
    'rows',
    '[所有|全部|那些]<clauses>的<attributes:some>',
    ({ clauses, some }) => restrict(restrict(allRows, some.predicate), clauses.predicate),
    0.06,
  );
  // Without a noun: `营业收入大于5亿元的有哪些`.
  grammar.rule('rows', '<clauses>的', ({ clauses }) => restrict(allRows, clauses.predicate), 0.1);
  const inner = '(中|里|之中|当中|内|里面|范围内|之内)[,|的]' as const;
  grammar.rule('scope', '<rows>', ({ rows }) => rows);
  grammar.rule('scope', '<attributes:some>', ({ some }) => restrict(allRows, some.predicate));
  grammar.rule('scope', '<clauses>', ({ clauses }) => restrict(allRows, clauses.predicate), 0.05);
  grammar.rule('rows', `[在]<attributes:some>[${inner}|的]<ranked-rows:rows>` as const, ({ some, rows }) => ({
    ...rows,
    where: both(some.predicate, rows.where),
  }));
  grammar.rule(
    'rows',
    `[在]<attributes:some>[的]<noun>${inner}<ranked-rows:rows>` as const,
    ({ some, rows }) => ({ ...rows, where: both(some.predicate, rows.where) }),
  );
  grammar.rule(
    'rows',
    `[在][所有|全部]<clauses>[的<noun:noun?>]${inner}<ranked-rows:rows>` as const,
    ({ clauses, rows }) => ({
      ...rows,
      where: both(clauses.predicate, rows.where),
    }),
  );
  grammar.rule('rows', `[在]<rows-core:core>${inner}<ranked-rows:rows>` as const, ({ rows }) => rows);
  grammar.rule('rows', `[在]<ranked-rows:base>${inner}<ranked-rows:rows>` as const, ({ base, rows }) =>
    within(rows, base),
  );
  grammar.rule(
    'rows',
    `[在]<ranked-rows:base>${inner}<clauses>的[<noun:noun?>]` as const,
    ({ base, clauses }) => within(restrict({ ...allRows, noun: 'row' }, clauses.predicate), base),
  );
  grammar.rule('rows', `[在]<rows-core:core>${inner}<clauses>的[<noun:noun?>]` as const, ({ clauses }) =>
    restrict({ ...allRows, noun: 'row' }, clauses.predicate),
  );
  grammar.rule(
    'rows',
    `[在]<attributes:some>[[的]<noun:outer?>]${inner}<clauses>的[<noun:noun?>]` as const,
    ({ some, clauses }) => restrict(restrict({ ...allRows, noun: 'row' }, some.predicate), clauses.predicate),
  );
  grammar.rule(
    'rows',
    `<clauses>且<ranking>的<count>[<counter>]<noun>` as const,
    ({ clauses, ranking, count }) =>
      ranked({ ...allRows, noun: 'row', where: clauses.predicate }, { ...ranking, limit: count }),
    0.1,
  );
}

/** The highest or lowest tenth, quarter …; null for shares that make no equal parts. */
function inPart(given: Quantity, part: number, highest: boolean): Rows | null {
  const quantity = numeric(given);
  const tiers = Math.round(100 / part);
  if (quantity === null || part > 50 || Math.abs(100 / part - tiers) > 1e-9) return null;
  const where = {
    kind: 'compare',
    left: { kind: 'tier', of: quantity.expression, tiers },
    comparison: '=',
    right: { kind: 'number', value: highest ? tiers : 1 },
  } as const;
  return { ...allRows, noun: 'row', where };
}
