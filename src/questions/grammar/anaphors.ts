import { columnIndexOf, columnLinks } from '../linking/column-links.ts';
import type { AnalystGrammar, Context } from './context.ts';
import type { Parse } from './engine.ts';
import type { Quantity } from './meanings.ts';
import { quantityOf } from './terms.ts';

const pronouns: ReadonlySet<string> = new Set(['it', 'one', 'this', 'that']);
const surelyNamed = 0.3;

/**
 * What "it" is in "of the profiles that give a rate, which have it below 5": the field named last before it. Where
 * two fields are named as near, the longer name counts.
 */
function fieldsBefore(context: Context, at: number): Parse<Quantity>[] {
  const token = context.tokens[at];
  if (token?.kind !== 'word' || !pronouns.has(token.word)) return [];
  const index = columnIndexOf(context.table);
  let found: { readonly end: number; readonly quantity: Quantity } | null = null;
  for (let start = 0; start < at; start += 1) {
    const best = columnLinks(index, context.tokens, start)
      .filter((link) => link.end <= at && link.cost <= surelyNamed)
      .sort((left, right) => right.end - left.end || left.cost - right.cost)[0];
    if (best !== undefined && (found === null || best.end > found.end))
      found = { end: best.end, quantity: quantityOf(best.column) };
  }
  if (found === null) return [];
  const notes = [`"${token.text}" is taken as "${found.quantity.name}"`];
  return [{ end: at + 1, cost: 0.15, value: found.quantity, notes }];
}

/** Adds pronouns that stand for a field named before. */
export function addAnaphors(grammar: AnalystGrammar): void {
  grammar.primitive('anaphor', fieldsBefore);
}
