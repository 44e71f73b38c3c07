import { share } from '../grammar/ask-numbers.ts';
import type { Draft, Rows } from '../grammar/meanings.ts';
import { numeric } from '../grammar/quantity-values.ts';
import { allRows, restrict } from '../grammar/row-sets.ts';
import type { ChineseGrammar } from './context.ts';
import { sameQuantity } from './quantities.ts';

/** "山东的公司中，…的占…": of which rows the share is was said before, and not that it is of all. */
const namesWholeBefore = (question: string): boolean =>
  /[中里]\s*[,，]?[^,，中里]*占(?![^?？]*(?:全部|所有|总|全体|整体))/u.test(question);

/** Adds questions for the share of some rows in others. */
export function addShareQuestions(grammar: ChineseGrammar): void {
  const portion = '[的|了](百分比|比例|比重|份额|占比|百分数|几成)' as const;
  const asked = '[是多少|为多少|是|有多大|多少|有多高|几何|是多大|多大|如何]' as const;
  const all = '(全部|总体|总数|整体|所有|全体|总数的|总量|总)' as const;
  const part = (rows: Rows, whole: Rows): Draft | null =>
    rows.by !== null || rows.where === null ? null : share(restrict(whole, rows.where), whole, null);
  for (const ending of [
    `${portion}${asked}`,
    '[的](多少|百分之几|百分之多少|几成|多大比例|多大比重|的多少|多大的比例|多大)[比例|百分比]',
  ] as const) {
    grammar.rule(
      'ask',
      `<rows>(占|占到|占了|在)<rows:whole>[总数|的总数|数量|总量|数|总数量][中|里]${ending}` as '<rows><rows:whole>',
      ({ rows, whole }) => part(rows, whole),
    );
    grammar.rule(
      'ask',
      `<rows>(占|占到|占了|在)[${all}][的][中|里]${ending}` as '<rows>',
      ({ rows }, { question }) => (namesWholeBefore(question) ? null : part(rows, allRows)),
    );
    grammar.rule(
      'ask',
      `<rows:whole>(中|里|当中|之中)[,|的]<rows:rows>[所|占|的|所占]${ending}` as '<rows:whole><rows>',
      ({ rows, whole }) => part(rows, whole),
      0.01,
    );
    const sum = '[的](总和|总额|合计|总计|总量|之和|总值|总数|)' as const;
    grammar.rule(
      'ask',
      `<rows>[的]<quantity>[总和|合计|之和|总额|总计](占|占到|占了|在)[<rows:whole?>[的]|全部|所有|总体|总]<quantity:again>${sum}[中|里]${ending}` as '<rows><quantity><rows:whole?><quantity:again>',
      ({ rows, quantity, whole, again }) =>
        sameQuantity(quantity, again) ? share(rows, whole ?? allRows, numeric(quantity) ?? quantity) : null,
    );
    grammar.rule(
      'ask',
      `<entities>的<quantity>(占|占到|占了|在)[<rows:whole?>[的]|全部|所有|总体|总]<quantity:again>${sum}[中|里]${ending}` as '<entities><quantity><rows:whole?><quantity:again>',
      ({ entities, quantity, whole, again }) =>
        sameQuantity(quantity, again)
          ? share(
              { ...allRows, where: { kind: 'entity', names: entities } },
              whole ?? allRows,
              numeric(quantity) ?? quantity,
            )
          : null,
    );
    grammar.rule(
      'ask',
      `<rows>[的]<quantity>[合计|总和](占|占到|占了)(全部|总体|所有<noun>|全部<noun>|整体|总额|总量|总数|总和)[的]${ending}` as '<rows><quantity>',
      ({ rows, quantity }) => share(rows, allRows, numeric(quantity) ?? quantity),
      0.02,
    );
    grammar.rule(
      'ask',
      `(全部|所有|总|总的|)<quantity>[总和|总额|合计|总量]中[,][有]${ending}(来自|属于|由|是)<rows>[贡献|创造|的|产生]` as '<quantity><rows>',
      ({ rows, quantity }) =>
        rows.where === null && rows.by === null ? null : share(rows, allRows, numeric(quantity) ?? quantity),
      0.02,
    );
  }
  const total = '(总|全部|所有|总的|整体|全部的|所有的)' as const;
  grammar.rule(
    'ask',
    `<rows>[的|合计|一共]占${total}<quantity>[的][总和|总额|合计|总量]${portion}${asked}` as const,
    ({ rows, quantity }) => share(rows, allRows, numeric(quantity) ?? quantity),
  );
  grammar.rule(
    'ask',
    `<attributes:some>[的]<quantity>[总和|合计](占|占到|占了)[<rows:whole?>[的]|全部|所有|总体|总]<quantity:again>[的][总和|总额|合计|总量]${portion}${asked}` as const,
    ({ some, quantity, whole, again }) =>
      sameQuantity(quantity, again)
        ? share(restrict(allRows, some.predicate), whole ?? allRows, numeric(quantity) ?? quantity)
        : null,
    0.02,
  );
  grammar.rule(
    'ask',
    `<entities>的<quantity>(占|占到|占了)(全部|所有|全体|总)[<noun>|总额|总量]${portion}${asked}` as const,
    ({ entities, quantity }) =>
      share(
        { ...allRows, where: { kind: 'entity', names: entities } },
        allRows,
        numeric(quantity) ?? quantity,
      ),
    0.02,
  );
  grammar.rule(
    'ask',
    `<rows>[的|所](占比|占的比例|占的比重|占的百分比)${asked}` as const,
    ({ rows }, { question }) => (namesWholeBefore(question) ? null : part(rows, allRows)),
  );
  grammar.rule('ask', `<rows>的(比例|比重|百分比)${asked}` as const, ({ rows }) => part(rows, allRows), 0.05);
  grammar.rule(
    'ask',
    `(有多大比例|百分之几|百分之多少|有百分之多少|有百分之几|多大比例|多少比例|多大百分比|有多少比例)的<rows>[的|,|是|在]<clauses>` as const,
    ({ rows, clauses }) => share(restrict({ ...rows, singular: false }, clauses.predicate), rows, null),
  );
}
