import { stemOf } from '../language/lemma.ts';
import { columnIndexOf } from '../linking/column-links.ts';
import type { AnalystGrammar, Context } from './context.ts';
import type { Quantity } from './meanings.ts';
import { quantityOf } from './terms.ts';

/** Verbs that say no more than that a thing has so much of something, unless a column is named after them. */
const gainVerbs: ReadonlySet<string> = new Set(
  'generate generated earn earned make receive received get got attract attracted produce produced achieve achieved deliver delivered offer offered charge charged hold see saw list listed reach reached carry carried operate operated run collect collected attain attained total totalled totaled count number include contain spend spent use used require required need needed employ employed raise raised bring draw drew cover serve served'.split(
    ' ',
  ),
);

/** Columns whose name shares its stem with the verb: "founded", "founder"; "employ", "employees". */
function columnsOfVerb(context: Context, at: number): { quantity: Quantity; cost: number }[] {
  const token = context.tokens[at];
  if (token?.kind !== 'word' || token.word.length < 4) return [];
  const stem = stemOf(token.word);
  if (stem.length < 4) return [];
  return columnIndexOf(context.table)
    .columns.filter((linkable) =>
      linkable.variants.some((variant) => variant.segments.flat().some((word) => word.stem === stem)),
    )
    .map((linkable) => ({
      quantity: quantityOf(linkable.column),
      cost: Math.min(...linkable.variants.map((variant) => variant.segments.flat().length)) * 0.1,
    }))
    .sort((left, right) => left.cost - right.cost)
    .slice(0, 4);
}

/** Adds verbs that name a column, and verbs that say no more than "have". */
export function addVerbColumns(grammar: AnalystGrammar): void {
  grammar.primitive('verb-column', (context, at) =>
    columnsOfVerb(context, at).map(({ quantity, cost }) => ({
      end: at + 1,
      cost,
      value: quantity,
      notes: [],
    })),
  );
  grammar.primitive('gain', (context, at) => {
    const token = context.tokens[at];
    const isGain = token?.kind === 'word' && (gainVerbs.has(token.word) || gainVerbs.has(token.lemma));
    return isGain && columnsOfVerb(context, at).length === 0
      ? [{ end: at + 1, cost: 0.03, value: true, notes: [] }]
      : [];
  });
}
