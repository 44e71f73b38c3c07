import { isCurrencyCode } from '../../table/values/currencies.ts';
import { measureSymbol } from '../../table/values/units.ts';
import { lemmaOf } from '../language/lemma.ts';
import { columnIndexOf } from '../linking/column-links.ts';
import { stopWords, totalWords } from '../linking/synonyms.ts';
import { wordsKey } from '../linking/value-links.ts';
import { comparison } from './conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import type { Comparing, Condition, Literal } from './meanings.ts';
import { quantityOf } from './terms.ts';

/** Words of a unit that count something: "children born/woman". A bare "km" or "USD" says too little. */
const contentOf = (unit: string): readonly string[] =>
  wordsKey(unit)
    .split(' ')
    .filter((word) => !stopWords.has(word) && word !== 'per' && !/^\d/.test(word))
    .map(lemmaOf);

/** The one column whose unit the words are: "more than four children per woman". */
function countedIn(
  context: Context,
  literal: Literal,
  make: (literal: Literal) => Comparing,
): Weighed<Condition> | null {
  const { unit } = literal;
  if (unit === null || literal.percent || measureSymbol(unit) !== null || isCurrencyCode(unit)) return null;
  const wanted = contentOf(unit);
  if (wanted.length < 2) return null;
  const fitting = columnIndexOf(context.table).columns.filter(({ column }) => {
    const own = new Set(contentOf(column.unit ?? ''));
    return own.size >= 2 && wanted.every((word) => own.has(word));
  });
  const overall = fitting.filter(({ variants }) =>
    variants.some(({ segments }) => segments.flat().some((word) => totalWords.has(word.lemma))),
  );
  const [only] = fitting.length > 1 ? overall : fitting;
  if (only === undefined || (fitting.length > 1 && overall.length !== 1)) return null;
  const outcome = comparison(context, quantityOf(only.column), make({ ...literal, unit: null }));
  if (!(outcome instanceof Weighed)) return null;
  const note = `"${unit}" is taken as the unit of "${only.column.label}"`;
  return new Weighed(
    outcome.options.map((option) => ({
      ...option,
      cost: option.cost + 0.15,
      notes: [...(option.notes ?? []), note],
    })),
  );
}

/** Adds conditions that name a field by nothing but its unit. */
export function addUnitConditions(grammar: AnalystGrammar): void {
  grammar.rule('have', '<comparator:sign> <literal>', ({ sign, literal }, context) =>
    countedIn(context, literal, (plain) => ({
      comparison: sign,
      operand: { kind: 'literal', literal: plain },
    })),
  );
}
