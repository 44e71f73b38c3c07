import { stemOf } from '../language/lemma.ts';
import { measuredByVerb } from '../language/measuring-verbs.ts';
import { areOneFamily, isDoerOf } from '../language/word-family.ts';
import { columnIndexOf } from '../linking/column-links.ts';
import type { NameVariant } from '../linking/column-names.ts';
import { isPartOf } from '../linking/match-name.ts';
import { synonymsOf, totalWords, wholeWords } from '../linking/synonyms.ts';
import { columnsCalled } from './catalog-columns.ts';
import type { AnalystGrammar, Context } from './context.ts';
import type { Quantity } from './meanings.ts';
import { isOnlyRowNoun, quantityOf } from './terms.ts';

/** Verbs that say no more than that a thing has so much of something, unless a column is named after them. */
const gainVerbs: ReadonlySet<string> = new Set(
  'generate generated earn earned make receive received get got attract attracted produce produced achieve achieved deliver delivered offer offered charge charged hold see saw list listed reach reached carry carried operate operated run collect collected attain attained total totalled totaled count number include contain spend spent use used require required need needed employ employed raise raised bring draw drew cover serve served devote devoted suffer command carry spend note log'.split(
    ' ',
  ),
);

/** Columns that the verb names: "founded" a founder or a date, "employ" the employees, "cost" the price. */
function columnsOfVerb(context: Context, at: number): { quantity: Quantity; cost: number }[] {
  const token = context.tokens[at];
  if (token?.kind !== 'word' || token.word.length < 3) return [];
  const stem = stemOf(token.word);
  const synonyms = synonymsOf(token.lemma);
  const found: { quantity: Quantity; cost: number }[] = [];
  for (const { column, variants } of columnIndexOf(context.table).columns) {
    if (isOnlyRowNoun(context, column, at, at + 1)) continue;
    const words = variants.flatMap((variant) => variant.segments.flat());
    if (column.type === 'number' && words.some(({ lemma }) => isDoerOf(token.lemma, lemma))) continue;
    if (isPartOf(column) && variants.every(({ segments }) => segments.flat().length > 1)) continue;
    const telling = (variant: NameVariant): number =>
      variant.segments.flat().filter(({ lemma }) => !wholeWords.has(lemma) && !totalWords.has(lemma)).length;
    const shortest = Math.min(...variants.map(telling));
    const partly = Math.max(0, shortest - 1) * unsaidCost;
    if (stem.length >= 4 && words.some((word) => word.stem === stem))
      found.push({ quantity: quantityOf(column), cost: shortest * 0.1 + partly });
    else if (words.some((word) => synonyms.has(word.lemma)))
      found.push({ quantity: quantityOf(column), cost: shortest * 0.1 + partly + 0.08 });
    else if (words.some((word) => areOneFamily(token.word, word.lemma)))
      found.push({ quantity: quantityOf(column), cost: shortest * 0.1 + partly + 0.12 });
  }
  if (found.length === 0 && !isNounAt(context, at)) found.push(...columnsMeasured(context, token));
  const exact = found.filter(({ quantity }) => quantity.name.toLowerCase() === token.word);
  // "Founded" is the field of that name, and not the founders.
  if (exact.length > 0) return exact;
  return found.sort((left, right) => left.cost - right.cost).slice(0, 4);
}

/** "Which house was", "the draw": a noun with the form of a verb. */
function isNounAt({ tokens }: Context, at: number): boolean {
  const before = tokens[at - 1]?.word ?? '';
  if (['the', 'a', 'an', 'each', 'every', 'this'].includes(before)) return true;
  return (
    at === 1 &&
    (before === 'which' || before === 'what') &&
    ['be', 'have', 'do'].includes(tokens[at + 1]?.lemma ?? '')
  );
}

/** What the verb costs further for every word of the field's name that it leaves unsaid. */
const unsaidCost = 0.1;
const measuredCost = 0.15;

/** Columns of what the verb measures without being named after it: "killed" the deaths. */
function columnsMeasured(
  context: Context,
  verb: { readonly word: string; readonly lemma: string },
): { quantity: Quantity; cost: number }[] {
  for (const [place, noun] of measuredByVerb(verb).entries()) {
    const called = columnsCalled(context, noun).filter(({ quantity }) => quantity.type !== 'text');
    if (called.length > 0)
      return called.map(({ quantity, cost }) => ({ quantity, cost: measuredCost + place * 0.03 + cost }));
  }
  return [];
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
