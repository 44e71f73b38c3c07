import type { CatalogTable } from '../table/catalog.ts';
import {
  addsUpNames,
  countsAnswers,
  listsWhatIsCounted,
  mixesYears,
  overlooksEach,
  relatesToItself,
  takesShares,
} from './asked-forms.ts';
import { addsRatios, isPointless } from './contradiction.ts';
import type { Draft } from './grammar/meanings.ts';
import type { Token } from './language/token.ts';
import { countsMeasure, countsMoney, countsOtherThings, figuresForRows } from './miscounts.ts';
import { mistakesMaker, mistakesMoney, mistakesMultiple } from './mistaken-fields.ts';
import { passesOverNames } from './unused-names.ts';
import { passesOverValues } from './unused-values.ts';
import { mistakesTimes, passesOverVerbs } from './unused-verbs.ts';

/**
 * Whether a reading cannot be what the question asks, though each of its words was understood: it counts, adds up or
 * relates what nobody would, takes one field for another, or passes over a word that says something.
 */
export function isMisread(
  draft: Draft,
  {
    sentences,
    table,
    notes,
    assumedNoun,
    loose,
  }: {
    readonly sentences: readonly (readonly Token[])[];
    readonly table: CatalogTable;
    readonly notes: readonly string[];
    readonly assumedNoun: string | null;
    readonly loose: boolean;
  },
): boolean {
  return (
    (loose && passesOverNames(draft, sentences, table)) ||
    countsMoney(draft, sentences, table) ||
    countsMeasure(draft, sentences, table) ||
    countsOtherThings(draft, sentences, table) ||
    overlooksEach(draft, sentences, table) ||
    listsWhatIsCounted(draft, sentences, table) ||
    takesShares(draft, { sentences, table, notes }) ||
    mixesYears(draft, table) ||
    countsAnswers(draft, table) ||
    addsUpNames(draft, table) ||
    relatesToItself(draft) ||
    addsRatios(draft) ||
    figuresForRows(draft, sentences, table) ||
    // What a row has many of is no name for the rows: "how many pupils are there at Eton".
    (assumedNoun !== null && isPointless(draft)) ||
    leavesVerbOut(draft, sentences, notes) ||
    passesOverValues(draft, sentences, notes) ||
    mistakesTimes(draft, sentences, table) ||
    mistakesMoney(draft, sentences, table) ||
    mistakesMultiple(draft, sentences, table) ||
    mistakesMaker(draft, { sentences, table, assumedNoun, notes }) ||
    passesOverVerbs(draft, { sentences, table, notes })
  );
}

/** "Who sued Acme": without the verb, the rows that speak of Acme say nothing of who. */
const leavesVerbOut = (
  { output }: Draft,
  sentences: readonly (readonly Token[])[],
  notes: readonly string[],
): boolean =>
  sentences[0]?.[0]?.word === 'who' &&
  output.kind === 'entities' &&
  notes.some((note) => note.startsWith('taken without'));
