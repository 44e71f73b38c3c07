import type { Context } from '../../grammar/context.ts';
import { valueCondition } from '../../grammar/value-terms.ts';
import { areOneFamily } from '../../language/word-family.ts';
import type { Piece } from '../piece.ts';
import { standsForRate } from './marks.ts';

export const rateCost = 0.04;

/** "Breach rate", where no field is called so: the share of rows that are so. */
export function isRateOfRows({ grammar, ...context }: Context, at: number): boolean {
  if (at === 0 || !standsForRate(context.tokens[at])) return false;
  const names = (from: number): boolean =>
    grammar.parse('column', { grammar, ...context }, from).some(({ end, cost }) => end > at && cost < 0.3);
  return ![at - 2, at - 1, at].some((from) => from >= 0 && names(from));
}

/** "Termination rate": the value that is called by a word of the same family. */
export function ratedValuesAt({ tokens, table }: Context, at: number): Piece[] {
  const token = tokens[at];
  if (token?.kind !== 'word' || token.word.length < 5 || !standsForRate(tokens[at + 1])) return [];
  const found = table.columns
    .filter(({ type }) => type === 'category')
    .flatMap((column) =>
      column.values
        .filter(({ value }) => areOneFamily(token.word, value.toLowerCase()))
        .map(({ value }) => ({ column, value })),
    );
  const [only] = found;
  if (only === undefined || found.length > 1) return [];
  const { predicate } = valueCondition(only.column, only.value);
  return [
    {
      start: at,
      end: at + 1,
      cost: rateCost,
      notes: [`"${token.text}" is taken as "${only.value}"`],
      meaning: { kind: 'condition', predicate, column: only.column.name, entity: null },
    },
  ];
}

/** "The average share of women" of a field that is a share itself: "% women". */
export function namesShareAt(context: Context, at: number): boolean {
  const { tokens, grammar } = context;
  const isShare = ['share', 'percentage', 'percent', 'proportion', 'rate', 'fraction'].includes(
    tokens[at]?.word ?? '',
  );
  if (!isShare || tokens[at + 1]?.word !== 'of') return false;
  if (['what', 'which'].includes(tokens[at - 1]?.word ?? '')) return false;
  return grammar
    .parse('column', context, at + 2)
    .some(({ value, cost }) => cost < 0.3 && (value.type === 'percentage' || /%|percent/i.test(value.name)));
}
