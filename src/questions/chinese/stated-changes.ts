import type { CatalogColumn } from '../../table/catalog.ts';
import { Weighed } from '../grammar/engine.ts';
import type { Quantity } from '../grammar/meanings.ts';
import { plainColumn } from '../grammar/quantity-values.ts';
import { quantityOf } from '../grammar/terms.ts';
import type { ChineseContext } from './context.ts';

const changes = /(?:同比|环比|增长率|增速|增幅|增长|变动率|涨幅)/;
const statedCost = 0.05;

/** The change of a field that the documents state themselves: 同比增长 beside 营业收入; null where they state none. */
export function statedChange(context: ChineseContext, quantity: Quantity): Weighed<Quantity> | null {
  const own = plainColumn(context, quantity);
  if (own === null || changes.test(own.label)) return null;
  const stated = context.table.columns.filter(
    (column) => column.type === 'percentage' && changes.test(column.label),
  );
  const named = stated.filter((column) => namesOf(column).some((name) => name.includes(own.label)));
  const others = context.table.columns.filter((column) => column !== own && column.type === 'number');
  const ofOthers = (column: CatalogColumn): boolean =>
    others.some(({ label }) => namesOf(column).some((name) => name.includes(label)));
  const [only, ...more] = named.length > 0 ? named : stated.filter((column) => !ofOthers(column));
  if (only === undefined || more.length > 0) return null;
  return new Weighed([
    {
      value: quantityOf(only),
      cost: named.length > 0 ? 0 : statedCost,
      notes: [`“${own.label}”的变化按字段“${only.label}”理解`],
    },
  ]);
}

const namesOf = ({ label, aliases }: CatalogColumn): readonly string[] => [label, ...aliases];
