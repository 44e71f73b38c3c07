import { comparison, opposite, plain } from '../grammar/conditions.ts';
import type { Outcome } from '../grammar/engine.ts';
import type { Condition, Quantity, Ranking, Rows } from '../grammar/meanings.ts';
import { absolute, arithmetic, numeric } from '../grammar/quantity-values.ts';
import { allRows, both, ranked, selectionOf } from '../grammar/row-sets.ts';
import type { Comparison, Expression } from '../plan.ts';
import type { ChineseContext, ChineseGrammar } from './context.ts';

/** Whether a row is among others; what only fulfils a condition fulfils it. */
function amongRows(rows: Rows): Condition | null {
  if (rows.count !== null) return null;
  if (rows.by === null) return rows.where === null ? null : { predicate: rows.where, quantity: null };
  return rows.by.limit === null
    ? null
    : { predicate: { kind: 'among', selection: selectionOf(rows) }, quantity: null };
}

/** Whether a row is among the first of an order, in a part of it, or differs in two. */
export function addRankClauses(grammar: ChineseGrammar): void {
  const among = (ranking: Ranking | null): Condition | null => {
    const rows = ranking === null ? null : ranked(allRows, ranking);
    return rows?.by?.limit == null
      ? null
      : { predicate: { kind: 'among', selection: selectionOf(rows) }, quantity: null };
  };
  grammar.rule(
    'clause',
    '(属于|位列|位于|处于|在|位居|列入|进入|跻身)[全部]<rows>[之中|之列|中|之内|里|名单|行列|榜单]',
    ({ rows }) => amongRows(rows),
  );
  grammar.rule(
    'clause',
    '(不属于|不在|未进入|不位列|没有进入|未列入|不位于|不处于|没有跻身|未跻身)<rows>[之中|之列|中|之内|里|名单|行列]',
    ({ rows }) => {
      const condition = amongRows(rows);
      return condition === null ? null : opposite(condition);
    },
  );
  const place =
    '[都|均|同时](排名|排在|位列|位居|居|进入|排|列|跻身|是|处于|在|名列|位于|排进)[全部|所有|第]' as const;
  for (const [words, descending] of [
    ['前', true],
    ['(后|倒数前|倒数后|末|最后)', false],
  ] as const) {
    grammar.rule(
      'clause',
      `<quantity>${place}${words}<count>[位|名|强|大]` as const,
      ({ quantity: given, count }) => among(rankingOf(given, { descending, limit: count })),
      // `排名前5的公司` are those five in their order.
      0.13,
    );
    grammar.rule(
      'clause',
      `<quantity:first>(和|与|及|、)<quantity:second>${place}${words}<count>[位|名|强|大]` as const,
      ({ first, second, count }) => {
        const [one, other] = [first, second].map((given) =>
          among(rankingOf(given, { descending, limit: count })),
        );
        const predicate = one == null || other == null ? null : both(one.predicate, other.predicate);
        return predicate === null ? null : { predicate, quantity: null };
      },
    );
    grammar.rule(
      'clause',
      `<quantity>(没有|未|不|并未|没|未能)(进入|排进|跻身|在|位列|处于|排在|进)${words}<count>[位|名|强|大]` as const,
      ({ quantity: given, count }) => {
        const condition = among(rankingOf(given, { descending, limit: count }));
        return condition === null ? null : opposite(condition);
      },
    );
  }
  // `位列营业收入前3和净利润前3`
  const inside = '[同时|都|均](位列|进入|属于|位于|处于|在|跻身|排在|居)' as const;
  grammar.rule(
    'clause',
    `${inside}<quantity>[排名]前<count>[位|名|强]` as const,
    ({ quantity: given, count }) => among(rankingOf(given, { descending: true, limit: count })),
  );
  grammar.rule(
    'clause',
    `${inside}<quantity:first>[排名]前<count:many>[位|名|强](和|与|且|及|、|以及)<quantity:second>[排名]前<count:more>[位|名|强]` as const,
    ({ first, second, many, more }) => {
      const one = among(rankingOf(first, { descending: true, limit: many }));
      const other = among(rankingOf(second, { descending: true, limit: more }));
      const predicate = one === null || other === null ? null : both(one.predicate, other.predicate);
      return predicate === null ? null : { predicate, quantity: null };
    },
  );
  addTiers(grammar);
  grammar.rule(
    'clause',
    '<quantity:first>[的]排名(与|和|同|跟)<quantity:second>[的]排名(相差|之差|的差距|差距|差|之差的绝对值|的差)<comparator:sign><count>[位|名|个名次|个位次]',
    ({ first, second, sign, count }, context) => ranksApart(context, [first, second], { sign, count }),
  );
  grammar.rule(
    'clause',
    '<quantity:first>(与|和|同|跟)<quantity:second>[的]排名(相差|之差|的差距|差距|差)<comparator:sign><count>[位|名|个名次|个位次]',
    ({ first, second, sign, count }, context) => ranksApart(context, [first, second], { sign, count }),
  );
}

/** The rows in the order of a quantity. */
export function rankingOf(
  given: Quantity,
  how: { readonly descending: boolean; readonly limit: number | null; readonly offset?: number },
): Ranking | null {
  const quantity = given.type === 'date' ? given : numeric(given);
  return quantity === null
    ? null
    : {
        by: quantity.expression,
        descending: how.descending,
        limit: how.limit,
        offset: how.offset ?? 0,
        quantity,
      };
}

function ranksApart(
  context: ChineseContext,
  [first, second]: readonly [Quantity, Quantity],
  { sign, count }: { readonly sign: Comparison; readonly count: number },
): Outcome<Condition> {
  const rank = (given: Quantity): Quantity | null => {
    const quantity = numeric(given);
    if (quantity === null) return null;
    const expression: Expression = { kind: 'rank', of: quantity.expression, descending: true };
    return { expression, type: 'number', unit: null, name: quantity.name, columns: quantity.columns };
  };
  const [one, other] = [rank(first), rank(second)];
  const gap = one === null || other === null ? null : absolute(arithmetic('-', one, other));
  return gap === null
    ? null
    : comparison(context, gap, { comparison: sign, operand: { kind: 'literal', literal: plain(count) } });
}

const tierNames = [
  ['(三分之一|三分位组|三等分)', 3],
  ['(四分之一|四分位组|四分位|四分位区间|25%)', 4],
  ['(五分之一|五分位组|五等分|20%)', 5],
  ['(十分之一|十分位组|10%)', 10],
  ['(一半|半数|50%)', 2],
] as const;

function addTiers(grammar: ChineseGrammar): void {
  for (const [name, tiers] of tierNames) {
    grammar.rule('tier', `(最高|最大|最多|前|头|顶端|最上)[的]${name}` as const, () => ({
      tiers,
      tier: tiers,
    }));
    grammar.rule('tier', `(最低|最小|最少|后|末|底部|最下)[的]${name}` as const, () => ({ tiers, tier: 1 }));
    grammar.rule('tier', `[从低到高][的]第<count>[个]${name}` as const, ({ count }) =>
      count <= tiers ? { tiers, tier: count } : null,
    );
  }
  grammar.rule(
    'clause',
    '<quantity>[都|均](处于|位于|在|属于|排在|位居|排名)[全部]<tier>[之列|之中|中|内|的范围]',
    ({ quantity: given, tier }) => {
      const quantity = numeric(given);
      return quantity === null
        ? null
        : {
            predicate: {
              kind: 'compare',
              left: { kind: 'tier', of: quantity.expression, tiers: tier.tiers },
              comparison: '=',
              right: { kind: 'number', value: tier.tier },
            },
            quantity,
          };
    },
  );
}
