import { figureArithmetic, figureDistance, figureDraft } from '../grammar/drafts.ts';
import { entityFigure, measured } from '../grammar/figures.ts';
import type { Draft, Figure, Quantity } from '../grammar/meanings.ts';
import { allRows } from '../grammar/row-sets.ts';
import type { ChineseGrammar } from './context.ts';
import { apartFrom, contrast } from './figures.ts';
import { sameQuantity } from './quantities.ts';

/** Adds questions how far numbers lie apart. */
export function addDifferenceQuestions(grammar: ChineseGrammar): void {
  const and = '(与|和|跟|同|比)' as const;
  const apart =
    '[之间|上|之间的|方面](相差|差|差距是|差距为|差距有|的差距是|的差距为|的差是|差了|的差距)[了](多少|多大|几|)[个百分点|百分点|个点]' as '';
  const asked = (figure: Figure | null): Draft | null => (figure === null ? null : figureDraft(figure));
  const gap = (quantity: Quantity, first: string, second: string): Draft | null =>
    asked(figureArithmetic('-', entityFigure(quantity, first), entityFigure(quantity, second)));
  const distance = (quantity: Quantity, first: string, second: string): Draft | null =>
    asked(figureDistance(entityFigure(quantity, first), entityFigure(quantity, second)));
  grammar.rule(
    'ask',
    `<entity:first>${and}<entity:second>[之间|两家<noun:noun?>|两者]的<quantity>${apart}` as '<entity:first><entity:second><quantity>',
    ({ first, second, quantity }) => distance(quantity, first, second),
  );
  grammar.rule(
    'ask',
    `<entity:first>的<quantity>${and}<entity:second>[的<quantity:again?>]${apart}` as '<entity:first><entity:second><quantity><quantity:again?>',
    ({ first, second, quantity, again }) =>
      again === undefined || sameQuantity(quantity, again) ? distance(quantity, first, second) : null,
  );
  for (const [words, sign] of [
    ['(高|大|多|长|贵)', 1],
    ['(低|小|少|短|便宜)', -1],
  ] as const)
    grammar.rule(
      'ask',
      `<entity:first>的<quantity>比<entity:second>[的<quantity:again?>|的]${words}[出|了]多少` as '<entity:first><entity:second><quantity><quantity:again?>',
      ({ first, second, quantity, again }) => {
        if (again !== undefined && !sameQuantity(quantity, again)) return null;
        return sign === 1 ? gap(quantity, first, second) : gap(quantity, second, first);
      },
    );
  for (const [pattern] of [
    ['<rows:first>(与|和|跟|同)<rows:second>[之间|在]的<measure-before:measure>[的]<quantity>'],
    [
      '<rows:first>的<measure-before:measure>[的]<quantity>(与|和|跟|同)<rows:second>[的<measure-before:other?>[的]<quantity:again?>]',
    ],
  ] as const)
    grammar.rule(
      'ask',
      `${pattern}${apart}` as '<rows:first><rows:second><measure-before:measure><quantity><measure-before:other?><quantity:again?>',
      (parts) => {
        const { first, second, measure, quantity, other, again } = parts;
        if (other !== undefined && other.function !== measure.function) return null;
        if (again !== undefined && !sameQuantity(quantity, again)) return null;
        return asked(apartFrom(measure, quantity, [first, second]));
      },
    );
  for (const [words, sign] of [
    ['(高|大|多)', 1],
    ['(低|小|少)', -1],
  ] as const)
    grammar.rule(
      'ask',
      `<rows:first>的<measure-before:measure>[的]<quantity>比<rows:second>[的<measure-before:other?>[的]<quantity:again?>|的]${words}[出|了]多少` as '<rows:first><rows:second><measure-before:measure><quantity><measure-before:other?><quantity:again?>',
      ({ first, second, measure, quantity, other, again }) => {
        if (other !== undefined && other.function !== measure.function) return null;
        if (again !== undefined && !sameQuantity(quantity, again)) return null;
        const figure = contrast(measure, quantity, sign === 1 ? [first, second] : [second, first]);
        return figure === null ? null : figureDraft(figure);
      },
    );
  // `营业收入最高与最低相差多少`
  grammar.rule(
    'ask',
    `[<rows:rows?>的]<quantity>[的](最大值|最高值|最高|最大|最多|最高的|最大的|最多的)[<noun:one?>]${and}(最小值|最低值|最低|最小|最少|最低的|最小的|最少的)[<noun:other?>]${apart}` as '<rows:rows?><quantity>',
    ({ rows, quantity }) => {
      const high = measured({ function: 'maximum' }, quantity, rows ?? allRows);
      const low = measured({ function: 'minimum' }, quantity, rows ?? allRows);
      const figure = high === null || low === null ? null : figureArithmetic('-', high, low);
      return figure === null ? null : figureDraft(figure);
    },
  );
  grammar.rule(
    'ask',
    `<figure-term:left>${and}<figure-term:right>${apart}` as '<figure-term:left><figure-term:right>',
    ({ left, right }) => asked(figureDistance(left, right)),
    0.02,
  );
  grammar.rule('ask', '<figure-term:left>是<figure-term:right>的(多少倍|几倍)', ({ left, right }) => {
    const figure = figureArithmetic('/', left, right);
    return figure === null ? null : figureDraft(figure);
  });
  grammar.rule(
    'ask',
    '<entity:first>的<quantity>是<entity:second>[的<quantity:again?>]的(多少倍|几倍)',
    ({ first, second, quantity, again }) => {
      if (again !== undefined && !sameQuantity(quantity, again)) return null;
      const figure = figureArithmetic('/', entityFigure(quantity, first), entityFigure(quantity, second));
      return figure === null ? null : figureDraft(figure);
    },
  );
}
