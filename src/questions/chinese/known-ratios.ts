import { Weighed } from '../grammar/engine.ts';
import type { Quantity } from '../grammar/meanings.ts';
import { arithmetic, numeric, percentOf } from '../grammar/quantity-values.ts';
import { quantityOf } from '../grammar/terms.ts';
import { columnNames } from './column-names.ts';
import type { ChineseContext, ChineseGrammar } from './context.ts';

/**
 * Figures that accounting defines by others, for tables that state only those. Each name is read so where no field is
 * called it, and the answer says so.
 */
const known: readonly (readonly [names: string, part: string, operator: '%' | '/' | '-', whole: string])[] = [
  ['净利润率|净利率|销售净利率', '净利润', '%', '营业收入'],
  ['毛利率', '毛利润', '%', '营业收入'],
  ['营业利润率', '营业利润', '%', '营业收入'],
  ['资产负债率|负债率', '总负债', '%', '总资产'],
  ['研发费用率|研发费率|研发强度', '研发费用', '%', '营业收入'],
  ['流动比率', '流动资产', '/', '流动负债'],
  ['总资产周转率', '营业收入', '/', '总资产'],
  ['净资产|所有者权益', '总资产', '-', '总负债'],
  ['总资产收益率|资产收益率|总资产净利率', '净利润', '%', '总资产'],
];

/** What a name may cost that stands for a part of a known ratio. */
const highestCost = 0.35;

/** The column that is called so, or by a longer name of it; null where there is none, or several. */
export function columnCalled({ table }: ChineseContext, names: readonly string[]): Quantity | null {
  const all = columnNames(table);
  for (const name of names) {
    const [best, rival] = [...(all.get(name) ?? [])].sort((left, right) => left.cost - right.cost);
    if (
      best !== undefined &&
      best.cost < highestCost &&
      (rival === undefined || rival.cost > best.cost + 0.1)
    )
      return numeric(quantityOf(best.column));
  }
  return null;
}

/** Adds the ratios of accounting by their names. */
export function addKnownRatios(grammar: ChineseGrammar): void {
  for (const [names, part, operator, whole] of known)
    grammar.rule('term', `(${names})` as const, (_, context) => {
      const all = columnNames(context.table);
      if (names.split('|').some((name) => all.has(name))) return null;
      const [first, second] = [part, whole].map((name) => columnCalled(context, [name]));
      if (first == null || second == null) return null;
      const value = operator === '%' ? percentOf(first, second) : arithmetic(operator, first, second);
      const sign = operator === '%' ? '/' : operator;
      const note = `“${names.split('|')[0] ?? ''}”按“${first.name}”${sign}“${second.name}”计算`;
      return value === null ? null : new Weighed([{ value, cost: 0.2, notes: [note] }]);
    });
}
